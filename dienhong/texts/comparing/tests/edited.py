"""Generated laws with known edits: the truth against which matching is held.

A `Draft` is a law whose units remember where they came from, so after any chain of edits it is known which old unit is
which new one, and what became of each.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field

from dienhong.texts.tree import POINT_LETTERS, Kind, Node, Text, assign_ids

_VOCABULARY = """
cơ quan nhà nước thẩm quyền quy định chi tiết thực hiện nhiệm vụ tổ chức cá nhân trách nhiệm phối hợp báo cáo giải
quyết hồ sơ thời hạn đăng ký kiểm tra giám sát công khai minh bạch người dân cộng đồng tài sản dữ liệu môi trường giáo
dục y tế thủy lợi hòa giải khỏe mạnh xử lý vi phạm lưu trữ đấu thầu ngân sách bảo vệ quyền lợi hợp pháp doanh nghiệp
đầu tư xây dựng giao thông nông thôn phát triển bền vững khoa học công nghệ chuyển đổi số thông tin truyền thông văn
hóa thể thao du lịch an ninh quốc phòng trật tự xã hội hôn nhân gia đình trẻ em lao động tiền lương bảo hiểm thuế phí
lệ phí hải quan biên giới đất đai nhà ở rừng biển khoáng sản nước sạch năng lượng điện lực dầu khí
"""
WORDS = _VOCABULARY.split()


def sentence(rng: random.Random, least: int = 12, most: int = 24) -> str:
    """A sentence that no other is like."""
    words = [rng.choice(WORDS) for _ in range(rng.randint(least, most))]
    return " ".join(words).capitalize()


@dataclass
class Draft:
    """A law under edit. `origin` names, by identity of a node, the old unit it is."""

    text: Text
    rng: random.Random
    origin: dict[int, str] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)  # all there were, kept so that no identity is used twice

    @property
    def articles(self) -> list[Node]:
        return [node for node in self.text.walk() if node.kind is Kind.ARTICLE]

    def chapter_of(self, article: Node) -> Node:
        return next(chapter for chapter in self.text.body if any(node is article for node in chapter.children))

    def renumber(self) -> None:
        """Number articles through the text, clauses and points within their parents, and give new ids."""
        for place, article in enumerate(self.articles, 1):
            article.number, article.label = str(place), f"Điều {place}."
            clauses = [child for child in article.children if child.kind is Kind.CLAUSE]
            for number, clause in enumerate(clauses, 1):
                clause.number, clause.label = str(number), f"{number}."
                for letter, point in zip(POINT_LETTERS, clause.children, strict=False):
                    point.number, point.label = letter, f"{letter})"
        for node in self.text.walk():
            node.id = ""
        assign_ids(self.text)

    def pairs(self) -> set[tuple[str, str]]:
        """Which old unit is which new one."""
        return {(self.origin[id(node)], node.id) for node in self.text.walk() if id(node) in self.origin}


def law(rng: random.Random, articles: int, chapters: int = 3) -> Text:
    """A law of so many articles, each with clauses or plain text."""
    text = Text(title="LUẬT THỬ NGHIỆM", number="01/2024/QH15", kind="law")
    for index in range(chapters):
        heading = sentence(rng, 4, 7).upper()
        text.body.append(Node(Kind.CHAPTER, "I" * (index + 1), heading=heading, label=f"Chương {'I' * (index + 1)}"))
    for index in range(articles):
        text.body[index * chapters // articles].children.append(article(rng))
    draft = Draft(text, rng)
    draft.renumber()
    return text


def article(rng: random.Random) -> Node:
    """An article with three to five clauses, one of them with points."""
    node = Node(Kind.ARTICLE, heading=sentence(rng, 5, 9))
    node.children = [clause(rng, points=rng.random() < 0.25) for _ in range(rng.randint(3, 5))]
    return node


def clause(rng: random.Random, *, points: bool = False) -> Node:
    """A clause of two sentences, or one with points."""
    if points:
        below = [Node(Kind.POINT, text=sentence(rng) + ";") for _ in range(rng.randint(2, 4))]
        return Node(Kind.CLAUSE, text=sentence(rng) + ":", children=below)
    return Node(Kind.CLAUSE, text=f"{sentence(rng)}. {sentence(rng)}.")


def draft_of(old: Text, rng: random.Random) -> Draft:
    """A copy of a law to be edited."""
    text = copy.deepcopy(old)
    nodes = list(text.walk())
    return Draft(text, rng, {id(node): node.id for node in nodes}, nodes)
