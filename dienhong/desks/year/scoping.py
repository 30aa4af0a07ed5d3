"""Scopes in addresses: the code in the path, the pages of a scope, and what it is called on a page."""

from __future__ import annotations

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _t

from dienhong.desks.door import Visit
from dienhong.foundation.journal.queries import head
from dienhong.records.claims.checking import Desk
from dienhong.records.claims.telling import begun
from dienhong.records.figures import sight_of
from dienhong.records.rules import Row, Scope
from dienhong.records.scopes import NoSuchScope, name_of, scope_of
from dienhong.records.shelf import shelf

#: The page of the thing that a row stands for; a desk that is not there leaves the row without a link.
PAGES = {
    "session": "chamber:session",
    "meeting": "chamber:meeting",
    "vote": "chamber:vote",
    "person": "register:person",
    "task": "programme:task",
    "work": "texts:work",
}


def asked(request: Visit, code: str) -> Scope:
    """The scope of an address; 2021~XV stands for 2021/XV. Raises Http404."""
    try:
        return scope_of(code.replace("~", "/"), request.day, shelf())
    except NoSuchScope as error:
        raise Http404 from error


def desk_for(request: Visit) -> Desk:
    """What lies before this reader: the record as it is now, and of the office what is theirs to see."""
    return Desk(request.day, head(), sight_of(request.actor, request.day))


def in_address(scope: Scope) -> str:
    """The code of a scope as an address holds it."""
    return scope.label.replace("/", "~")


def title_of(scope: Scope) -> str:
    """What a scope is called at the head of a page."""
    if scope.whole_year:
        return _t("Year %(year)s") % {"year": scope.year}
    return begun(name_of(scope, shelf()))


def page_of(scope: Scope) -> str:
    """The address of the figures of a scope."""
    if scope.kind == "year" and scope.term is None:
        return reverse("year:year", args=[scope.year])
    if scope.kind == "term":
        return reverse("year:term", args=[scope.label])
    return reverse("year:scope", args=[in_address(scope)])


def rows_of(scope: Scope, key: str) -> str:
    """The address of the rows behind a figure of a scope."""
    if scope.kind == "year" and scope.term is None:
        return reverse("year:rows", args=[scope.year, key])
    if scope.kind == "term":
        return reverse("year:term_rows", args=[scope.label, key])
    return reverse("year:scope_rows", args=[in_address(scope), key])


def link_of(row: Row) -> str:
    """The address of the thing a row stands for, "" when there is none."""
    kind, _colon, key = row.about.partition(":")
    try:
        return reverse(PAGES[kind], args=[int(key.partition(":")[0])]) if kind in PAGES else ""
    except NoReverseMatch:
        return ""
