"""What the engine says, in the reader's language (lời của bộ đọc). The engine itself speaks plain English and no other.

A sentence that is not known here is shown as the engine says it, never hidden.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

_UNREADABLE: tuple[tuple[str, str], ...] = (
    (r"the file is empty", gettext_noop("The file is empty.")),
    (r"the Word file has no main text.*", gettext_noop("The Word file has no main text.")),
    (r"the Word file holds no text", gettext_noop("The Word file holds no text.")),
    (r"the file is not a text: .*", gettext_noop("The file is not a text: it is full of control characters.")),
    (
        r"the file has (?P<size>\d+ \w+); the limit is (?P<limit>\d+ \w+)\..*",
        gettext_noop("The file has %(size)s; the limit is %(limit)s. Split it or ask for a higher limit."),
    ),
    (
        r"the file is protected by a password;.*",
        gettext_noop("The file is protected by a password. Remove the password and save it again."),
    ),
    (
        r"this is the old Word format.*",
        gettext_noop("This is the old Word format (.doc). Open it in a word processor and save it as DOCX."),
    ),
    (
        r"this is an old Office file.*",
        gettext_noop("This is an old Office file. Open it in its program and save it as DOCX."),
    ),
    (r"this is RTF;.*", gettext_noop("This is RTF. Open it in a word processor and save it as DOCX.")),
    (
        r"this is a picture \((?P<format>\w+)\).*",
        gettext_noop("This is a picture (%(format)s). Recognise its text first (OCR), then bring the result."),
    ),
    (r"this is Word XML;.*", gettext_noop("This is Word XML. Open it in a word processor and save it as DOCX.")),
    (
        r"this is XML with the root <(?P<root>.*)>;.*",
        gettext_noop("This is XML with the root %(root)s; only Akoma Ntoso and XHTML are read."),
    ),
    (r"the file is a damaged archive.*", gettext_noop("The file is damaged: its archive cannot be opened.")),
    (
        r"the archive holds (?P<count>\d+) files; the limit is (?P<limit>\d+)",
        gettext_noop("The archive holds %(count)s files; the limit is %(limit)s."),
    ),
    (
        r"the archive would unpack to (?P<size>\d+ MB) from (?P<packed>\d+ kB).*",
        gettext_noop("The archive would unpack to %(size)s from %(packed)s; it is not opened."),
    ),
    (
        r"the archive is protected by a password;.*",
        gettext_noop("The file is protected by a password. Remove the password and save it again."),
    ),
    (r"(?P<name>\S+) in the archive is damaged.*", gettext_noop("A part of the file is damaged: %(name)s.")),
    (
        r"(?P<name>\S+) unpacks to more than (?P<limit>\d+ MB).*",
        gettext_noop("%(name)s unpacks to more than %(limit)s; it is not read."),
    ),
    (
        r"this is a workbook or a presentation.*",
        gettext_noop("This is a workbook or a presentation, not a text document."),
    ),
    (
        r"this is an OpenDocument file;.*",
        gettext_noop("This is an OpenDocument file. Open it in a word processor and save it as DOCX."),
    ),
    (r"this is an archive without.*", gettext_noop("This is an archive without a text document in it.")),
    (
        r".* declares a document type or entities;.*",
        gettext_noop("The XML declares a document type or entities; that is not read."),
    ),
    (
        r"the file declares entities.*",
        gettext_noop("The XML declares a document type or entities; that is not read."),
    ),
    (r"no Akoma Ntoso document.*", gettext_noop("The XML is not an Akoma Ntoso document.")),
    (r"(?:.* is )?not well-formed XML.*", gettext_noop("The XML in the file is not well-formed.")),
    (r"the HTML holds no text.*", gettext_noop("The HTML holds no text.")),
    (r"the web archive holds no HTML", gettext_noop("The web archive holds no HTML.")),
    (
        r"the PDF is protected by a password;.*",
        gettext_noop("The PDF is protected by a password. Remove the password and save it again."),
    ),
    (r"the PDF is damaged.*", gettext_noop("The PDF is damaged and cannot be opened.")),
    (
        r"the PDF has (?P<count>\d+) pages; the limit is (?P<limit>\d+).*",
        gettext_noop("The PDF has %(count)s pages; the limit is %(limit)s."),
    ),
    (
        r"the PDF has no text.*",
        gettext_noop("The PDF has no text, only pictures of pages. Recognise its text first (OCR)."),
    ),
)

#: What a doubt of each code means.
DOUBTS: dict[str, str] = {
    "lines-glued": gettext_noop("Units run together on one line were cut apart."),
    "point-order": gettext_noop("The letter of a point is out of order."),
    "point-restart": gettext_noop("A second list of points begins in the same clause."),
    "point-letter": gettext_noop("This letter does not number points in a law."),
    "chapter-glued": gettext_noop("The number and the title of a chapter are run together."),
    "article-stop": gettext_noop("No full stop after the number of the article."),
    "article-slip": gettext_noop("A misspelt word is read as “Điều”."),
    "article-gap": gettext_noop("An article number is missing or out of order."),
    "article-repeated": gettext_noop("The number of an article stands twice."),
    "article-empty": gettext_noop("The article has a title and nothing else."),
    "clause-gap": gettext_noop("A clause number is missing or out of order."),
    "clause-stop": gettext_noop("No full stop after the number of the clause."),
    "clause-style": gettext_noop("The number of the clause is written unlike the one before."),
    "clause-restart": gettext_noop("A clause number comes again."),
    "quote-unclosed": gettext_noop("The quotation has no closing mark."),
    "quote-unbalanced": gettext_noop("Quotation marks inside do not balance."),
    "quote-unmarked": gettext_noop("An article to be inserted stands without quotation marks."),
    "number-slip": gettext_noop("The number of the document was mistyped and is read as meant."),
    "date-slip": gettext_noop("The date is misspelt or impossible."),
    "no-title": gettext_noop("No line names the kind and the title of the text."),
    "after-signature": gettext_noop("Units go on after what looks like the closing."),
    "appendix-unnamed": gettext_noop("Text after the signature is read as an appendix."),
    "encoding": gettext_noop("The letters were converted from an old encoding."),
    "file-type": gettext_noop("The name of the file says another format than its content."),
    "macros": gettext_noop("The file carries macros; they were not run and are not read."),
    "part-damaged": gettext_noop("A part of the file is damaged."),
    "dropped-struck": gettext_noop("Struck by change tracking; left out of the text."),
    "dropped-header": gettext_noop("A header or footer of the page; left out of the text."),
    "dropped-comment": gettext_noop("A comment in the file; left out of the text."),
    "dropped-page-number": gettext_noop("Page numbers are left out of the text."),
    "dropped-running-head": gettext_noop("A running head of the pages is left out of the text."),
    "auto-letters": gettext_noop("Word numbers this list a b c d e f; the order of the law has đ after d."),
    "note-uncalled": gettext_noop("Nothing in the text calls this note."),
    "page-picture": gettext_noop("Pages without text, perhaps scanned."),
    "pdf-table": gettext_noop("Tables were read from the places of letters; compare them with the original."),
}

_UNSETTLED: tuple[tuple[str, str], ...] = (
    (r"(?P<unit>.+) is not in the text", gettext_noop("%(unit)s is not in the text.")),
    (
        r"(?P<unit>.+) stands in the text (?P<times>\d+) times",
        gettext_noop("%(unit)s stands in the text %(times)s times."),
    ),
    (r"(?P<unit>.+) is already in the text", gettext_noop("%(unit)s is already in the text.")),
    (r"(?P<unit>.+) is already repealed", gettext_noop("%(unit)s is already repealed.")),
    (r"when it takes effect is not known.*", gettext_noop("When it takes effect is not known.")),
    (r"the unit has no .*", gettext_noop("The unit has no such paragraph.")),
    (
        r"the text does not say where the new unit stands",
        gettext_noop("The text does not say where the new unit stands."),
    ),
    (r"no article stands before the new one", gettext_noop("No article stands before the new one.")),
    (
        r"the new article may end one chapter.*",
        gettext_noop("The new article may end one chapter or begin the next."),
    ),
    (
        r"a law passed later already changed.*",
        gettext_noop("A law passed later already changed this unit, though this instruction takes effect after it."),
    ),
    (r"the words could not be read", gettext_noop("The words of the instruction could not be read.")),
    (r"units are numbered anew", gettext_noop("Units are numbered anew.")),
    (
        r"the words name no provision that could be read",
        gettext_noop("The words name no provision that could be read."),
    ),
)

_PATTERNS = {
    name: tuple((re.compile(pattern + r"\Z", re.S), words) for pattern, words in rows)
    for name, rows in (("file", _UNREADABLE), ("order", _UNSETTLED))
}


def _said(name: str, message: str) -> str:
    for pattern, words in _PATTERNS[name]:
        if found := pattern.match(message):
            return gettext(words) % found.groupdict() if found.groupdict() else gettext(words)
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", ")")) else ".")


def why_unreadable(message: str) -> str:
    """Why a file cannot be read."""
    return _said("file", message)


def why_unsettled(message: str) -> str:
    """Why an instruction is left to a person."""
    return _said("order", message)


def what_doubt(code: str, reason: str) -> str:
    """What a doubt is about."""
    return gettext(DOUBTS[code]) if code in DOUBTS else reason


#: What an instruction does.
ACTIONS: dict[str, str] = {
    "replace": gettext_noop("amends"),
    "insert": gettext_noop("inserts"),
    "repeal": gettext_noop("repeals"),
    "retitle": gettext_noop("gives another title to"),
    "renumber": gettext_noop("renumbers"),
    "replace phrase": gettext_noop("replaces words in"),
    "delete phrase": gettext_noop("strikes words in"),
    "insert phrase": gettext_noop("adds words to"),
    "other": gettext_noop("orders something else for"),
}


def what_order(action: str) -> str:
    """What an instruction does, as a verb."""
    return gettext(ACTIONS.get(action, action))
