"""A few papers written for the tests: a law, an official letter, a decision, a consolidated law."""

import datetime as dt

from dienhong.texts.tree import Footnote, Kind, Node, Text, assign_ids
from dienhong.texts.writing.sheet import Certification


def named(text: Text) -> Text:
    assign_ids(text)
    return text


def law() -> Text:
    points = [Node(Kind.POINT, "a", text="Điểm thứ nhất;", label="a)"), Node(Kind.POINT, "đ", text="Điểm.", label="đ)")]
    clause = Node(Kind.CLAUSE, "1", text="Tổ chức có quyền sau đây:", label="1.", children=points)
    table = Node(Kind.TABLE, rows=(("STT", "Tên"), ("1", "Thửa đất ở\nphường Ngọc Hà"), ("2", "Rừng đặc dụng")))
    first = Node(Kind.ARTICLE, "1", heading="Phạm vi điều chỉnh", text="Luật này quy định về mẫu.", label="Điều 1.")
    second = Node(Kind.ARTICLE, "2", heading="Quyền", label="Điều 2.", children=[clause, table])
    first.footnotes = [Footnote("1", "Được sửa đổi theo Luật số 2/2024/QH15.", 4)]
    chapter = Node(Kind.CHAPTER, "I", heading="NHỮNG QUY ĐỊNH CHUNG", label="Chương I", children=[first, second])
    return named(
        Text(
            title="LUẬT MẪU",
            kind="law",
            number="1/2023/QH15",
            date=dt.date(2023, 11, 24),
            place="Hà Nội",
            issuer="QUỐC HỘI",
            heading=[
                "QUỐC HỘI",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "Luật số: 1/2023/QH15",
                "Hà Nội, ngày 24 tháng 11 năm 2023",
                "LUẬT",
                "MẪU",
            ],
            grounds=["Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;"],
            lead=["Quốc hội ban hành Luật Mẫu."],
            body=[chapter],
            closing=["Luật này được Quốc hội khóa XV, kỳ họp thứ 6 thông qua ngày 24 tháng 11 năm 2023."],
            signature=["CHỦ TỊCH QUỐC HỘI", "Trần Văn Mẫu"],
            appendices=[
                Node(
                    Kind.APPENDIX,
                    "I",
                    heading="DANH MỤC",
                    label="Phụ lục I",
                    text="(Ban hành kèm theo Luật số 1/2023/QH15)",
                    children=[Node(Kind.PARAGRAPH, text=f"Dòng thứ {line} của danh mục.") for line in range(1, 60)],
                )
            ],
        )
    )


def letter() -> Text:
    return named(
        Text(
            kind="other",
            title="V/v chuẩn bị Kỳ họp thứ 7",
            number="123/VPQH-TH",
            date=dt.date(2024, 2, 5),
            issuer="VĂN PHÒNG QUỐC HỘI",
            heading=[
                "ỦY BAN THƯỜNG VỤ QUỐC HỘI",
                "VĂN PHÒNG QUỐC HỘI",
                "-------",
                "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập – Tự do – Hạnh phúc",
                "Số: 123/VPQH-TH",
                "V/v chuẩn bị Kỳ họp thứ 7",
                "Hà Nội, ngày 05 tháng 02 năm 2024",
            ],
            lead=["Kính gửi: Các Ủy ban của Quốc hội", "Văn phòng Quốc hội trân trọng đề nghị:"],
            body=[Node(Kind.CLAUSE, "1", text="Chuẩn bị tài liệu.", label="1.")],
            signature=["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Trần Văn Mẫu"],
        )
    )


def decision() -> Text:
    return named(
        Text(
            kind="decision",
            title="Về việc thành lập Tổ giúp việc",
            number="05/QĐ-VPQH",
            date=dt.date(2024, 2, 5),
            heading=[
                "VĂN PHÒNG QUỐC HỘI",
                "Số: 05/QĐ-VPQH",
                "Hà Nội, ngày 05 tháng 02 năm 2024",
                "QUYẾT ĐỊNH",
                "Về việc thành lập Tổ giúp việc",
            ],
            lead=["CHỦ NHIỆM VĂN PHÒNG QUỐC HỘI", "Căn cứ Nghị quyết số 618/2013/UBTVQH13;", "QUYẾT ĐỊNH:"],
            body=[Node(Kind.ARTICLE, "1", text="Thành lập Tổ giúp việc./.", label="Điều 1.")],
            signature=["Nơi nhận:", "- Như Điều 1;", "CHỦ NHIỆM", "Trần Văn Mẫu"],
        )
    )


CERTIFICATION = Certification(
    number="03",
    date=dt.date(2024, 7, 1),
    introduction=["Luật Mẫu số 1/2023/QH15, có hiệu lực kể từ ngày 01 tháng 01 năm 2024, được sửa đổi, bổ sung bởi:"],
    name="Lê Thị Ví Dụ",
)
