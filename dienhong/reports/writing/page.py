"""A report as a web page that stands alone (HTML): headings in order, tables with heads, charts as drawings."""

from __future__ import annotations

import base64
import re
from html import escape

from django.utils import translation
from django.utils.translation import gettext as _t

from dienhong.foundation.files import NoSuchFile
from dienhong.reports import wording
from dienhong.reports.document import OPEN, STALE, Chapter, Paper, Piece, Span, chart_in_words
from dienhong.reports.writing import charts
from dienhong.reports.writing.paper import CLOSED, annex_name, attached, closing, national, photograph, recipients

STYLE = """
:root { color-scheme: light; --ink: #1c1815; --line: #d8d2c6; --quiet: #675f54; }
body { margin: 0 auto; max-inline-size: 50rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: #fff;
  font: 400 1.0625rem/1.6 "Times New Roman", Tinos, serif; }
header { display: grid; grid-template-columns: 2fr 3fr; gap: .5rem 1rem; text-align: center; line-height: 1.35; }
header p { margin: 0; text-align: center; } .date { font-style: italic; }
.ruled::after { content: ""; display: block; inline-size: 40%; margin: .25rem auto; border-block-start: 1px solid; }
.motto { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .35em; }
.end { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-block-start: 1.5rem; break-inside: avoid; }
.end p { margin: 0; text-align: start; } .to { font-size: .875rem; line-height: 1.4; }
.signer p { text-align: center; font-weight: 700; } .signer .name { margin-block-start: 5rem; }
h1 { font-size: 1.1875rem; text-align: center; margin: 2rem 0 1.5rem; line-height: 1.4; }
h2 { font-size: 1.0625rem; text-align: center; margin: 2rem 0 .75rem; line-height: 1.4; }
h3 { font-size: 1.0625rem; margin: 1.25rem 0 .5rem; }
h4 { font-size: 1.0625rem; font-style: italic; margin: .75rem 0 .25rem; }
p { margin: 0 0 .5rem; text-align: justify; } .attached { text-align: center; font-style: italic; }
table { border-collapse: collapse; inline-size: 100%; font-size: .9375rem; line-height: 1.4; margin: .5rem 0 1rem; }
caption, figcaption { font-weight: 700; padding-block: .35rem; text-align: center; }
th, td { border: 1px solid var(--ink); padding: .25rem .5rem; vertical-align: top; text-align: start; }
.scroll { overflow-x: auto; }
figure { margin: 1rem 0; text-align: center; }
figure svg, figure img { max-inline-size: 100%; block-size: auto; }
.lack { font-style: italic; color: var(--quiet); }
.live { border-block-end: 1px dotted var(--quiet); } .stale { background: #f6e7c1; }
.open { outline: 1px dashed #8a6d2f; }
footer { color: var(--quiet); font-size: .875rem; margin-block-start: 2rem; border-block-start: 1px solid var(--line); }
@media print { body { padding: 0; font-size: 13pt; } thead { display: table-header-group; } .live { border: 0; } }
""".strip()


def to_html(paper: Paper) -> str:
    """The whole page in the language of the report, without anything from elsewhere."""
    with translation.override(paper.language):
        return _page(paper)


def _page(paper: Paper) -> str:
    last = closing(paper)
    body = "".join(_piece(piece) for piece in paper.opening)
    body += "".join(_chapter(chapter, last) for chapter in paper.chapters) + _end(paper)
    for chapter in paper.annexes:
        name = f"{escape(annex_name(paper, chapter))}<br>{escape(chapter.heading)}"
        to = f'<p class="attached">{escape(attached(paper))}</p>' if attached(paper) else ""
        pieces = "".join(map(_piece, chapter.pieces))
        body += f'<section id="annex-{chapter.key}"><h2>{name}</h2>{to}{pieces}</section>'
    foot = _t("Computed at journal entry %(number)s") % {"number": wording.number(paper.journal)}
    foot += f" · SHA-256 {paper.sealed}" if paper.sealed else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(paper.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n{_head(paper)}"
        f"<main>\n<h1>{escape(paper.kind)}<br>{escape(paper.title)}</h1>\n{body}</main>\n"
        f"<footer><p>{escape(foot)}</p></footer>\n</body>\n</html>\n"
    )


