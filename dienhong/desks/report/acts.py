"""What people do at the report desk: each view reads a form, calls one action and goes back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.utils import InternalError, OperationalError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods, require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.forms import tried, walk
from dienhong.desks.report import forms as f
from dienhong.desks.report.picking import asks, editor
from dienhong.desks.report.views import read
from dienhong.foundation.access.actor import Refused, require
from dienhong.foundation.files import store
from dienhong.people.models import PostKind
from dienhong.reports import actions, rights
from dienhong.reports.models import (
    Block,
    BlockKind,
    BlockVersion,
    Comment,
    ContributionState,
    Decision,
    Report,
    Section,
)
from dienhong.reports.queries import approvers, contributions_of
from dienhong.texts.comparing.words import Lexicon, Marker
from dienhong.work.models import Line

logger = logging.getLogger("dienhong.desks")
READ_AND_WRITE = require_http_methods(["GET", "POST"])


def _sheet(report_id: int) -> str:
    return reverse("report:sheet", args=[report_id])


def _contribution(contribution_id: int) -> str:
    return reverse("report:contribution", args=[contribution_id])


def section_url(section_id: int) -> str:
    """The page of a section."""
    return reverse("report:section", args=[section_id])


@READ_AND_WRITE
def new(request: Visit) -> HttpResponse:
    """Lay out a report."""
    require(request.actor, rights.MERGE, at=request.at)
    begin = {"year": request.day.year, "line": Line.ADMINISTRATION}
    form = f.NewReport(request.POST or None, day=request.day, initial=begin)
    made: list[Report] = []

    def act(values: dict[str, Any]) -> None:
        made.append(actions.start_report(actor=request.actor, at=request.at, **values))

    return walk(
        request,
        form,
        act,
        _t("Start a report"),
        _t("Lay out Parts I–IV"),
        reverse("report:home"),
        then=lambda: redirect(_sheet(made[0].pk)),
    )


# -- text -------------------------------------------------------------------------------------------------------------
def _saved(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was written is saved. When the database cannot take it, the page comes back with the text in it."""
    try:
        return tried(form, act)
    except (OperationalError, InternalError):
        logger.exception("a text of a report could not be saved")
        form.add_error(None, _t("The office could not save this now. Your text is still here: save it again."))
        return False


def _still_writes(request: Visit, section: Section, block: Block | None) -> HttpResponse | None:
    """The page for somebody whose post ended while they wrote: what they typed is kept aside, and they are told.

    None for whoever may write. Raises Refused.
    """
    try:
        rights.require_own(request.actor, section, request.at)
    except Refused as refused:
        text, base = request.POST.get("text", "")[:60_000], request.POST.get("base", "")
        if request.method != "POST" or not text.strip():
            raise
        kept = actions.keep_aside(
            actor=request.actor,
            section_id=section.pk,
            block_id=block.pk if block else None,
            base=int(base) if base.isascii() and base.isdigit() and len(base) < 9 else 0,
            text=text,
            at=request.at,
        )
        reason = rights.may_write(request.actor, section, request.day).reason or str(refused)
        context = {"section": section, "report": section.report, "kept": kept, "reason": reason}
        return render(request, "report/left.html", context, status=403)
    return None


