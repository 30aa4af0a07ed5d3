"""Tables, summaries and files of a comparison: what a person is shown, in every form."""

from __future__ import annotations

import copy
import json
import random
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from lxml import html as lxml_html

from dienhong.texts.comparing import Comparison, compare
from dienhong.texts.comparing.summary import Summary
from dienhong.texts.comparing.tables import Row, Table, table_of
from dienhong.texts.comparing.tests import edited
from dienhong.texts.comparing.third import UnknownProvisions, UnreadableNotes, notes_by_id, notes_of, text_by_id
from dienhong.texts.comparing.to_docx import write_docx
from dienhong.texts.comparing.to_html import fragment, page
from dienhong.texts.comparing.to_json import as_json
from dienhong.texts.comparing.to_pdf import write_pdf
from dienhong.texts.tree import Kind, Node, Text, assign_ids


def law() -> Text:
    """A small law written by hand."""
    text = Text(title="LUẬT LƯU TRỮ THỬ", number="01/2020/QH14", kind="law", grounds=["Căn cứ Hiến pháp;"])
    rows = (
        ("Phạm vi điều chỉnh", ["Luật này quy định về hoạt động lưu trữ tài liệu của cơ quan nhà nước."]),
        ("Thời hạn", ["Thời hạn nộp lưu là 01 năm kể từ ngày 01/7/2020.", "Bộ trưởng quy định chi tiết khoản này."]),
        ("Trách nhiệm", ["Người đứng đầu chịu trách nhiệm về tài liệu hỏng, mất hoặc thất lạc.", "Có quy chế riêng."]),
        ("Hiệu lực thi hành", ["Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021."]),
    )
    for number, (heading, clauses) in enumerate(rows, 1):
        article = Node(Kind.ARTICLE, str(number), heading=heading, label=f"Điều {number}.")
        article.children = [Node(Kind.CLAUSE, str(k), text=t, label=f"{k}.") for k, t in enumerate(clauses, 1)]
        text.body.append(article)
    assign_ids(text)
    return text


def renumbered(text: Text) -> Text:
    draft = edited.Draft(text, random.Random(0))
    draft.renumber()
    return text


@pytest.fixture
def pair() -> tuple[Text, Text]:
    old, new = law(), law()
    new.number, new.grounds = "02/2024/QH15", ["Căn cứ Hiến pháp;", "Căn cứ Luật Tổ chức Quốc hội;"]
    new.body[1].children[0].text = "Thời hạn nộp lưu là 02 năm kể từ ngày 01/7/2024."
    new.body[2].children[0].text = "Người đứng đầu chịu trách nhiệm về tài liệu <rách> & mất hoặc thất lạc."
    extra = Node(Kind.ARTICLE, heading="Số hóa tài liệu", text="Tài liệu được số hóa, lưu tại kho dữ liệu dùng chung.")
    new.body.insert(1, extra)
    return old, renumbered(new)


@pytest.fixture
def comparison(pair: tuple[Text, Text]) -> Comparison:
    return compare(*pair)


def row_of(table: Table, cite: str) -> Row:
    return next(row for row in table.rows if row.cite == cite)


def said(row: Row, side: str) -> str:
    return "\n".join("".join(run.text for run in line.runs) for line in getattr(row, side))


def test_the_summary_names_what_changed_in_both_languages(comparison: Comparison) -> None:
    assert Summary(comparison).sentence() == (
        "2 điều sửa đổi, 1 điều mới, 2 điều giữ nguyên nội dung; Điều 2–4 → Điều 3–5."
    )
    assert Summary(comparison).sentence("en") == (
        "2 articles changed, 1 new, 2 with unchanged content; Article 2–4 → Article 3–5."
    )
    assert Summary(compare(law(), law())).sentence() == "Hai bản không khác nhau."


def test_a_row_shows_the_whole_provision_with_its_marks(comparison: Comparison) -> None:
    table = table_of(comparison)
    row = row_of(table, "khoản 1 Điều 3")
    assert said(row, "old") == "1. Thời hạn nộp lưu là 01 năm kể từ ngày 01/7/2020."
    assert [run.text.strip() for line in row.new for run in line.runs if run.op == "ins"] == ["02", "01/7/2024"]
    new = row_of(table, "Điều 2")
    assert new.old == ()
    assert new.void == "not_yet"
    assert row_of(table, "Căn cứ").note == "sửa đổi"


def test_only_changes_are_shown_unless_all_is_asked_for(comparison: Comparison) -> None:
    few, everything = table_of(comparison), table_of(comparison, only_changes=False)
    assert not any(row.cite == "Điều 1" for row in few.rows)
    assert any(row.cite == "Điều 1" for row in everything.rows)
    assert {row.id for row in few.rows} < {row.id for row in everything.rows}


def test_every_unit_of_both_texts_is_in_the_full_table_once(pair: tuple[Text, Text], comparison: Comparison) -> None:
    for level in (Kind.ARTICLE, Kind.CLAUSE):
        table = table_of(comparison, level=level, only_changes=False)
        for text, side in zip(pair, ("old", "new"), strict=True):
            shown = "\n".join(said(row, side) for row in table.rows)
            for node in text.walk():
                assert shown.count(node.text) >= 1
                assert sum(line.count(f"{node.label} {node.text}") for line in shown.split("\n")) <= 1 or not node.text


def test_differences_of_writing_can_be_left_out() -> None:
    old, new = law(), law()
    new.body[2].children[1].text = "Có quy chế Riêng."
    assert [row.note for row in table_of(compare(old, new)).rows] == ["chỉ khác trình bày"]
    assert table_of(compare(old, new), writing=False).rows == ()


