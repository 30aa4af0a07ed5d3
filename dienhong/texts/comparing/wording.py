"""The words of comparison tables, in Vietnamese and English."""

from __future__ import annotations

from dienhong.texts.comparing.comparison import Status
from dienhong.texts.tree import Kind

Language = str  # "vi" or "en"

STATUS: dict[Language, dict[Status, str]] = {
    "vi": {
        Status.SAME: "giữ nguyên",
        Status.FORMATTING: "chỉ khác trình bày",
        Status.TONE: "chỉ khác vị trí dấu thanh",
        Status.SPELLING: "chỉ khác chính tả i/y",
        Status.PUNCTUATION: "chỉ khác dấu câu",
        Status.CHANGED: "sửa đổi",
        Status.REWRITTEN: "viết lại",
        Status.NEW: "mới",
        Status.REPEALED: "bãi bỏ",
        Status.RENUMBERED: "đổi số",
        Status.MOVED: "chuyển vị trí",
        Status.SPLIT: "tách",
        Status.MERGED: "gộp",
    },
    "en": {
        Status.SAME: "unchanged",
        Status.FORMATTING: "formatting only",
        Status.TONE: "tone placement only",
        Status.SPELLING: "i/y spelling only",
        Status.PUNCTUATION: "punctuation only",
        Status.CHANGED: "changed",
        Status.REWRITTEN: "rewritten",
        Status.NEW: "new",
        Status.REPEALED: "repealed",
        Status.RENUMBERED: "renumbered",
        Status.MOVED: "moved",
        Status.SPLIT: "split",
        Status.MERGED: "merged",
    },
}

FRAME: dict[Language, dict[str, str]] = {
    "vi": {
        "title": "Tên văn bản",
        "number": "Số, ký hiệu",
        "heading": "Phần đầu văn bản",
        "grounds": "Căn cứ",
        "lead": "Lời dẫn",
        "closing": "Phần kết",
        "signature": "Người ký",
    },
    "en": {
        "title": "Title",
        "number": "Number",
        "heading": "Heading block",
        "grounds": "Grounds",
        "lead": "Lead",
        "closing": "Closing formula",
        "signature": "Signature",
    },
}

PHRASES: dict[Language, dict[str, str]] = {
    "vi": {
        "table": "Bảng so sánh",
        "unit": "Điều khoản",
        "old": "Bản cũ",
        "new": "Bản mới",
        "third": "Thuyết minh",
        "not_yet": "chưa có",
        "no_more": "không còn",
        "added": "thêm: gạch chân",
        "removed": "bỏ: gạch ngang",
        "moved": "chuyển chỗ: gạch chân chấm",
        "hatched": "sọc chéo: không có",
        "heading": "tên {unit}",
        "lead": "lời dẫn",
        "was": "{place} (bản cũ)",
        "from": "từ {place}",
        "to": "sang {place}",
        "split_to": "tách thành {place}",
        "split_from": "tách ra từ {place}",
        "merged_into": "gộp vào {place}",
        "merged_from": "gộp thêm {place}",
        "nothing": "Hai bản không khác nhau.",
        "nothing_shown": "Không có chỗ nào khác nhau để trình bày.",
        "coarse": "Đoạn quá dài để so từng từ, trình bày như thay cả đoạn: {place}",
        "passed": "ngày {date}",
        "and": "và",
        "page": "Trang",
    },
    "en": {
        "table": "Comparison",
        "unit": "Provision",
        "old": "Old text",
        "new": "New text",
        "third": "Explanation",
        "not_yet": "not there yet",
        "no_more": "no longer there",
        "added": "added: underlined",
        "removed": "removed: struck",
        "moved": "moved: dotted underline",
        "hatched": "hatched: not there",
        "heading": "heading of the {unit}",
        "lead": "opening words",
        "was": "{place} (old text)",
        "from": "from {place}",
        "to": "to {place}",
        "split_to": "split into {place}",
        "split_from": "split off from {place}",
        "merged_into": "merged into {place}",
        "merged_from": "takes in {place}",
        "nothing": "The two texts do not differ.",
        "nothing_shown": "There is no difference to show.",
        "coarse": "Too long to compare word by word, shown as replaced: {place}",
        "passed": "{date}",
        "and": "and",
        "page": "Page",
    },
}

#: Kinds of unit as they are counted in a summary: Vietnamese; English one and many.
COUNTED: dict[Kind, tuple[str, str, str]] = {
    Kind.ARTICLE: ("điều", "article", "articles"),
    Kind.CLAUSE: ("khoản", "clause", "clauses"),
    Kind.POINT: ("điểm", "point", "points"),
    Kind.PARAGRAPH: ("đoạn", "paragraph", "paragraphs"),
    Kind.CHAPTER: ("chương", "chapter", "chapters"),
    Kind.ITEM: ("mục liệt kê", "item", "items"),
}
