"""Loads the public record (hồ sơ công khai) of the National Assembly into the office, through actions.

What is already there is left as it is, so that a second run does nothing and an interrupted one goes on where it
stopped: each file is one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from dienhong.demo import reading
from dienhong.demo.record_acts import (
    load_coverage,
    load_figures,
    load_laws,
    load_sessions,
    load_standing_committee,
    load_votes,
)
from dienhong.demo.record_people import load_bodies, load_constituencies, load_delegations, load_terms
from dienhong.demo.run import Count, Loading
from dienhong.foundation.access.actor import Actor
from dienhong.records import actions as records


def load_record(*, actor: Actor, at: dt.datetime, tell: Callable[[str], None] = lambda words: None) -> int:
    """Load every file of the record; give back how many rows were added."""
    run = Loading(actor, at, tell)
    _file(run, "record.toml", load_terms, "terms")
    for name, step in STEPS.items():
        _file(run, name, step, name.removesuffix(".csv"))
    _file(run, "record.toml", load_coverage, "coverage")
    return run.added


def _file(run: Loading, name: str, step: Callable[[Loading], Count], words: str) -> None:
    """One file in one transaction, with one entry in the journal when it brought something."""
    with transaction.atomic():
        count = step(run)
        if count.added:
            records.note_loading(
                actor=run.actor, file=name, digest=reading.digest(name), added=count.added, same=count.same, at=run.at
            )
    run.added += count.added
    run.tell(f"  {words}: {count.added} added, {count.same} already there")


STEPS: dict[str, Callable[[Loading], Count]] = {
    "bodies.csv": load_bodies,
    "delegations.csv": load_delegations,
    "constituencies_xv.csv": load_constituencies,
    "sessions.csv": load_sessions,
    "standing_committee.csv": load_standing_committee,
    "laws.csv": load_laws,
    "votes.csv": load_votes,
    "figures.csv": load_figures,
}
