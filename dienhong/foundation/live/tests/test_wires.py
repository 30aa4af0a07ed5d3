"""Wires carry the word from process to process over real servers."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from dienhong.foundation.live import wires
from dienhong.foundation.live.wires import RedisWire
from tests.loops import run


@pytest.mark.redis
def test_over_redis_a_word_and_a_pulse_of_another_process_arrive_and_ones_own_pulse_does_not(
    redis_url: str,
) -> None:
    async def carry() -> tuple[int, list[str]]:
        wire, woken = RedisWire(redis_url), [0]
        pulses: list[str] = []

        def wake() -> None:
            woken[0] += 1

        listening = asyncio.create_task(wire.listen(wake, pulses.append))
        for _ in range(200):
            if woken[0]:
                break
            await asyncio.sleep(0.01)
        wire.grown()
        wire.moved("turnout:1")
        wire._publish(wires.PULSE, "another|turnout:3")
        for _ in range(200):
            if woken[0] > 1 and pulses:
                break
            await asyncio.sleep(0.01)
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
        return woken[0], pulses

    woken, pulses = run(carry())
    assert woken == 2, "once on listening, once for the word"
    assert pulses == ["turnout:3"]


@pytest.mark.redis
def test_a_word_that_redis_did_not_take_is_told_in_the_log_and_the_next_one_goes(
    redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    away = RedisWire("redis://127.0.0.1:1/0")
    for say in (away.grown, lambda: away.moved("turnout:1")):
        caplog.clear()
        say()
        assert [row.levelname for row in caplog.records] == ["WARNING"]
        assert "the wire to Redis is down" in caplog.text
    caplog.clear()
    there = RedisWire(redis_url)
    with there.sender.pubsub() as listening:
        listening.subscribe(wires.PULSE)
        assert listening.get_message(timeout=5)["type"] == "subscribe"
        there.moved("turnout:2")
        told = listening.get_message(timeout=5)
    assert told["data"].decode().endswith("|turnout:2")
    assert caplog.records == []
