"""The layout of Parts I-IV, periods, live places in a text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dienhong.reports import rules
from dienhong.reports.document import Chapter, Paper, Piece, Span, from_json, to_json
from dienhong.reports.rules import Token

SAID, THEN = ("năm 2023", "2023"), ("năm 2024", "2024")


def test_the_year_report_has_four_parts_and_ten_sections_of_results() -> None:
    places = rules.layout("administration", SAID, THEN)
    assert [place.number for place in places if place.is_part] == ["I", "II", "III", "IV"]
    assert places[0].vietnamese == "KẾT QUẢ CÔNG TÁC NĂM 2023"
    second = next(at for at, place in enumerate(places) if place.number == "II" and place.is_part)
    assert len(places[1:second]) == 10


@pytest.mark.parametrize("line", ["party", "union"])
def test_party_and_union_have_sections_of_their_own(line: str) -> None:
    keys = [place.key for place in rules.layout(line, SAID, THEN) if place.key]
    assert keys[0].startswith(f"{line}.")
    assert "assembly" not in keys
    assert "limits" in keys


@pytest.mark.parametrize(
    ("kind", "part", "days"),
    [
        ("year", "", (dt.date(2024, 1, 1), dt.date(2024, 12, 31))),
        ("half", "2", (dt.date(2024, 7, 1), dt.date(2024, 12, 31))),
        ("quarter", "1", (dt.date(2024, 1, 1), dt.date(2024, 3, 31))),
        ("month", "2", (dt.date(2024, 2, 1), dt.date(2024, 2, 29))),
    ],
)
def test_a_period_has_its_first_and_last_day(kind: str, part: str, days: tuple[dt.date, dt.date]) -> None:
    assert rules.period(kind, 2024, part) == days


@pytest.mark.parametrize(
    ("kind", "part"), [("half", "3"), ("quarter", ""), ("month", "13"), ("month", "²"), ("week", "1")]
)
def test_a_part_that_a_year_does_not_have_is_no_period(kind: str, part: str) -> None:
    with pytest.raises(rules.NoSuchPeriod):
        rules.period(kind, 2024, part)


def test_live_places_are_found_among_the_words() -> None:
    parts = list(rules.parts_of("Có {{figure:sessions}} kỳ họp, năm trước {{ figure : sessions | 2022 }}."))
    assert parts == [
        "Có ",
        Token("figure", "sessions"),
        " kỳ họp, năm trước ",
        Token("figure", "sessions", "2022"),
        ".",
    ]


@pytest.mark.parametrize("text", ["{{figure:sessions", "figure}}", "{{number:laws}}", "{{figure:}}"])
def test_a_broken_live_place_is_found(text: str) -> None:
    assert rules.broken_tokens(text)


@given(st.text(alphabet="ab{}|: {{figure:x}}\n", max_size=60))
def test_the_parts_of_a_text_leave_no_word_out(text: str) -> None:
    assert "".join(part for part in rules.parts_of(text) if isinstance(part, str)) == rules._LIVE.sub("", text)


@given(st.lists(st.sampled_from(["", "approved", "returned"]), min_size=1, max_size=6))
def test_the_turn_goes_to_the_first_who_has_not_spoken_unless_one_returned_it(decisions: list[str]) -> None:
    turn = rules.next_step(list(enumerate(decisions)))
    if turn is None:
        assert "returned" in decisions or "" not in decisions
    else:
        assert decisions[turn] == ""
        assert all(decision == "approved" for decision in decisions[:turn])


def test_a_paper_goes_through_json_unchanged() -> None:
    piece = Piece("table", [Span("5", "{{figure:sessions}}", "holds")], [["a", "b"]], "Bảng", {"kind": "bars"}, "", 7)
    chapter = Chapter("1", "Mục", "assembly", 3, [piece])
    paper = Paper(
        "vi", "BÁO CÁO", "t", "năm 2023", ["A"], "Số", "Hà Nội", [piece], [chapter], [chapter], ["x"], [], "", 9
    )
    assert from_json(to_json(paper)) == paper
    assert to_json(from_json(to_json(paper))) == to_json(paper)
