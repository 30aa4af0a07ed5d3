"""Counting votes and deputies: published votes, the share in favour, unanimity, and what was held in this office."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _t

from dienhong.foundation.facts import Mark
from dienhong.meetings.models import MeetingKind, Vote
from dienhong.people.models import Mandate
from dienhong.people.queries import mandates_on
from dienhong.records import rules
from dienhong.records.books import Books, plain
from dienhong.records.counting import decimal, meeting_row
from dienhong.records.notes import in_words
from dienhong.records.rules import Figure, Row
from dienhong.work.models import Enactment

LISTED = 12  # how many names a sentence about what is missing lists


# -- votes ------------------------------------------------------------------------------------------------------------
def _synthetic(vote: Vote) -> bool:
    marks = {vote.poll.mark, vote.item.meeting.mark if vote.item else vote.poll.mark}
    return Mark.SYNTHETIC in marks


def _vote_row(vote: Vote) -> Row:
    poll, synthetic = vote.poll, _synthetic(vote)
    note = _t("Held in the demonstration, not part of the public record") if synthetic else in_words(poll.note)
    mark = Mark.SYNTHETIC if synthetic else poll.mark
    source = poll.source or (_t("This office, its journal") if poll.held_here else "")
    share, about = poll.result.for_percent, f"vote:{poll.pk}"
    return Row(poll.day, poll.question, source, mark, None, share, note, about)


def votes(books: Books) -> list[Figure]:
    """Published votes, the share in favour of laws, and what was held in this office, which is never added to them."""
    all_votes = [
        rules.CountedVote(v.pk, v.poll.dossier_id, v.poll.kind, v.poll.day, v.poll.held_here, _synthetic(v))
        for v in books.votes
    ]
    standing = set(rules.votes_of_record(all_votes))
    of_record = [v for v in books.votes if v.pk in standing]
    published = [v for v in of_record if not v.poll.held_here]
    rows = [_vote_row(v) for v in published]
    on_laws = {v.poll.dossier_id for v in of_record if v.poll.kind == "law"}
    silent = [law for law in books.laws if law.dossier_id not in on_laws]
    count = Decimal(len(rows))
    lacks = _votes_lacking(rows, silent, len(books.laws))
    return [
        plain("votes.published", value=count, at_least=count, rows=rows, missing=lacks, partial=True),
        *_shares(of_record, len(silent)),
        *_unanimous(published, bool(silent)),
        *_held_here(books),
    ]


def _votes_lacking(rows: Sequence[Row], silent: Sequence[Enactment], laws: int) -> list[str]:
    """What the record lacks of the votes: days, and votes on laws that are known to have passed."""
    lacks = []
    undated = sum(1 for row in rows if row.date is None)
    if undated:
        words = {"lacking": undated, "all": len(rows)}
        lacks.append(_t("%(lacking)s of %(all)s votes do not say their day") % words)
    if silent:
        some = ", ".join(law.number for law in silent[:LISTED]) + (", …" if len(silent) > LISTED else "")
        silence = {"lacking": len(silent), "all": laws, "laws": some}
        lacks.append(_t("No vote is known for %(lacking)s of %(all)s laws: %(laws)s") % silence)
    return lacks


def _shares(of_record: Sequence[Vote], silent: int) -> list[Figure]:
    """The middle, greatest and least share in favour of a law; partial while the share of any law is not known."""
    on_laws = [v for v in of_record if v.poll.kind == "law"]
    rows = tuple(_vote_row(v) for v in on_laws if v.poll.result.for_percent is not None)
    shares = [row.value for row in rows if row.value is not None]
    partial = bool(silent) or len(rows) < len(on_laws)
    lacks = []
    if not shares:
        lacks.append(_t("No vote on a law with a known share is in the record"))
    elif partial:
        lacks.append(_t("Over %(known)s laws; the share of others is not known") % {"known": len(shares)})
    middle = rules.median(shares)
    found = {
        "median": None if middle is None else middle.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP),
        "highest": max(shares, default=None),
        "lowest": min(shares, default=None),
    }
    return [
        plain(f"votes.laws.{word}", value=value, rows=rows, missing=lacks, share=True, partial=partial)
        for word, value in found.items()
    ]


def _unanimous(published: Sequence[Vote], silent: bool) -> list[Figure]:
    """Votes with nobody against and nobody abstaining, among those whose split was published."""
    split = [v for v in published if v.poll.result.for_count is not None and v.poll.result.participating is not None]
    united = [v for v in split if v.poll.result.for_count == v.poll.result.participating]
    lacks = []
    if len(split) < len(published) or silent:
        words = {"known": len(split), "all": len(published)}
        lacks.append(_t("The split is known for %(known)s of %(all)s published votes") % words)
    partial = bool(lacks) or not split
    if not split:
        lacks.append(_t("No vote with a published split is in the record"))
    share = rules.percent(len(united), len(split))
    rows = tuple(_vote_row(v) for v in united)
    count = Decimal(len(united))
    return [
        plain("votes.unanimous", value=count if split else None, at_least=count, rows=rows, missing=lacks,
              partial=partial),
        plain("votes.unanimous.share", value=share, rows=tuple(_vote_row(v) for v in split), missing=lacks, share=True,
              partial=partial),
    ]  # fmt: skip


def _held_here(books: Books) -> list[Figure]:
    """What was held with this software; a session of the record has no sittings of its own here."""
    here = [_vote_row(v) for v in books.votes if v.poll.held_here]
    opened = [
        m
        for m in books.shelf.opened_here
        if (
            m.session_id == books.scope.session
            if books.scope.session is not None
            else rules.belongs(books.scope, day=m.since, year=m.year, term=m.term.number if m.term else None)
        )
    ]
    sittings = [meeting_row(m) for m in opened if m.kind == MeetingKind.PLENARY]
    held = [meeting_row(m) for m in opened]
    out = []
    for key, found in (("votes.held_here", here), ("sittings.held_here", sittings), ("meetings.held_here", held)):
        count = Decimal(len(found))
        synthetic = sum(1 for row in found if row.mark == Mark.SYNTHETIC)
        lacks = [_t("%(count)s of these rows belong to the demonstration") % {"count": synthetic}] if synthetic else []
        out.append(plain(key, value=count, at_least=count, rows=tuple(found), missing=tuple(lacks)))
    return out


# -- deputies ---------------------------------------------------------------------------------------------------------
def deputies(books: Books) -> list[Figure]:
    """The total of deputies: behind published shares, and in the register of this office."""
    based = [v for v in books.votes if not v.poll.held_here and v.poll.result.base and v.poll.day]
    points = [(v.poll.day, v.poll.result.base) for v in based if v.poll.day and v.poll.result.base]
    by_day = {(v.poll.day, v.poll.result.base): v for v in reversed(based)}
    rows = []
    for day, base in rules.changes(points):
        poll = by_day[day, base].poll
        about = f"vote:{poll.pk}"
        rows.append(Row(day, poll.question, poll.source, poll.mark, None, Decimal(base), in_words(poll.note), about))
    last = max(points, key=lambda point: point[0])[1] if points else None
    lacks = (
        [_t("Read from published shares of votes, not from a register")]
        if rows
        else [_t("No published vote with a total of deputies is in the record")]
    )
    published = plain(
        "deputies.published",
        value=decimal(last),
        at_least=decimal(last),
        rows=tuple(rows),
        missing=tuple(lacks),
        partial=True,
    )
    return [published, _register(books)]


def _register(books: Books) -> Figure:
    """Mandates in force on the last day. An empty register is not a count of nought."""
    held = mandates_on(books.scope.until).select_related("person", "term")
    rows = [_mandate_row(m) for m in sorted(held, key=lambda m: (m.person.sort_key, m.pk))]
    if not rows:
        return plain("deputies.register", missing=[_t("The register holds no deputies of that day")])
    count = Decimal(len(rows))
    synthetic = sum(1 for row in rows if row.mark == Mark.SYNTHETIC)
    lacks = [_t("%(count)s of these rows belong to the demonstration") % {"count": synthetic}] if synthetic else []
    return plain("deputies.register", value=count, at_least=count, rows=rows, missing=lacks)


def _mandate_row(mandate: Mandate) -> Row:
    term = _t("term %(term)s") % {"term": mandate.term.label}
    person, about = mandate.person.full_name, f"person:{mandate.person_id}"
    return Row(mandate.since, person, mandate.source, mandate.mark, mandate.until, None, term, about)
