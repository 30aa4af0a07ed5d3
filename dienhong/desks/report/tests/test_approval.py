"""The approval of a report on its desk: who may be named, what they said, who signs; the office checks its forms."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from dienhong.desks.report.tests.test_report_desk import client_of, done
from dienhong.foundation.access.permissions import matches
from dienhong.foundation.rulebook import book
from dienhong.people import actions as people
from dienhong.people.models import PostKind
from dienhong.reports import actions
from dienhong.reports.actions.common import NotNow
from dienhong.reports.queries import approvers
from dienhong.reports.tests.conftest import AT, BY, DAY, House
from dienhong.reports.tests.test_report_writing import approved
from tests.browser import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def merger(house: House) -> Client:
    return client_of(house.workers.keeper)


@pytest.fixture
def merged(house: House) -> House:
    """The report of the year, merged, without empty sections."""
    house.leave_empty_out()
    actions.merge_report(actor=house.merger, report_id=house.report.pk, at=AT)
    return house


def test_only_posts_that_somebody_holds_and_that_approve_are_offered_with_their_holders(
    merger: Client, merged: House
) -> None:
    page = merger.get(f"/report/{merged.report.pk}/submit").content.decode()
    offered = re.findall(r'<option value="(\d+)"[^>]*>([^<]*)', page)
    named = {holding.post_id for holding in approvers("administration", DAY)}
    assert {int(key) for key, _name in offered} == named
    assert any(
        name.strip() == "Phó Chủ nhiệm, Office of the National Assembly: Lê Thị Ánh Tuyết" for _key, name in offered
    )


def test_a_head_of_a_unit_may_stand_in_the_chain_and_an_empty_post_may_not(merged: House) -> None:
    assert any(matches(one, "reports.approve") for line in book().by_id["duties.unit_head"] for one in line.value)
    empty = people.create_post(
        actor=BY, body=merged.cast.office, code="trong", title="Chánh Văn phòng", kind=PostKind.HEAD,
        duties=["office_leader"], seats=1, at=AT,
    )  # fmt: skip
    with pytest.raises(NotNow, match="Chánh Văn phòng"):
        actions.submit_report(actor=merged.merger, report_id=merged.report.pk, posts=[empty], at=AT)
    assert merged.report.approvals.count() == 0


def test_who_does_not_see_the_line_is_not_named_and_does_not_decide(house: House) -> None:
    seen = {holding.person_id for holding in approvers("party", DAY)}
    assert house.workers.leader.pk in seen
    assert seen <= {holding.person_id for holding in approvers("administration", DAY)}


def test_what_the_approver_said_stands_on_the_sheet_with_the_post_and_the_name(merger: Client, merged: House) -> None:
    url = f"/report/{merged.report.pk}"
    done(merger.post(f"{url}/submit", {"post1": merged.leader_post.pk}))
    leader = client_of(merged.workers.leader)
    assert leader.post(f"{url}/decide", {"decision": "returned"}).status_code == 422
    done(leader.post(f"{url}/decide", {"decision": "returned", "comment": "Nêu rõ nguyên nhân chậm."}))
    page = merger.get(f"{url}/").content.decode()
    assert "Nêu rõ nguyên nhân chậm." in page
    assert "Phó Chủ nhiệm, Office of the National Assembly" in page
    assert "Returned" in page


def test_the_form_of_the_signature_begins_with_who_approved_last(merger: Client, house: House) -> None:
    approved(house)
    page = merger.get(f"/report/{house.report.pk}/sign").content.decode()
    assert "KT. CHỦ NHIỆM\nPHÓ CHỦ NHIỆM" in page
    assert "Lê Thị Ánh Tuyết" in page


def test_the_office_itself_checks_what_is_typed() -> None:
    """A browser that stops a form says why in its own language, and nothing on the page."""
    places = [ROOT / "dienhong/desks/templates/form.html"]
    places += sorted(ROOT.glob("dienhong/desks/report/templates/report/*.html"))
    assert len(places) > 15
    for place in places:
        for form in re.findall(r"<form .*?</form>", place.read_text(encoding="utf-8"), re.DOTALL):
            if "{% field" in form:
                assert "novalidate" in form.partition(">")[0] or "novalidate" in form[:200], place.name
