"""Writing in a report (soạn thảo): every save is a version; who saves second loses nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.files import store
from dienhong.foundation.folding import nfc, nfc_lines
from dienhong.foundation.journal.actions import record
from dienhong.foundation.refusal import Refusal
from dienhong.reports import events, rights, rules
from dienhong.reports.actions.common import _locked, _still_open, _written
from dienhong.reports.composing import facts_of
from dienhong.reports.live import Facts, values_now
from dienhong.reports.models import (
    Block,
    BlockKind,
    BlockVersion,
    Comment,
    Contribution,
    ContributionState,
    Section,
)
from dienhong.reports.queries import standing_blocks


class NotText(Refusal):
    """The text of a block cannot be: a live place is broken, a table without rows, a picture without a file."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How a save went: the version kept, and, when somebody else was quicker, the version that stands meanwhile."""

    version: BlockVersion
    standing: BlockVersion | None = None

    @property
    def aside(self) -> bool:
        return self.standing is not None


def _check(kind: str, text: str, file: str) -> None:
    broken = rules.broken_tokens(text)
    if broken:
        raise NotText(
            _("This is no live place: %(words)s. Choose one from the list.") % {"words": broken[0]}, field="text"
        )
    if kind == BlockKind.CHART and [token.kind for token in rules.tokens_of(text)] != ["chart"]:
        raise NotText(_("A chart is one live place of the kind {{chart:...}}."), field="text")
    if kind == BlockKind.PICTURE and not (file and store().has(file)):
        raise NotText(_("Choose a picture."), field="file")


def _written_block(
    section: Section, order: int, kind: str, text: str, caption: str, facts: Facts, actor: Actor, at: dt.datetime,
    *, file: str = "", contribution: Contribution | None = None,
) -> Block:  # fmt: skip
    """A block with its first version. For the actions of this package, which have asked for the right."""
    block = Block.objects.create(section=section, contribution=contribution, order=order, kind=kind, current=1, last=1)
    _version(block, 1, 0, text, caption, file, facts, actor, at)
    return block


def _version(
    block: Block, number: int, base: int, text: str, caption: str, file: str, facts: Facts, actor: Actor,
    at: dt.datetime, *, aside: bool = False, seen: Mapping[str, str] | None = None,
) -> BlockVersion:  # fmt: skip
    """The next version of a block. `seen`: the values that its live places had; who edits takes none over."""
    with translation.override("vi"):
        values = values_now(facts, rules.tokens_of(text))
    values |= {token: value for token, value in (seen or {}).items() if token in values}
    return BlockVersion.objects.create(
        block=block,
        number=number,
        base=base,
        text=nfc_lines(text),
        caption=nfc(caption).strip(),
        file=file,
        values=values,
        aside=aside,
        account_id=actor.account_id,
        author=actor.name,
        at=at,
    )


@transaction.atomic
def add_block(
    *, actor: Actor, section_id: int, kind: str, text: str, at: dt.datetime, caption: str = "", file: str = "",
    after: int | None = None, contribution_id: int | None = None,
) -> Block:  # fmt: skip
    """Add a block to a section (thêm khối nội dung), at its end or after another block. Raises NotText, NotNow."""
    section = Section.objects.select_related("report").get(pk=section_id)
    rights.require_own(actor, section, at)
    report = _locked(section.report_id)
    _still_open(report)
    if kind not in BlockKind.values:
        raise NotText(_("Choose what kind of block it is."), field="kind")
    text = text if kind == BlockKind.PICTURE and not text.strip() else _written(text, "text")
    _check(kind, text, file)
    place = _place(section, after)
    contribution = Contribution.objects.filter(pk=contribution_id, section=section).first() if contribution_id else None
    facts = facts_of(report, day_of(at))
    block = _written_block(section, place, kind, text, caption, facts, actor, at, file=file, contribution=contribution)
    record(events.TextSaved(report.pk, section.pk, block.pk, 1), actor=actor, at=at)
    return block


