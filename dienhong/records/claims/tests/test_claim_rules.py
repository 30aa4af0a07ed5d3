"""When a claim is proved: never by what the record does not say."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dienhong.records.claims import rules
from dienhong.records.claims.rules import Known, Verdict

numbers = st.integers(0, 200).map(Decimal)
whole = numbers.map(Known)
lacking = st.one_of(st.just(Known(None)), numbers.map(lambda floor: Known(None, floor)))
any_known = st.one_of(whole, lacking)
ORDER = {Verdict.CONTRADICTED: 0, Verdict.OPEN: 1, Verdict.PROVED: 2}


def each_rule(subject: Known, others: list[Known]) -> dict[str, Verdict]:
    """The verdict of every rule that compares one with others."""
    one = others[0] if others else Known(None)
    return {
        "most": rules.greatest(subject, others),
        "none_more": rules.greatest(subject, others, alone=False),
        "least": rules.smallest(subject, others),
        "first": rules.first(subject, others),
        "together": rules.more_than_together(subject, others),
        "every": rules.every([subject, *others], Decimal(2)),
        "equal": rules.equal(subject, one),
        "times": rules.times(subject, one, Decimal(2)),
        "up": rules.changed(subject, one, Decimal(20)),
    }


@given(any_known, st.lists(any_known, max_size=5), lacking, st.integers(0, 5))
def test_nothing_is_proved_while_any_number_compared_is_lacking(
    subject: Known, others: list[Known], gap: Known, at: int
) -> None:
    with_gap = [*others[:at], gap, *others[at:]]
    compared = {"equal", "times", "up"} if with_gap[0] is gap else set()
    for name, verdict in each_rule(subject, with_gap).items():
        if name in {"equal", "times", "up"} and name not in compared:
            continue
        assert verdict != Verdict.PROVED, name


@given(lacking, st.lists(any_known, min_size=1, max_size=5))
def test_nothing_is_proved_of_a_subject_that_is_lacking(subject: Known, others: list[Known]) -> None:
    assert Verdict.PROVED not in each_rule(subject, others).values()
    assert rules.reached(subject, Decimal(0)) == Verdict.OPEN


@given(whole)
def test_nothing_is_the_greatest_of_nothing(subject: Known) -> None:
    assert rules.greatest(subject, []) == Verdict.OPEN
    assert rules.first(Known(Decimal(1)), []) == Verdict.OPEN
    assert rules.all_hold([]) == Verdict.OPEN


@given(whole, st.lists(whole, min_size=1, max_size=6))
def test_with_all_known_a_superlative_is_true_or_false_as_counting_says(subject: Known, others: list[Known]) -> None:
    assert subject.value is not None
    values = [n.value for n in others if n.value is not None]
    expected = Verdict.PROVED if all(subject.value > v for v in values) else Verdict.CONTRADICTED
    assert rules.greatest(subject, others) == expected
    assert (rules.rank(subject.value, values) == 1) == (rules.greatest(subject, others, alone=False) == Verdict.PROVED)


@given(any_known, st.lists(any_known, min_size=1, max_size=5), numbers)
def test_a_higher_floor_never_turns_a_contradiction_away(subject: Known, others: list[Known], more: Decimal) -> None:
    raised = [n if n.value is not None else Known(None, (n.floor or Decimal()) + more) for n in others]
    for alone in (True, False):
        before, after = (rules.greatest(subject, rows, alone=alone) for rows in (others, raised))
        assert ORDER[after] <= ORDER[before]


@given(any_known, st.lists(any_known, min_size=1, max_size=5), any_known)
def test_comparing_with_one_more_never_makes_a_superlative_truer(
    subject: Known, others: list[Known], one: Known
) -> None:
    assert ORDER[rules.greatest(subject, [*others, one])] <= ORDER[rules.greatest(subject, others)]
    assert ORDER[rules.smallest(subject, [*others, one])] <= ORDER[rules.smallest(subject, others)]


@given(any_known, st.lists(lacking, min_size=1, max_size=4), numbers)
def test_what_is_found_out_later_never_overturns_a_contradiction(
    subject: Known, others: list[Known], more: Decimal
) -> None:
    found = [Known((n.floor or Decimal()) + more) for n in others]
    if rules.greatest(subject, others) == Verdict.CONTRADICTED:
        assert rules.greatest(subject, found) == Verdict.CONTRADICTED
    if rules.more_than_together(subject, others) == Verdict.CONTRADICTED:
        assert rules.more_than_together(subject, found) == Verdict.CONTRADICTED


@given(whole, whole, numbers)
def test_less_a_part_is_plain_subtraction(total: Known, part: Known, stated: Decimal) -> None:
    assert total.value is not None
    assert part.value is not None
    verdict = rules.equal(rules.less(total, part), Known(stated))
    assert (verdict == Verdict.PROVED) == (total.value - part.value == stated)
    assert rules.less(Known(None, total.value), part) == Known(None)


def test_a_percent_holds_to_the_decimals_it_is_said_with() -> None:
    up = rules.changed(Known(Decimal(16)), Known(Decimal(12)), Decimal("33.3"))
    assert up == Verdict.PROVED
    assert rules.changed(Known(Decimal(16)), Known(Decimal(12)), Decimal(34)) == Verdict.CONTRADICTED
    assert rules.changed(Known(Decimal(16)), Known(Decimal(0)), Decimal(100)) == Verdict.CONTRADICTED
    assert rules.times(Known(Decimal(89)), Known(Decimal(31)), Decimal("2.9")) == Verdict.PROVED


def test_a_first_time_needs_nought_everywhere_before() -> None:
    none, one, floor = Known(Decimal(0)), Known(Decimal(1)), Known(None, Decimal(1))
    assert rules.first(one, [none, none]) == Verdict.PROVED
    assert rules.first(one, [none, floor]) == Verdict.CONTRADICTED
    assert rules.first(one, [none, Known(None, Decimal(0))]) == Verdict.OPEN
    assert rules.first(none, [none]) == Verdict.CONTRADICTED
