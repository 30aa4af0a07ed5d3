"""Akoma Ntoso 3.0 (AKN), the OASIS standard of legal texts: written, read, validated; identifiers for Viet Nam."""

from dienhong.texts.akn.read import NotAkn, read_akn
from dienhong.texts.akn.schema import NotXml, validate
from dienhong.texts.akn.uris import expression_uri, uri_for, work_uri
from dienhong.texts.akn.write import TextualChange, TooDeep, to_akn

__all__ = [
    "NotAkn",
    "NotXml",
    "TextualChange",
    "TooDeep",
    "expression_uri",
    "read_akn",
    "to_akn",
    "uri_for",
    "validate",
    "work_uri",
]
