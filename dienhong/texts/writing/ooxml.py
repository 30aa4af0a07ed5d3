"""The fixed parts of a Word file (phần cố định của DOCX): styles, page header, notes, properties, package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from dienhong.texts.writing.layout import Layout
from dienhong.texts.writing.looks import Look, look
from dienhong.texts.writing.picture import Picture
from dienhong.texts.writing.sheet import OUTLINE, Sheet, Style

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Word's ids of the styles; a reader sees the Vietnamese name.
STYLE_IDS: dict[Style, str] = {style: f"DH{style.name.title().replace('_', '')}" for style in Style}


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def half(points: float) -> int:
    return round(points * 2)


def package(document: str, footnotes: Iterable[str], sheet: Sheet, pictures: Sequence[Picture] = ()) -> bytes:
    """The file: the document and its fixed parts in a zip whose bytes depend on nothing but the sheet."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(sheet),
        "word/_rels/document.xml.rels": _relations(
            [
                ("rId1", f"{_OFFICE}/styles", "styles.xml"),
                ("rId2", f"{_OFFICE}/settings", "settings.xml"),
                ("rId3", f"{_OFFICE}/header", "header1.xml"),
                ("rId4", f"{_OFFICE}/footnotes", "footnotes.xml"),
                *((f"rIdP{n}", f"{_OFFICE}/image", f"media/{_media(n, p)}") for n, p in enumerate(pictures, start=1)),
            ]
        ),
        "word/styles.xml": _styles(sheet.layout, admin=is_admin(sheet.layout)),
        "word/settings.xml": _settings(),
        "word/header1.xml": _header(),
        "word/footnotes.xml": _footnotes(footnotes),
        "word/document.xml": document,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content.encode(), zipfile.ZIP_DEFLATED)
        for number, picture in enumerate(pictures, start=1):
            archive.writestr(
                zipfile.ZipInfo(f"word/media/{_media(number, picture)}", (1980, 1, 1, 0, 0, 0)), picture.content
            )
    return out.getvalue()


def _media(number: int, picture: Picture) -> str:
    return f"picture{number}.{picture.extension}"


def is_admin(layout: Layout) -> bool:
    """Whether the layout is that of administrative documents."""
    return "30/2020" in layout.source


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _types() -> str:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "header1": "header",
        "footnotes": "footnotes",
    }
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(entries: list[tuple[str, str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in entries)
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(sheet: Sheet) -> str:
    date = ""
    if sheet.date is not None:
        stamp = f"{sheet.date.isoformat()}T00:00:00Z"
        date = f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(sheet.title)}</dc:title><dc:creator>{escape(sheet.author)}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{date}</cp:coreProperties>"
    )


def _settings() -> str:
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/></w:settings>'
    )


def _header() -> str:
    return (
        f'{HEAD}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
    )


def _footnotes(notes: Iterable[str]) -> str:
    return (
        f'{HEAD}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        f"</w:footnote>{''.join(notes)}</w:footnotes>"
    )


def _styles(layout: Layout, admin: bool) -> str:
    font = escape(layout.font)
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    line = round(240 * layout.line_spacing)
    body = "".join(_style(style, look(style, layout, admin), line) for style in Style)
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/>'
        f'<w:sz w:val="{half(layout.body)}"/><w:szCs w:val="{half(layout.body)}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="{half(layout.page_number)}"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr><w:sz w:val="{half(layout.footnote)}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="DHCell"><w:name w:val="Ô bảng"/><w:basedOn w:val="Normal"/>'
        f'<w:rPr><w:sz w:val="{half(layout.table)}"/></w:rPr></w:style>{body}</w:styles>'
    )


def _style(style: Style, seen: Look, line: int) -> str:
    outline = f'<w:outlineLvl w:val="{OUTLINE[style] - 1}"/>' if style in OUTLINE else ""
    keep = "<w:keepNext/>" if seen.keep else ""
    indent = f'<w:ind w:left="{twips(seen.left)}" w:firstLine="{twips(seen.first_line)}"/>'
    align = "both" if seen.align == "justify" else seen.align
    bold = "<w:b/><w:bCs/>" if seen.bold else ""
    italic = "<w:i/><w:iCs/>" if seen.italic else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{STYLE_IDS[style]}"><w:name w:val="{style.value}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}'
        f'<w:spacing w:before="{round(seen.before * 20)}" w:after="{round(seen.after * 20)}" '
        f'w:line="{line}" w:lineRule="auto"/>{indent}<w:jc w:val="{align}"/>{outline}</w:pPr>'
        f'<w:rPr>{bold}{italic}<w:sz w:val="{half(seen.size)}"/><w:szCs w:val="{half(seen.size)}"/></w:rPr></w:style>'
    )
