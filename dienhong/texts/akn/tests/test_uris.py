"""Identifiers of Vietnamese documents."""

import datetime as dt

import pytest

from dienhong.texts.akn import expression_uri, uri_for, work_uri
from dienhong.texts.tree import Text


@pytest.mark.parametrize(
    ("kind", "number", "uri"),
    [
        ("law", "24/2023/QH15", "/akn/vn/act/law/2023/24-2023-QH15"),
        ("code", "45/2019/QH14", "/akn/vn/act/law/2019/45-2019-QH14"),
        ("resolution", "351/2017/UBTVQH14", "/akn/vn/act/resolution/2017/351-2017-UBTVQH14"),
        ("decree", "30/2020/NĐ-CP", "/akn/vn/act/decree/2020/30-2020-ND-CP"),
        ("law", "21-LCT/HĐNN8", "/akn/vn/act/law/0001/21-LCT-HDNN8"),
        ("bill", "", "/akn/vn/bill/bill/0001/unnumbered"),
    ],
)
def test_the_number_names_the_work(kind, number, uri):
    assert uri_for(kind, number) == uri


def test_a_law_and_a_resolution_of_one_number_are_two_works():
    assert uri_for("law", "30/2021/QH15") != uri_for("resolution", "30/2021/QH15")


def test_the_year_of_the_number_counts_before_the_date_and_the_title_stands_in_for_a_number():
    assert uri_for("law", "1/2023/QH15", date=dt.date(2024, 1, 1)) == uri_for("law", "1/2023/QH15")
    assert uri_for("law", "21-LCT/HĐNN8", date=dt.date(1989, 6, 30)) == "/akn/vn/act/law/1989/21-LCT-HDNN8"
    constitution = Text(kind="constitution", title="Hiến pháp nước Cộng hòa", date=dt.date(2013, 11, 28))
    assert work_uri(constitution) == "/akn/vn/act/constitution/2013/hien-phap-nuoc-cong-hoa"
    assert expression_uri(constitution) == "/akn/vn/act/constitution/2013/hien-phap-nuoc-cong-hoa/vie@2013-11-28"
