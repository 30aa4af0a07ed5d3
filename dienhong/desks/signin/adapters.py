"""What allauth asks the office: who may enter, in which words it is refused, where people are led."""

from __future__ import annotations

import time
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dienhong.desks.signin import letters, linking, notes
from dienhong.foundation.access.models import Account

log = structlog.get_logger("dienhong.signin")

WRONG = _("The name and the password do not belong together.")


class Door(DefaultAccountAdapter):
    """How people enter: nobody signs up, a refusal tells nothing of the account, a shut door tells how long."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is suspended. Ask the keeper of the accounts."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "incorrect_code": _("This code is not right."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your current password."),
        "invalid_password_reset": _("This link is no longer good."),
        "rate_limited": _("Too many tries in a short time. Wait a moment, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: accounts are given by their keeper."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this very host and scheme, so that `next` leads nowhere else."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many failed tries, and say how many minutes to wait."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(shut_words(minutes_left(request, key)), code="shut") from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The fifth failed try in a row shuts the account for a while, and that is written."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        log.info("sign_in_failed")
        if minutes := minutes_left(request, key):
            notes.shut(request, credentials, minutes)

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin a session; the journal tells it in the same breath."""
        super().login(request, user)
        notes.signed_in(request, user)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponseBase:
        """Lead on, in the language the account works in. No message: the page itself shows who is in."""
        response = super().post_login(request, user, **kwargs)
        return in_own_language(response, user)

    def logout(self, request: HttpRequest) -> None:
        """End the session, and note it."""
        user = request.user
        super().logout(request)
        if isinstance(user, Account):
            notes.signed_out(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a letter into the outbox, before all others; no page waits for the mail server."""
        letters.post(self, template_prefix, email, context)

    def send_notification_mail(self, template_prefix: str, user: Account, *args: Any, **kwargs: Any) -> None:
        """Tell the holder by mail of a change to the account, where there is an address."""
        kwargs.setdefault("email", user.email)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)


def in_own_language(response: HttpResponseBase, user: Account) -> HttpResponseBase:
    """Make the browser remember the language that the account works in."""
    if user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def minutes_left(request: HttpRequest, key: str) -> int:
    """How many minutes the door stays shut for this name or address; 0 when it is open."""
    longest = 0.0
    now = time.time()
    for rate in ratelimit.get_rates(app="allauth.account", action="login_failed"):
        kept = cache.get(
            ratelimit.get_cache_key(request, app="allauth.account", action="login_failed", rate=rate, key=key), []
        )
        tries = [at for at in kept if at > now - rate.duration]
        if len(tries) >= rate.amount:
            longest = max(longest, tries[rate.amount - 1] + rate.duration - now)
    return -int(-longest // 60)


def shut_words(minutes: int) -> str:
    """The sentence at a shut door."""
    minutes = max(1, minutes)
    return ngettext(
        "Too many failed tries. Wait %(minutes)d minute, then try again.",
        "Too many failed tries. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


class Proofs(DefaultMFAAdapter):
    """The second proofs: authenticator app, passkeys, recovery codes. Their secrets are kept sealed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This second proof cannot be removed."),
        "cannot_generate_recovery_codes": _("Recovery codes come with a second proof: add an app or a key first."),
        "incorrect_code": _("This code is not right."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key derived from the office's own, so that a copy of the database is not enough."""
        return linking.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return linking.unseal(encrypted_text)

    def get_totp_label(self, user: Account) -> str:
        """How the app names this account."""
        return user.username


class Sessions(DefaultUserSessionsAdapter):
    """The sessions of an account: ending the others is an act of the office, and it is written."""

    def end_sessions(self, sessions: Any) -> None:
        """End these sessions; the round of the account moves on, so that none of them comes back."""
        request = context.request
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            notes.sessions_ended(request)


class SingleSignOn(DefaultSocialAccountAdapter):
    """People of the office's OpenID Connect provider: only those who have an account here come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account by signing in elsewhere."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link a person of the provider to the one account that is theirs; refuse all others at the door."""
        if sociallogin.is_existing:
            return
        account = linking.account_for(sociallogin)
        if account is None:
            log.warning("single_sign_on_unknown")
            messages.error(request, _("You have no account in this office. Ask the keeper of the accounts."))
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """A failed visit to the provider leads back to the door with one sentence."""
        log.warning("single_sign_on_failed", error=str(kwargs.get("error")), exception=repr(kwargs.get("exception")))
        messages.error(request, _("Single sign-on did not succeed. Try again, or sign in with your password."))
        raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Linking is no change that its holder could not expect: no mail."""

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """After linking: where every sign-in leads."""
        return settings.LOGIN_REDIRECT_URL


def no_sign_up(request: HttpRequest) -> HttpResponse:
    """The address allauth wants for signing up: it leads to the door."""
    return redirect(settings.LOGIN_URL)
