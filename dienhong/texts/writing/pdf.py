"""Writing a text as PDF (tệp PDF) with typst, from the same paper model as DOCX; tagged, with title and language."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import dienhong
from dienhong.texts.pieces import Reference
from dienhong.texts.tree import Text
from dienhong.texts.writing.layout import LayoutName
from dienhong.texts.writing.looks import look
from dienhong.texts.writing.ooxml import is_admin
from dienhong.texts.writing.picture import Picture
from dienhong.texts.writing.sheet import (
    OUTLINE,
    Block,
    Certification,
    Run,
    Sheet,
    Style,
    nfc,
    sheet_of,
)
from dienhong.texts.writing.word import ROOM

if TYPE_CHECKING:
    import typst

#: Families that take the room of Times New Roman, best first; only those that hold all Vietnamese letters.
FAMILIES: Final = ("Tinos", "Times New Roman", "Liberation Serif", "FreeSerif", "Noto Serif", "DejaVu Serif")


#: The letters that a font must hold; signs beside them may come from another.
LETTERS: Final = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
#: Weight of an upright face that is not bold.
REGULAR: Final = 400


class NoFont(RuntimeError):
    """Refusal: no font with all Vietnamese letters is at hand."""


def fonts_folder() -> Path | None:
    """The folder of the fonts that the set-up has merged, None where it has not run."""
    folder = Path(dienhong.__file__).parent / "static" / "vendor" / "fonts" / "ttf"
    return folder if any(folder.glob("*.ttf")) else None


def to_pdf(
    text: Text,
    layout: LayoutName = "law",
    *,
    references: Iterable[Reference] = (),
    certification: Certification | None = None,
    fonts: Path | None = None,
) -> bytes:
    """The text as a tagged PDF in the layout of laws, administrative documents or consolidated texts.

    Made for keeping (PDF/A-2a) and for readers of screens (PDF/UA-1), unless it holds a sign that no font has.
    `fonts` is a folder of TTF files; without it those of the set-up are used, else the system's. Raises ValueError for
    a layout that is not known, NoFont where no font with Vietnamese letters is found.
    """
    return sheet_to_pdf(sheet_of(text, layout, references=references, certification=certification), fonts=fonts)


def sheet_to_pdf(sheet: Sheet, *, fonts: Path | None = None) -> bytes:
    """A paper that is already laid out as a tagged PDF. Raises NoFont where no font has the Vietnamese letters."""
    return _drawn(_data(sheet), fonts)


def sheet_to_words(sheet: Sheet) -> bytes:
    """A paper that is already laid out as words (JSON), so that it can be kept as it is now and drawn later."""
    return json.dumps(_data(sheet), ensure_ascii=False, separators=(",", ":")).encode()


def words_to_pdf(words: bytes) -> bytes:
    """The PDF of a paper that was kept as words. Raises NoFont where no font has the Vietnamese letters."""
    return _drawn(json.loads(words), None)


def _drawn(data: dict[str, Any], fonts: Path | None) -> bytes:
    import typst  # here, since pages and commands that print nothing should not wait for it

    folder = fonts or fonts_folder()
    families = _families(str(folder) if folder else "")
    if not families:
        raise NoFont("no font with Vietnamese letters: run the set-up, or install Tinos or Times New Roman")
    source = files(__package__).joinpath("paper.typ").read_bytes()
    inputs = {"sheet": json.dumps({**data, "fonts": families}, ensure_ascii=False)}
    found = _fonts(str(folder) if folder else "")
    try:
        return typst.compile(
            source, font_paths=found, format="pdf", sys_inputs=inputs, timestamp=0, pdf_standards=["a-2a", "ua-1"]
        )
    except typst.TypstError:
        # A sign that no font holds is shown as a box; the standards forbid that, an office still needs its paper.
        return typst.compile(source, font_paths=found, format="pdf", sys_inputs=inputs, timestamp=0)


@cache
def _fonts(folder: str) -> typst.Fonts:
    """The fonts of the folder and of the system, looked for once."""
    import typst

    return typst.Fonts(font_paths=[folder] if folder else [])


@cache
def _families(folder: str) -> list[str]:
    """The families of `FAMILIES` that typst finds in the folder or on the system and that can write Vietnamese."""
    able: set[str] = set()
    for font in _fonts(folder).fonts():
        plain = str(font.style).casefold() == "normal" and font.weight == REGULAR
        if font.family in FAMILIES and font.path and plain and _writes_vietnamese(font.path, font.index):
            able.add(font.family)
    return [name for name in FAMILIES if name in able]


def _writes_vietnamese(path: str, number: int) -> bool:
    """Whether this font file, or this font of a collection, has every letter of Vietnamese in both cases."""
    from fontTools.ttLib import TTFont

    collection = path.lower().endswith((".ttc", ".otc"))
    letters = TTFont(path, lazy=True, fontNumber=number if collection else -1).getBestCmap()
    return all(ord(letter) in letters for letter in LETTERS + LETTERS.upper())


def _data(sheet: Sheet) -> dict[str, Any]:
    """The paper as typst reads it, but for the fonts of this machine."""
    admin = is_admin(sheet.layout)
    flow = [sheet.blocks, *sheet.appendices]
    ids = {block.id for blocks in flow for block in blocks}
    targets = {run.link for blocks in flow for block in blocks for run in block.runs} & ids

    return {
        "title": nfc(sheet.title),
        "author": nfc(sheet.author),
        "date": [sheet.date.year, sheet.date.month, sheet.date.day] if sheet.date else None,
        "layout": {**asdict(sheet.layout), "in_force": str(sheet.layout.in_force)},
        "width": sheet.layout.text_width,
        "admin": admin,
        "room": ROOM,
        "nation": nfc(sheet.nation),
        "motto": nfc(sheet.motto),
        "head": {name: [nfc(line) for line in lines] for name, lines in asdict(sheet.head).items()},
        "looks": {
            style.value: {**asdict(look(style, sheet.layout, admin)), "outline": OUTLINE.get(style, 0)}
            for style in Style
        },
        "targets": sorted(targets),
        "blocks": _blocks(sheet.blocks, targets),
        "signature": asdict(sheet.signature),
        "appendices": [_blocks(blocks, targets) for blocks in sheet.appendices],
    }


def _blocks(blocks: list[Block], targets: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "style": block.style.value,
            "id": block.id,
            "level": max(1, block.level),
            "runs": [_run(run, targets) for run in block.runs],
            "rows": [[nfc(cell) for cell in row] for row in block.rows],
            "shares": block.shares() if block.rows else [],
            "head": block.head,
            "numeric": block.numeric(),
            "picture": _picture(block.picture) if block.picture else None,
        }
        for block in blocks
    ]


def _picture(picture: Picture) -> dict[str, Any]:
    """A picture as typst takes it from words: a drawing, in which a photograph is wrapped."""
    kind, content = picture.extension, base64.b64encode(picture.content).decode()
    wide, high = picture.width, picture.height
    svg = picture.svg or (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}mm" height="{high}mm">'
        f'<image width="{wide}" height="{high}" href="data:image/{kind};base64,{content}"/></svg>'
    )
    return {"svg": svg, "alt": nfc(picture.alt), "width": wide}


def _run(run: Run, targets: set[str]) -> dict[str, Any]:
    note = None
    if run.note is not None:
        note = {"mark": nfc(run.note.mark), "lines": [nfc(line) for line in run.note.text.split("\n")]}
    return {
        "text": nfc(run.text),
        "bold": run.bold,
        "link": run.link if run.link in targets else "",
        "note": note,
    }
