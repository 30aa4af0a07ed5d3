"""Writing a text as HTML (trang web): headings in order, a lasting address at every point, no style and no script.

The body fragment takes the classes of the desk's own components (`lawtext`, `k` for clauses, `d` for points), and every
unit carries its kind and number as data, so that the page can be read back exactly (`writing.reread`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from dienhong.texts.pieces import Piece, Reference, by_node, heading_below, href_of, lines_of, note_home
from dienhong.texts.tree import Footnote, Kind, Node, Text
from dienhong.texts.writing.heading import letterhead, made_heading
from dienhong.texts.writing.names import unit_name

#: What the page says it was made by; a reader that sees it may read the data attributes instead of the words.
GENERATOR: Final = "Diên Hồng"

#: Units set as headings.
TITLED: Final = frozenset(
    [Kind.PART, Kind.APPENDIX, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.FORM, Kind.ARTICLE]
)
#: Class of the paragraph of units without a heading.
CLASS: Final[dict[Kind, str]] = {Kind.CLAUSE: "k", Kind.POINT: "d", Kind.ITEM: "d i", Kind.FORMULA: "k f"}

_TAIL = "\x00"

Resolver = Callable[[Reference], str]


def to_html(
    text: Text,
    *,
    references: Iterable[Reference] = (),
    resolve: Resolver = href_of,
    stylesheets: Iterable[str] = (),
) -> str:
    """The text as a full page, valid under a content policy that allows no inline scripts or styles.

    `stylesheets` are addresses of style sheets to link; without any the browser's own style shows a plain document.
    """
    title = escape(text.title or text.number or "Văn bản")
    meta = [("generator", GENERATOR)]
    if text.number:
        meta.append(("dcterms.identifier", text.number))
    if text.date:
        meta.append(("dcterms.date", text.date.isoformat()))
    if text.issuer:
        meta.append(("dcterms.creator", text.issuer))
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in meta)
    sheets = "".join(f'<link rel="stylesheet" href="{escape(sheet)}">\n' for sheet in stylesheets)
    body = body_html(text, references=references, resolve=resolve, heading_level=2, masthead=True)
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n{metas}{sheets}</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def body_html(
    text: Text,
    *,
    references: Iterable[Reference] = (),
    resolve: Resolver = href_of,
    heading_level: int = 2,
    permalinks: bool = True,
    footnotes: bool = True,
    masthead: bool = False,
) -> str:
    """The text as one `article` for a page that brings its own head.

    `resolve` gives the address of a reference ("" leaves plain words). `heading_level` is the rank of the first heading
    inside, from 1 to 6. `masthead` puts the heading block in as printed, with the title as `h1`. Without `footnotes`
    neither marks nor notes are shown.
    """
    return _Page(text, by_node(references), resolve, heading_level, permalinks, footnotes).article(masthead)


class _Page:
    def __init__(
        self,
        text: Text,
        links: dict[str, list[Reference]],
        resolve: Resolver,
        level: int,
        permalinks: bool,
        footnotes: bool,
    ) -> None:
        self.text = text
        self.links = {ident: [link for link in found if resolve(link)] for ident, found in links.items() if found}
        self.resolve = resolve
        self.permalinks = permalinks
        self.footnotes = footnotes
        self.out: list[str] = []
        self.notes: list[tuple[str, Footnote]] = []
        self.opening = ""
        self.level = level

    def article(self, masthead: bool) -> str:
        text = self.text
        data = {
            "kind": text.kind,
            "number": text.number,
            "title": text.title,
            "date": text.date.isoformat() if text.date else "",
            "place": text.place,
            "issuer": text.issuer,
        }
        held = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items() if value)
        self.out.append(f'<article class="lawtext" lang="vi"{held}>\n')
        if masthead:
            self.masthead()
        self.group("grounds", text.grounds)
        self.group("lead", text.lead)
        self.out.append('<div data-part="body">\n')
        for node in text.body:
            self.unit(node)
        self.out.append("</div>\n")
        self.group("closing", text.closing)
        self.group("signature", text.signature)
        if text.appendices:
            self.out.append('<div data-part="appendices">\n')
            for node in text.appendices:
                self.unit(node)
            self.out.append("</div>\n")
        self.endnotes()
        self.out.append("</article>\n")
        return "".join(self.out)

    def masthead(self) -> None:
        """The heading block in the order of its source; type and title are the heading of the page."""
        made = "" if self.text.heading else " data-made"
        lines = self.text.heading or made_heading(self.text)
        head = letterhead(self.text)
        named = [*head.kind, *head.title]
        bare = [line.strip() for line in lines]
        spans = (at for at in range(len(lines)) if named and bare[at : at + len(named)] == named)
        start = next(spans, len(lines))
        shown = [f"<p data-line>{_text(line)}</p>\n" for line in lines]
        title = "<br>".join(f"<span data-line>{_text(line)}</span>" for line in lines[start : start + len(named)])
        title = title or escape(self.text.title or self.text.number or "Văn bản")
        shown[start : start + len(named)] = [f'<h1 class="title">{title}</h1>\n']
        self.out.append(f'<header data-part="heading"{made}>\n{"".join(shown)}</header>\n')

    def group(self, name: str, lines: list[str]) -> None:
        if lines:
            inside = "".join(f"<p data-line>{_text(line)}</p>\n" for line in lines)
            self.out.append(f'<div class="{name}" data-part="{name}">\n{inside}</div>\n')

    def unit(self, top: Node) -> None:
        """A unit and all below it."""
        stack: list[tuple[Node | str, int]] = [(top, self.level)]
        while stack:
            node, level = stack.pop()
            if isinstance(node, str):
                if node.startswith(_TAIL):
                    self.close_quotation(node.removeprefix(_TAIL))
                else:
                    self.out.append(node)
                continue
            tag = "section" if node.kind in TITLED else "blockquote" if node.kind is Kind.QUOTE else "div"
            self.out.append(f"<{tag}{_data(node)}>\n")
            self.own(node, level)
            level += node.kind in TITLED and bool(node.label or node.heading)
            stack.append((f"</{tag}>\n", 0))
            if node.kind is Kind.QUOTE and node.tail:
                stack.append((_TAIL + node.tail, 0))
            stack.extend((child, level) for child in reversed(node.children))

    def close_quotation(self, tail: str) -> None:
        """Set the end of a quotation where its last words stand."""
        mark = f"<span data-quote>{_text(tail)}</span>"
        for at in range(len(self.out) - 1, -1, -1):
            part = self.out[at]
            end = part.rfind("</")
            if part.endswith(("</p>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n")):
                self.out[at] = f"{part[:end]}{mark}{part[end:]}"
                return
            if not part.startswith("</") or part.startswith("</table"):
                break
        self.out.append(f'<p class="k c">{mark}</p>\n')

    def opened(self) -> str:
        """The opening mark of a quotation that waits for the first words inside."""
        waiting, self.opening = self.opening, ""
        return f"<span data-quote>{_text(waiting)}</span>" if waiting else ""

    def own(self, node: Node, level: int) -> None:
        """Heading, text and table of one unit. The address of the unit is the first element that it shows."""
        ident = f' id="{escape(node.id)}"' if node.id else ""
        lines = self.lines(node)
        link = self.permalink(node)
        label = "" if node.kind is Kind.QUOTE else node.label
        if node.kind is Kind.QUOTE:
            self.opening += node.label
        if node.kind in TITLED and (label or node.heading):
            name = f"h{min(level, 6)}"
            self.out.append(
                f'<{name} class="{node.kind.value}"{ident}>{link}{self.opened()}{self.title(node)}</{name}>\n'
            )
            ident = ""
        elif label or node.heading:
            first = f" {lines.pop(0)}" if lines and not node.heading else ""
            head = f"<b data-heading>{_text(node.heading)}{self.heading_notes(node)}</b>" if node.heading else ""
            gap = " " if label and node.heading else ""
            number = f"<span data-label>{_text(label)}</span>" if label else ""
            self.out.append(f'<p class="{_class(node)}"{ident}>{link}{self.opened()}{number}{gap}{head}{first}</p>\n')
            ident = ""
        for line in lines:
            shown = f"{link if ident else ''}{self.opened()}{line}"
            self.out.append(f'<p class="{_class(node) if ident else "k c"}"{ident} data-text>{shown}</p>\n')
            ident = ""
        if any(True for _ in node.rows):
            self.table(node, ident)
        elif ident:
            self.out.append(f"<a{ident}></a>\n")

    def title(self, node: Node) -> str:
        label = f"<span data-label>{_text(node.label)}</span>" if node.label else ""
        heading = f"<span data-heading>{_text(node.heading)}{self.heading_notes(node)}</span>" if node.heading else ""
        gap = "" if not (label and heading) else "<br>" if heading_below(node) else " "
        return f"{label}{gap}{heading}"

    def heading_notes(self, node: Node) -> str:
        if not node.footnotes or note_home(node) != "heading":
            return ""
        return "".join(self.mark(Piece(note=note), node) for note in node.footnotes)

    def lines(self, node: Node) -> list[str]:
        links = self.links.get(node.id, ())
        notes = node.footnotes if node.footnotes and note_home(node) == "text" else ()
        if not notes and not links:
            return [escape(line, quote=False) for line in node.text.split("\n")] if node.text else []
        return [
            "".join(self.piece(piece, node) for piece in line)
            for line in lines_of(node.text, notes, links, self.resolve)
        ]

    def piece(self, piece: Piece, node: Node) -> str:
        if piece.note is not None:
            return self.mark(piece, node)
        if piece.href:
            return f'<a class="nb" href="{escape(piece.href)}">{escape(piece.text, quote=False)}</a>'
        return escape(piece.text, quote=False)

    def mark(self, piece: Piece, node: Node) -> str:
        """The mark of a footnote, which leads to the note below and back."""
        if not self.footnotes or piece.note is None:
            return ""
        ident = f"fn_{len(self.notes) + 1}"
        self.notes.append((ident, piece.note))
        offset = f' data-offset="{piece.note.offset}"' if piece.note.offset != piece.at else ""
        place = f' data-place="{piece.place}"' if piece.place >= 0 else ""
        return (
            f'<sup data-note="{ident}"{offset}{place}><a href="#{ident}" id="{ident}_ref" role="doc-noteref" '
            f'aria-label="Chú thích {escape(piece.note.mark)}">{escape(piece.note.mark)}</a></sup>'
        )

    def permalink(self, node: Node) -> str:
        if not (self.permalinks and node.id):
            return ""
        name = escape(unit_name(node))
        sign = "§" if node.kind in TITLED else escape(node.number or "§", quote=False)
        return f'<a class="pl" href="#{escape(node.id)}" aria-label="Liên kết đến {name}">{sign}</a>'

    def table(self, node: Node, ident: str) -> None:
        if self.opening:
            self.out.append(f'<p class="k c">{self.opened()}</p>\n')
        name = escape(node.text or "Bảng", quote=True)
        self.out.append(
            f'<div class="scroll"{ident} role="region" tabindex="0" aria-label="{name}"><table class="data cells">\n'
        )
        for row in node.rows:
            cells = "".join(f"<td>{_text(cell)}</td>" for cell in row)
            self.out.append(f"<tr>{cells}</tr>\n")
        self.out.append("</table></div>\n")

    def endnotes(self) -> None:
        notes = [*self.notes, *((f"fn_doc_{at + 1}", note) for at, note in enumerate(self.text.footnotes))]
        if not notes or not self.footnotes:
            return
        self.out.append(
            '<section role="doc-endnotes" aria-label="Chú thích" data-part="footnotes">\n<ol class="notes">\n'
        )
        for ident, note in notes:
            mark = f"<b data-mark>{escape(note.mark)}</b>"
            if not ident.startswith("fn_doc"):
                mark = (
                    f'<a href="#{ident}_ref" role="doc-backlink" '
                    f'aria-label="{escape(note.mark)}, về chỗ chú thích">{mark}</a>'
                )
            self.out.append(f'<li id="{ident}">{mark} <span data-note-text>{_text(note.text)}</span></li>\n')
        self.out.append("</ol>\n</section>\n")


def _data(node: Node) -> str:
    number = f' data-number="{escape(node.number)}"' if node.number else ""
    ident = f' data-id="{escape(node.id)}"' if node.id else ""
    if node.kind is Kind.QUOTE:
        number += f' data-open="{escape(node.label)}" data-close="{escape(node.tail)}"'
    return f' data-kind="{node.kind.value}"{number}{ident}'


def _class(node: Node) -> str:
    return CLASS.get(node.kind, "k c")


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
