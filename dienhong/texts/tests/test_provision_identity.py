"""A provision stays itself through renumbering, moving and rewording, whatever laws Hypothesis makes up."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dienhong.texts.packing import pack, unpack
from dienhong.texts.provisions import lineage, units, words
from dienhong.texts.reading import read_text
from dienhong.texts.tree import Kind, Node, Text, assign_ids

SYLLABLES = re.findall(
    r"\w+",
    "cơ quan tổ chức cá nhân hồ sơ thủ tục thời hạn báo cáo kiểm tra giám sát tài sản đất đai rừng biển "
    "trường học thư viện bệnh viện người dân trẻ em lao động việc làm tiền lương bảo hiểm giá thuế phí lệ",
)


def sentence(rng: random.Random) -> str:
    return " ".join(rng.choice(SYLLABLES) for _ in range(rng.randint(12, 24)))


def made(rng: random.Random, articles: int) -> list[Node]:
    found = []
    for _ in range(articles):
        clauses = [Node(Kind.CLAUSE, str(n), text=sentence(rng), label=f"{n}.") for n in range(1, rng.randint(2, 4))]
        found.append(Node(Kind.ARTICLE, "", heading=" ".join(sentence(rng).split()[:6]), children=clauses))
    return found


def numbered(articles: list[Node]) -> Text:
    """A law of these articles in this order, numbered from 1."""
    body = []
    for number, article in enumerate(articles, 1):
        clauses = [Node(c.kind, c.number, text=c.text, label=c.label) for c in article.children]
        body.append(Node(Kind.ARTICLE, str(number), heading=article.heading, label=f"Điều {number}.", children=clauses))
    text = Text(title="Luật Thử", kind="law", body=body)
    assign_ids(text)
    return text


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(4, 14))
def test_a_provision_is_itself_under_any_number(seed: int, size: int):
    rng = random.Random(seed)
    old = made(rng, size)
    new = [article for article in old if rng.random() > 0.2] or old[:1]
    for _ in range(rng.randint(0, 2)):
        new.insert(rng.randint(0, len(new)), made(rng, 1)[0])
    ties = lineage(numbered(old), numbered(new))
    for place, article in enumerate(new, 1):
        if article in old:
            before = old.index(article) + 1
            assert ties[f"art_{place}"] == f"art_{before}"
            for clause in article.children:
                assert ties[f"art_{place}__para_{clause.number}"] == f"art_{before}__para_{clause.number}"
        else:
            assert f"art_{place}" not in ties


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 10))
def test_packing_and_units_are_the_same_each_time(seed: int, size: int):
    text = numbered(made(random.Random(seed), size))
    packed, digest = pack(text)
    again = unpack(packed)
    assert again == text
    assert pack(again)[1] == digest
    found = units(text)
    assert found == units(again)
    assert [unit.order for unit in found] == list(range(len(found)))
    assert len({unit.eid for unit in found}) == len(found)


def test_a_chain_of_ten_thousand_units_is_packed_without_recursion():
    top = node = Node(Kind.POINT, "a", text="x")
    for _ in range(10_000):
        node.children.append(Node(Kind.POINT, "a", text="x"))
        node = node.children[0]
    again = unpack(pack(Text(body=[top]))[0])
    assert sum(1 for _ in again.walk()) == 10_001


def test_a_quotation_is_searched_with_its_marks_around_its_words():
    text = read_text("LUẬT\nTHỬ\nĐiều 1. Sửa đổi\n1. Sửa đổi khoản 1 Điều 4 như sau:\n“1. Hồ sơ lập ngay.”.")
    article = text.find("art_1")
    assert article is not None
    assert words(article) == "1. Sửa đổi khoản 1 Điều 4 như sau:\n“1. Hồ sơ lập ngay.”."