def _head(paper: Paper) -> str:
    """Who issues the paper on the left, whose it is on the right, number and day below."""
    *above, body = paper.issuer or [""]
    issuer = "".join(f"<p>{escape(line)}</p>" for line in above) + f'<p class="ruled"><b>{escape(body)}</b></p>'
    nation, motto = national(paper)
    lines = f"<p><b>{nation}</b></p>" + (f'<p><b class="motto">{motto}</b></p>' if motto else "")
    return (
        f"<header><div>{issuer}<p>{escape(paper.number)}</p></div>"
        f'<div>{lines}<p class="date">{escape(paper.place_day)}</p></div></header>\n'
    )


def _end(paper: Paper) -> str:
    """To whom the paper goes on the left, who signed it on the right; nothing of a paper that is not signed."""
    head, *rest = recipients(paper) or [""]
    to = f"<p><b><i>{escape(head)}</i></b></p>" if head else ""
    to += "".join(f"<p>{escape(line)}</p>" for line in rest)
    signed = "".join(f"<p>{escape(line)}</p>" for line in paper.signer if line)
    signed += f'<p class="name">{escape(paper.name)}</p>' if paper.name else ""
    return f'<div class="end"><div class="to">{to}</div><div class="signer">{signed}</div></div>' if to + signed else ""


def _chapter(chapter: Chapter, last: Piece | None) -> str:
    """A Part or a section; `last` is the piece that ends the text, after which stands "./."."""
    pieces = "".join(_closed(_piece(piece)) if piece is last else _piece(piece) for piece in chapter.pieces)
    if chapter.key:
        return f'<section id="{escape(chapter.key)}"><h3>{escape(chapter.label)}</h3>\n{pieces}</section>\n'
    name = _t("Part %(number)s") % {"number": chapter.number}
    return f"<h2>{escape(name)}<br>{escape(chapter.heading)}</h2>\n{pieces}"


def _closed(html: str) -> str:
    """The end of a piece with the mark that ends the text."""
    return re.sub(r"[.;:\s]*((?:</(?:li|p|ul)>)+\n)$", rf"{CLOSED}\1", html)


def spans(piece: Piece) -> str:
    """The words of a piece, live ones marked with where they come from."""
    return "".join(_span(span) for span in piece.spans)


def _span(span: Span) -> str:
    words = escape(span.text).replace("\n", "<br>")
    if not span.token:
        return words
    state = f" {span.state}" if span.state in (STALE, OPEN) else ""
    return f'<span class="live{state}" title="{escape(span.source)}">{words}</span>'


def _piece(piece: Piece) -> str:
    match piece.kind:
        case "table":
            return table(piece)
        case "chart":
            caption = escape(piece.caption or str(piece.chart["title"]))
            return f"<figure>{drawing(piece)}<figcaption>{caption}</figcaption></figure>\n"
        case "picture":
            return _picture(piece)
        case "list":
            return f"<ul>{''.join(f'<li>{spans(line)}</li>' for line in piece.lines)}</ul>\n"
        case "heading":
            return f"<h4>{spans(piece)}</h4>\n"
        case "lack":
            return f'<p class="lack">{spans(piece)}</p>\n'
        case _:
            return f"<p>{spans(piece)}</p>\n"


def drawing(piece: Piece) -> str:
    """The chart as SVG with a name, without the roles of its makers."""
    svg = charts.svg(piece.chart)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(chart_in_words(piece.chart))}" ', 1)


def table(piece: Piece) -> str:
    """A table with its head and caption."""
    if not piece.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in piece.rows[0])
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in piece.rows[1:])
    name = escape(piece.caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _picture(piece: Piece) -> str:
    try:
        content = photograph(piece.file)
    except NoSuchFile as error:
        return f'<p class="lack">{escape(str(error))}</p>\n'
    kind = "jpeg" if content.startswith(b"\xff\xd8") else "png"
    data = base64.b64encode(content).decode()
    alt = escape(piece.caption or piece.text)
    return f'<figure><img src="data:image/{kind};base64,{data}" alt="{alt}"><figcaption>{alt}</figcaption></figure>\n'
