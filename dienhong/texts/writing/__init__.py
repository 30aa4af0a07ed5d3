"""Writing a text (ghi văn bản): Akoma Ntoso, HTML, plain text, DOCX and PDF, all from the one tree."""

from dienhong.texts.akn import to_akn
from dienhong.texts.pieces import Link, Reference, href_of
from dienhong.texts.writing.page import GENERATOR, body_html, to_html
from dienhong.texts.writing.pdf import NoFont, sheet_to_pdf, sheet_to_words, to_pdf, words_to_pdf
from dienhong.texts.writing.picture import Picture
from dienhong.texts.writing.plain import to_txt
from dienhong.texts.writing.sheet import Block, Certification, Run, Sheet, Signature, Style
from dienhong.texts.writing.word import sheet_to_docx, to_docx

__all__ = [
    "GENERATOR",
    "Block",
    "Certification",
    "Link",
    "NoFont",
    "Picture",
    "Reference",
    "Run",
    "Sheet",
    "Signature",
    "Style",
    "body_html",
    "href_of",
    "sheet_to_docx",
    "sheet_to_pdf",
    "sheet_to_words",
    "to_akn",
    "to_docx",
    "to_html",
    "to_pdf",
    "to_txt",
    "words_to_pdf",
]
