"""The reader on real laws: a sample of every corpus; the whole is measured by `text check` (docs/texts-accuracy.md)."""

from __future__ import annotations

import csv
import functools
import html
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from lxml import html as lxml_html

from dienhong.texts import reading
from dienhong.texts.reading.account import account
from dienhong.texts.reading.checking import check_file, own_units, skeleton
from dienhong.texts.reading.normal import characters
from dienhong.texts.tree import Kind, Text
from tests.data import data_files, data_folder

read = functools.cache(reading.read)
pytestmark = pytest.mark.data

PLAIN = [*data_files("laws/laws_tvpl/txt", "*.txt")[::7], *data_files("laws/laws_vlc/corpus", "*.txt")[::5]]
WORD = data_files("laws/laws_vbpl_docx/docx", "*.docx")[::6]
PAGES = data_files("laws/laws_tvpl/html", "*.html")[::5]


def numbers(text: Text) -> list[str]:
    return [node.number for node in own_units(text, Kind.ARTICLE) if node.number.isdigit()]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem[:40])
def test_no_character_of_a_real_law_is_lost(path: Path):
    said = path.read_text(encoding="utf-8")
    text = read(path)
    assert account(said, text).ordered
    assert text.title
    assert text.number or "1953" in said or "HIẾN PHÁP" in text.title or path.stem == "luat-cai-cach-ruong-dat"


@pytest.mark.parametrize("path", WORD, ids=lambda path: path.stem[:40])
def test_no_character_of_a_word_file_is_lost(path: Path):
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").decode()
    said = "".join(html.unescape(found) for found in re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>", document))
    assert account(said, read(path)).whole


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem[:40])
def test_no_character_of_a_page_is_lost(path: Path):
    body = lxml_html.document_fromstring(path.read_bytes().decode("utf-8")).find("body")
    assert body is not None
    missing = Counter(characters("".join(str(said) for said in body.itertext()))) - Counter(
        characters("".join(said_in(read(path))))
    )
    assert not missing


def said_in(text: Text) -> list[str]:
    """All that a text says, put together another way than the account does."""
    found = [*text.heading, *text.grounds, *text.lead, *text.closing, *text.signature]
    for node in text.walk():
        found += [node.label, node.heading, node.text, node.tail, *(cell for row in node.rows for cell in row)]
    return found


def test_articles_of_real_laws_run_from_one_to_the_last():
    texts = [read(path) for path in [*PLAIN, *WORD, *PAGES]]
    broken = [text.number for text in texts if numbers(text) != [str(n) for n in range(1, len(numbers(text)) + 1)]]
    assert set(broken) <= {"11/2008/QH12"}, "the Red Cross law goes from Điều 33 to Điều 39 in the source"


def test_parts_and_chapters_are_those_of_the_manifest():
    folder = data_folder()
    if folder is None:
        pytest.skip("the real data is not beside the checkout")
    with (folder / "laws/manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = {Path(row["file"]).name: row for row in csv.DictReader(stream)}
    for path in [*PLAIN, *WORD]:
        row, text = rows[path.name], read(path)
        assert len(own_units(text, Kind.PART)) == int(row["parts"]), path.name
        assert len(own_units(text, Kind.CHAPTER)) == int(row["chapters"]), path.name
        assert len(numbers(text)) >= int(row["articles"]) or row["amending"], path.name


def test_copies_of_a_law_have_one_skeleton():
    pages = {path.stem: path for path in data_files("laws/laws_tvpl/html", "*.html")}
    pairs = [(path, pages[path.stem]) for path in data_files("laws/laws_tvpl/txt", "*.txt") if path.stem in pages][::4]
    tables_as_lines = {"70/2014/QH13", "71/2014/QH13", "89/2015/QH13"}
    differing = defaultdict(list)
    for plain, page in pairs:
        one, two = read(plain), read(page)
        assert one.number == two.number
        if skeleton(one) != skeleton(two):
            differing[one.number].append(plain.name)
    assert set(differing) <= tables_as_lines


def test_checking_a_file_finds_no_fault():
    pytest.importorskip("dienhong.texts.writing")
    for path in [*PLAIN[:2], *WORD[:1], *PAGES[:1]]:
        finding = check_file(path, path.parent)
        assert finding.faults == []
        assert finding.articles > 0
