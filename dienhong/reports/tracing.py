"""What changed since (thay đổi từ khi): the entries of the journal that stand behind a number that is stale."""

from __future__ import annotations

import datetime as dt
import json
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import translation

from dienhong.foundation.journal.models import Entry
from dienhong.foundation.journal.queries import entries
from dienhong.reports import rules
from dienhong.reports.composing import facts_of
from dienhong.reports.document import KEPT, Paper, Span
from dienhong.reports.models import BlockVersion, Report

#: From which concepts of the record a live place is counted, by the beginning of its key.
COUNTED_FROM = {"tasks": ("work.",)}
RECORD = ("meetings.", "polls.", "people.", "records.", "work.")
#: Entries that a page shows of one place at most, the newest.
SHOWN = 6


def entries_since(version: BlockVersion, token: str) -> list[Entry]:
    """The entries since a version was saved that its live place may have been changed by, the newest first."""
    found = entries().filter(number__gt=_saved_at(version))
    begins = COUNTED_FROM.get(next((one.key for one in rules.tokens_of(token)), "").split(".")[0], RECORD)
    return list(found.filter(reduce(or_, (Q(kind__startswith=begin) for begin in begins)))[:SHOWN])


def _saved_at(version: BlockVersion) -> int:
    """The entry that tells of this version; of one that stands since the layout, the entry of the layout."""
    report_id = version.block.section.report_id
    told = entries(kind="reports.TextSaved", topic=f"report:{report_id}")
    for row in told.filter(facts__contains=f'"block":{version.block_id},'):
        facts = json.loads(row.facts)
        if facts["version"] == version.number and facts["block"] == version.block_id:
            return row.number
    started = entries(kind="reports.ReportStarted", topic=f"report:{report_id}").first()
    return started.number if started else 0


def changed_since_signing(report: Report, paper: Paper, today: dt.date) -> list[tuple[Span, str]]:
    """What a sealed paper says and the record says otherwise now: the place and the words of now, each place once."""
    facts = facts_of(report, today)
    found: dict[str, tuple[Span, str]] = {}
    with translation.override("vi"):
        for span in paper.live():
            token = next(iter(rules.tokens_of(span.token)), None)
            if token is None or span.state == KEPT or span.token in found:
                continue
            now = facts.say(token).words
            if now != span.text:
                found[span.token] = (span, now)
    return list(found.values())
