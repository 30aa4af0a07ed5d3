"""Consolidated laws stand as the codified law (Bộ pháp điển) has them, article by article."""

# mypy: disable-error-code="union-attr"

import re

import pytest

from dienhong.texts.consolidating.tests.codified import as_text, codified
from dienhong.texts.consolidating.timeline import consolidate
from dienhong.texts.reading import read
from dienhong.texts.tree import Kind, Node
from dienhong.texts.understanding.citing import PathOf
from dienhong.texts.understanding.index import Provisions
from dienhong.texts.understanding.instructions import Action, instructions
from dienhong.texts.understanding.payload import copied
from dienhong.texts.understanding.spelling import fold_tones
from tests.data import data_file

pytestmark = pytest.mark.data

FRONT = "phapdien/mat-tran-to-quoc-viet-nam.md"
AMENDING = "laws/laws_vbpl_docx/docx/VBPL_179407.docx"  # Law 97/2025/QH15


def words(node: Node) -> str:
    """The article's words without punctuation and case, and without its own number."""
    parts = [p for n in node.walk() for p in (n.label if n is not node else "", n.heading, n.text) if p]
    return " ".join(re.findall(r"[^\W_]+", fold_tones(" ".join(parts))))


def unlike(text, articles) -> set[str]:
    """The numbers of the articles that differ."""
    units = Provisions(text.body)
    found = {number: units.articles.get(number) for number in articles}
    return {n for n, lines in found.items() if not lines or words(lines[0][-1]) != words(articles[n].node)}


@pytest.mark.parametrize(
    ("file", "page", "number", "count", "known"),
    [
        # Điều 71 has two clauses 2 in the law as passed; the page gives the second no number.
        (
            "laws/laws_tvpl/txt/Luat-hoat-dong-giam-sat-cua-Quoc-hoi-va-Hoi-dong-nhan-dan-2015-298366.txt",
            "hoat-dong-giam-sat-cua-quoc-hoi-va-hoi-dong-nhan-dan.md",
            "87/2015/QH13",
            91,
            {"71"},
        ),
        # Điều 50: the page doubles a word; Điều 52: a line of the page's own list runs into it.
        (
            "laws/laws_tvpl/txt/Luat-trung-cau-y-dan-2015-298375.txt",
            "trung-cau-y-dan.md",
            "96/2015/QH13",
            52,
            {"50", "52"},
        ),
    ],
)
def test_a_law_not_amended_is_as_codified(file, page, number, count, known):
    articles = codified(data_file(f"phapdien/{page}"), number)
    assert len(articles) == count
    assert unlike(consolidate(read(data_file(file)), []).text, articles) <= known


def _before(articles):
    """Law 75/2015/QH13 before Law 97/2025/QH15, made from the codified page by undoing each instruction by hand."""
    law = as_text("75/2015/QH13", articles)
    law.body = [copied(node) for node in law.body]
    units = Provisions(law.body)

    def at(*path) -> Node:
        steps: PathOf = tuple(zip((Kind.ARTICLE, Kind.CLAUSE, Kind.POINT), path, strict=False))
        return units.find(steps)[0][-1]

    for path in (("1",), ("4", "3"), ("5",), ("6", "2", "b")):
        at(*path).text, at(*path).children = "Lời cũ.", []
    sixth = at("6", "2")
    sixth.children = [child for child in sixth.children if child.kind is not Kind.PARAGRAPH]
    for path in (("25", "1"), ("32", "1")):
        at(*path).text = at(*path).text.replace("thống nhất với", "đề nghị")
    at("16", "2").text = at("16", "2").text.replace("cấp tỉnh, cấp xã;", "cấp tỉnh, cấp huyện, cấp xã;")
    at("18", "2").text = at("18", "2").text.replace("Việt Nam trở lên", "Việt Nam từ cấp huyện trở lên")
    twentieth = at("20", "2").text.replace("cấp tỉnh chủ trì", "cấp tỉnh, cấp huyện chủ trì")
    at("20", "2").text = twentieth.replace("Hội đồng nhân dân bầu cấp tỉnh làm", "Hội đồng nhân dân bầu làm")
    return law, at


def test_an_amended_law_is_as_codified():
    """41 articles, 11 of them amended. Two differ by slips of the page: it kept "trở lên" of the phrase "từ cấp huyện
    trở lên" that khoản 7 Điều 1 deletes (Điều 18), and set "cấp tỉnh" behind "bầu" and not behind "Hội đồng nhân dân"
    (Điều 20)."""
    articles = codified(data_file(FRONT), "75/2015/QH13")
    law, at = _before(articles)
    for article in ("26", "33"):
        clause = at(article)
        for node in clause.walk():
            node.text = node.text.replace("Sau khi thống nhất với", "Theo đề nghị của")
            node.text = node.text.replace("theo quy định của pháp luật", "quy định của pháp luật")
    done = consolidate(law, [read(data_file(AMENDING))])
    assert len(articles) == 41
    assert not done.unsettled
    assert unlike(done.text, articles) == {"18", "20"}
    assert len({a.instruction.path[0][1] for a in done.applied}) == 11
    assert done.text.find("art_18__para_2").text.startswith("Ủy ban Mặt trận Tổ quốc Việt Nam có quyền cử")
    assert "để Hội đồng nhân dân cấp tỉnh bầu làm Hội thẩm" in done.text.find("art_20__para_2").text


def test_what_is_quoted_is_what_was_codified():
    units = Provisions([a.node for a in codified(data_file(FRONT), "75/2015/QH13").values()])
    orders = [i for i in instructions(read(data_file(AMENDING))) if i.law.number == "75/2015/QH13"]
    quoted = [i for i in orders if i.action is Action.REPLACE]
    assert len(orders) == 14
    assert len(quoted) == 4
    for order in quoted:
        article = order.path[:1] if order.path[-1][0] is Kind.POINT else order.path
        assert words(order.payload[0]) in words(units.find(article)[0][-1])


def test_a_codified_law_can_be_amended_as_it_stands():
    """Law 10/2022/QH15 is there only as codified: 59 of 62 instructions apply; three name chapters and sections, which
    a codified page does not keep."""
    articles = codified(data_file("phapdien/thuc-hien-dan-chu-o-co-so.md"), "10/2022/QH15")
    done = consolidate(as_text("10/2022/QH15", articles), [read(data_file(AMENDING))])
    assert len(articles) == 91
    assert len(done.applied) >= 59
    assert {o.instruction.path[0][0] for o in done.unsettled} <= {Kind.CHAPTER, Kind.SECTION}
