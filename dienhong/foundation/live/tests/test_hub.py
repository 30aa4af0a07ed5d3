"""Streams are cursors over the newest changes: each hears all of its topics, once and in order, however slow it is."""

from __future__ import annotations

import asyncio
import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from dienhong.foundation.live import hub as hubs
from dienhong.foundation.live.hub import Change, Hub, Listener, message
from tests.loops import run

TOPICS = ["polls", "poll:1", "poll:2", "meeting:1", "figures"]


def numbers(body: bytes) -> list[int]:
    return [int(row[4:]) for row in body.decode().splitlines() if row.startswith("id: ")]


@given(
    st.lists(st.lists(st.sampled_from(TOPICS), max_size=3), max_size=60),
    st.sets(st.sampled_from([*TOPICS, "poll", "meeting", "journal"]), min_size=1).map(frozenset),
    st.lists(st.integers(1, 7), min_size=1),
)
def test_a_slow_stream_hears_the_same_as_a_quick_one(entries, topics, paces) -> None:
    hub = Hub()
    hub.start_from(0)
    changes = [Change(n, tuple(of)) for n, of in enumerate(entries, 1)]
    for n in range(0, len(changes), 5):
        hub.tell(changes[n : n + 5])
    wanted = [c.number for c in changes if c.heard_by(topics)]
    seen, heard, turn = 0, [], 0
    while seen < hub.head:
        found = hub.after(seen, topics, most=paces[turn % len(paces)])
        assert found is not None
        body, seen = found
        heard += numbers(body)
        turn += 1
    assert heard == wanted


@given(st.integers(1, 200), st.integers(0, 200))
def test_what_is_no_longer_kept_is_said_to_be_in_the_journal_only(count: int, since: int) -> None:
    hub = Hub(keep=20)
    hub.start_from(0)
    for n in range(1, count + 1):
        hub.tell([Change(n, ("polls",))])
    found = hub.after(since, frozenset({"polls"}), most=1000)
    if found is None:
        assert since < count - 20
    else:
        assert numbers(found[0]) == list(range(since + 1, count + 1))


def test_an_entry_told_twice_is_heard_once() -> None:
    hub = Hub()
    hub.start_from(4)
    hub.tell([Change(5, ("polls",))])
    hub.tell([Change(5, ("polls",)), Change(6, ("polls",))])
    found = hub.after(4, frozenset({"polls"}))
    assert found is not None
    assert numbers(found[0]) == [5, 6]


def test_only_who_listens_to_a_topic_is_woken() -> None:
    async def wake() -> tuple[bool, bool]:
        hub = Hub()
        hub.start_from(0)
        one, other = Listener(frozenset({"poll"}), 0), Listener(frozenset({"meeting:2"}), 0)
        waits = []
        for listener in (one, other):
            hub.join(listener)
            waits.append(asyncio.create_task(listener.wait()))
        await asyncio.sleep(0)
        hub.tell([Change(1, ("poll:7",))])
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        done = (waits[0].done(), waits[1].done())
        hub.close()
        await asyncio.gather(*waits)
        assert one.closed
        assert other.closed
        return done

    assert run(wake()) == (True, False)


def test_pulses_come_at_most_every_quarter_of_a_second_and_the_last_one_is_not_lost(monkeypatch) -> None:
    monkeypatch.setattr(hubs, "PULSE_EVERY", 0.05)

    async def pulse() -> list[float]:
        hub = Hub()
        hub.start_from(0)
        listener = Listener(frozenset({"turnout:1"}), 0)
        hub.join(listener)
        times = []
        loop = asyncio.get_running_loop()
        began = loop.time()
        while loop.time() - began < 0.3:
            if loop.time() - began < 0.2:
                hub.pulse("turnout:1")
            if listener.pulses:
                listener.pulses.clear()
                times.append(loop.time() - began)
            await asyncio.sleep(0.002)
        return times

    times = run(pulse())
    assert 2 <= len(times) <= 6
    assert all(later - sooner >= 0.045 for sooner, later in itertools.pairwise(times))


def test_a_message_carries_topics_and_nothing_else() -> None:
    assert message(("polls", "poll:3"), 17) == b'id: 17\ndata: {"topics":["polls","poll:3"]}\n\n'
    pulse = message(("turnout:3",), pulse=True)
    assert pulse.startswith(b"data: ")
    assert json.loads(pulse[6:]) == {"topics": ["turnout:3"], "pulse": True}
