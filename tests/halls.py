"""A hall for tests over real HTTP: an office with deputies, its server, its back room and an open vote."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dienhong.demo.hall import Tablet
from tests.office import Server, environment
from tests.room import Room


@dataclass(slots=True)
class Hall:
    """An office at work."""

    room: Room
    server: Server
    assembly: int
    vote: int

    def tablets(self, number: int) -> list[tuple[int, Tablet]]:
        """So many deputies, each with a tablet that holds a session; the deputy's key comes with it."""
        rows = self.room.do("sessions", poll_id=self.vote, seats=number)
        return [(row["person"], self.tablet(row["session"])) for row in rows]

    def tablet(self, session: str) -> Tablet:
        return Tablet("127.0.0.1", self.server.port, f"sessionid={session}")


@contextlib.contextmanager
def hall(folder: Path, database_url: str = "", *, seats: int = 20, options: tuple[str, ...] = ()) -> Iterator[Hall]:
    """A hall with so many deputies and an open vote; its processes end with it."""
    env = environment(folder, database_url)
    room = Room(env)
    server = Server(env, options=options)
    try:
        assembly = room.do("seat_deputies", number=seats)
        vote = room.do("open_vote", assembly_id=assembly)
        server.start()
        yield Hall(room, server, assembly, vote)
    finally:
        if server.process is not None:
            server.stop()
        room.close()


@contextlib.contextmanager
def another_room(at_work: Hall) -> Iterator[Room]:
    """Another process in the same office, ready to act."""
    room = Room(at_work.room.env)
    try:
        room.do("journal")
        yield room
    finally:
        room.close()
