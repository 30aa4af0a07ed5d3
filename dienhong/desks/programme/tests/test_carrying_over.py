"""What an adopted programme leaves unfinished is one press away from next year's draft."""

from __future__ import annotations

import pytest

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.clock.actions import set_clock
from dienhong.work import actions
from dienhong.work.models import Task
from tests.cast import Cast, at_eight
from tests.workers import hire

from .test_programme_desk import Office, added, drafted

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast: Cast) -> Office:
    set_clock(actor=keeper("test"), to=at_eight(), at=at_eight())
    return Office(cast, hire(cast))


def test_from_the_list_of_a_programme_what_is_unfinished_is_carried_into_the_draft_of_next_year(office: Office) -> None:
    programme = drafted(office)
    task = added(office, programme)
    listed, whole = f"/programme/tasks/?programme={programme.pk}", f"/programme/all/{programme.pk}/"
    keeper_ = office.keeper
    keeper_.post(f"{whole}adopt", {"basis": "Quyết định 15/QĐ-VPQH"})
    assert "Carry over" not in keeper_.get(listed).content.decode()  # there is no draft yet that could take it
    draft = actions.draft_programme(
        actor=keeper("test"), year=programme.year + 1, line=programme.line, title="Chương trình năm sau", at=at_eight()
    )
    carry = f"/programme/all/{draft.pk}/carry?from={programme.pk}"
    for page in (listed, whole):
        assert carry in keeper_.get(page).content.decode()
        assert carry not in office.expert.get(page).content.decode()  # not theirs to do
    form = keeper_.get(carry).content.decode()
    assert "checked" in form  # the programme one came from is ticked already
    keeper_.post(carry, {"chosen": [programme.pk]})
    assert Task.objects.get(programme=draft).comes_after == task
