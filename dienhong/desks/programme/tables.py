"""Tables of tasks out and in: XLSX in the columns state bodies use, with a preview before anything is written."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit, as_of
from dienhong.desks.forms import page
from dienhong.desks.programme import asked as asking
from dienhong.desks.programme import shown
from dienhong.desks.programme.forms import Upload
from dienhong.desks.programme.programmes import fetch_programme
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.access.actor import Refused, require
from dienhong.foundation.files import store
from dienhong.foundation.refusal import Refusal
from dienhong.work import actions, importing, queries, rights
from dienhong.work.content import LABELS
from dienhong.work.models import Programme, ProgrammeState, TaskGroup

MOST_SHOWN = 300
MOST_ROWS = 20_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The heads of the table, always in the language of the office's papers, with the width of each column.
COLUMNS = (
    ("STT", 7), ("Nhiệm vụ", 48), ("Đơn vị chủ trì", 22), ("Người chủ trì", 20), ("Đơn vị phối hợp", 28),
    ("Lãnh đạo phụ trách", 20), ("Trách nhiệm", 22), ("Sản phẩm", 26), ("Nơi nhận", 20), ("Thời hạn", 16),
    ("Căn cứ", 26), ("Trọng tâm", 9), ("Tình trạng", 20), ("Kết quả", 26), ("Lý do chậm", 22), ("Ghi chú", 20),
)  # fmt: skip
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The number in Roman letters, as groups of tasks are numbered."""
    out = ""
    for value, letters in ROMAN:
        while number >= value:
            out, number = out + letters, number - value
    return out


def export(request: Visit) -> HttpResponse:
    """The tasks of the filter as a spreadsheet, under the heads of their groups."""
    day = as_of(request)
    require_sight(request)
    asked = asking.read(request)
    found = queries.tasks(request.actor, day, asked.filter).select_related(*shown.WITH)
    rows = shown.rows(found.order_by("programme_id", "place", "pk")[:MOST_ROWS], day)
    title = _t("Tasks")
    if asked.filter.programme and (one := Programme.objects.filter(pk=asked.filter.programme).first()):
        title = one.title
    answer = HttpResponse(book(title, rows, day.strftime("%d/%m/%Y")), content_type=SHEET)
    answer["Content-Disposition"] = f'attachment; filename="nhiem-vu-{day.isoformat()}.xlsx"'
    return answer


def book(title: str, rows: Sequence[shown.Shown], day: str) -> bytes:
    """The spreadsheet: a title, the heads, a row for each group and each task; heads repeat on every printed page."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = workbook.add_worksheet(_t("Tasks")[:31])
    base = {"font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "top"}
    plain = workbook.add_format({**base, "border": 1})
    head = workbook.add_format({**base, "border": 1, "bold": True, "align": "center", "valign": "vcenter"})
    strong = workbook.add_format({**base, "border": 1, "bold": True})
    top = workbook.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False})
    sheet.write_string(0, 0, title, top)
    sheet.write_string(
        1, 0, _t("Computed on %(day)s") % {"day": day}, workbook.add_format({**base, "text_wrap": False})
    )
    for column, (words, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, words, head)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    line, group = 4, None
    for row in rows:
        if row.task.group_id != group:
            group = row.task.group_id
            if row.task.group is not None:
                _group_row(sheet, line, row.task.group, strong)
                line += 1
        for column, words in enumerate(cells(row)):
            sheet.write_string(line, column, words, plain)
        line += 1
    workbook.close()
    return out.getvalue()


def _group_row(sheet: Any, line: int, group: TaskGroup, style: Any) -> None:
    for column in range(len(COLUMNS)):
        sheet.write_blank(line, column, None, style)
    sheet.write_string(line, 0, roman(group.order), style)
    sheet.write_string(line, 1, group.title, style)


def cells(row: shown.Shown) -> tuple[str, ...]:
    """The cells of a task, in the order of the columns."""
    task = row.task
    deadline = row.deadline
    if task.due_rule.startswith("day:") and task.due is not None:
        deadline = f"{task.due:%d/%m/%Y}"
    return (
        task.number, task.title, row.body, task.lead_person.full_name if task.lead_person else "",
        "; ".join(row.joint),
        task.leader.full_name if task.leader else "", task.responsibility, task.product, task.recipient, deadline,
        task.basis, "x" if task.key else "", row.words, task.result, task.late_reason, task.note,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def upload(request: Visit, programme_id: int) -> HttpResponse:
    """Take a table; what is no table is refused here."""
    programme = fetch_programme(request, programme_id)
    _require(request, programme)
    form = Upload(request.POST or None, request.FILES or None)
    back = reverse("programme:programme", args=[programme.pk])
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            importing.plan(content, file.name, programme, request.day, asking.openings())
        except importing.BadTable as error:
            form.add_error("file", str(error))
        else:
            digest = store().put(io.BytesIO(content))
            return redirect("programme:import_preview", programme.pk, digest)
    return page(request, form, _t("Import a table"), _t("Show what it would do"), back)


def _require(request: Visit, programme: Programme) -> None:
    permission = rights.ADOPT if programme.state == ProgrammeState.ADOPTED else rights.ADD
    require(request.actor, permission, at=request.at, within=rights.reach(programme.body_id, request.day))


@require_http_methods(["GET", "POST"])
def preview(request: Visit, programme_id: int, digest: str) -> HttpResponse:
    """Every row of the table with what it would do, the wrong ones first; on confirmation it is done."""
    programme = fetch_programme(request, programme_id)
    _require(request, programme)
    with store().open(digest) as file:
        content = file.read()
    refusal = None
    openings, term = asking.openings(), asking.term_label(request.day)
    if request.method == "POST":
        try:
            plan = actions.import_tasks(
                actor=request.actor, programme_id=programme.pk, content=content, name=digest[:12], openings=openings,
                term=term, reason=request.POST.get("reason", "")[:500], at=request.at,
            )  # fmt: skip
        except Refused:
            raise
        except Refusal as error:
            refusal = error
        else:
            count = sum(1 for row in plan.rows if not row.is_group)
            messages.success(request, ngettext("%(n)s row imported.", "%(n)s rows imported.", count) % {"n": count})
            return redirect("programme:programme", programme.pk)
    plan = importing.plan(content, digest[:12], programme, request.day, openings, term)
    for row in plan.rows:
        row.said = ", ".join(str(LABELS[name]) for name in row.changes)
    rows = sorted((row for row in plan.rows if not row.is_group), key=lambda row: (not row.wrong, row.line))
    context = {
        "programme": programme,
        "plan": plan,
        "rows": rows[:MOST_SHOWN],
        "more": len(rows) - MOST_SHOWN,
        "counts": {status: plan.count(status) for status in ("new", "changed", "same", "wrong")},
        "refusal": refusal,
        "why": request.POST.get("reason", ""),
        "adjusts": programme.state == ProgrammeState.ADOPTED and plan.count("changed") > 0,
    }
    return render(request, "programme/preview.html", context, status=422 if refusal else 200)
