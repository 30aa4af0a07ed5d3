"""Loads sessions, meetings, laws, votes and figures of the public record."""

from __future__ import annotations

from decimal import Decimal

from dienhong.demo import reading
from dienhong.demo.reading import Line
from dienhong.demo.run import Count, Loading, cited
from dienhong.meetings import actions as meetings
from dienhong.meetings.models import MeetingKind, Session
from dienhong.meetings.queries import names_entered
from dienhong.polls.actions import Published
from dienhong.polls.models import Poll
from dienhong.records import actions as records
from dienhong.records.models import Coverage, ReportedFigure
from dienhong.records.queries import BASE_FROM_SHARE, WORKING_DAYS
from dienhong.work import actions as work
from dienhong.work.models import Dossier, DossierKind, Enactment

MEETING_KINDS = {
    "regular": MeetingKind.SC_REGULAR,
    "thematic": MeetingKind.SC_THEMATIC,
    "between": MeetingKind.SC_BETWEEN,
    "other": MeetingKind.SC_OTHER,
}


def load_sessions(run: Loading) -> Count:
    """Sessions with their phases, and their working days as published figures."""
    count = Count()
    reported = set(ReportedFigure.objects.filter(key=WORKING_DAYS).values_list("session_id", flat=True))
    for line in reading.table("sessions.csv"):
        session = run.sessions.get(line.text("code"))
        if session is None:
            session = run.sessions[line.text("code")] = _enter_session(run, line)
            count.added += 1
        else:
            count.same += 1
        days = line.number("days")
        if days is not None and session.pk not in reported:
            _report_days(run, line, session, days)
    return count


def _enter_session(run: Loading, line: Line) -> Session:
    return meetings.enter_session(
        actor=run.actor,
        term=run.terms[line.text("term")],
        kind=line.text("kind"),
        number=line.whole("number") or 0,
        label=line.text("label"),
        year=line.whole("year") or 0,
        since=line.day("opens"),
        until=line.day("closes"),
        phases=line.spans("phases"),
        convened_on=line.day("convened"),
        reason=line.text("reason"),
        laws_reported=line.whole("laws"),
        resolutions_reported=line.whole("resolutions"),
        at=run.at,
        **cited(line),
    )


def _report_days(run: Loading, line: Line, session: Session, days: Decimal) -> None:
    records.enter_reported_figure(
        actor=run.actor,
        year=session.year,
        session=session,
        key=WORKING_DAYS,
        name="Ngày làm việc",
        name_english="Working days",
        value=days,
        unit="day",
        mark=line.text("mark"),
        source=line.text("source"),
        at=run.at,
    )


def load_standing_committee(run: Loading) -> Count:
    """Meetings of the Standing Committee."""
    count = Count()
    body = run.bodies["ubtvqh"]
    known = names_entered(body.pk)
    for line in reading.table("standing_committee.csv"):
        if (line.whole("year"), line.text("title")) in known:
            count.same += 1
            continue
        meetings.enter_meeting(
            actor=run.actor,
            body=body,
            kind=MEETING_KINDS[line.text("kind")],
            title=line.text("title"),
            year=line.whole("year") or 0,
            term=run.terms[line.text("term")],
            number=line.text("number"),
            since=line.day("opens"),
            until=line.day("closes"),
            working_days=line.number("days"),
            held=line.text("held") == "yes",
            at=run.at,
            **cited(line),
        )
        count.added += 1
    return count


def load_laws(run: Loading) -> Count:
    """Laws, each a dossier with its enactment."""
    count = Count()
    known = set(Enactment.objects.values_list("number", flat=True))
    for line in reading.table("laws.csv"):
        number = line.text("number")
        if number in known:
            count.same += 1
            continue
        dossier = work.open_dossier(
            actor=run.actor,
            code=number,
            kind=DossierKind.LAW,
            title=line.text("title") or f"Luật số {number} (chưa rõ tên)",
            at=run.at,
            **cited(line),
        )
        work.enter_enactment(
            actor=run.actor,
            dossier=dossier,
            number=number,
            passed_on=line.day("passed"),
            effective_on=line.day("effective"),
            session_label=line.text("session"),
            at=run.at,
            **cited(line),
        )
        count.added += 1
    return count


def load_votes(run: Loading) -> Count:
    """Published votes, recomputed as they enter."""
    count = Count()
    dossiers = {dossier.code: dossier for dossier in Dossier.objects.filter(kind=DossierKind.LAW)}
    known = set(Poll.objects.filter(held_here=False).values_list("vote__session_id", "day", "question"))
    for line in reading.table("votes.csv"):
        session = run.sessions[line.text("session")]
        if (session.pk, line.day("date"), line.text("question")) in known:
            count.same += 1
            continue
        about = cited(line)
        if line.text("deputies_from") == "share":
            about["note"] = f"{BASE_FROM_SHARE} {about['note']}".strip()
        meetings.file_published_vote(
            actor=run.actor,
            session=session,
            body=run.bodies["quoc-hoi"],
            kind=line.text("kind"),
            question=line.text("question"),
            published=Published(
                line.day("date"),
                line.whole("for"),
                line.whole("against"),
                line.whole("not_voting"),
                line.whole("took_part"),
                line.whole("deputies"),
                line.number("percent"),
            ),
            method=line.text("method"),
            dossier=dossiers[line.text("law")] if line.text("law") else None,
            at=run.at,
            **about,
        )
        count.added += 1
    return count


def load_figures(run: Loading) -> Count:
    """Figures that others counted."""
    count = Count()
    known = set(ReportedFigure.objects.values_list("year", "session_id", "key", "stated_by"))
    for line in reading.table("figures.csv"):
        session = run.sessions[line.text("session")] if line.text("session") else None
        ident = (line.whole("year"), session.pk if session else None, line.text("key"), line.text("stated_by"))
        if ident in known:
            count.same += 1
            continue
        records.enter_reported_figure(
            actor=run.actor,
            year=line.whole("year") or 0,
            session=session,
            key=line.text("key"),
            stated_by=line.text("stated_by"),
            name=line.text("vi"),
            name_english=line.text("en"),
            value=line.number("value"),
            qualifier=line.text("qualifier"),
            unit=line.text("unit"),
            leaves_out=line.text("leaves_out"),
            at=run.at,
            **cited(line),
        )
        count.added += 1
    return count


def load_coverage(run: Loading) -> Count:
    """What the record holds in full."""
    count = Count()
    known = set(Coverage.objects.values_list("key", "since"))
    for row in reading.record_settings()["coverage"]:
        if (row["key"], row["since"]) in known:
            count.same += 1
            continue
        records.state_coverage(
            actor=run.actor,
            key=row["key"],
            since=row["since"],
            until=row.get("until"),
            name=row["vi"],
            name_english=row["en"],
            mark="V",
            at=run.at,
        )
        count.added += 1
    return count
