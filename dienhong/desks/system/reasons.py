"""Why may I, why may I not: each permission with the posts that give it, or what is missing and which posts would."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dienhong.desks.door import Visit
from dienhong.desks.system.seen import DayField, require_signed_in
from dienhong.foundation import rulebook
from dienhong.foundation.access import permissions
from dienhong.foundation.access.actions import KEEP_ACCOUNTS
from dienhong.foundation.access.actor import Actor, Answer, may
from dienhong.foundation.access.models import Account
from dienhong.foundation.folding import sort_key
from dienhong.people.models import Post, on
from dienhong.people.queries import actor_of, holdings_on, names_of_bodies


class Question(forms.Form):
    """Who, what, on which day."""

    permission = forms.ChoiceField(label=_("May do what"), required=False)
    day = DayField(label=_("On the day"), required=False)
    account = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = self.fields["permission"]
        assert isinstance(what, forms.ChoiceField)
        known = sorted(permissions.all_permissions(), key=lambda one: sort_key(str(one.label)))
        what.choices = [("", gettext("Everything"))] + [(one.code, str(one.label)) for one in known]
        if not others:
            del self.fields["account"]
            return
        who = self.fields["account"]
        assert isinstance(who, forms.ChoiceField)
        named = Account.objects.filter(is_active=True).values_list("pk", "label")
        who.choices = [("", gettext("Myself")), *sorted(named, key=lambda row: sort_key(row[1]))]


@dataclass(frozen=True, slots=True)
class Giving:
    """A post that gives a permission, and who holds it on the day."""

    post: str
    holders: list[str]


#: How many posts an answer names.
NAMED = 40


@dataclass(frozen=True, slots=True)
class Reason:
    """One permission and the answer: allowed through these posts, or not, and who could."""

    code: str
    label: str
    answer: Answer
    would: list[Giving]


def why(request: Visit) -> HttpResponse:
    """The page "why may I, why may I not"; the keeper of the accounts may ask it for others."""
    require_signed_in(request)
    others = may(request.actor, KEEP_ACCOUNTS, on=request.day).allowed
    form = Question(request.GET or None, others=others)
    asked: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = asked.get("day") or request.day
    account = Account.objects.filter(pk=asked.get("account") or 0).first()
    actor = actor_of(account) if account else request.actor
    code = asked.get("permission") or ""
    rows = [
        reason(actor, one.code, day, with_posts=bool(code))
        for one in permissions.all_permissions()
        if code in {"", one.code}
    ]
    context = {
        "form": form,
        "name": actor.name,
        "myself": account is None,
        "day": day,
        "one": rows[0] if code and rows else None,
        "may": sorted((row for row in rows if row.answer.allowed), key=lambda row: sort_key(row.label)),
        "may_not": sorted((row for row in rows if not row.answer.allowed), key=lambda row: sort_key(row.label)),
        "posts": posts_of(actor, day),
        "others": others,
    }
    return render(request, "system/why.html", context)


def reason(actor: Actor, code: str, day: dt.date, *, with_posts: bool) -> Reason:
    """The answer for one permission; for a refusal, where asked, also the posts that would give it."""
    answer = may(actor, code, on=day)
    return Reason(code, permissions.label(code), answer, posts_giving(code, day) if with_posts else [])


def posts_giving(code: str, day: dt.date) -> list[Giving]:
    """The posts of that day whose duties give this permission, with their holders."""
    duties = {
        line.id.removeprefix("duties.")
        for line in rulebook.book().lines
        if line.id.startswith("duties.")
        and line.holds_on(day)
        and any(permissions.matches(item.partition("@")[0], code) for item in line.value)
    }
    posts = [post for post in Post.objects.filter(on(day)).order_by("order", "pk") if duties & set(post.duties)][:NAMED]
    holders: dict[int, list[str]] = {}
    for holding in holdings_on(day).filter(post__in=posts):
        holders.setdefault(holding.post_id, []).append(holding.person.full_name)
    bodies = names_of_bodies({post.body_id for post in posts}, day)
    found = [Giving(f"{post.title}, {bodies.get(post.body_id, '')}", holders.get(post.pk, [])) for post in posts]
    if "deputy" in duties:
        found.append(Giving(gettext("deputy of the National Assembly"), []))
    return found


def posts_of(actor: Actor, day: dt.date) -> list[str]:
    """The posts through which the actor has any permission on that day."""
    return list(dict.fromkeys(grant.via for grant in actor.grants if grant.holds_on(day)))
