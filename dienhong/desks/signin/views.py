"""The door's own views: personas of the demonstration, the language, one's own account. The rest is allauth's."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as single
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import check_for_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language
from requests import RequestException

from dienhong.desks.door import Visit
from dienhong.foundation.access import actions
from dienhong.foundation.access.actor import Answer, Refused
from dienhong.foundation.access.models import Account

log = structlog.get_logger("dienhong.signin")


def personas() -> list[Account]:
    """The accounts a visitor of the demonstration may enter as; none in a real office."""
    if not settings.DEMO:
        return []
    return list(Account.objects.filter(is_active=True).exclude(persona="").order_by("pk"))


class SignInView(LoginView):
    """The door: password, passkey, single sign-on, and in a demonstration its personas."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        context |= {"personas": personas(), "single_name": settings.OIDC_NAME if settings.OIDC_ISSUER else ""}
        context["forgotten"] = bool(settings.EMAIL_URL)
        return dict(context)


@require_POST
def sign_in_as(request: Visit, account_id: int) -> HttpResponseBase:
    """Enter as a persona of the demonstration (nhập vai). In a real office this address does not exist."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(Account.objects.exclude(persona=""), pk=account_id, is_active=True)
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    record_authentication(request, account, "persona")
    adapter.login(request, account)
    wanted = request.POST.get("next", "")
    response: HttpResponseBase = adapter.post_login(
        request,
        account,
        email_verification="none",
        signal_kwargs=None,
        email=None,
        signup=False,
        redirect_url=wanted if wanted and adapter.is_safe_url(wanted) else None,
    )
    return response


def single_sign_on(request: Visit, provider_id: str) -> HttpResponseBase:
    """Go to the office's provider (đăng nhập một lần)."""
    return _with_provider(request, provider_id, single.login)


def single_sign_on_back(request: Visit, provider_id: str) -> HttpResponseBase:
    """Come back from the provider."""
    return _with_provider(request, provider_id, single.callback)


def _with_provider(request: Visit, provider_id: str, go: Callable[[Visit, str], HttpResponseBase]) -> HttpResponseBase:
    """A provider that does not answer leads back to the door with one sentence, and is logged."""
    try:
        return go(request, provider_id)
    except (RequestException, KeyError) as error:
        log.error("single_sign_on_unreachable", reason=type(error).__name__)
        messages.error(request, _("Single sign-on did not succeed. Try again, or sign in with your password."))
        return redirect(settings.LOGIN_URL)


@require_POST
def set_language(request: Visit) -> HttpResponseBase:
    """Choose the language; an account remembers it (chọn ngôn ngữ)."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(language):
        actions.choose_language(
            actor=request.actor, account_id=request.actor.account_id or 0, language=language, at=request.at
        )
    return django_set_language(request)


@never_cache
def me(request: Visit) -> HttpResponse:
    """One's own account (tài khoản của tôi): how one signs in, where one is signed in, the language."""
    account = signed_in_account(request)
    return render(
        request,
        "account/me.html",
        {
            "account": account,
            "second": is_mfa_enabled(account),
            "sessions": len(UserSession.objects.purge_and_list(account)),
            "linked": SocialAccount.objects.filter(user=account).exists(),
        },
    )


@require_POST
def end_my_sessions(request: Visit) -> HttpResponse:
    """Sign out everywhere, here too (đăng xuất khỏi mọi thiết bị)."""
    account = signed_in_account(request)
    actions.end_sessions(actor=request.actor, account_id=account.pk, at=request.at)
    request.session.flush()
    messages.success(request, _("You are signed out everywhere."))
    return redirect(settings.LOGIN_URL)


def signed_in_account(request: Visit) -> Account:
    """The account of this session. Raises Refused for a visitor."""
    if not isinstance(request.user, Account):
        raise Refused(Answer(False, "access.own", (), gettext("Sign in first.")))
    return request.user
