"""Letters of the door (thư đăng nhập): links for forgotten passwords, notices of changes to an account.

They go through the outbox like all others, before them, with their words sealed until they have left: a link opens an
account. The thread of the serving process sends them within moments; when the server is away they wait there.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from allauth.core import context as visits
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.desks.door import Visit
from dienhong.foundation.access.models import Account
from dienhong.foundation.letters import purposes
from dienhong.foundation.letters.actions import Draft, may_post, post_letters

if TYPE_CHECKING:
    from dienhong.desks.signin.adapters import Door

SIGN_IN = purposes.declare("signin.door", _("Sign-in and account"))
LINK = "account/email/password_reset_key"


@transaction.atomic
def post(door: Door, template: str, email: str, context: dict[str, Any]) -> None:
    """Post one letter of the door; an office without a mail server sends none. A link dies, and its letter with it."""
    if not may_post():
        return
    request = cast("Visit", visits.request)
    mail = door.render_mail(template, email, {"request": request, "email": email, **context})
    user = context.get("user") or request.user
    lasts = dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    draft = Draft(
        purpose=SIGN_IN,
        to=email,
        subject=str(mail.subject),
        body=str(mail.body),
        about=f"account:{user.pk}" if isinstance(user, Account) else "",
        headers={"Auto-Submitted": "auto-generated"},
        urgent=True,
        secret=True,
        until=request.at + lasts if template == LINK else None,
    )
    post_letters(drafts=[draft], at=request.at)
