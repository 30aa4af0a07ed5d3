"""The fonts hold every letter of Vietnamese, on the screen and in documents."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dienhong.assets import build, fonts

LETTERS = fonts.VIETNAMESE + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
pytestmark = pytest.mark.skipif(not build.VENDOR.is_dir(), reason="the assets are not built: dienhong assets build")


def test_the_list_of_letters_is_the_alphabet_and_not_ours():
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones} | {"đ"}
    marked = {letter for letter in small if not letter.isascii()}
    assert len(marked) == 67
    assert set(fonts.VIETNAMESE) >= marked | {letter.upper() for letter in marked}
    assert len(set(fonts.VIETNAMESE)) == len(fonts.VIETNAMESE) == 139


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.target)
def test_each_merged_face_holds_139_of_139_letters_with_an_outline(face):
    font = TTFont(build.VENDOR / "fonts" / "ttf" / face.target)
    cmap = font.getBestCmap()
    assert [letter for letter in LETTERS if ord(letter) not in cmap] == []
    assert [letter for letter in LETTERS if font["glyf"][cmap[ord(letter)]].numberOfContours == 0] == []


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.target)
def test_each_merged_face_is_found_by_its_family_and_style(face):
    names = TTFont(build.VENDOR / "fonts" / "ttf" / face.target)["name"]
    assert (names.getDebugName(16), names.getDebugName(17)) == (face.family, face.style)


def value(pattern: str, body: str) -> str:
    """What the pattern finds in a rule."""
    match = re.search(pattern, body)
    assert match, (pattern, body)
    return match.group(1)


def rules() -> list[tuple[str, str, str, set[int], Path]]:
    """The faces of the style sheet: family, style, weight, code points, file."""
    found = []
    for body in re.findall(r"@font-face\{(.*?)\}", (build.VENDOR / "fonts.css").read_text()):
        points: set[int] = set()
        for part in value(r"unicode-range:([^;}]+)", body).split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            points |= set(range(int(first, 16), int(last or first, 16) + 1))
        face = [value(pattern, body) for pattern in (r'family:"([^"]+)"', r"style:(\w+)", r"weight:([\d ]+)")]
        found.append((face[0], face[1], face[2], points, build.VENDOR / value(r'url\("([^"]+)"', body)))
    return found


def test_the_subsets_of_each_screen_face_cover_every_letter_by_range_and_by_file():
    claimed: dict[tuple[str, str, str], set[int]] = {}
    held: dict[tuple[str, str, str], set[int]] = {}
    for family, style, weight, points, path in rules():
        claimed.setdefault((family, style, weight), set()).update(points)
        held.setdefault((family, style, weight), set()).update(points & TTFont(path).getBestCmap().keys())
    assert {family for family, _, _ in claimed} == {"Source Sans 3 Variable", "Source Serif 4 Variable", "Tinos"}
    for face, points in held.items():
        assert [letter for letter in LETTERS if ord(letter) not in points] == [], face
        assert points <= claimed[face]


def test_the_style_sheet_names_no_address_outside():
    assert "//" not in (build.VENDOR / "fonts.css").read_text()


def test_each_family_has_its_licence_beside_it():
    for folder in ("fonts", "fonts/ttf"):
        licences = list((build.VENDOR / folder).glob("LICENSE-*.txt"))
        assert {path.stem for path in licences} >= {"LICENSE-Tinos", "LICENSE-Source-Sans-3"}
        assert all("SIL Open Font License" in path.read_text() for path in licences)


def test_nothing_to_merge_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="no subset"):
        fonts.merge_subsets([], tmp_path / "none.ttf")