def _place(section: Section, after: int | None) -> int:
    """The order of a new block; those behind it make room."""
    standing = section.blocks.filter(removed=False)
    before = standing.filter(pk=after).first() if after else None
    if before is None:
        return int(section.blocks.aggregate(last=Max("order"))["last"] or 0) + 10
    behind = list(section.blocks.filter(order__gt=before.order).order_by("order", "id"))
    for at, block in enumerate(behind, start=2):
        block.order = before.order + at * 10
        block.save(update_fields=["order"])
    return before.order + 10


@transaction.atomic
def save_block(
    *, actor: Actor, block_id: int, base: int, text: str, at: dt.datetime, caption: str = "", file: str = ""
) -> Saved:
    """Save a block (lưu nội dung). `base` is the version that the writer saw.

    When somebody else saved meanwhile, the text is kept as a version aside and nothing that stands is changed: the
    writer sees both and decides. Raises NotText, NotNow, Refused.
    """
    block = Block.objects.select_related("section__report").get(pk=block_id)
    section = block.section
    rights.require_own(actor, section, at)
    report = _locked(section.report_id)
    _still_open(report)
    block = Block.objects.select_for_update().get(pk=block_id)
    standing = BlockVersion.objects.get(block=block, number=block.current)
    file = file or standing.file
    text = text.replace("\r\n", "\n").strip() if block.kind == BlockKind.PICTURE else _written(text, "text")
    _check(block.kind, text, file)
    same = (nfc_lines(text), caption.strip(), file) == (standing.text, standing.caption, standing.file)
    if same and not block.removed:  # nothing to write: two who say the same do not quarrel
        record(events.TextSaved(report.pk, section.pk, block.pk, standing.number), actor=actor, at=at)
        return Saved(standing)
    aside = base != block.current or block.removed
    facts = facts_of(report, day_of(at))
    block.last += 1
    seen = block.versions.filter(number=base).values_list("values", flat=True).first() or standing.values
    version = _version(block, block.last, base, text, caption, file, facts, actor, at, aside=aside, seen=seen)
    if not aside:
        block.current = version.number
    block.save(update_fields=["last", "current"])
    happened = events.TextSetAside if aside else events.TextSaved
    record(happened(report.pk, section.pk, block.pk, version.number), actor=actor, at=at)
    return Saved(version, standing if aside else None)


@transaction.atomic
def keep_aside(
    *, actor: Actor, section_id: int, text: str, at: dt.datetime, block_id: int | None = None, base: int = 0
) -> BlockVersion | Comment:
    """Keep what somebody still typed when their post ended (giữ lại nội dung đang soạn); nothing that stands changes.

    It becomes a version aside of its block or, when it was to be a new block or the text is closed, a remark in the
    margin: those who write on in the section may take it over. Raises Empty, Refused.
    """
    section = Section.objects.select_related("report").get(pk=section_id)
    rights.require_wrote_here(actor, section, at)
    text = _written(text, "text")
    report = _locked(section.report_id)
    found = Block.objects.select_for_update().filter(section=section)
    block = found.filter(pk=block_id).first() if block_id is not None and report.open else None
    if block is None:
        left = Comment.objects.create(
            section=section, text=nfc_lines(text), account_id=actor.account_id, author=actor.name, at=at
        )
        record(events.Commented(report.pk, section.pk), actor=actor, at=at)
        return left
    standing = BlockVersion.objects.get(block=block, number=block.current)
    block.last += 1
    facts = facts_of(report, day_of(at))
    kept = _version(block, block.last, base, text, standing.caption, standing.file, facts, actor, at, aside=True)
    block.save(update_fields=["last"])
    record(events.TextSetAside(report.pk, section.pk, block.pk, kept.number), actor=actor, at=at)
    return kept


