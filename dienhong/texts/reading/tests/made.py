"""Small laws and files made by hand (văn bản mẫu) for the tests of reading."""

# ruff: noqa: E501  the long lines are sample texts
from __future__ import annotations

import io
import zipfile

from dienhong.texts.reading import read_text
from dienhong.texts.tree import Kind, Node, Text

HEAD = """QUỐC HỘI
--------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Luật số: 24/2023/QH15

Hà Nội, ngày 24 tháng 11 năm 2023

LUẬT

{name}

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;

Quốc hội ban hành Luật {lead}.

"""
FOOT = """

Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 6 thông qua ngày 24 tháng 11 năm 2023.

CHỦ TỊCH QUỐC HỘI

Trần Văn Mẫu
"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def law(body: str, name: str = "LƯU TRỮ MẪU", lead: str = "Lưu trữ mẫu") -> Text:
    """A whole law around this body, read."""
    return read_text(source(body, name, lead))


def source(body: str, name: str = "LƯU TRỮ MẪU", lead: str = "Lưu trữ mẫu") -> str:
    """A whole law around this body, as plain text."""
    return HEAD.format(name=name, lead=lead) + body.strip() + FOOT


def shape(nodes: list[Node]) -> list[str]:
    """Kind and number of every unit, one string each, indented by depth."""
    found: list[str] = []
    stack = [(node, 0) for node in reversed(nodes)]
    while stack:
        node, depth = stack.pop()
        found.append("  " * depth + f"{node.kind.value} {node.number}".strip())
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return found


def one(text: Text, kind: Kind, number: str) -> Node:
    """The first unit of this kind and number."""
    return next(node for node in text.walk() if node.kind is kind and node.number == number)


def codes(text: Text) -> set[str]:
    """The codes of all doubts."""
    return {doubt.code for doubt in text.doubts}


def package(document: str, **parts: str | bytes) -> bytes:
    """A DOCX around this body of a document.xml; more parts by name, "__" for "/" and "_xml" for ".xml"."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{document}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return stream.getvalue()


def paragraph(said: str, list_id: int = 0, level: int = 0, style: str = "") -> str:
    """One paragraph of a document.xml."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{number}</w:pPr><w:r><w:t xml:space='preserve'>{said}</w:t></w:r></w:p>"
