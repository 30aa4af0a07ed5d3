"""Addresses of the system pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dienhong.desks import rail
from dienhong.desks.system import accounts, clock, journal, outbox, reasons, rulebook
from dienhong.desks.system.seen import allowed

PREFIX = ""

_journal = [
    path("", journal.newest, name="home"),
    path("<int:number>/", journal.one, name="entry"),
    path("verify/", journal.verify, name="verify"),
]
_rulebook = [path("", rulebook.lines, name="home"), path("<str:rule>/", rulebook.one, name="line")]
_accounts = [
    path("", accounts.everyone, name="home"),
    path("new/", accounts.create, name="new"),
    path("<int:account_id>/", accounts.one, name="account"),
    path("<int:account_id>/suspend/", accounts.suspend, name="suspend"),
    path("<int:account_id>/restore/", accounts.restore, name="restore"),
    path("<int:account_id>/invite/", accounts.invite, name="invite"),
    path("<int:account_id>/sessions/", accounts.end_sessions, name="end_sessions"),
]

_outbox = [path("", outbox.home, name="home"), path("do/", outbox.do, name="do")]

urlpatterns = [
    path("journal/", include((_journal, "journal"))),
    path("rulebook/", include((_rulebook, "rulebook"))),
    path("accounts/", include((_accounts, "accounts"))),
    path("outbox/", include((_outbox, "outbox"))),
    path("why/", reasons.why, name="why"),
    path("clock/", clock.machine, name="clock"),
]


def _of_a_demonstration(request: HttpRequest) -> bool:
    return bool(settings.DEMO) and rail.everyone(request)


rail.add(
    rail.Entry("journal", _("Journal"), "journal:home", "journal", order=80, end=True, shown=allowed("journal.read"))
)
rail.add(rail.Entry("rulebook", _("Rulebook"), "rulebook:home", "rulebook", order=82, end=True))
rail.add(
    rail.Entry(
        "accounts",
        pgettext_lazy("desk", "Accounts"),
        "accounts:home",
        "key",
        order=84,
        end=True,
        shown=allowed("access.keep_accounts"),
    )
)
rail.add(rail.Entry("outbox", _("Outbox"), "outbox:home", "letter", order=85, end=True, shown=allowed("letters.keep")))
rail.add(rail.Entry("clock", _("Clock"), "clock", "clock", order=86, end=True, shown=_of_a_demonstration))
