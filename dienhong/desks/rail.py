"""The rail: the desks that exist and that this person may enter, in the order of a day's work.

A desk adds itself where its addresses are declared, in its `urls.py`:
`rail.add(rail.Entry("chamber", _("Chamber"), "chamber:home", "chamber", order=20, go="c"))`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from dienhong.desks.icons import ICONS


def everyone(request: HttpRequest) -> bool:
    """Whoever has signed in."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


@dataclass(frozen=True, slots=True)
class Entry:
    """One desk in the rail: its key, its word, the name of its first address, and its sign.

    `order` sorts the rail; `end` puts the entry at its foot; `go` is the letter after `g` on the keyboard; `shown` says
    whether this person may enter the desk.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str
    order: int = 50
    end: bool = False
    go: str = ""
    shown: Callable[[HttpRequest], bool] = everyone


ENTRIES: list[Entry] = []


def add(entry: Entry) -> None:
    """Put a desk into the rail. Adding it again replaces it; an unknown sign or a letter taken twice is a fault."""
    if entry.icon not in ICONS:
        raise ValueError(f"the desk {entry.key} asks for the sign {entry.icon!r}, which is not drawn")
    others = [other for other in ENTRIES if other.key != entry.key]
    if entry.go and any(other.go == entry.go for other in others):
        raise ValueError(f"the desk {entry.key} asks for g {entry.go}, which another desk has")
    ENTRIES[:] = sorted([*others, entry], key=lambda one: (one.end, one.order, one.key))


def entries_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The rail of this person: only desks that exist and that they may enter."""
    found: list[dict[str, Any]] = []
    for entry in ENTRIES:
        if not entry.shown(request):
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        words = {"key": entry.key, "label": entry.label, "url": url, "icon": entry.icon, "end": entry.end}
        found.append({**words, "go": entry.go, "here": url == request.path or current(request, entry)})
    return found


def current(request: HttpRequest, entry: Entry) -> bool:
    """Whether the page shown belongs to this desk, by the namespace of its addresses."""
    match = getattr(request, "resolver_match", None)
    return bool(match and match.namespaces and match.namespaces[0] == entry.url_name.partition(":")[0])


def rail(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `rail`, the entries of this person."""
    return {"rail": entries_for(request)}
