"""Akoma Ntoso as written here: always valid, always read back whole."""

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from dienhong.texts.akn import TextualChange, TooDeep, read_akn, to_akn, validate
from dienhong.texts.akn.tests.wild import texts
from dienhong.texts.pieces import Link
from dienhong.texts.tests.strategies import laws
from dienhong.texts.tree import Footnote, Kind, Node, Text, assign_ids

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def small() -> Text:
    article = Node(Kind.ARTICLE, "5", heading="Quyền", text="Theo Điều 7 và Luật số 57/2014/QH13.", label="Điều 5.")
    text = Text(title="Luật Mẫu", kind="law", number="1/2023/QH15", date=dt.date(2023, 11, 24), body=[article])
    assign_ids(text)
    return text


@given(laws())
@settings(SLOW, max_examples=20)
def test_a_law_is_valid_and_reading_it_back_gives_the_same_tree(text):
    data = to_akn(text)
    assert validate(data) == []
    assert read_akn(data) == text


@given(texts())
@SLOW
def test_any_tree_is_valid_and_nothing_of_it_is_lost(text):
    data = to_akn(text)
    assert validate(data) == []
    assert read_akn(data) == text


def test_each_unit_has_the_element_and_the_id_of_the_standard():
    inner = Node(Kind.POINT, "đ", text="năm", label="đ)")
    clause = Node(Kind.CLAUSE, "3", text="Ba:", label="3.", children=[inner])
    article = Node(Kind.ARTICLE, "12", heading="Mười hai", label="Điều 12.", children=[clause])
    section = Node(Kind.SUBSECTION, "1", label="Tiểu mục 1", children=[article])
    body = [
        Node(
            Kind.PART,
            "I",
            label="Phần thứ nhất",
            children=[
                Node(Kind.CHAPTER, "I", label="Chương I", children=[Node(Kind.SECTION, "1", children=[section])])
            ],
        )
    ]
    text = Text(kind="law", body=body)
    assign_ids(text)
    root: Any = etree.fromstring(to_akn(text))
    path = "//a:body/a:part/a:chapter/a:section/a:subsection/a:article/a:paragraph/a:point"
    (point,) = root.xpath(path, namespaces=NS)
    assert point.get("eId") == "art_12__para_3__point_dd"
    assert point.findtext("a:num", namespaces=NS) == "đ)"


def test_references_and_changes_become_elements_of_the_standard():
    text = small()
    data = to_akn(
        text,
        references=[
            Link("art_5", 5, 11, target_id="art_7"),
            Link("art_5", 15, 35, "/akn/vn/act/law/2014/57-2014-QH13"),
            Link("art_5", 8, 20, target_id="overlaps"),
            Link("art_5", 30, 999, target_id="outside"),
        ],
        changes=[
            TextualChange("art_5", "insertion", "/akn/vn/act/law/2009/41-2009-QH12", "art_7", "after", quote_id="q"),
            TextualChange("art_5", "substitution", "/akn/vn/act/law/2009/41-2009-QH12", old="cũ <", new="mới"),
            TextualChange("art_5", "repeal", target_id="art_9"),
        ],
    )
    assert validate(data) == []
    root: Any = etree.fromstring(data)
    refs = [(ref.text, ref.get("href")) for ref in root.iterfind(".//a:ref", NS)]
    assert refs == [("Điều 7", "#art_7"), ("Luật số 57/2014/QH13", "/akn/vn/act/law/2014/57-2014-QH13")]
    mods = root.findall(".//a:activeModifications/a:textualMod", NS)
    assert [mod.get("type") for mod in mods] == ["insertion", "substitution"]
    assert mods[0].find("a:destination", NS).get("href") == "/akn/vn/act/law/2009/41-2009-QH12#art_7"
    assert read_akn(data) == text


def test_quoted_units_stand_in_a_modification_with_their_marks():
    quote = Node(Kind.QUOTE, label="“", tail="”.", children=[Node(Kind.CLAUSE, "2", text="Mới", label="2.")])
    clause = Node(Kind.CLAUSE, "1", text="Sửa đổi khoản 2 Điều 5 như sau:", label="1.", children=[quote])
    text = Text(kind="law", body=[Node(Kind.ARTICLE, "1", label="Điều 1.", children=[clause])])
    assign_ids(text)
    root: Any = etree.fromstring(to_akn(text))
    mod = root.find(".//a:paragraph/a:content/a:p/a:mod", NS)
    structure = mod.find("a:quotedStructure", NS)
    assert mod.text == "Sửa đổi khoản 2 Điều 5 như sau:"
    assert (structure.get("startQuote"), structure.get("endQuote"), structure.tail) == ("“", "”", ".")
    assert structure.find("a:paragraph", NS).get("eId") == "art_1__para_1__quote_1__para_2"


def test_a_consolidated_text_names_the_day_it_is_valid_for():
    root: Any = etree.fromstring(to_akn(small(), on=dt.date(2025, 7, 1)))
    assert (
        root.find(".//a:FRBRExpression/a:FRBRuri", NS).get("value") == "/akn/vn/act/law/2023/1-2023-QH15/vie@2025-07-01"
    )
    assert root.find(".//a:FRBRWork/a:FRBRuri", NS).get("value") == "/akn/vn/act/law/2023/1-2023-QH15"


def test_what_another_hand_added_is_read_too():
    data = to_akn(small()).replace("<heading>Quyền</heading>".encode(), "<heading>Quyền</heading><blockX/>".encode())
    data = data.replace(b"<body>", "<body><list><intro><p>Thêm:</p></intro></list>".encode())
    text = read_akn(data)
    assert "Thêm:" in [node.text for node in text.walk()]
    assert any(node.heading == "Quyền" and node.number == "5" for node in text.walk())


def test_ids_are_made_where_missing_and_the_tree_is_left_alone():
    text = Text(kind="law", body=[Node(Kind.ARTICLE, "1", label="Điều 1.")])
    before = copy.deepcopy(text)
    assert b'eId="art_1"' in to_akn(text)
    assert text == before


def test_two_units_with_one_id_and_units_nested_too_deep_are_refused():
    twins = Text(body=[Node(Kind.ARTICLE, id="x"), Node(Kind.ARTICLE, id="x")])
    with pytest.raises(ValueError, match="two units have the id x"):
        to_akn(twins)
    top = deepest = Node(Kind.POINT, id="p0")
    for number in range(1, 10_000):
        deepest.children = [Node(Kind.POINT, id=f"p{number}")]
        deepest = deepest.children[0]
    with pytest.raises(TooDeep):
        to_akn(Text(body=[top]))


def test_control_characters_and_carriage_returns_do_not_break_the_file():
    text = Text(kind="law", body=[Node(Kind.ARTICLE, "1", text="a\x00b\rc\x0cd\ud800", label="Điều 1.")])
    data = to_akn(text)
    assert validate(data) == []
    assert read_akn(data).body[0].text == "a\ufffdb\rc\ufffdd\ufffd"


def test_a_note_stands_at_its_word():
    text = small()
    text.body[0].footnotes = [Footnote("1", "Được sửa đổi", 4)]
    root: Any = etree.fromstring(to_akn(text))
    note = root.find(".//a:content/a:p/a:authorialNote", NS)
    assert (note.getparent().text, note.get("marker"), note.tail) == ("Theo", "1", " Điều 7 và Luật số 57/2014/QH13.")
