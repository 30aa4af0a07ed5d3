"""Approval and signature (trình duyệt, ký): a chain of posts, then the seal that freezes every figure and claim."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, Answer, Refused, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc, nfc_lines
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Post
from dienhong.people.queries import names_of_posts
from dienhong.reports import composing, events, rights
from dienhong.reports.actions.common import NotNow, NotSettled, _locked, _written
from dienhong.reports.document import Paper, to_json
from dienhong.reports.models import Approval, Decision, Report, ReportState, Seal
from dienhong.reports.queries import approvers, holds, open_opinions, waiting_step


class StillStale(Refusal):
    """Live places changed since they were accepted."""


class StillEmpty(Refusal):
    """Sections of the report say nothing, or a table or a chart of theirs stays empty."""


class NumberTaken(Refusal):
    """Another report of the year has this number."""


@transaction.atomic
def submit_report(*, actor: Actor, report_id: int, posts: Sequence[Post], at: dt.datetime) -> Report:
    """Submit a merged report for approval (trình duyệt) to these posts, in this order. Raises NotNow.

    Each of them is held today by somebody who may approve it: no report waits for a decision that nobody can give.
    """
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(pk=report_id).line, at)
    report = _locked(report_id)
    if report.state != ReportState.MERGED:
        raise NotNow(_("Only a merged report is submitted."))
    if not posts or len({post.pk for post in posts}) != len(posts):
        raise NotNow(_("Name at least one post, each once."), field="posts")
    able = {holding.post_id for holding in approvers(report.line, day_of(at))}
    idle = next((post for post in posts if post.pk not in able), None)
    if idle is not None:
        words = {"post": names_of_posts([idle.pk])[idle.pk]}
        raise NotNow(_("Nobody holds the post %(post)s who may approve this report.") % words, field="posts")
    _whole(composing.composed(report, composing.facts_of(report, day_of(at)), day_of(at), ()))
    last = report.approvals.order_by("-round").values_list("round", flat=True).first() or 0
    for order, post in enumerate(posts, start=1):
        Approval.objects.create(report=report, round=last + 1, order=order, post=post)
    report.state = ReportState.SUBMITTED
    report.save(update_fields=["state"])
    record(events.ReportSubmitted(report.pk, len(posts)), actor=actor, at=at)
    return report


def _whole(paper: Paper) -> None:
    """Refuse a paper with empty places: no "[…]" is submitted or signed. Raises StillEmpty with the sections."""
    empty = composing.lacking(paper)
    if empty:
        words = {"names": "; ".join(chapter.label for chapter in empty)}
        raise StillEmpty(
            _("These sections have an empty place: %(names)s. Write them, or leave them out with a reason.") % words
        )


@transaction.atomic
def decide(*, actor: Actor, report_id: int, approve: bool, at: dt.datetime, comment: str = "") -> Report:
    """Approve or return a report (duyệt, trả lại) as the holder of the post whose turn it is. Raises NotNow, Refused.

    One that is returned is merged again and open for changes; one that all approved waits for its signature.
    """
    require(actor, rights.APPROVE, at=at)
    report = _locked(report_id)
    rights.require_line(actor, report.line, at)
    step = waiting_step(report)
    if step is None:
        raise NotNow(_("The report does not wait for a decision."))
    if not actor.keeper and not holds(actor, step.post_id, day_of(at)):
        reason = _("It is the turn of the post %(post)s.") % {"post": step.post.title}
        raise Refused(Answer(False, rights.APPROVE, (), str(reason)))
    step.comment = nfc_lines(comment.strip() if approve else _written(comment, "comment"))
    step.decision = Decision.APPROVED if approve else Decision.RETURNED
    step.by, step.at = actor.name, at
    step.save(update_fields=["comment", "decision", "by", "at"])
    if not approve:
        report.state = ReportState.MERGED
    elif waiting_step(report) is None:
        report.state = ReportState.APPROVED
    report.save(update_fields=["state"])
    happened = events.ReportDecided(report.pk, step.post_id, step.decision, step.comment)
    record(happened, actor=actor, at=at)
    return report


@transaction.atomic
def reopen_report(*, actor: Actor, report_id: int, reason: str, at: dt.datetime) -> Report:
    """Take a submitted or approved report back for changes (rút về hoàn thiện); it must be submitted anew."""
    require(actor, rights.MERGE, at=at)
    rights.require_line(actor, Report.objects.get(pk=report_id).line, at)
    report = _locked(report_id)
    if report.state not in (ReportState.SUBMITTED, ReportState.APPROVED):
        raise NotNow(_("Only a submitted or approved report is taken back."))
    reason = nfc(_written(reason, "reason"))
    report.state = ReportState.MERGED
    report.save(update_fields=["state"])
    record(events.ReportReopened(report.pk, reason), actor=actor, at=at)
    return report


@transaction.atomic
def sign_report(
    *, actor: Actor, report_id: int, number: str, signer_post: str, signer_name: str, at: dt.datetime,
    signed_on: dt.date | None = None, place: str = "", recipients: Sequence[str] = (),
) -> Report:  # fmt: skip
    """Enter the signature and the number of an approved report (ký, ghi số), which seals it.

    The whole paper with the value of every figure and claim is kept as it is at this moment, with the journal entry it
    was counted at and its SHA-256. Raises NotNow, StillStale, NumberTaken.
    """
    require(actor, rights.SIGN, at=at)
    report = _locked_with_its_like(report_id)
    rights.require_line(actor, report.line, at)
    if report.state != ReportState.APPROVED:
        raise NotNow(_("Only an approved report is signed."))
    out = open_opinions(report.pk)
    if out:
        raise NotSettled(_("%(count)s opinions of the conference are neither absorbed nor explained.") % {"count": out})
    _give_number(report, _written(number, "number"), signed_on or day_of(at), at)
    report.signer_post, report.signer_name = (
        nfc_lines(_written(signer_post, "signer_post")),
        nfc(_written(signer_name, "signer_name")),
    )
    report.place = nfc(place).strip() or report.place
    report.recipients = [nfc(line).strip(" -;.") for line in recipients if line.strip(" -;.")]
    paper = _paper_to_sign(report, at)
    sealed = to_json(paper)
    digest = hashlib.sha256(sealed.encode()).hexdigest()
    report.state = ReportState.SIGNED
    report.save()
    Seal.objects.create(report=report, paper=sealed, journal=paper.journal, digest=digest, at=at)
    record(events.ReportSigned(report.pk, report.signer_name, report.number, digest), actor=actor, at=at)
    return report


def _locked_with_its_like(report_id: int) -> Report:
    """The report, held with all of its symbol until the action ends: of two that take one number, one comes second."""
    symbol = Report.objects.values_list("symbol", flat=True).get(pk=report_id)
    found = {row.pk: row for row in Report.objects.select_for_update().filter(symbol=symbol).order_by("pk")}
    return found[report_id]


def _give_number(report: Report, number: str, signed_on: dt.date, at: dt.datetime) -> None:
    """The number of the report in the year of its signature. Raises NotNow, NumberTaken."""
    number = number.zfill(2) if number.isdigit() else number
    if signed_on > day_of(at):
        raise NotNow(_("The day of the signature lies ahead."), field="signed_on")
    same = Report.objects.filter(number=number, symbol=report.symbol, signed_on__year=signed_on.year)
    if same.exists():
        raise NumberTaken(_("This number is already given this year."), field="number")
    report.number, report.signed_on = number, signed_on


def _paper_to_sign(report: Report, at: dt.datetime) -> Paper:
    """The whole paper as it will be kept. Raises what `_whole` raises, and StillStale."""
    with translation.override("vi"):
        paper = composing.composed(report, composing.facts_of(report, day_of(at)), day_of(at))
    _whole(paper)
    changed = composing.stale(paper)
    if changed:
        words = {"count": len(changed), "first": f"{changed[0].text} → {changed[0].before}"}
        raise StillStale(
            _("%(count)s live figures changed since they were accepted, first %(first)s: take the report back and "
              "take them over.") % words
        )  # fmt: skip
    return paper
