"""Any hall is drawn: seats do not touch, none is lost, choices lie side by side."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dienhong.desks import hemicycle


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000))
def test_every_seat_has_its_place_inside_the_drawing(count):
    plan = hemicycle.plan(count)
    assert len(plan.seats) == count
    left, top, width, height = map(float, hemicycle.box(plan).split())
    for x, y in plan.seats:
        assert left <= x - plan.radius
        assert x + plan.radius <= left + width
        assert top <= y - plan.radius
        assert y + plan.radius <= top + height


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 700))
def test_no_two_seats_touch(count):
    plan = hemicycle.plan(count)
    seats = sorted(plan.seats)
    for index, (x, y) in enumerate(seats):
        for other_x, other_y in seats[index + 1 :]:
            if other_x - x > 2 * plan.radius:
                break
            assert math.hypot(other_x - x, other_y - y) > 2 * plan.radius


@pytest.mark.parametrize("count", [100, 494, 500, 2000])
def test_the_hall_is_symmetric_within_a_seat(count):
    plan = hemicycle.plan(count)
    assert abs(sum(x for x, _ in plan.seats) / count - hemicycle.WIDTH / 2) < plan.radius


@pytest.mark.parametrize("count", [5, 12, 18, 38])
def test_a_few_seats_stand_close_around_the_chair(count):
    plan = hemicycle.plan(count)
    nearest = [min(math.dist(seat, other) for other in plan.seats if other is not seat) for seat in plan.seats]
    assert max(nearest) < 4 * plan.radius
    assert plan.radius > 20, "each is still seen from afar"


def test_every_seat_is_drawn_once_in_the_shape_of_its_state():
    states = ["for"] * 5 + ["against"] * 3 + ["abstain"] + ["absent"] * 2
    drawn = dict(hemicycle.paths(states))
    assert {state: path.count("M") for state, path in drawn.items()} == {
        "for": 5,
        "against": 3,
        "abstain": 1,
        "absent": 2,
    }
    assert "a" not in drawn["against"]
    assert drawn["for"].count("a") == 10


def test_seats_go_from_left_to_right():
    plan = hemicycle.plan(494)
    third = len(plan.seats) // 3
    assert max(x for x, _ in plan.seats[:third]) < max(x for x, _ in plan.seats[-third:])
    assert plan.seats[0][0] < 320 < plan.seats[-1][0]


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="'yes'"):
        hemicycle.paths(["for", "yes"])


def test_an_empty_hall_draws_nothing():
    assert hemicycle.paths([]) == []
