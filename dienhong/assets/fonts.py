"""Fonts: the subsets for the screen, and whole families for documents and charts.

The packages carry each family cut into subsets by script. A browser takes the subsets with their `unicode-range`;
typst and the drawing of charts want one file with all letters of a face, so latin, latin-ext and vietnamese are merged.
"""

from __future__ import annotations

import io
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

#: The scripts that an office in Viet Nam writes in; the order is that of the merged glyphs.
VARIABLE = "@fontsource-variable"
SUBSETS = ("latin", "latin-ext", "vietnamese")

#: What Vietnamese needs beside a-z: 134 marked letters (67 small, 67 capital), and five signs that its texts use.
VIETNAMESE = (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
    "₫–“”…"
)


@dataclass(frozen=True)
class Face:
    """One face of a family: the file it comes from, the file it becomes, and where its axes stand."""

    package: str
    source: str  # file name in the package, with {subset}
    target: str
    family: str
    style: str
    axes: Mapping[str, float] = field(default_factory=dict)


TINOS = [
    Face(
        "@fontsource/tinos",
        f"tinos-{{subset}}-{weight}-{slant}.woff2",
        f"Tinos-{style.replace(' ', '')}.ttf",
        "Tinos",
        style,
    )
    for weight, slant, style in [
        (400, "normal", "Regular"),
        (400, "italic", "Italic"),
        (700, "normal", "Bold"),
        (700, "italic", "Bold Italic"),
    ]
]
SANS = [
    Face(
        f"{VARIABLE}/source-sans-3",
        "source-sans-3-{subset}-wght-normal.woff2",
        f"SourceSans3-{style}.ttf",
        "Source Sans 3",
        style,
        {"wght": weight},
    )
    for weight, style in [(400, "Regular"), (600, "SemiBold"), (700, "Bold")]
]
FACES = [*TINOS, *SANS]

#: The faces of the screen: package, stem of its files, family name in CSS, weights, slants.
SCREEN = (
    (
        f"{VARIABLE}/source-sans-3",
        "source-sans-3-{subset}-wght-{slant}.woff2",
        "Source Sans 3 Variable",
        "200 900",
    ),
    (
        "@fontsource-variable/source-serif-4",
        "source-serif-4-{subset}-opsz-{slant}.woff2",
        "Source Serif 4 Variable",
        "200 900",
    ),
    ("@fontsource/tinos", "tinos-{subset}-400-{slant}.woff2", "Tinos", "400"),
    ("@fontsource/tinos", "tinos-{subset}-700-{slant}.woff2", "Tinos", "700"),
)


def merge_subsets(subsets: Sequence[Path], target: Path, *, axes: Mapping[str, float] | None = None) -> None:
    """Merge woff2 subsets of one face into one TTF file that holds all their letters.

    `axes` fixes a variable face at this place first. Raises ValueError when no letter could be read.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    streams: list[io.BytesIO] = []
    for path in subsets:
        font = TTFont(path)
        if axes:
            font = instantiateVariableFont(font, dict(axes), inplace=True)
        font.flavor = None
        stream = io.BytesIO()
        font.save(stream)
        stream.seek(0)
        streams.append(stream)
    if not streams:
        raise ValueError("no subset to merge")
    merged = Merger().merge(streams)
    target.parent.mkdir(parents=True, exist_ok=True)
    merged.save(target)


def name_face(path: Path, family: str, style: str) -> None:
    """Write family and style into the font's own names, so that a document finds the face by them."""
    font = TTFont(path)
    names = font["name"]
    linked = style in {"Regular", "Bold", "Italic", "Bold Italic"}
    for record in list(names.names):
        if record.nameID in {1, 2, 3, 4, 6, 16, 17, 25}:
            names.removeNames(nameID=record.nameID)
    names.setName(family if linked else f"{family} {style}", 1, 3, 1, 0x409)
    names.setName(style if linked else "Regular", 2, 3, 1, 0x409)
    names.setName(f"{family} {style}", 3, 3, 1, 0x409)
    names.setName(f"{family} {style}", 4, 3, 1, 0x409)
    names.setName(f"{family}-{style}".replace(" ", ""), 6, 3, 1, 0x409)
    names.setName(family, 16, 3, 1, 0x409)
    names.setName(style, 17, 3, 1, 0x409)
    bold, italic = "Bold" in style.split(), "Italic" in style
    chosen = italic | bold << 5 | (not bold and not italic) << 6
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | chosen
    font["head"].macStyle = bold | italic << 1
    font.save(path)


def build_documents(modules: Path, folder: Path) -> None:
    """Write the whole faces for documents and charts, with the licence of each family beside them."""
    for face in FACES:
        package = modules / face.package
        sources = [package / "files" / face.source.format(subset=subset) for subset in SUBSETS]
        merge_subsets(sources, folder / face.target, axes=face.axes)
        name_face(folder / face.target, face.family, face.style)
        shutil.copy(package / "LICENSE", folder / f"LICENSE-{face.family.replace(' ', '-')}.txt")


def build_screen(modules: Path, folder: Path) -> str:
    """Copy the subsets for the screen and return the style sheet that names them; addresses are relative to it."""
    rules: list[str] = []
    for package, pattern, family, weights in SCREEN:
        ranges = json.loads((modules / package / "unicode.json").read_text())
        for slant in ("normal", "italic"):
            for subset in SUBSETS:
                name = pattern.format(subset=subset, slant=slant)
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(modules / package / "files" / name, folder / name)
                rules.append(
                    f'@font-face{{font-family:"{family}";font-style:{slant};font-weight:{weights};font-display:swap;'
                    f'src:url("fonts/{name}") format("woff2");unicode-range:{ranges[subset]}}}'
                )
        licence = f"LICENSE-{family.removesuffix(' Variable').replace(' ', '-')}.txt"
        shutil.copy(modules / package / "LICENSE", folder / licence)
    return "\n".join(rules) + "\n"
