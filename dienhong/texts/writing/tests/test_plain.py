"""Plain text: what a person would type."""

import datetime as dt

from hypothesis import HealthCheck, given, settings

from dienhong.texts.tests.strategies import laws
from dienhong.texts.tree import Footnote, Kind, Node, Text
from dienhong.texts.writing import to_txt


def test_every_unit_has_its_line():
    quote = Node(Kind.QUOTE, label="“", tail="”.", children=[Node(Kind.POINT, "a", text="mới", label="a)")])
    clause = Node(Kind.CLAUSE, "1", text="Sửa như sau:", label="1.", children=[quote])
    article = Node(Kind.ARTICLE, "5", heading="Sửa", label="Điều 5.", children=[clause])
    table = Node(Kind.TABLE, rows=(("a", "b\nc"), ("d", "")))
    chapter = Node(Kind.CHAPTER, "I", heading="CHUNG", label="Chương I", children=[article, table])
    chapter.footnotes = [Footnote("1", "Chú thích\nhai dòng")]
    text = Text(title="Luật Mẫu", kind="law", number="1/2023/QH15", date=dt.date(2023, 2, 3), body=[chapter])
    text.closing, text.signature = ["Luật này được thông qua."], ["CHỦ TỊCH QUỐC HỘI", "Trần Văn Mẫu"]
    assert to_txt(text).split("\n") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Luật số: 1/2023/QH15",
        "Hà Nội, ngày 03 tháng 02 năm 2023",
        "LUẬT",
        "MẪU",
        "",
        "Chương I",
        "CHUNG[1]",
        "Điều 5. Sửa",
        "1. Sửa như sau:",
        "“a) mới”.",
        "a\tb c",
        "d\t",
        "",
        "Luật này được thông qua.",
        "",
        "CHỦ TỊCH QUỐC HỘI",
        "Trần Văn Mẫu",
        "",
        "[1] Chú thích hai dòng",
        "",
    ]


@given(laws())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_all_words_of_a_law_are_there_in_their_order(text):
    shown = "".join(to_txt(text).split())
    parts = [*text.heading, *text.grounds, *text.lead]
    for node in text.body:
        for unit in node.walk():
            parts += [unit.label, unit.heading, unit.text, *(cell for row in unit.rows for cell in row)]
    parts += [*text.closing, *text.signature]
    at = 0
    for part in parts:
        expected = "".join(part.split())
        found = shown.find(expected, at)
        assert found >= at, f"not there, or not after what stands before it: {part!r}"
        at = found + len(expected)
