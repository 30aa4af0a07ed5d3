"""Storing a version with its provisions (lưu bản văn bản): what the actions of texts share. Only they call it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dienhong.foundation.folding import fold, nfc
from dienhong.texts.akn import work_uri
from dienhong.texts.intake import effective_on, term_of, year_of
from dienhong.texts.models import Amendment, Provision, ProvisionText, TextDoubt, Version, Work, WorkKind
from dienhong.texts.packing import pack, unpack
from dienhong.texts.provisions import MOST_ID, Unit, lineage, plain, unit_at_line, units
from dienhong.texts.tree import Text
from dienhong.texts.understanding.documents import document_key, normal_number
from dienhong.texts.understanding.instructions import instructions

BATCH = 400


def fold_number(number: str) -> str:
    """A number of a document as it is looked up: "24/2023/QH15" and "24 / 2023 / qh15" are one."""
    return re.sub(r"\s+", "", fold(normal_number(number)))


_KIND_WORD = re.compile(r"\b(bộ luật|luật|pháp lệnh|nghị quyết|nghị định|hiến pháp)\b(\s+)(?!sửa đổi|này|về\b)(\w)")
#: Names in titles that keep a capital; the first word of each.
_NAMES = re.compile(
    r"\b(quốc hội|chính phủ|hội đồng|ủy ban|uỷ ban|tòa án|toà án|viện kiểm sát|nhà nước|kiểm toán|thủ đô|mặt trận)\b"
)
_WHOLE_NAMES = {"việt nam": "Việt Nam", "công an": "Công an", "quân đội": "Quân đội", "tổ quốc": "Tổ quốc"}


def set_small(title: str) -> str:
    """A title printed in capitals as running text: "LUẬT VIỄN THÔNG" gives "Luật Viễn thông"; others stay."""
    if not title.isupper():
        return title
    small = " ".join(word if any(c.isdigit() for c in word) else word.lower() for word in title.split())
    low = _NAMES.sub(lambda found: found[0].capitalize(), small)
    for name, written in _WHOLE_NAMES.items():
        low = low.replace(name, written)
    low = _KIND_WORD.sub(lambda found: found[1].capitalize() + found[2] + found[3].upper(), low)
    return low[:1].upper() + low[1:]


def facts(text: Text) -> dict[str, object]:
    """What a text says of its work."""
    title = plain(set_small(nfc(text.title)) or nfc(text.number)) or "(không có tên)"
    number = plain(nfc(text.number))[:80]
    kind = text.kind if text.kind in WorkKind.values else WorkKind.OTHER
    return {
        "uri": work_uri(text)[:200],
        "kind": kind,
        "number": number,
        "title": title,
        "date": text.date,
        "effective_on": effective_on(text),
        "issuer": plain(nfc(text.issuer))[:200],
        "year": year_of(text.number, text.date),
        "term": term_of(text.number),
        "folded": fold(title),
        "folded_number": fold_number(number)[:80],
    }


def text_of(version: Version) -> Text:
    """The text of a version."""
    return unpack(version.tree)


def fill(version: Version, text: Text) -> None:
    """Put a text into a version that is not yet saved."""
    version.tree, version.digest = pack(text)
    kinds = [node.kind.value for node in text.walk() if "quote_" not in node.id]
    version.articles, version.chapters = kinds.count("article"), kinds.count("chapter")


def neighbour(version: Version) -> Version | None:
    """The version of the same work whose provisions this one carries on: its base, else the one made before."""
    if version.base_id:
        return version.base
    return Version.objects.filter(work=version.work_id, pk__lt=version.pk).order_by("-pk").first()


def enter_provisions(version: Version, text: Text) -> None:
    """Write the provisions of a new version; a provision that lives on keeps its identity."""
    before = neighbour(version)
    found = units(text)
    identities = _identities(before, text) if before else {}
    rows = [_row(version, unit, identities.get(unit.eid)) for unit in found]
    fresh = [
        Provision(work_id=version.work_id, eid=unit.eid, kind=unit.kind) for unit in found if unit.eid not in identities
    ]
    made = iter(Provision.objects.bulk_create(fresh, batch_size=BATCH))
    for row in rows:
        if not row.provision_id:
            row.provision = next(made)
    ProvisionText.objects.bulk_create(rows, batch_size=BATCH)
    _rename({row.provision_id: row.eid for row in rows if row.eid in identities})


def _identities(before: Version, text: Text) -> dict[str, int]:
    """For each id of the new text that lives on: the key of its provision. No provision is given twice."""
    held = dict(ProvisionText.objects.filter(version=before).values_list("eid", "provision_id"))
    taken: set[int] = set()
    identities: dict[str, int] = {}
    for new, old in lineage(text_of(before), text).items():
        key = held.get(old)
        if key is not None and key not in taken:
            taken.add(key)
            identities[new] = key
    return identities


def _row(version: Version, unit: Unit, provision: int | None) -> ProvisionText:
    row = ProvisionText(
        version=version,
        eid=unit.eid,
        kind=unit.kind,
        number=unit.number,
        label=unit.label,
        heading=unit.heading,
        text=unit.text,
        folded=unit.folded,
        about=fold(f"{version.work.title} {version.work.number} {unit.label}") if unit.searched else "",
        digest=unit.digest,
        order=unit.order,
        searched=unit.searched,
    )
    if provision is not None:
        row.provision_id = provision
    return row


def _rename(eids: Mapping[int, str]) -> None:
    """Let provisions bear the ids of the newest version."""
    changed = []
    for row in Provision.objects.in_bulk(list(eids)).values():
        if row.eid != eids[row.pk]:
            row.eid = eids[row.pk]
            changed.append(row)
    Provision.objects.bulk_update(changed, ["eid"], batch_size=BATCH)


def refresh_provisions(version: Version, text: Text) -> None:
    """Write the provisions of a draft anew after a correction: the same units in the same order, so each keeps its own.

    A correction that makes or unmakes a unit would lose identities; it is a fault of the program.
    """
    old = {row.order: row for row in ProvisionText.objects.filter(version=version)}
    found = units(text)
    if len(found) != len(old):
        raise RuntimeError("a correction changed the units of a version")
    changed = []
    for unit in found:
        row = _row(version, unit, old[unit.order].provision_id)
        row.pk = old[unit.order].pk
        if (row.digest, row.eid, row.about, row.label) != (
            old[unit.order].digest,
            old[unit.order].eid,
            old[unit.order].about,
            old[unit.order].label,
        ):
            changed.append(row)
    fields = ["eid", "number", "label", "heading", "text", "folded", "about", "digest"]
    ProvisionText.objects.bulk_update(changed, fields, batch_size=BATCH)
    _rename({row.provision_id: row.eid for row in changed})


def enter_doubts(version: Version, text: Text) -> int:
    """Write the doubts of a text; how many there are."""
    rows = [
        TextDoubt(
            version=version,
            line=doubt.line,
            code=doubt.code[:60],
            reason=plain(doubt.reason),
            text=plain(doubt.text),
            eid=unit_at_line(text, doubt.line)[:MOST_ID] if doubt.line else "",
        )
        for doubt in sorted(text.doubts, key=lambda doubt: doubt.line)
    ]
    TextDoubt.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def enter_amendments(work: Work, text: Text) -> None:
    """Write which works this one amends, and tie those that waited for this work to arrive."""
    Amendment.objects.filter(amending=work).delete()
    counts: dict[tuple[str, str], list[int]] = {}
    for order in instructions(text):
        if order.law.number or order.law.name:
            tally = counts.setdefault((fold_number(order.law.number)[:80], order.law.name), [0, 0])
            tally[0] += 1
            tally[1] += order.doubtful
    for (number, name), (orders, doubtful) in counts.items():
        amended = find_work(number, name, work)
        Amendment.objects.create(
            amending=work, amended=amended, number=number, name=name, orders=orders, doubtful=doubtful
        )
    waiting = Amendment.objects.filter(amended__isnull=True).exclude(amending=work)
    for row in waiting:
        if _is(work, row.number, row.name):
            row.amended = work
            row.save(update_fields=["amended"])


def _is(work: Work, number: str, name: str) -> bool:
    if number:
        return bool(work.folded_number) and work.folded_number == number
    return bool(name) and document_key("", work.title).strip() == document_key("", name).strip()


def find_work(number: str, name: str, other: Work) -> Work | None:
    """The one work of this number, else the only one of this name."""
    if number:
        return Work.objects.filter(folded_number=number).exclude(pk=other.pk).order_by("pk").first()
    found = list(Work.objects.filter(folded=fold(name)).exclude(pk=other.pk)[:2]) if name else []
    return found[0] if len(found) == 1 else None
