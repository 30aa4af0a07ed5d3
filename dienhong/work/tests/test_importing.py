"""A table of tasks as state bodies write it: several units in one cell, names that hold commas."""

from __future__ import annotations

import csv
import io

import pytest

from dienhong.foundation.access.actor import keeper
from dienhong.people import actions as people
from dienhong.people.models import BodyKind
from dienhong.work import importing
from dienhong.work.tests.conftest import Year
from tests.cast import DAY, at_eight

UNITS = {
    "khcnmt": "Vụ Khoa học, Công nghệ và Môi trường",
    "khoa-hoc": "Vụ Khoa học",
    "vhgd": "Vụ Văn hóa, Giáo dục",
    "cong-thong-tin": "Cổng Thông tin",
}


@pytest.fixture
def units(year: Year) -> Year:
    """The year with units of which two have a comma in their name."""
    for order, (code, name) in enumerate(UNITS.items(), 60):
        people.found_body(
            actor=keeper("test"), code=code, kind=BodyKind.DEPARTMENT, name=name, parent=year.cast.office, order=order,
            at=at_eight(),
        )  # fmt: skip
    return year


def read(year: Year, coordinating: str) -> importing.Row:
    """The row of a table whose column of coordinating units says this."""
    out = io.StringIO()
    csv.writer(out).writerows([["STT", "Nhiệm vụ", "Phối hợp"], ["1.1", "Tổng hợp ý kiến", coordinating]])
    (row,) = importing.plan(out.getvalue().encode(), "bang.csv", year.programme, DAY).rows
    return row


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("Vụ Khoa học, Công nghệ và Môi trường", ["khcnmt"]),
        ("Vụ Khoa học, Cổng Thông tin", ["khoa-hoc", "cong-thong-tin"]),
        ("Vụ Khoa học, công nghệ và môi trường, Vụ Văn hóa, giáo dục, Cổng thông tin",
         ["khcnmt", "vhgd", "cong-thong-tin"]),
        ("Vụ Văn hóa, Giáo dục; Vụ Khoa học", ["vhgd", "khoa-hoc"]),
        ("Vụ Khoa học; Vụ Khoa học, Công nghệ và Môi trường,", ["khoa-hoc", "khcnmt"]),
        ("khcnmt, vhgd", ["khcnmt", "vhgd"]),
    ],
)  # fmt: skip
def test_units_are_parted_at_commas_but_not_inside_the_name_of_one(units: Year, said: str, codes: list[str]) -> None:
    row = read(units, said)
    assert row.wrong == []
    assert row.content is not None
    assert [body.code for body in row.content.coordinating] == codes


def test_an_unknown_unit_is_named_as_it_was_written(units: Year) -> None:
    row = read(units, "Vụ Khoa học, Vụ Y tế, Dân số và Trẻ em, Vụ Văn hóa, Giáo dục")
    assert len(row.wrong) == 1
    assert "Vụ Y tế, Dân số và Trẻ em" in row.wrong[0]
    assert row.content is not None
    assert [body.code for body in row.content.coordinating] == ["khoa-hoc", "vhgd"]