@READ_AND_WRITE
def new_block(request: Visit, section_id: int) -> HttpResponse:
    """Add a block to a section."""
    section = get_object_or_404(Section.objects.select_related("report"), pk=section_id)
    left = _still_writes(request, section, None)
    if left is not None:
        return left
    owed = contributions_of(request.actor.person_id, request.day).exclude(state=ContributionState.ACCEPTED)
    row = owed.filter(section=section).first()
    form = f.NewBlock(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> None:
        file = values.pop("file")
        digest = store().put(file) if file else ""
        contribution = row.pk if row else None
        actions.add_block(
            actor=request.actor,
            section_id=section.pk,
            at=request.at,
            file=digest,
            contribution_id=contribution,
            **values,
        )

    if request.method == "POST" and not asks(request) and _saved(form, act):
        return redirect(_contribution(row.pk) if row else section_url(section.pk))
    return editor(request, form, section, None, back=_contribution(row.pk) if row else section_url(section.pk))


@READ_AND_WRITE
def edit(request: Visit, block_id: int) -> HttpResponse:
    """Write in a block. Who saves second sees both texts, and both are kept."""
    block = get_object_or_404(Block.objects.select_related("section__report"), pk=block_id)
    left = _still_writes(request, block.section, block)
    if left is not None:
        return left
    standing = BlockVersion.objects.get(block=block, number=block.current)
    begin = {"text": standing.text, "caption": standing.caption, "base": standing.number}
    picture = block.kind == BlockKind.PICTURE
    form = f.EditBlock(request.POST or None, request.FILES or None, initial=begin, picture=picture)
    saved: list[actions.Saved] = []

    def act(values: dict[str, Any]) -> None:
        file = values.pop("file", None)
        digest = store().put(file) if file else ""
        done = actions.save_block(actor=request.actor, block_id=block.pk, at=request.at, file=digest, **values)
        saved.append(done)

    if request.method == "POST" and not asks(request) and _saved(form, act):
        if saved[0].aside:
            return _conflict(request, block, saved[0])
        return redirect(home_of(block))
    return editor(request, form, block.section, block, back=home_of(block))


def home_of(block: Block) -> str:
    """The page on which a block stands: that of the unit's contribution until it is accepted, else its section."""
    asked = block.contribution
    waits = asked is not None and asked.state != ContributionState.ACCEPTED
    return f"{_contribution(asked.pk) if asked and waits else section_url(block.section_id)}#b{block.pk}"


def _conflict(request: Visit, block: Block, saved: actions.Saved) -> HttpResponse:
    """Both texts: the one that stands and the one just kept aside, and a form that begins from the second."""
    assert saved.standing is not None
    begin = {"text": saved.version.text, "caption": saved.version.caption, "base": saved.standing.number}
    form = f.EditBlock(initial=begin, picture=block.kind == BlockKind.PICTURE)
    marked = Marker(Lexicon()).mark(saved.standing.text, saved.version.text)
    context: dict[str, Any] = {"form": form, "written": block, "section": block.section, "report": block.section.report}
    context["back"] = home_of(block)
    return render(
        request,
        "report/conflict.html",
        {**context, "mine": saved.version, "theirs": saved.standing, "marked": marked},
        status=409,
    )


@require_POST
def remove(request: Visit, block_id: int) -> HttpResponse:
    """Take a block out."""
    block = get_object_or_404(Block, pk=block_id)
    words = _t("Taken out. It stands at the end of the section page and can be put back.")
    attempt(request, lambda: actions.remove_block(actor=request.actor, block_id=block.pk, at=request.at), words)
    return redirect(home_of(block).partition("#")[0])


@require_POST
def move(request: Visit, block_id: int) -> HttpResponse:
    """Move a block up or down."""
    block = get_object_or_404(Block, pk=block_id)
    up = request.POST.get("to") == "up"
    attempt(request, lambda: actions.move_block(actor=request.actor, block_id=block.pk, up=up, at=request.at))
    return redirect(home_of(block))


@require_POST
def take_values(request: Visit, report_id: int) -> HttpResponse:
    """Take new values over, in one block or everywhere."""
    report = read(request, report_id)
    only = request.POST.get("block", "")
    block_id = int(only) if only.isascii() and only.isdigit() else None

    def act() -> None:
        count = actions.accept_values(actor=request.actor, report_id=report.pk, block_id=block_id, at=request.at)
        messages.success(request, _t("%(count)s blocks have the new values.") % {"count": count})

    attempt(request, act)
    return redirect(reverse("report:changes", args=[report.pk]) if request.POST.get("to") else _sheet(report.pk))


@require_POST
def comment(request: Visit, section_id: int) -> HttpResponse:
    """Write into the margin."""
    section = get_object_or_404(Section, pk=section_id)
    text = request.POST.get("text", "")
    attempt(request, lambda: actions.comment(actor=request.actor, section_id=section.pk, text=text, at=request.at))
    asked = section.contributions.filter(pk=request.POST.get("contribution") or 0).first()
    return redirect(f"{_contribution(asked.pk) if asked else section_url(section.pk)}#comments")


@require_POST
def settle_comment(request: Visit, comment_id: int) -> HttpResponse:
    """Mark a remark as done."""
    row = get_object_or_404(Comment, pk=comment_id)
    attempt(request, lambda: actions.settle_comment(actor=request.actor, comment_id=row.pk, at=request.at))
    return redirect(f"{section_url(row.section_id)}#comments")


# -- approval ---------------------------------------------------------------------------------------------------------
@require_POST
def merge(request: Visit, report_id: int) -> HttpResponse:
    """Close the collecting."""
    attempt(
        request, lambda: actions.merge_report(actor=request.actor, report_id=report_id, at=request.at), _t("Merged.")
    )
    return redirect(_sheet(report_id))


@READ_AND_WRITE
def submit(request: Visit, report_id: int) -> HttpResponse:
    """Submit a report to those who approve it."""
    report = read(request, report_id)
    require(request.actor, rights.MERGE, at=request.at)
    form = f.Submit(request.POST or None, holdings=approvers(report.line, request.day))

    def act(_values: dict[str, Any]) -> None:
        actions.submit_report(actor=request.actor, report_id=report.pk, posts=form.posts(), at=request.at)

    return walk(request, form, act, _t("Submit for approval"), _t("Submit"), _sheet(report.pk))


@READ_AND_WRITE
def decide(request: Visit, report_id: int) -> HttpResponse:
    """Approve or return."""
    report = read(request, report_id)
    require(request.actor, rights.APPROVE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.decide(
            actor=request.actor,
            report_id=report.pk,
            approve=values["decision"] == "approved",
            comment=values["comment"],
            at=request.at,
        )

    return walk(
        request, f.Decide(request.POST or None), act, _t("Decide on the report"), _t("Decide"), _sheet(report.pk)
    )


@READ_AND_WRITE
def reopen(request: Visit, report_id: int) -> HttpResponse:
    """Take a submitted report back."""
    report = read(request, report_id)
    require(request.actor, rights.MERGE, at=request.at)

    def act(values: dict[str, Any]) -> None:
        actions.reopen_report(actor=request.actor, report_id=report.pk, reason=values["text"], at=request.at)

    form = f.Reason(request.POST or None)
    return walk(request, form, act, _t("Take the report back"), _t("Take it back"), _sheet(report.pk))


def _last_approver(report: Report) -> dict[str, str]:
    """Who approved last is who signs, as a rule: a deputy signs for the head (KT., NĐ 30/2020, Phụ lục I, II.7)."""
    step = report.approvals.filter(decision=Decision.APPROVED).select_related("post").order_by("round", "order").last()
    if step is None:
        return {}
    title = step.post.title.upper()
    head = title.removeprefix("PHÓ ")
    post = f"KT. {head}\n{title}" if step.post.kind == PostKind.DEPUTY_HEAD and head != title else title
    return {"signer_post": post, "signer_name": step.by}


@READ_AND_WRITE
def sign(request: Visit, report_id: int) -> HttpResponse:
    """Enter signature and number."""
    report = read(request, report_id)
    require(request.actor, rights.SIGN, at=request.at)
    begin = {"place": report.place, "signed_on": f"{request.day:%d/%m/%Y}", **_last_approver(report)}

    def act(values: dict[str, Any]) -> None:
        recipients = values.pop("recipients").splitlines()
        actions.sign_report(actor=request.actor, report_id=report.pk, recipients=recipients, at=request.at, **values)

    form = f.Sign(request.POST or None, initial=begin)
    return walk(request, form, act, _t("Enter the signature"), _t("Sign and seal"), _sheet(report.pk))
