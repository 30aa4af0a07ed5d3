"""A table of 5,000 tasks brought in from XLSX: preview, import, import again, and with bad rows.

`python -m tests.benchmarks.programme_import [--backend sqlite|postgres|both] [--rows 5000]` prints JSON in seconds.
In the office of a whole term (`term_office`), into a programme of its own. Target: preview and import < 10 s together,
every bad row named.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.term_office import child, on_each, options
from tests.office import ready_django

TARGET = 10.0
HEAD = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Người chủ trì", "Phối hợp", "Lãnh đạo phụ trách", "Sản phẩm", "Nơi nhận",
        "Thời hạn", "Căn cứ", "Ghi chú"]  # fmt: skip
UNITS = 12


def table(rows: int, units: list[str], staff: list[str], bad: int = 0) -> bytes:
    """The spreadsheet; the last `bad` rows name a unit that is not there."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for n in range(rows):
        name = "Vụ Không Có" if n >= rows - bad else units[n % len(units)]
        line = [f"{n % 10 + 1}.{n // 10 + 1}", f"Nhiệm vụ số {n}", name, staff[n % len(staff)],
                units[(n + 1) % len(units)], staff[0], "Báo cáo", "", f"quý {n % 4 + 1}/2024", "", ""]  # fmt: skip
        sheet.write_row(n + 1, 0, line)
    book.close()
    return out.getvalue()


def measure(rows: int) -> dict[str, Any]:
    """Bring the table in, several ways; how long each took."""
    ready_django(os.environ)
    from dienhong.demo.cast import DAY, at_eight
    from dienhong.foundation.access.actor import keeper
    from dienhong.people.models import Body, BodyKind, Person, on
    from dienhong.people.queries import names_of_bodies
    from dienhong.work import actions, importing

    by, at = keeper("bench"), at_eight()
    bodies = list(Body.objects.filter(on(DAY), kind=BodyKind.DEPARTMENT).order_by("pk"))
    names = names_of_bodies([body.pk for body in bodies], DAY).values()
    commas = sorted(names, key=lambda name: "," not in name)  # a name that holds a comma is the hard one
    units = commas[:UNITS]
    found_staff = Person.objects.filter(code__startswith="VP-").order_by("code")
    staff = list(found_staff.values_list("code", flat=True))
    programme = actions.draft_programme(
        actor=by, year=2024, line="administration", title="Năm 2024", body=bodies[0], at=at
    )
    found: dict[str, float] = {}

    def timed(name: str, act: Callable[[], importing.Plan]) -> importing.Plan:
        began = time.perf_counter()
        answer = act()
        found[name] = round(time.perf_counter() - began, 2)
        return answer

    bad = table(rows, units, staff, bad=25)
    plan = timed("preview with 25 bad rows", lambda: importing.plan(bad, "bang.xlsx", programme, DAY))
    named = [row for row in plan.wrong if "Vụ Không Có" in " ".join(row.wrong)]
    good = table(rows, units, staff)
    timed("preview", lambda: importing.plan(good, "bang.xlsx", programme, DAY))

    def brought() -> importing.Plan:
        return actions.import_tasks(actor=by, programme_id=programme.pk, content=good, name="bang.xlsx", at=at)

    timed("import", brought)
    again = timed("import again", brought)
    books = programme.tasks.count() == rows and again.count("same") == rows
    return {
        "rows": rows,
        "load": os.getloadavg()[0],
        "seconds": found,
        "met": {
            "preview and import < 10 s": found["preview"] + found["import"] < TARGET,
            "every bad row named": len(plan.wrong) == len(named) == 25,
            "all rows there, the same again changes none": books,
        },
    }


def main() -> None:
    """Measure on each database and print."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    asked = parser.parse_args()
    found = on_each(asked, lambda env: child("tests.benchmarks.programme_import", env, "--measure", str(asked.rows)))
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
