"""Entries read as sentences: days, codes and lists of fields in the reader's words."""

from __future__ import annotations

import datetime as dt
import json
from string import Formatter

import pytest
from django.utils import translation

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal.actions import record
from dienhong.foundation.journal.events import kind_of, kinds
from dienhong.foundation.journal.models import Entry
from dienhong.foundation.journal.queries import _readable, told
from dienhong.meetings import actions as meetings
from dienhong.people import actions as people
from dienhong.people.events import StandingChanged, TermOpened
from dienhong.people.models import Status
from tests.cast import DAY, Cast, at_eight


def last_sentence() -> str:
    """The newest entry as the reader sees it."""
    return told([Entry.objects.latest("number")])[0].sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "resigned, from 02/12/2025"), ("vi", "thôi làm nhiệm vụ, từ ngày 02/12/2025")],
)
def test_a_standing_and_its_day_are_read_in_words(cast: Cast, language: str, words: str) -> None:
    person = cast.deputies[0]
    record(StandingChanged(person.pk, Status.RESIGNED, "2025-12-02"), actor=cast.actor(cast.registrar), at=at_eight())
    with translation.override(language):
        assert last_sentence().endswith(f"{person.full_name}: {words}")
    assert json.loads(Entry.objects.latest("number").facts)["status"] == "resigned", "the chain keeps the code"


@pytest.mark.django_db
def test_a_day_that_is_not_known_is_said(cast: Cast) -> None:
    record(TermOpened(cast.term.pk, ""), actor=cast.actor(cast.registrar), at=at_eight())
    assert last_sentence().endswith("from a day not known")
    with translation.override("vi"):
        assert last_sentence().endswith("từ ngày chưa rõ")


@pytest.mark.django_db
def test_corrected_fields_are_named(cast: Cast) -> None:
    person = cast.deputies[0]
    people.correct_person(
        actor=cast.actor(cast.registrar),
        person=person,
        full_name=f"{person.full_name} Anh",
        gender=person.gender,
        born=dt.date(1970, 1, 2),
        ethnicity=person.ethnicity,
        note=person.note,
        at=at_eight(),
    )
    assert last_sentence().endswith(": date of birth, full name")
    with translation.override("vi"):
        assert last_sentence().endswith(": ngày sinh, họ và tên")


@pytest.mark.django_db
def test_a_changed_item_names_what_changed(cast: Cast) -> None:
    clerk, at = cast.actor(cast.clerk), at_eight()
    meeting = meetings.enter_meeting(
        actor=clerk, body=cast.assembly, kind="plenary", title="Phiên toàn thể", year=2023, since=DAY, at=at
    )
    item = meetings.add_item(actor=clerk, meeting_id=meeting.pk, title="Luật Viễn thông", at=at)
    meetings.change_item(
        actor=clerk, item_id=item.pk, title="Luật Viễn thông (sửa đổi)", presenter="Ủy ban", minutes=30, at=at
    )
    with translation.override("vi"):
        assert last_sentence().endswith(": số phút dự kiến, người trình bày, tên nội dung")


@pytest.mark.django_db
def test_a_program_that_acts_is_named_in_the_language_of_the_reader(cast: Cast) -> None:
    record(TermOpened(cast.term.pk, "2021-07-20"), actor=keeper("demo"), at=at_eight())
    assert last_sentence() == "The demonstration entered term XV, from 20/07/2021"
    with translation.override("vi"):
        assert last_sentence() == "Bản trình diễn nhập khóa XV, từ ngày 20/07/2021"


def test_facts_are_made_readable() -> None:
    codes = {"a": "first", "b": "second"}
    assert _readable("2021-07-20") == "20/07/2021"
    assert _readable(None) == ""
    assert _readable(12) == "12"
    assert (_readable(True), _readable(False)) == ("yes", "no")
    assert _readable("a, b", codes) == "first, second"
    assert _readable("a, c", codes) == "a, c", "a list with an unknown code stays as it was written"


@pytest.mark.django_db
def test_every_placeholder_of_every_sentence_is_a_fact_or_a_name() -> None:
    for kind in kinds():
        event = kind_of(kind)
        assert event is not None
        fields = set(event.__dataclass_fields__)
        known = fields | {field.removesuffix("_id") for field in fields if field.endswith("_id")} | {"actor"}
        for language in ("en", "vi"):
            with translation.override(language):
                asked = {name for _text, name, _spec, _conversion in Formatter().parse(str(event.says)) if name}
            assert asked <= known, (kind, language, asked - known)
        assert set(event.reads) <= fields, kind
