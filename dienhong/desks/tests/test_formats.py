"""Numbers, shares, days and times are written in the reader's language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from dienhong.desks import formats

FRIDAY = dt.date(2023, 11, 24)


@pytest.fixture
def _vietnamese():
    with translation.override("vi"):
        yield


def test_numbers_follow_the_language():
    assert formats.number(1234567) == "1,234,567"
    assert formats.number(Decimal("1234.5")) == "1,234.5"
    assert formats.number(-3) == "\u22123"
    with translation.override("vi"):
        assert formats.number(1234567) == "1.234.567"
        assert formats.number(1234.5) == "1.234,5"
        assert formats.number(0.5, 2) == "0,50"


def test_unknown_is_said_never_zero():
    assert formats.number(None) == "not known"
    assert formats.percent(3, 0) == "not known"
    assert formats.date(None) == "not known"
    with translation.override("vi"):
        assert formats.number(None) == "chưa có"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (468, 494, "94.74%"),
        (473, 494, "95.75%"),
        (1, 8, "12.50%"),
        (1, 32, "3.13%"),
        (0, 494, "0.00%"),
        (494, 494, "100.00%"),
    ],
)
def test_a_share_has_two_decimals_rounded_half_up(part, whole, said):
    assert formats.percent(part, whole) == said


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_a_share_is_never_off_by_more_than_half_a_hundredth(part, whole):
    with translation.override("en"):
        said = Fraction(formats.percent(part, whole).rstrip("%").replace(",", ""))
    exact = Fraction(part * 100, whole)
    assert -Fraction(1, 200) < said - exact <= Fraction(1, 200)


def test_days_in_both_languages():
    assert formats.date(FRIDAY) == "24 Nov 2023"
    assert formats.date(FRIDAY, "weekday") == "24 Nov 2023, Friday"
    assert formats.date(FRIDAY, "short") == "24 Nov"
    with translation.override("vi"):
        assert formats.date(FRIDAY) == "24/11/2023"
        assert formats.date(FRIDAY, "weekday") == "24/11/2023, thứ Sáu"
        assert formats.date(FRIDAY, "title") == "Thứ Sáu, 24/11/2023"
        assert formats.date(dt.date(2023, 11, 26), "title") == "Chủ nhật, 26/11/2023"
    with pytest.raises(ValueError, match="no style"):
        formats.date(FRIDAY, "long")


def test_times_are_those_of_the_office():
    at = dt.datetime(2023, 11, 24, 18, 30, 5, tzinfo=dt.UTC)
    with timezone.override("Asia/Ho_Chi_Minh"):
        assert formats.clock(at) == "01:30"
        assert formats.clock(at, "seconds") == "01:30:05"
        assert formats.moment(at) == "25 Nov 2023, 01:30"


@pytest.mark.parametrize(
    "text", ["24/11/2023", " 24-11-2023 ", "24.11.2023", "24 11 2023", "24 Nov 2023", "2023-11-24"]
)
def test_a_day_is_read_however_it_is_written(text):
    assert formats.parse_day(text) == FRIDAY


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from(["vi", "en"]))
def test_what_is_written_is_read_again(day, language):
    with translation.override(language):
        assert formats.parse_day(formats.date(day)) == day


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "24/11", "11/24/2023", "31/02/2023", "24 Foo 2023", "2023-13-01", "²/1/2023"]
)
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(formats.NotADay, match=r"day/month/year|calendar"):
        formats.parse_day(text)
