"""A table of 5,000 tasks brought in from XLSX: preview, import, import again, and with bad rows.

`python -m tests.benchmarks.programme_import [--rows 5000]` prints JSON in seconds. Target: preview and import < 10 s
together, every bad row named.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import time

from tests.benchmarks import programme_office

TARGET = 10.0


def table(rows: int, bad: int = 0) -> bytes:
    """The spreadsheet; the last `bad` rows name a unit that is not there."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, programme_office.HEAD)
    for n in range(rows):
        unit = n % 12
        name = "Vụ Không Có" if n >= rows - bad else f"Vụ số {unit}"
        line = [f"{n % 10 + 1}.{n // 10 + 1}", f"Nhiệm vụ số {n}", name, f"BV-{unit:02}{n % 5:02}",
                f"Vụ số {(unit + 1) % 12}", "VP-102", "Báo cáo", "", f"quý {n % 4 + 1}/2024", "", ""]  # fmt: skip
        sheet.write_row(n + 1, 0, line)
    book.close()
    return out.getvalue()


def main() -> None:
    """Bring the table in, several ways, and print how long each took."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=5000)
    rows = options.parse_args().rows
    programme_office.open_empty()
    from dienhong.demo.cast import DAY, at_eight
    from dienhong.foundation.access.actor import keeper
    from dienhong.work import actions, importing

    programme_office.people()
    by, at = keeper("bench"), at_eight()
    programme = actions.draft_programme(actor=by, year=2024, line="administration", title="Năm 2024", at=at)
    found: dict[str, float] = {}

    def timed(name: str, act):
        began = time.perf_counter()
        answer = act()
        found[name] = round(time.perf_counter() - began, 2)
        return answer

    bad = table(rows, bad=25)
    plan = timed("preview with 25 bad rows", lambda: importing.plan(bad, "bang.xlsx", programme, DAY))
    assert len(plan.wrong) == 25
    assert all("Vụ Không Có" in " ".join(row.wrong) for row in plan.wrong)
    good = table(rows)
    timed("preview", lambda: importing.plan(good, "bang.xlsx", programme, DAY))

    def brought() -> importing.Plan:
        return actions.import_tasks(actor=by, programme_id=programme.pk, content=good, name="bang.xlsx", at=at)

    timed("import", brought)
    again = timed("import again", brought)
    assert again.count("same") == rows == programme.tasks.count()
    met = found["preview"] + found["import"] < TARGET
    print(
        json.dumps(
            {"rows": rows, "load": os.getloadavg()[0], "seconds": found, "met": {"preview and import < 10 s": met}}
        )
    )


if __name__ == "__main__":
    main()
