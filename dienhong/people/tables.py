"""Tables as offices keep them (bảng tính): CSV in any usual encoding and separator, XLSX; read into rows of text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.folding import fold, nfc
from dienhong.foundation.refusal import Refusal

MOST_ROWS = 20_000
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024


class BadTable(Refusal):
    """This file is no table that can be read."""

    status = 422


def read_table(content: bytes, name: str) -> list[list[str]]:
    """The rows of a CSV or XLSX file as texts in NFC, the first sheet only. Raises BadTable."""
    if not content.strip():
        raise BadTable(_("The file is empty."), field="file")
    if len(content) > MOST_BYTES:
        raise BadTable(_("The file is larger than 20 MB."), field="file")
    packed = content[:4] == b"PK\x03\x04"
    if not packed and name.lower().endswith((".xlsx", ".xls", ".ods")):
        raise BadTable(_("This is not a spreadsheet that can be read."), field="file")
    rows = _from_xlsx(content) if packed else _from_csv(content)
    rows = [[nfc(cell) for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise BadTable(_("%(name)s holds a head but no rows.") % {"name": name}, field="file")
    if len(rows) > MOST_ROWS:
        raise BadTable(_("More than %(most)s rows at once are not taken.") % {"most": MOST_ROWS}, field="file")
    return rows


def _from_xlsx(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise BadTable(_("The file unpacks to more than the office takes."), field="file")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    except (CalamineError, zipfile.BadZipFile, ValueError, IndexError) as error:
        raise BadTable(_("This is not a spreadsheet that can be read."), field="file") from error


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _from_csv(content: bytes) -> list[list[str]]:
    if b"\x00" in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise BadTable(_("This is neither a CSV table nor a spreadsheet."), field="file")
    text = _decoded(content)
    head = text.splitlines()[0] if text.splitlines() else ""
    separator = max(",;\t", key=head.count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True) if any(row)]
    except csv.Error as error:
        raise BadTable(_("The table cannot be read: %(why)s.") % {"why": error}, field="file") from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "cp1258"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadTable(_("The encoding of the file is not known. Save it as UTF-8."), field="file")


def columns(head: list[str], aliases: dict[str, tuple[str, ...]]) -> tuple[dict[str, int], list[str]]:
    """Which column holds which field, by the words of the head with or without marks; and the heads not understood."""
    found: dict[str, int] = {}
    unknown = []
    for place, words in enumerate(head):
        folded = fold(words).replace("_", " ")
        field = next((f for f, names in aliases.items() if folded in names), None)
        if field and field not in found:
            found[field] = place
        elif words:
            unknown.append(words)
    return found, unknown
