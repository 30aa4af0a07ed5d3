"""What acts on the register rest on: their permissions, and the refusal of what contradicts it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.permissions import declare
from dienhong.foundation.refusal import Refusal
from dienhong.people import rules
from dienhong.people.models import Holding, Person, Post

KEEP_TERMS = declare("people.keep_terms", _("Open and close terms of the assembly"))
KEEP_BODIES = declare("people.keep_bodies", _("Found, rename, place and end bodies"))
KEEP_PERSONS = declare("people.keep_persons", _("Enter and correct persons"))
GIVE_POSTS = declare("people.give_posts", _("Create posts, give them and take note of who leaves"))
KEEP_MANDATES = declare("people.keep_mandates", _("Confirm mandates and record the standing of deputies"))
GIVE_ACCOUNTS = declare("people.give_accounts", _("Give persons an account to sign in"))


class Contradiction(Refusal):
    """What is to be entered contradicts what the register holds, or itself."""


def check_days(since: dt.date | None, until: dt.date | None) -> None:
    """Refuse days in the wrong order. Raises Contradiction."""
    if since and until and since > until:
        raise Contradiction(_("The last day lies before the first."), field="until")


def check_holding(post: Post, person: Person, since: dt.date | None, until: dt.date | None) -> None:
    """Refuse a holding outside the days of the post, twice by one person, or beyond the seats of the post."""
    check_days(since, until)
    span = (since, until)
    if (post.since and (since is None or since < post.since)) or (post.until and since and since > post.until):
        raise Contradiction(_("The post does not exist on that day."), field="since")
    held = list(Holding.objects.filter(post=post).values_list("person_id", "since", "until"))
    if any(who == person.pk and rules.overlap((a, b), span) for who, a, b in held):
        raise Contradiction(_("%(name)s already holds this post then.") % {"name": person.full_name}, field="since")
    spans = [(a, b) for _who, a, b in held if rules.overlap((a, b), span)]
    if post.seats is not None and rules.most_at_once([*spans, span]) > post.seats:
        raise Contradiction(
            _("The post has %(seats)s places and all are taken then.") % {"seats": post.seats}, field="since"
        )
