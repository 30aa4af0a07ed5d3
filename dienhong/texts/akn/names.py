"""The names of Akoma Ntoso (tên phần tử) and what they are among the units of a Vietnamese text."""

from __future__ import annotations

import re
from typing import Final

from dienhong.texts.tree import Kind

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: What the standard has no place for: the number as normalised, the line of the source, doubts.
OWN: Final = "urn:dienhong:text"

#: Element of each kind of unit; a kind the standard does not know is an `hcontainer` of its name.
ELEMENT: Final[dict[Kind, str]] = {
    Kind.PART: "part",
    Kind.CHAPTER: "chapter",
    Kind.SECTION: "section",
    Kind.SUBSECTION: "subsection",
    Kind.ARTICLE: "article",
    Kind.CLAUSE: "paragraph",
    Kind.POINT: "point",
    Kind.ITEM: "indent",
    Kind.PARAGRAPH: "alinea",
}

#: Kinds of other countries' containers, by the nearest Vietnamese unit.
FOREIGN: Final[dict[str, Kind]] = {
    "book": Kind.PART,
    "tome": Kind.PART,
    "part": Kind.PART,
    "title": Kind.PART,
    "subpart": Kind.CHAPTER,
    "chapter": Kind.CHAPTER,
    "subtitle": Kind.CHAPTER,
    "subchapter": Kind.SECTION,
    "section": Kind.SECTION,
    "division": Kind.SECTION,
    "debateSection": Kind.SECTION,
    "subsection": Kind.SUBSECTION,
    "subdivision": Kind.SUBSECTION,
    "article": Kind.ARTICLE,
    "rule": Kind.ARTICLE,
    "paragraph": Kind.CLAUSE,
    "clause": Kind.CLAUSE,
    "subrule": Kind.CLAUSE,
    "subparagraph": Kind.POINT,
    "subclause": Kind.POINT,
    "point": Kind.POINT,
    "indent": Kind.ITEM,
    "item": Kind.ITEM,
    "li": Kind.ITEM,
    "quotedStructure": Kind.QUOTE,
    "embeddedStructure": Kind.QUOTE,
    "attachment": Kind.APPENDIX,
}

#: The same where sections, not articles, are the units numbered through the text (common law drafting).
COMMON_LAW: Final[dict[str, Kind]] = {
    **FOREIGN,
    "section": Kind.ARTICLE,
    "subsection": Kind.CLAUSE,
    "paragraph": Kind.POINT,
    "subparagraph": Kind.ITEM,
    "clause": Kind.ITEM,
    "subclause": Kind.ITEM,
}

_NUMBER = re.compile(r"([0-9]+(?:[./][0-9]+)*[a-zđ]*|[IVXLCDM]+[a-zđ]?|[a-zđ]{1,2}[0-9]*)\W*$")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def number_in(label: str) -> str:
    """The number that a label ends with: "12a" of "Điều 12a.", "II" of "Chương II", "" where none is seen."""
    found = _NUMBER.search(label)
    return found[1] if found else ""


def escape(text: str) -> str:
    """The text as XML content."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def quoted(text: str) -> str:
    """The text as an XML attribute value, without the quotation marks."""
    text = escape(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;") if "\n" in text or "\t" in text else text


def storable(document: str) -> str:
    """The document without what XML cannot hold: a control character becomes U+FFFD, a carriage return is escaped."""
    return _NOT_XML.sub("\ufffd", document).replace("\r", "&#13;")
