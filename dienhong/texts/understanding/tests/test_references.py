"""References lead to the unit that they name, or are said to be broken."""

# mypy: disable-error-code="union-attr"

from dienhong.texts.reading import read_text
from dienhong.texts.tree import Kind, Node, Text, assign_ids
from dienhong.texts.understanding.definitions import definitions, unused, uses
from dienhong.texts.understanding.links import links
from dienhong.texts.understanding.references import broken_references, references

LAW = """QUỐC HỘI
Luật số: 01/2020/QH14
LUẬT
LƯU TRỮ MẪU
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Lưu trữ mẫu.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định về lưu trữ theo Chương II và Điều 9 của Luật này.
Điều 2. Giải thích từ ngữ
Trong Luật này, các từ ngữ dưới đây được hiểu như sau:
1. Tài liệu là vật mang tin.
2. Tài liệu số (sau đây gọi là tài liệu điện tử) là tài liệu tạo lập ở dạng số.
3. Kho là nơi giữ tài liệu.
Chương II
QUẢN LÝ
Điều 3. Trách nhiệm
1. Cơ quan có trách nhiệm sau đây:
a) Lập hồ sơ;
b) Thực hiện quy định tại điểm a khoản này và khoản 2 Điều này;
2. Cơ quan thực hiện các điểm a và b khoản 1 Điều này, Điều 5 của Luật Đấu thầu số 22/2023/QH15.
3. Hoá đơn của tài liệu điện tử thực hiện theo Luật Đấu thầu.
"""


def found(text):
    return {r.words: r for r in references(text)}


def test_internal_references_lead_to_their_unit():
    by = found(read_text(LAW))
    assert by["điểm a khoản này"].targets[0].node_id == "art_3__para_1__point_a"
    assert by["khoản 2 Điều này"].targets[0].node_id == "art_3__para_2"
    goals = [t.node_id for t in by["các điểm a và b khoản 1 Điều này"].targets]
    assert goals == ["art_3__para_1__point_a", "art_3__para_1__point_b"]
    assert by["Chương II"].targets[0].node_id == "chp_II"


def test_the_law_itself_is_named_without_a_unit():
    target = found(read_text(LAW))["Luật này"].targets[0]
    assert (target.kind, target.node_id, target.resolved) == ("internal", "", True)


def test_a_unit_that_is_not_there_is_reported():
    (broken,) = broken_references(read_text(LAW))
    assert broken.words == "Điều 9 của Luật này"
    assert broken.broken


def test_another_law_is_external_and_its_number_is_remembered():
    by = found(read_text(LAW))
    target = by["Điều 5 của Luật Đấu thầu số 22/2023/QH15"].targets[0]
    assert (target.kind, target.document, target.resolved) == ("external", "22/2023/QH15", True)
    assert by["Luật Đấu thầu"].targets[0].document == "22/2023/QH15"


def test_offsets_cut_the_words_out_of_the_node():
    text = read_text(LAW)
    for reference in references(text):
        node = text.find(reference.node_id)
        assert getattr(node, reference.field)[reference.start : reference.end] == reference.words


AMENDING = """QUỐC HỘI
Luật số: 09/2024/QH15
LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ
Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ số 01/2011/QH13.
Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ
1. Sửa đổi, bổ sung khoản 2 Điều 7 như sau:
“2. Cơ quan thực hiện khoản 1 Điều này, Điều 12 của Luật này và điểm a khoản này.”.
2. Bỏ cụm từ “theo Điều 30 của Luật này” tại khoản 3 Điều 8.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024, trừ khoản 1 Điều 1 của Luật này.
"""


def test_inside_quotation_marks_this_law_is_the_amended_law():
    by = found(read_text(AMENDING))
    target = by["khoản 1 Điều này"].targets[0]
    assert target.document == "01/2011/QH13"
    assert target.path == ((Kind.ARTICLE, "7"), (Kind.CLAUSE, "1"))
    assert by["Điều 12 của Luật này"].targets[0].document == "01/2011/QH13"
    assert by["điểm a khoản này"].targets[0].path[:2] == ((Kind.ARTICLE, "7"), (Kind.CLAUSE, "2"))
    assert by["Điều 30 của Luật này"].targets[0].document == "01/2011/QH13"


def test_an_order_names_units_of_the_amended_law_and_the_last_article_its_own():
    by = found(read_text(AMENDING))
    assert by["khoản 2 Điều 7"].targets[0].document == "01/2011/QH13"
    assert by["khoản 1 Điều 1 của Luật này"].targets[0].node_id == "art_1__para_1"
    assert not broken_references(read_text(AMENDING))


def test_links_are_made_of_what_is_resolved():
    text = read_text(LAW)
    made = links(r for r in references(text) if r.targets[0].kind == "internal")
    assert ("art_3__para_1__point_b", "art_3__para_2") in {(link.node_id, link.target_id) for link in made}


def test_a_text_without_ids_is_given_them():
    text = Text(kind="law", body=[Node(Kind.ARTICLE, "1", text="Theo Điều 2."), Node(Kind.ARTICLE, "2", text="Có.")])
    (reference,) = references(text)
    assert reference.targets[0].node_id == "art_2"


def test_definitions_and_short_names_are_found():
    text = read_text(LAW)
    known = definitions(text)
    assert [d.term for d in known if d.kind == "article"] == ["Tài liệu", "Tài liệu số", "Kho"]
    assert known[1].aliases == ("tài liệu điện tử",)
    node = text.find(known[0].node_id)
    assert node.text[known[0].start : known[0].end] == "Tài liệu"


def test_the_longest_term_counts_and_only_whole_syllables():
    text = read_text(LAW)
    places = [(u.term, u.node_id) for u in uses(text)]
    assert ("Tài liệu số", "art_3__para_3") in places
    assert ("Tài liệu", "art_3__para_3") not in places
    assert not [p for p in places if p[0] == "Kho"]
    assert [d.term for d in unused(text)] == ["Kho"]


def test_a_term_is_found_whichever_way_its_tone_is_placed():
    text = Text(
        kind="law",
        body=[
            Node(
                Kind.ARTICLE,
                "1",
                heading="Giải thích từ ngữ",
                text="Trong Luật này, từ ngữ dưới đây được hiểu như sau:",
                children=[Node(Kind.CLAUSE, "1", text="Hóa chất là chất.")],
            ),
            Node(Kind.ARTICLE, "2", text="Cấm hoá chất."),
        ],
    )
    assign_ids(text)
    assert [u.node_id for u in uses(text)] == ["art_2"]
