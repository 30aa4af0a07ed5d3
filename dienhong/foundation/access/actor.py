"""The actor (người thực hiện) of an action, and `require`, the first beat of every action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.permissions import label, matches
from dienhong.foundation.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Grant:
    """What one post gives its holder: `permission` within `scope` (a body's key; None: the whole office), on its days.

    `since` and `until` are whole days, both included; None leaves that side open. `via` names the post in words.
    """

    permission: str
    via: str
    scope: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, the person behind it, and the grants of all posts held at any time."""

    account_id: int | None
    person_id: int | None
    name: str
    grants: tuple[Grant, ...] = field(default=())
    keeper: bool = False  # the keeper of the system, an import, the demonstration: all permissions, always journaled
    #: what was looked up for this actor already; like the grants, it is what held when the actor came in
    found: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None or self.keeper


NOBODY = Actor(account_id=None, person_id=None, name="")


#: What acts without a person, by the names under which the journal keeps it.
PROGRAMS: Mapping[str, str | Promise] = {
    "command line": _("The command line"),
    "demo": _("The demonstration"),
    "outbox": _("The outbox"),
    "record": _("The public record"),
    "replay": _("The replay of votes"),
    "restore": _("The restoring of a backup"),
    "sign-in": _("The sign-in page"),
}


def keeper(name: str) -> Actor:
    """The actor of a command or an import that runs on the office's own machine."""
    return Actor(account_id=None, person_id=None, name=name, keeper=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may do something, and why: the posts that allow it, or what is missing."""

    allowed: bool
    permission: str
    via: tuple[str, ...]
    reason: str


class Refused(Refusal):
    """This act is not the actor's to do; the reason says which permission is missing and on which day."""

    status = 403

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def may(actor: Actor, permission: str, *, on: dt.date, within: Iterable[int] | None = None) -> Answer:
    """Whether the actor may do this on that day; `within` holds the keys of the body concerned and all above it."""
    if actor.keeper:
        return Answer(True, permission, (actor.name,), "")
    if not actor.signed_in:
        return Answer(False, permission, (), gettext("Sign in first."))
    bodies = None if within is None else frozenset(within)
    of_day = [g for g in actor.grants if matches(g.permission, permission) and g.holds_on(on)]
    via = tuple(dict.fromkeys(g.via for g in of_day if g.scope is None or bodies is None or g.scope in bodies))
    if via:
        return Answer(True, permission, via, "")
    return Answer(False, permission, (), _why_not(actor, permission, on, elsewhere=bool(of_day)))


def _why_not(actor: Actor, permission: str, day: dt.date, *, elsewhere: bool) -> str:
    words = {"act": label(permission), "day": day.strftime("%d/%m/%Y")}
    if elsewhere:
        return gettext("“%(act)s” is yours in another body, not in this one.") % words
    past = [g for g in actor.grants if matches(g.permission, permission) and g.until is not None and g.until < day]
    if past:
        last = max(past, key=lambda g: g.until or day)
        words |= {"post": last.via, "until": last.until.strftime("%d/%m/%Y") if last.until else ""}
        return gettext("“%(act)s” came with the post %(post)s, which you held until %(until)s.") % words
    return gettext("“%(act)s” is not given by any post you hold on %(day)s.") % words


def require(
    actor: Actor,
    permission: str,
    *,
    at: dt.datetime,
    within: Iterable[int] | None = None,
    holder: int | None = None,
) -> None:
    """Refuse unless the actor may do this on the day of `at`. The first beat of every action.

    What concerns one's own account needs no permission: `holder` is the key of the account concerned.
    """
    from dienhong.foundation.clock import day_of

    if holder is not None and actor.account_id == holder:
        return
    answer = may(actor, permission, on=day_of(at), within=within)
    if not answer.allowed:
        raise Refused(answer)


__all__ = ["NOBODY", "Actor", "Answer", "Grant", "Refused", "keeper", "may", "require"]