def test_the_page_stands_alone_escapes_and_has_no_inline_style(comparison: Comparison) -> None:
    table = table_of(comparison)
    made = page(table)
    tree: Any = lxml_html.document_fromstring(made)
    assert tree.get("lang") == "vi"
    assert not tree.xpath("//@style|//script|//link|//@src|//@onclick")
    assert "&lt;rách&gt; &amp;" in made.replace("</ins>", "").replace("<ins>", "")
    assert tree.xpath("count(//table[@class='compare']/thead/tr/th[@scope='col'])") == 3
    assert len(tree.xpath("//tbody/tr/th[@scope='row']")) == len(table.rows)
    assert tree.xpath("//td[@class='void']/em/text()")[0] == "chưa có"
    part = fragment(table)
    assert "<style" not in part
    assert "<html" not in part
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_docx_is_a_landscape_table_with_a_repeated_head(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "so-sanh.docx"
    write_docx(table_of(comparison, third_texts={}, language="vi"), path)
    document = docx.Document(str(path))
    section: Any = document.sections[0]
    assert section.page_width > section.page_height
    assert document.styles["Normal"].font.name == "Times New Roman"
    grid = document.tables[0]
    assert grid.rows[0].cells[1].text.startswith("01/2020/QH14")
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
    assert "<w:tblHeader" in body
    marked = {(run.text, bool(run.underline), bool(run.font.strike)) for row in grid.rows for cell in row.cells
              for paragraph in cell.paragraphs for run in paragraph.runs}  # fmt: skip
    assert ("01/7/2020", False, True) in marked
    assert ("01/7/2024", True, False) in marked


def test_the_pdf_holds_the_words_on_landscape_pages(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "so-sanh.pdf"
    write_pdf(table_of(comparison), path)
    pdf = pypdfium2.PdfDocument(path)
    width, height = pdf[0].get_size()
    assert width > height
    text = " ".join(pdf[k].get_textpage().get_text_range() for k in range(len(pdf)))
    assert "Thời hạn nộp lưu là" in re.sub(r"\s+", " ", text)
    assert "01/2020/QH14" in text


def test_the_json_rebuilds_both_texts_and_can_hold_everything(pair: tuple[Text, Text], comparison: Comparison) -> None:
    values = json.loads(json.dumps(as_json(comparison, everything=True)))
    for text, side in zip(pair, ("old", "new"), strict=True):
        made = {u[side]["id"]: "".join(s[side] for s in u["text"]) for u in values["units"] if u[side]}
        assert made == {node.id: node.text for node in text.walk()}
    few = as_json(comparison)
    assert all(unit["statuses"] != ["same"] for unit in few["units"])
    assert few["summary"]["counts"]["new"] == 1
    assert few["old"]["number"] == "01/2020/QH14"


def test_notes_stand_beside_their_provision(comparison: Comparison) -> None:
    notes = notes_of('{"khoản 1 Điều 3": "Tăng thời hạn.", "art_2": "Quy định mới."}', ".json")
    found = notes_by_id(comparison, notes)
    assert found == {"art_3__para_1": ("Tăng thời hạn.",), "art_2": ("Quy định mới.",)}
    assert notes_of("Điều 2,Mới\n", ".csv") == {"Điều 2": "Mới"}
    with pytest.raises(UnknownProvisions, match="Điều 99"):
        notes_by_id(comparison, {"Điều 99": "?"})
    for bad, suffix in (("[1]", ".json"), ("{", ".json"), ("a,b,c", ".csv"), ("một cột", ".csv")):
        with pytest.raises(UnreadableNotes):
            notes_of(bad, suffix)


def test_a_third_text_stands_beside_the_provision_it_matches(pair: tuple[Text, Text]) -> None:
    third = copy.deepcopy(pair[1])
    third.body[2].children[0].text = "Thời hạn nộp lưu là 03 năm kể từ ngày 01/7/2024."
    found = text_by_id(pair[1], third)
    assert found["art_3__para_1"] == ("1. Thời hạn nộp lưu là 03 năm kể từ ngày 01/7/2024.",)


def test_ten_thousand_points_and_deep_nesting_are_compared_in_bounded_time() -> None:
    rng = random.Random(3)
    wide = Text(body=[Node(Kind.CLAUSE, "1", text="Gồm:", label="1.")])
    wide.body[0].children = [
        Node(Kind.POINT, str(k), text=edited.sentence(rng, 4, 8) + ";", label=f"{k})") for k in range(10_000)
    ]
    deep = Text(body=[Node(Kind.POINT, "a", text="đầu", label="a)")])
    here = deep.body[0]
    for k in range(10_000):
        here.children = [Node(Kind.POINT, "b", text=f"mức {k}", label="b)")]
        here = here.children[0]
    identical = Text(body=[Node(Kind.POINT, "a", text="như nhau cả thôi", label="a)") for _ in range(10_000)])
    for text in (wide, identical, deep):
        other = Text(body=_copied(text.body))
        changed = list(other.walk())[7000]
        changed.text = "Nội dung đã khác hẳn với trước đây nhiều lắm;"
        ids = iter(range(10**6))
        for side in (text, other):
            for node in side.walk():
                node.id = f"n_{next(ids)}"
        start = time.process_time()
        found = compare(text, other)
        assert time.process_time() - start < 5
        assert sum(1 for m in found.matches if m.new) == sum(1 for _ in other.walk())
        table_of(found)


def _copied(nodes: list[Node]) -> list[Node]:
    """A copy of a tree of any depth."""
    made = [Node(n.kind, n.number, n.heading, n.text, n.label) for n in nodes]
    work = list(zip(nodes, made, strict=True))
    while work:
        node, copied = work.pop()
        copied.children = [Node(n.kind, n.number, n.heading, n.text, n.label) for n in node.children]
        work.extend(zip(node.children, copied.children, strict=True))
    return made
