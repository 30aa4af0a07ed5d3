"""Letters in tests: a mail server for the office, and the moment in which the sender lives."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

from dienhong.foundation import clock
from dienhong.foundation.letters import sending
from dienhong.foundation.letters.sending import Round
from dienhong.settings import mail


def use_server(settings: Any, url: str) -> None:
    """Let this office send by the mail server of that address."""
    settings.EMAIL_URL = url
    for name, value in mail(url).items():
        setattr(settings, name, value)


def let_leave(at: dt.datetime | None = None) -> Round:
    """Send what waits, as the serving process does after a commit; `at` is the office's time, without it now."""
    with mock.patch.object(clock, "now", (lambda: at) if at else clock.now):
        return sending.send_waiting()
