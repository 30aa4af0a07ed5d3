"""The permissions of the office (các quyền): each concept declares its own beside its actions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Permission:
    """This permission has a code ("polls.open") and says in words what it allows ("Open a vote")."""

    code: str
    label: str | Promise


_known: dict[str, Permission] = {}


def declare(code: str, label: str | Promise) -> str:
    """Make a permission known and give its code back. Declaring it twice in other words is a fault of the program."""
    known = _known.setdefault(code, Permission(code, label))
    if str(known.label) != str(label):
        raise ValueError(f"permission {code} is declared twice")
    return code


def all_permissions() -> tuple[Permission, ...]:
    """Every permission that the loaded concepts declare, by code."""
    return tuple(_known[code] for code in sorted(_known))


def label(code: str) -> str:
    """The words for this permission."""
    return str(_known[code].label) if code in _known else code


def matches(granted: str, code: str) -> bool:
    """Whether a granted permission ("polls.open", "polls.*", "*") covers this code."""
    if granted in {"*", code}:
        return True
    return granted.endswith(".*") and code.startswith(granted[:-1])
