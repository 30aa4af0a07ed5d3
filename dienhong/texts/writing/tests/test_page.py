"""Pages: whole, accessible, and read back as they were written."""

import copy
import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from dienhong.texts.akn.tests.wild import texts
from dienhong.texts.tests.strategies import laws
from dienhong.texts.tree import Footnote, Kind, Node, Text, assign_ids
from dienhong.texts.writing import Link, body_html, to_html
from dienhong.texts.writing.reread import NotOurs, is_ours, read_page

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def sample() -> Text:
    points = [Node(Kind.POINT, "a", text="Theo Điều 1;", label="a)"), Node(Kind.POINT, "đ", text="năm.", label="đ)")]
    clause = Node(Kind.CLAUSE, "1", text="Một & <hai>:", label="1.", children=points)
    articles = [
        Node(Kind.ARTICLE, "1", heading="Phạm vi", text="Luật này.", label="Điều 1."),
        Node(Kind.ARTICLE, "2", heading="Quyền", label="Điều 2.", children=[clause]),
    ]
    articles[0].footnotes = [Footnote("1", "Được sửa đổi", 4)]
    chapter = Node(Kind.CHAPTER, "I", heading="CHUNG", label="Chương I", children=articles)
    text = Text(title="Luật Mẫu", kind="law", number="1/2023/QH15", date=dt.date(2023, 11, 24), body=[chapter])
    assign_ids(text)
    return text


def stripped(text: Text) -> Text:
    """The text without what a page does not show."""
    text = copy.deepcopy(text)
    text.doubts = []
    for node in text.walk():
        node.line = 0
    for note in text.footnotes:
        note.offset = -1
    return text


@given(laws())
@settings(SLOW, max_examples=12)
def test_a_page_gives_back_the_tree_it_was_written_from(text):
    assert read_page(to_html(text).encode()) == stripped(text)


@given(texts())
@SLOW
def test_any_tree_comes_back_from_its_page(text):
    again = read_page(to_html(text).encode())
    assert again == stripped(text)


def test_headings_follow_their_rank_and_every_unit_has_one_address():
    page: Any = etree.fromstring(to_html(sample()), etree.HTMLParser())
    levels = [int(found.tag[1]) for found in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels == [1, 2, 3, 3]
    ids = [found.get("id") for found in page.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
    for node in sample().walk():
        assert node.id in ids
        (link,) = page.xpath(f"//a[@class='pl' and @href='#{node.id}']")
        assert link.get("aria-label").startswith("Liên kết đến ")
    (link,) = page.xpath("//a[@href='#art_2__para_1__point_dd' and @class='pl']")
    assert link.get("aria-label") == "Liên kết đến điểm đ khoản 1 Điều 2"


def test_a_strict_content_policy_holds():
    page = to_html(sample())
    assert not re.search(r"<script|<style| style=| on\w+=|javascript:", page)
    assert '<html lang="vi">' in page
    assert "<title>Luật Mẫu</title>" in page


def test_notes_lead_there_and_back():
    page: Any = etree.fromstring(to_html(sample()), etree.HTMLParser())
    (mark,) = page.xpath("//a[@role='doc-noteref']")
    (note,) = page.xpath("//section[@role='doc-endnotes']//li")
    assert mark.get("href") == f"#{note.get('id')}"
    assert note.xpath(".//a[@role='doc-backlink']")[0].get("href") == f"#{mark.get('id')}"
    assert "doc-noteref" not in body_html(sample(), footnotes=False)


def test_references_are_links_where_they_can_be_resolved():
    links = [Link("art_2__para_1__point_a", 5, 11, target_id="art_1")]
    assert '<a class="nb" href="#art_1">Điều 1</a>;' in body_html(sample(), references=links)
    shown = body_html(sample(), references=links, resolve=lambda link: f"/texts/7/{link.target_id}")
    assert 'href="/texts/7/art_1"' in shown
    assert 'class="nb"' not in body_html(sample(), references=links, resolve=lambda _: "")


def test_the_fragment_takes_the_rank_its_page_gives_it():
    assert "<h4" in body_html(sample(), heading_level=3)
    assert "<h1" not in body_html(sample())
    assert 'class="pl"' not in body_html(sample(), permalinks=False)


def test_a_page_of_others_or_one_that_was_changed_is_not_read_by_its_data():
    assert not is_ours(b"<html><body>x</body></html>")
    with pytest.raises(NotOurs):
        read_page(b"<html><body>x</body></html>")
    page = to_html(sample()).replace('<p class="k"', '<ul><li>x</li></ul><p class="k"', 1)
    with pytest.raises(NotOurs, match="a ul in"):
        read_page(page.encode())


def test_quotation_marks_stand_where_the_quoted_words_do():
    quote = Node(Kind.QUOTE, label="“", tail="”.", children=[Node(Kind.CLAUSE, "2", text="Mới", label="2.")])
    text = Text(body=[Node(Kind.ARTICLE, "1", label="Điều 1.", text="Như sau:", children=[quote])])
    assign_ids(text)
    page: Any = etree.fromstring(body_html(text, permalinks=False), etree.HTMLParser())
    assert "“2. Mới”." in ["".join(p.itertext()) for p in page.iter("p")]