@transaction.atomic
def accept_values(*, actor: Actor, report_id: int, at: dt.datetime, block_id: int | None = None) -> int:
    """Take the new values of changed live places over (lấy số mới), in one block or in the whole report.

    Gives back how many blocks got a new version.
    """
    found = Block.objects.filter(section__report_id=report_id, removed=False)
    blocks = list((found.filter(pk=block_id) if block_id else found).select_related("section__report"))
    for section in {block.section_id: block.section for block in blocks}.values():
        rights.require_own(actor, section, at)
    report = _locked(report_id)
    _still_open(report)
    facts = facts_of(report, day_of(at))
    changed = 0
    for block in Block.objects.select_for_update().filter(pk__in=[b.pk for b in blocks]):
        old = BlockVersion.objects.get(block=block, number=block.current)
        with translation.override("vi"):
            if values_now(facts, rules.tokens_of(old.text)) == old.values:
                continue
        block.last += 1
        _version(block, block.last, block.current, old.text, old.caption, old.file, facts, actor, at)
        block.current = block.last
        block.save(update_fields=["last", "current"])
        record(events.TextSaved(report.pk, block.section_id, block.pk, block.last), actor=actor, at=at)
        changed += 1
    return changed


@transaction.atomic
def remove_block(*, actor: Actor, block_id: int, at: dt.datetime) -> None:
    """Take a block out of the text (bỏ khối); its versions stay in the record of the report."""
    block = Block.objects.select_related("section__report").get(pk=block_id)
    rights.require_own(actor, block.section, at)
    report = _locked(block.section.report_id)
    _still_open(report)
    block.removed = True
    block.save(update_fields=["removed"])
    record(events.BlockRemoved(report.pk, block.section_id, block.pk), actor=actor, at=at)


@transaction.atomic
def move_block(*, actor: Actor, block_id: int, up: bool, at: dt.datetime) -> None:
    """Move a block one place up or down in its section (chuyển chỗ khối)."""
    block = Block.objects.select_related("section__report").get(pk=block_id)
    rights.require_own(actor, block.section, at)
    report = _locked(block.section.report_id)
    _still_open(report)
    row = list(_beside(block).order_by("order", "id"))
    here = next((at for at, one in enumerate(row) if one.pk == block.pk), 0)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        places = [one.order for one in row]
        if len(set(places)) < len(places):  # two in one place: give each its own
            places = [places[0] + at * 10 for at in range(len(row))]
        row[here], row[there] = row[there], row[here]
        for place, one in zip(places, row, strict=True):
            Block.objects.filter(pk=one.pk).update(order=place)
    record(events.BlockMoved(report.pk, block.section_id, block.pk), actor=actor, at=at)


def _beside(block: Block) -> QuerySet[Block]:
    """The blocks among which this one has its place: those of the text, or those that its unit wrote."""
    asked = block.contribution
    if asked is not None and asked.state != ContributionState.ACCEPTED:
        return Block.objects.filter(contribution=asked, removed=False)
    return standing_blocks(block.section.report_id).filter(section=block.section)


@transaction.atomic
def comment(*, actor: Actor, section_id: int, text: str, at: dt.datetime, answers_id: int | None = None) -> Comment:
    """Write a remark in the margin of a section (góp ý). Everybody who reads the report may."""
    section = Section.objects.select_related("report").get(pk=section_id)
    require(actor, rights.SEE, at=at)
    rights.require_line(actor, section.report.line, at)
    row = Comment.objects.create(
        section=section,
        answers=Comment.objects.filter(pk=answers_id, section=section).first() if answers_id else None,
        text=nfc_lines(_written(text, "text")),
        account_id=actor.account_id,
        author=actor.name,
        at=at,
    )
    record(events.Commented(section.report_id, section.pk), actor=actor, at=at)
    return row


@transaction.atomic
def settle_comment(*, actor: Actor, comment_id: int, at: dt.datetime) -> None:
    """Mark a remark as done (đã xử lý góp ý)."""
    row = Comment.objects.select_related("section__report").get(pk=comment_id)
    rights.require_own(actor, row.section, at)
    row.done = True
    row.save(update_fields=["done"])
    record(events.CommentSettled(row.section.report_id, row.section_id), actor=actor, at=at)
