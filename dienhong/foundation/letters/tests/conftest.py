"""What the tests of letters share: a purpose of their own, a mail server, a clock, letters to post."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from dienhong.foundation import clock
from dienhong.foundation.access.actor import keeper
from dienhong.foundation.journal import queries as journal
from dienhong.foundation.letters import actions, purposes
from dienhong.foundation.letters.actions import Draft
from dienhong.foundation.letters.models import Letter
from tests.components import Letters, smtp  # noqa: F401
from tests.post import use_server

BY = keeper("test")
AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
FOR = "test.letter"


@pytest.fixture(autouse=True)
def _purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(purposes._known, FOR, purposes.Purpose(FOR, "Test letter"))
    monkeypatch.setitem(purposes.WORDS, FOR, "Test letter")


@pytest.fixture
def server(settings, smtp: Letters) -> Letters:  # noqa: F811
    use_server(settings, smtp.url)
    return smtp


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[dt.timedelta]:
    """How far the machine's clock is put ahead: change its only element."""
    ahead, plain = [dt.timedelta()], clock.machine_now
    monkeypatch.setattr(clock, "machine_now", lambda: plain() + ahead[0])
    return ahead


def post(*to: str, **more: Any) -> list[Letter]:
    drafts = [Draft(FOR, one, "Giấy mời: Hội nghị", "Kính gửi: quý cơ quan.", **more) for one in to]
    with transaction.atomic():
        return actions.post_letters(drafts=drafts, at=AT)


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("to", "state"))


def told(kind: str) -> list[str]:
    return [row.sentence for row in journal.told(journal.entries(kind=kind))]
