"""What became other than it was adopted: a page that prints, and the same as a spreadsheet."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.desks.door import Visit
from dienhong.desks.programme.programmes import fetch_programme
from dienhong.desks.programme.tables import SHEET
from dienhong.work.adjustments import KINDS, Adjustment, adjustments
from dienhong.work.content import LABELS

WORDS = {"added": _("task added"), "dropped": _("task dropped"), "changed": _("task changed"), "put_off": _("put off")}
#: The heads of the table, always in the language of the office's papers, with the width of each column.
COLUMNS = (
    ("STT", 6), ("Nhiệm vụ", 44), ("Điều chỉnh", 18), ("Nội dung", 18), ("Trước điều chỉnh", 30),
    ("Sau điều chỉnh", 30), ("Ngày", 12), ("Người điều chỉnh", 22), ("Lý do, căn cứ", 34),
)  # fmt: skip


def page(request: Visit, programme_id: int) -> HttpResponse:
    """The adjustments of a programme."""
    programme = fetch_programme(request, programme_id)
    rows = adjustments(programme)
    if request.GET.get("as") == "xlsx":
        answer = HttpResponse(book(programme.title, rows), content_type=SHEET)
        answer["Content-Disposition"] = f'attachment; filename="dieu-chinh-{programme.code}.xlsx"'
        return answer
    counted = Counter(row.kind for row in rows)
    context: dict[str, Any] = {
        "programme": programme,
        "rows": [(row, WORDS[row.kind], LABELS.get(row.what, "")) for row in rows],
        "counts": [(WORDS[kind], counted[kind]) for kind in KINDS],
        "tab": "programmes",
    }
    return render(request, "programme/adjustments.html", context)


def book(title: str, rows: list[Adjustment]) -> bytes:
    """The same as a spreadsheet that prints on landscape A4 with its heads on every page."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = workbook.add_worksheet("Điều chỉnh")
    base = {"font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "top", "border": 1}
    plain = workbook.add_format(base)
    head = workbook.add_format({**base, "bold": True, "align": "center"})
    top = workbook.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    sheet.write_string(0, 0, _t("Adjusted since adoption: %(programme)s") % {"programme": title}, top)
    for column, (words, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, words, head)
    for line, row in enumerate(rows, 3):
        values = (
            row.task.number, row.task.title, str(WORDS[row.kind]), str(LABELS.get(row.what, "")), row.before, row.after,
            f"{row.day:%d/%m/%Y}", row.who, row.reason,
        )  # fmt: skip
        for column, words in enumerate(values):
            sheet.write_string(line, column, words, plain)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    workbook.close()
    return out.getvalue()
