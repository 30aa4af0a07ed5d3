"""`dienhong report ...`: every kind of period, both other lines, and what it says of a call it cannot understand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from dienhong.cli import office
from dienhong.reports.composing import drafted_paper
from dienhong.reports.tests.conftest import DAY, House
from dienhong.reports.writing.paper import broken

pytestmark = pytest.mark.django_db


def report(*words: str) -> Result:
    """Call the command as somebody types it."""
    return CliRunner().invoke(office, ["report", *words])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("half", "2023", "1"), "6 tháng đầu năm 2023"),
        (("quarter", "2023", "2"), "quý II năm 2023"),
        (("month", "2023", "5"), "tháng 5 năm 2023"),
        (("session", "xv-5"), "Kỳ họp thứ 5, Quốc hội khóa XV"),
        (("term", "XV"), "nhiệm kỳ khóa XV"),
    ],
)
def test_every_kind_of_period_is_written_and_how_it_goes_is_told_on_the_side(
    house: House, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    out = tmp_path / "report.json"
    done = report(*words, "--json", str(out))
    assert done.exit_code == 0, done.stderr
    assert f"Reading the record of {name} ..." in done.stderr
    assert f"Writing {out} ..." in done.stderr
    assert done.stdout.startswith(f"{name[0].upper()}{name[1:]}: drafted from the record alone")
    assert name in json.loads(out.read_text())["title"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("half", "2023", "3"), "3 is not in the range"),
        (("quarter", "2023", "0"), "0 is not in the range"),
        (("month", "2023", "May"), "not a valid integer"),
        (("month", "2023"), "Missing argument 'MONTH'"),
        (("session", "banana"), "write it as XV-6 or XV-BT2"),
        (("session", "XV-99"), "XV-99"),
        (("term", "XV-5"), "write it as XV"),
        (("year", "2023", "--line", "army"), "'army' is not one of"),
    ],
)
def test_a_call_that_means_nothing_is_told_and_ends_with_2(house: House, words: tuple[str, ...], reason: str) -> None:
    done = report(*words)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("kind", ["year", "half", "quarter", "month", "session", "term"])
def test_each_kind_says_how_it_is_called(kind: str) -> None:
    said = report(kind, "--help")
    assert said.exit_code == 0
    assert "--pdf" in said.output
    assert "[administration|party|union]" in said.output


def test_the_party_reports_under_its_own_heading(house: House, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert report("year", "2023", "--line", "party", "--html", str(out)).exit_code == 0
    with translation.override("vi"):
        paper = drafted_paper(2023, DAY, "party")
    assert paper.issuer == ["ĐẢNG BỘ CƠ QUAN"]
    assert paper.number.endswith("-BC/ĐU")
    assert "Đảng bộ cơ quan báo cáo" in paper.opening[0].text
    assert all(not chapter.key.startswith("assembly") for chapter in paper.chapters)


def test_a_period_without_a_session_says_so_and_is_held_against_the_same_period(house: House) -> None:
    with translation.override("vi"):
        quiet = drafted_paper(2023, DAY, kind="quarter", part="1")
        half = drafted_paper(2023, DAY, kind="half", part="1")
    words = {chapter.key: "\n".join(piece.text for piece in chapter.pieces) for chapter in quiet.chapters}
    assert "Trong kỳ không có kỳ họp Quốc hội nào khai mạc." in words["assembly"]
    assert "00" not in words["assembly"]
    assert "năm 2024" not in "\n".join(words.values()), "a quarter does not speak of the next year's programme"
    said = "\n".join(piece.text for chapter in half.chapters for piece in chapter.pieces)
    assert "cùng kỳ năm 2022" in said
    assert half.annexes[0].pieces[0].rows[0][2] == "Cùng kỳ 2022"


def test_the_report_of_a_term_draws_the_years_of_that_term(house: House) -> None:
    with translation.override("vi"):
        paper = drafted_paper(2021, dt.date(2023, 12, 31), kind="term", part="XV")
    drawn = next(piece for piece in paper.pieces() if piece.kind == "chart")
    assert [value[0] for value in drawn.chart["values"]] == ["2023"]


def test_a_long_title_is_broken_where_its_sense_divides() -> None:
    long = "Kết quả công tác 6 tháng đầu năm 2023 và phương hướng, nhiệm vụ 6 tháng cuối năm 2023"
    first, second = broken(long).split("\n")
    assert second.startswith("và phương hướng")
    assert f"{first} {second}" == long
    assert "\n" not in broken("Kết quả công tác năm 2023 và phương hướng năm 2024")
