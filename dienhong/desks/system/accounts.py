"""Pages of the accounts, for their keeper: who can sign in and with what; create, suspend, invite, end sessions."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dienhong.desks.door import Visit, attempt
from dienhong.desks.system.reasons import posts_of
from dienhong.foundation.access import actions
from dienhong.foundation.access.actions import KEEP_ACCOUNTS
from dienhong.foundation.access.actor import may, require
from dienhong.foundation.access.invitations import invitation_path
from dienhong.foundation.access.models import Account
from dienhong.foundation.folding import fold, person_sort_key
from dienhong.foundation.journal import queries as journal
from dienhong.foundation.refusal import Refusal
from dienhong.people.models import Person
from dienhong.people.queries import actor_of

SHOWN = 200


class NewAccount(forms.Form):
    """A new account (cấp tài khoản)."""

    username = forms.CharField(label=_("User name"), help_text=_("Letters, digits and . @ + - _"), max_length=150)
    label = forms.CharField(label=_("Name shown"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For the invitation, and to choose a forgotten password anew")
    )


class Reason(forms.Form):
    """Why an account is suspended."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, help_text=_("It goes into the journal."))


def everyone(request: Visit) -> HttpResponse:
    """All accounts by name, with their state; a search folds tone marks."""
    require(request.actor, KEEP_ACCOUNTS, at=request.at)
    wanted = fold(request.GET.get("q", ""))
    state = request.GET.get("state", "")
    rows = [
        account
        for account in Account.objects.all()
        if (not wanted or wanted in fold(f"{account.label} {account.username} {account.email}"))
        and (state != "suspended" or not account.is_active)
        and (state != "open" or account.is_active)
    ]
    rows.sort(key=lambda account: person_sort_key(account.label))
    shown = rows[:SHOWN]
    second = set(
        Authenticator.objects.filter(user__in=shown).exclude(type="recovery_codes").values_list("user_id", flat=True)
    )
    context = {
        "rows": [(account, account.pk in second) for account in shown],
        "count": len(rows),
        "left_out": len(rows) - len(shown),
        "q": request.GET.get("q", ""),
        "state": state,
    }
    return render(request, "system/accounts.html", context)


def create(request: Visit) -> HttpResponse:
    """Give an account."""
    require(request.actor, KEEP_ACCOUNTS, at=request.at)
    form = NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.create_account(actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, gettext("The account is created. Invite its holder to choose a password."))
            return redirect("accounts:account", account.pk)
    return render(request, "system/new_account.html", {"form": form}, status=422 if form.errors else 200)


def one(request: Visit, account_id: int) -> HttpResponse:
    """One account: its state, its person and posts, where it is signed in, what the journal tells of it."""
    require(request.actor, KEEP_ACCOUNTS, at=request.at)
    account = get_object_or_404(Account, pk=account_id)
    return _page(request, account)


def _page(request: Visit, account: Account, **more: Any) -> HttpResponse:
    told = journal.entries(topic=f"account:{account.pk}")[:20]
    context = {
        "account": account,
        "person": Person.objects.filter(account=account).first(),
        "posts": posts_of(actor_of(account), request.day),
        "sessions": len(UserSession.objects.purge_and_list(account)),
        "second": Authenticator.objects.filter(user=account).exclude(type="recovery_codes").exists(),
        "history": journal.told(told) if may(request.actor, journal.READ, on=request.day).allowed else [],
        "own": account.pk == request.actor.account_id,
        **more,
    }
    return render(request, "system/account.html", context)


def suspend(request: Visit, account_id: int) -> HttpResponse:
    """Suspend an account, with the reason."""
    require(request.actor, KEEP_ACCOUNTS, at=request.at)
    account = get_object_or_404(Account, pk=account_id)
    back = reverse("accounts:account", args=[account.pk])
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.suspend_account(
                actor=request.actor, account_id=account.pk, reason=form.cleaned_data["reason"], at=request.at
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, gettext("The account is suspended and its sessions have ended."))
            return redirect(back)
    context = {
        "title": gettext("Suspend the account of %(name)s") % {"name": account.label},
        "form": form,
        "action": request.path,
        "act": gettext("Suspend the account"),
        "back": back,
        "consequences": [gettext("Its holder cannot sign in, and all its sessions end. Nothing is deleted.")],
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


@require_POST
def restore(request: Visit, account_id: int) -> HttpResponse:
    """Restore a suspended account."""
    attempt(
        request,
        lambda: actions.restore_account(actor=request.actor, account_id=account_id, at=request.at),
        gettext("The account is open again."),
    )
    return redirect("accounts:account", account_id)


@require_POST
@never_cache
def invite(request: Visit, account_id: int) -> HttpResponse:
    """Make the link by which the holder chooses a password; it is shown once, here."""
    account = get_object_or_404(Account, pk=account_id)
    made = attempt(request, lambda: actions.invite_account(actor=request.actor, account_id=account.pk, at=request.at))
    if not made:
        return redirect("accounts:account", account.pk)
    return _page(request, account, link=request.build_absolute_uri(invitation_path(account)))


@require_POST
def end_sessions(request: Visit, account_id: int) -> HttpResponse:
    """End all sessions of an account."""
    attempt(
        request,
        lambda: actions.end_sessions(actor=request.actor, account_id=account_id, at=request.at),
        gettext("The sessions have ended."),
    )
    return redirect("accounts:account", account_id)
