"""Real laws written and read back, with the project's own reader. A sample; the whole corpus is a matter of minutes."""

from pathlib import Path

import pytest

from dienhong.texts.akn import read_akn, to_akn, validate
from dienhong.texts.tree import Text
from dienhong.texts.writing import to_docx, to_html, to_txt
from dienhong.texts.writing.reread import read_page
from tests.data import data_folder

reading = pytest.importorskip("dienhong.texts.reading")

FOLDER = data_folder()
FILES = sorted(FOLDER.glob("laws/laws_*/*/*.*")) if FOLDER else []
SAMPLE = FILES[:: max(1, len(FILES) // 14)]

pytestmark = pytest.mark.data


def skeleton(text: Text) -> list[tuple[object, ...]]:
    """Kind, number, heading, text and cells of every unit, white space evened out."""
    return [
        (
            node.kind,
            node.number,
            " ".join(node.heading.split()),
            " ".join(node.text.split()),
            [[" ".join(cell.split()) for cell in row] for row in node.rows],
        )
        for node in text.walk()
    ]


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name[:40])
def test_a_real_law_is_valid_akn_and_comes_back_the_same_from_akn_and_from_its_page(path: Path):
    text = reading.read(path)
    data = to_akn(text)
    assert validate(data) == []
    assert read_akn(data) == text
    assert skeleton(read_page(to_html(text).encode())) == skeleton(text)


def test_word_and_plain_text_are_read_back_by_the_general_reader():
    if not SAMPLE:
        pytest.skip("the real data is not beside this checkout")
    whole = {"docx": 0, "txt": 0}
    for path in SAMPLE:
        text = reading.read(path)
        whole["docx"] += skeleton(reading.read(to_docx(text), "x.docx")) == skeleton(text)
        whole["txt"] += skeleton(reading.read(to_txt(text).encode(), "x.txt")) == skeleton(text)
    assert whole["docx"] >= 0.95 * len(SAMPLE)
    assert whole["txt"] >= 0.9 * len(SAMPLE)
