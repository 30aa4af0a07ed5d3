"""Generated laws (văn bản sinh ngẫu nhiên) for Hypothesis: trees that a drafter could have written.

`laws()` draws whole texts in the shapes that NQ 351/2017/UBTVQH14 art. 10 allows. Every tree is in the reader's own
canonical form, so writing and reading back must give the same tree: text after a list of points belongs to the clause,
text between two points belongs to the first of them, text after the last clause belongs to that clause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hypothesis import strategies as st

from dienhong.texts.tree import POINT_LETTERS, Kind, Node, Text, assign_ids

_SAID = (
    "cơ quan nhà nước có thẩm quyền quy định chi tiết việc thực hiện nhiệm vụ tổ chức cá nhân trách nhiệm phối "
    "hợp báo cáo giải quyết hồ sơ thời hạn đăng ký quyết định kiểm tra giám sát công khai minh bạch người dân "
    "cộng đồng tài sản dữ liệu môi trường giáo dục y tế thủy lợi hòa giải khỏe mạnh xử lý vi phạm lưu trữ đấu "
    "thầu ngân sách"
)
WORDS = _SAID.split()
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu")
SHAPES: tuple[tuple[Kind, ...], ...] = (
    (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION),
    (Kind.PART, Kind.CHAPTER, Kind.SECTION),
    (Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION),
    (Kind.CHAPTER, Kind.SECTION),
    (Kind.CHAPTER,),
    (),
)


def phrases(least: int = 2, most: int = 9) -> st.SearchStrategy[str]:
    """A run of words that starts with a capital and has no full stop."""
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(lambda w: " ".join(w).capitalize())


def sentences(end: str = ".") -> st.SearchStrategy[str]:
    """A sentence of plain words."""
    return phrases(3, 14).map(lambda words: words + end)


def capitals() -> st.SearchStrategy[str]:
    """A title in capitals."""
    return phrases(2, 6).map(str.upper)


@st.composite
def tables(draw: st.DrawFn) -> Node:
    """A table of short cells, at least two by two."""
    width = draw(st.integers(2, 4))
    row = st.tuples(*[phrases(1, 3)] * width)
    rows = draw(st.lists(row, min_size=2, max_size=4))
    return Node(Kind.TABLE, rows=tuple(tuple(cells) for cells in rows))


@st.composite
def points(draw: st.DrawFn, last: bool) -> tuple[str, list[Node]]:
    """The text and the children of a point; only a point that is not the last may end with a paragraph."""
    if draw(st.integers(0, 5)) == 0:
        items = [
            Node(Kind.ITEM, "-", text=t, label="-") for t in draw(st.lists(sentences(";"), min_size=1, max_size=3))
        ]
        return draw(sentences(":")), items
    if not last and draw(st.integers(0, 6)) == 0:
        return draw(sentences(";")), [Node(Kind.PARAGRAPH, text=draw(sentences()))]
    return draw(sentences(";")), []


@st.composite
def clauses(draw: st.DrawFn) -> tuple[str, list[Node]]:
    """The text and the children of a clause: points, and paragraphs around them."""
    count = draw(st.sampled_from((0, 0, 0, 2, 3, 5, 12)))
    if not count:
        after = draw(st.lists(sentences(), max_size=2))
        return draw(sentences()), [Node(Kind.PARAGRAPH, text=text) for text in after]
    children: list[Node] = []
    for index in range(count):
        text, below = draw(points(index == count - 1))
        letter = POINT_LETTERS[index]
        children.append(Node(Kind.POINT, letter, text=text, label=f"{letter})", children=below))
        if index == 0 and draw(st.integers(0, 8)) == 0:
            text, below = draw(points(False))
            children.append(Node(Kind.POINT, "a1", text=text, label="a1)", children=below))
    if draw(st.integers(0, 4)) == 0:
        children.append(Node(Kind.PARAGRAPH, text=draw(sentences())))
    if draw(st.integers(0, 12)) == 0:
        children.append(Node(Kind.PARAGRAPH, text=draw(sentences(":"))))
        children.append(draw(tables()))
    return draw(sentences(":")), children


@st.composite
def numbered_clauses(draw: st.DrawFn) -> list[Node]:
    """Clauses 1, 2, (2a,) 3 ..."""
    found = []
    for index in range(draw(st.integers(2, 4))):
        text, below = draw(clauses())
        found.append(Node(Kind.CLAUSE, str(index + 1), text=text, label=f"{index + 1}.", children=below))
        if draw(st.integers(0, 10)) == 0:
            number = f"{index + 1}a"
            found.append(Node(Kind.CLAUSE, number, text=draw(sentences()), label=f"{number}."))
    return found


@st.composite
def articles(draw: st.DrawFn, number: str, titled: bool = True) -> Node:
    """An article with its title, or without one (then its text stands on the line of its number)."""
    node = Node(Kind.ARTICLE, number, label=f"Điều {number}.")
    listed = draw(st.booleans())
    if titled:
        node.heading = draw(phrases(2, 8))
        if not listed or draw(st.booleans()):
            node.text = draw(sentences(":" if listed else "."))
    else:
        node.text = draw(sentences(":" if listed else "."))
    if listed:
        node.children = draw(numbered_clauses())
    elif draw(st.integers(0, 3)) == 0:
        node.children = [
            Node(Kind.PARAGRAPH, text=text) for text in draw(st.lists(sentences(), min_size=1, max_size=2))
        ]
    return node


def heading_unit(kind: Kind, index: int, title: str) -> Node:
    """A part, chapter, section or subsection with its title; `index` counts from 0."""
    number, label = {
        Kind.PART: (ROMAN[index], f"Phần thứ {ORDINALS[index % len(ORDINALS)]}"),
        Kind.CHAPTER: (ROMAN[index % len(ROMAN)], f"Chương {ROMAN[index % len(ROMAN)]}"),
        Kind.SECTION: (str(index + 1), f"Mục {index + 1}."),
        Kind.SUBSECTION: (str(index + 1), f"Tiểu mục {index + 1}."),
    }[kind]
    return Node(kind, number, heading=title, label=label)


@st.composite
def bodies(draw: st.DrawFn) -> list[Node]:
    """A body in one of the allowed shapes, articles numbered through the whole text."""
    shape = draw(st.sampled_from(SHAPES))
    titled = draw(st.integers(0, 4)) > 0
    counter = [0]

    def some_articles() -> list[Node]:
        found = []
        for _ in range(draw(st.integers(1, 3))):
            counter[0] += 1
            found.append(draw(articles(str(counter[0]), titled)))
            if draw(st.integers(0, 9)) == 0:
                found.append(draw(articles(f"{counter[0]}a", titled)))
        return found

    def grow(kinds: tuple[Kind, ...]) -> list[Node]:
        if not kinds:
            return some_articles()
        found = []
        for index in range(draw(st.integers(1, 2))):
            unit = heading_unit(kinds[0], index, draw(capitals()))
            unit.children = grow(kinds[1:])
            found.append(unit)
        return found

    return grow(shape)


@st.composite
def instructions(draw: st.DrawFn, number: int) -> Node:
    """One clause of an amending law with the text it would insert, quoted."""
    target = draw(st.integers(1, 90))
    what = draw(st.sampled_from(("article", "clause", "point")))
    if what == "article":
        text = f"Sửa đổi, bổ sung Điều {target} như sau:"
        inside = [draw(articles(str(target)))]
    elif what == "clause":
        text = f"Bổ sung khoản {target}a vào sau khoản {target} Điều 7 như sau:"
        own, below = draw(clauses())
        inside = [Node(Kind.CLAUSE, f"{target}a", text=own, label=f"{target}a.", children=below)]
    else:
        text = f"Sửa đổi, bổ sung điểm c khoản 2 Điều {target} như sau:"
        inside = [Node(Kind.POINT, "c", text=draw(sentences(";")), label="c)")]
    quote = Node(Kind.QUOTE, label="“", tail=draw(st.sampled_from(("”.", "”;", "”"))), children=inside)
    return Node(Kind.CLAUSE, str(number), text=text, label=f"{number}.", children=[quote])


@st.composite
def amending_bodies(draw: st.DrawFn) -> list[Node]:
    """The body of a law that amends another: one article of instructions, one of commencement."""
    first = Node(Kind.ARTICLE, "1", heading="Sửa đổi, bổ sung một số điều của Luật Lưu trữ", label="Điều 1.")
    first.children = [draw(instructions(index + 1)) for index in range(draw(st.integers(1, 4)))]
    last = Node(Kind.ARTICLE, "2", heading="Hiệu lực thi hành", label="Điều 2.")
    last.text = "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024."
    return [first, last]


@st.composite
def laws(draw: st.DrawFn, amending: bool | None = None) -> Text:
    """A whole law: heading block, grounds, body, closing, signature, sometimes an appendix. Ids are assigned."""
    amends = draw(st.booleans()) if amending is None else amending
    name = "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ" if amends else draw(capitals())
    day = draw(st.dates(dt.date(2002, 1, 1), dt.date(2030, 12, 28)))
    number = f"{draw(st.integers(1, 160)):02d}/{day.year}/QH{draw(st.integers(11, 16))}"
    said = f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    text = Text(
        title=f"LUẬT {name}",
        kind="law",
        number=number,
        date=day,
        place="Hà Nội",
        issuer="QUỐC HỘI",
        heading=[
            "QUỐC HỘI",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            f"Luật số: {number}",
            f"Hà Nội, {said}",
            "LUẬT",
            name,
        ],
        grounds=["Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;"],
        lead=[f"Quốc hội ban hành Luật {name.capitalize()}."],
        body=draw(amending_bodies() if amends else bodies()),
        closing=[
            "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 6 thông qua "
            + said
            + "."
        ],
        signature=["CHỦ TỊCH QUỐC HỘI", "Trần Văn Mẫu"],
    )
    if draw(st.integers(0, 5)) == 0:
        appendix = Node(Kind.APPENDIX, "I", heading=draw(capitals()), label="PHỤ LỤC I")
        appendix.children = [draw(tables())]
        text.appendices = [appendix]
    assign_ids(text)
    return text


def skeleton(text: Text, keep: Callable[[Node], bool] = lambda _: True) -> list[tuple[str, str, str, str]]:
    """What must stay the same when a text is written and read back: kind, id, heading and text of every node."""
    return [(n.kind.value, n.id, n.heading, n.text) for n in text.walk() if keep(n)]
