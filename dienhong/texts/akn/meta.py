"""The metadata of an Akoma Ntoso document: FRBR identification, modifications, notes and doubts (siêu dữ liệu)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dienhong.texts.akn.names import escape, quoted
from dienhong.texts.akn.uris import LANGUAGE, TYPES, expression_uri, work_date, work_uri
from dienhong.texts.tree import Text

if TYPE_CHECKING:
    from dienhong.texts.akn.write import Change

MODIFICATIONS: Final = frozenset(
    ["repeal", "substitution", "insertion", "replacement", "renumbering", "split", "join"],
)
POSITIONS: Final = frozenset(["before", "after", "start", "end", "inside"])


def meta_of(text: Text, *, changes: Sequence[Change], on: dt.date | None, made: dt.date | None) -> str:
    """The `meta` element of the document itself."""
    return (
        f"<meta>\n{_identification(text, '', on, made)}"
        f"{_modifications(changes)}{_references(text)}{_notes(text)}{_own(text)}</meta>\n"
    )


def part_meta(text: Text, ident: str) -> str:
    """The `meta` element of an appendix, which is a component of the same work."""
    return f"<meta>\n{_identification(text, ident, None, None)}</meta>\n"


def _identification(text: Text, part: str, on: dt.date | None, made: dt.date | None) -> str:
    work, expression = quoted(work_uri(text)), quoted(expression_uri(text, on))
    day, name = work_date(text)
    valid = on or day
    this = f"!{quoted(part) or 'main'}"
    _, subtype = TYPES.get(text.kind, ("doc", "document"))
    author = '<FRBRauthor href="#issuer"/>\n'
    number = f'<FRBRnumber value="{quoted(text.number)}"/>\n' if text.number else ""
    title = f'<FRBRname value="{quoted(text.title)}"/>\n' if text.title else ""
    return (
        '<identification source="#dienhong">\n'
        f'<FRBRWork>\n<FRBRthis value="{work}/{this}"/>\n<FRBRuri value="{work}"/>\n'
        f'<FRBRdate date="{day.isoformat()}" name="{name}"/>\n{author}<FRBRcountry value="vn"/>\n'
        f'<FRBRsubtype value="{subtype}"/>\n{number}{title}</FRBRWork>\n'
        f'<FRBRExpression>\n<FRBRthis value="{expression}/{this}"/>\n<FRBRuri value="{expression}"/>\n'
        f'<FRBRdate date="{valid.isoformat()}" name="{"valid" if on else name}"/>\n{author}'
        f'<FRBRlanguage language="{LANGUAGE}"/>\n</FRBRExpression>\n'
        f'<FRBRManifestation>\n<FRBRthis value="{expression}/{this}.xml"/>\n<FRBRuri value="{expression}.akn"/>\n'
        f'<FRBRdate date="{(made or valid).isoformat()}" name="made"/>\n<FRBRauthor href="#dienhong"/>\n'
        "</FRBRManifestation>\n</identification>\n"
    )


def _modifications(changes: Sequence[Change]) -> str:
    """What this text does to others, by its own units. Where it is not known to which, nothing is said."""
    changes = [change for change in changes if change.target_uri]
    if not changes:
        return ""
    out = ['<analysis source="#dienhong">\n<activeModifications>\n']
    for number, change in enumerate(changes, start=1):
        kind = change.type if change.type in MODIFICATIONS else "substitution"
        target = change.target_uri + (f"#{change.target_id}" if change.target_id else "")
        pos = f' pos="{change.position}"' if change.position in POSITIONS else ""
        old = f"<old><dh:words>{escape(change.old)}</dh:words></old>" if change.old else ""
        new = ""
        if change.new or change.quote_id:
            href = f' href="#{quoted(change.quote_id)}"' if change.quote_id else ""
            words = f"<dh:words>{escape(change.new)}</dh:words>" if change.new else ""
            new = f"<new{href}>{words}</new>"
        out.append(
            f'<textualMod eId="am_{number}" type="{kind}"><source href="#{quoted(change.node_id)}"/>'
            f'<destination href="{quoted(target)}"{pos}/>{old}{new}</textualMod>\n'
        )
    out.append("</activeModifications>\n</analysis>\n")
    return "".join(out)


def _references(text: Text) -> str:
    issuer = text.issuer or "không rõ"
    return (
        '<references source="#dienhong">\n'
        f'<TLCOrganization eId="issuer" href="/akn/ontology/organization/vn/issuer" showAs="{quoted(issuer)}"/>\n'
        '<TLCObject eId="dienhong" href="/akn/ontology/object/dienhong" showAs="Diên Hồng"/>\n'
        "</references>\n"
    )


def _notes(text: Text) -> str:
    """Footnotes to the document as a whole."""
    if not text.footnotes:
        return ""
    out = ['<notes source="#dienhong">\n']
    for number, note in enumerate(text.footnotes, start=1):
        offset = f' dh:offset="{note.offset}"' if note.offset != -1 else ""
        lines = "".join(f"<p>{escape(line)}</p>" for line in note.text.split("\n"))
        out.append(f'<note eId="note_{number}" marker="{quoted(note.mark)}"{offset}>{lines}</note>\n')
    out.append("</notes>\n")
    return "".join(out)


def _own(text: Text) -> str:
    """The head of the tree as read, and its doubts."""
    date = f' date="{text.date.isoformat()}"' if text.date else ""
    doubts = "".join(
        f'<dh:doubt line="{doubt.line}" code="{quoted(doubt.code)}" reason="{quoted(doubt.reason)}">'
        f"{escape(doubt.text)}</dh:doubt>\n"
        for doubt in text.doubts
    )
    return (
        '<proprietary source="#dienhong">\n'
        f'<dh:text kind="{quoted(text.kind)}" number="{quoted(text.number)}" title="{quoted(text.title)}"{date}'
        f' place="{quoted(text.place)}" issuer="{quoted(text.issuer)}"/>\n{doubts}</proprietary>\n'
    )
