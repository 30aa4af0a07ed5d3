"""The ballot box as the hall reaches it: `POST /live/ballots`, committed in groups, answered when durable.

Whatever has come in while one group was being written is the next group: one seat waits for one commit, five hundred
seats that press at the same moment share a few. The box holds no rule: who may vote and whether the vote is open is
decided by `casting.cast_ballots`, in the transaction that writes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.db.utils import Error as AnyDatabaseError

from dienhong.foundation import clock
from dienhong.foundation.live import tokens, wires
from dienhong.foundation.live.admission import Admission
from dienhong.foundation.live.hub import PULSE_EVERY, Hub
from dienhong.foundation.live.lane import Ask
from dienhong.polls.casting import CAST, Electors, Press, Receipt, cast_ballots

BALLOTS = tokens.declare_scope("ballots", permission=CAST)
MOST_WAITING = 20_000  # presses in this process; more are told to come again
MOST_AT_ONCE = 2_000  # presses in one commit
MOST_OF_PERSON = 8  # presses of one person that wait at the same time
LARGEST = 1024  # bytes of a press
STATUS = {"malformed": 400, "not_an_elector": 403, "not_open": 409, "already_cast": 409}
FOREIGN = Press(0, 0, "", "")
NOT_SAVED = Receipt(None, "", "not_saved")
logger = logging.getLogger("dienhong.polls")

Waiting = tuple[Press, "asyncio.Future[Receipt]"]


class Busy(Exception):
    """More presses wait than the box takes."""


class Box:
    """This box collects presses on the event loop and writes them on a thread with a database connection of its own."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._electors = Electors()
        self._waiting: list[Waiting] = []
        self._of_person: dict[int, int] = {}
        self._come = asyncio.Event()
        self._thread: ThreadPoolExecutor | None = None
        self._task: asyncio.Task[None] | None = None
        self._pulsed: dict[int, float] = {}

    def start(self) -> None:
        self._thread = ThreadPoolExecutor(1, "ballot-box")
        self._task = asyncio.get_running_loop().create_task(self._write_on(), name="ballot-box")

    async def stop(self) -> None:
        """Write what still waits, then end."""
        if self._task is None or self._thread is None:
            return
        while self._of_person:
            await asyncio.sleep(0.005)
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._thread.submit(connection.close)
        self._thread.shutdown(wait=True)

    async def put(self, press: Press) -> Receipt:
        """Put this press into the box; the receipt comes when it is durable. Raises Busy."""
        person = press.person_id
        waiting = self._of_person.get(person, 0)
        if len(self._waiting) >= MOST_WAITING or waiting >= MOST_OF_PERSON:
            raise Busy
        self._of_person[person] = waiting + 1
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append((press, answer))
        self._come.set()
        return await answer

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._come.wait()
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            if not self._waiting:
                self._come.clear()
            presses = [press for press, _answer in batch]
            receipts = await loop.run_in_executor(self._thread, self._commit, presses)
            self._hand_out(batch, receipts)

    def _hand_out(self, batch: Sequence[Waiting], receipts: Sequence[Receipt]) -> None:
        moved = set()
        for (press, answer), receipt in zip(batch, receipts, strict=True):
            left = self._of_person[press.person_id] - 1
            if left:
                self._of_person[press.person_id] = left
            else:
                del self._of_person[press.person_id]
            if not answer.done():  # its client may have gone meanwhile; it will ask again with the same key
                answer.set_result(receipt)
            if receipt.ballot_id is not None:
                moved.add(press.poll_id)
        for poll_id in moved:
            self.hub.pulse(f"turnout:{poll_id}")

    # -- on the thread of the box -------------------------------------------------------------------------------------
    def _commit(self, presses: Sequence[Press]) -> list[Receipt]:
        try:
            receipts = cast_ballots(presses=presses, at=clock.now(), electors=self._electors)
        except AnyDatabaseError as error:
            logger.error("%d ballots were not saved: %s", len(presses), error)
            connection.close()
            return [NOT_SAVED] * len(presses)
        except Exception:
            if len(presses) == 1:
                logger.exception("a ballot was not saved")
                connection.close()
                return [NOT_SAVED]
            return [receipt for press in presses for receipt in self._commit([press])]
        self._tell_others({p.poll_id for p, r in zip(presses, receipts, strict=True) if r.ballot_id is not None})
        return receipts

    def _tell_others(self, polls: set[int]) -> None:
        wire = wires.chosen()
        if wire is None:
            return
        now = time.monotonic()
        for poll_id in polls:
            if now - self._pulsed.get(poll_id, 0.0) >= PULSE_EVERY:
                self._pulsed = {**{k: at for k, at in self._pulsed.items() if now - at < 60}, poll_id: now}
                wire.moved(f"turnout:{poll_id}")


class Ballots:
    """This route takes presses from tablets."""

    path = "/live/ballots"
    methods = ("POST",)

    def __init__(self, hub: Hub, admission: Admission) -> None:
        self.admission = admission
        self.box = Box(hub)

    async def start(self) -> None:
        self.box.start()

    def close(self) -> None:
        return  # presses that are here already are written and answered; new connections are no longer taken

    async def stop(self) -> None:
        await self.box.stop()

    async def __call__(self, ask: Ask) -> None:
        known = self.admission.admit(ask.headers.get(b"cookie", b""))
        if known is None:
            await ask.refuse(401, "sign_in")
            return
        pass_, _guest = known
        if pass_.person_id is None or BALLOTS not in pass_.scopes or not ask.same_origin():
            await ask.refuse(403, "not_yours")
            return
        if ask.headers.get(b"content-type", b"").partition(b";")[0].strip() != b"application/json":
            await ask.refuse(415, "json_only")
            return
        press = press_of(await ask.body(LARGEST), pass_.person_id)
        if press == FOREIGN:
            await ask.refuse(403, "not_yours")
            return
        if press is None:
            await ask.refuse(400, "malformed")
            return
        try:
            receipt = await self.box.put(press)
        except Busy:
            await ask.refuse(503, "busy", retry_after=1)
            return
        await _answer(ask, receipt)


async def _answer(ask: Ask, receipt: Receipt) -> None:
    if receipt.ballot_id is not None:
        await ask.answer(200, {"ballot": receipt.ballot_id, "choice": receipt.choice})
    elif receipt is NOT_SAVED:
        await ask.refuse(503, "not_saved", retry_after=1)
    else:
        await ask.refuse(STATUS[receipt.refused], receipt.refused)


def press_of(body: bytes, person_id: int) -> Press | None:
    """The press in this body; None when it is none, FOREIGN when it says that somebody else made it."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    poll, choice, key = value.get("poll"), value.get("choice"), value.get("key")
    if value.get("person", person_id) != person_id:
        return FOREIGN
    if type(poll) is not int or not 0 < poll < 2**63 or not isinstance(choice, str) or not isinstance(key, str):
        return None
    return Press(poll, person_id, choice, key)
