"""Pages of the rulebook: every line with its source, mark, days in force and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, pgettext

from dienhong.desks.door import Visit, as_of
from dienhong.desks.system.seen import require_signed_in
from dienhong.foundation import rulebook
from dienhong.foundation.access import permissions
from dienhong.foundation.folding import fold
from dienhong.foundation.rulebook.book import Line, Threshold, uses


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it."""

    line: Line
    words: str
    value: str
    used: tuple[str, ...]
    now: bool


def lines(request: Visit) -> HttpResponse:
    """Every line: those in force on the day looked at, or with `all` also what was and will be."""
    require_signed_in(request)
    day = as_of(request)
    wanted = fold(request.GET.get("q", ""))
    mark = request.GET.get("mark", "")
    every = "all" in request.GET
    rows = [row_of(line, day) for line in rulebook.book().lines]
    shown = [
        row
        for row in rows
        if (every or row.now)
        and (not mark or row.line.mark == mark)
        and (not wanted or wanted in fold(f"{row.line.id} {row.line.vi} {row.line.en} {row.line.source}"))
    ]
    groups: dict[str, list[Row]] = {}
    for row in sorted(shown, key=lambda row: (row.line.id, row.line.since is not None, row.line.since or day)):
        groups.setdefault(row.line.id.partition(".")[0], []).append(row)
    context = {
        "groups": list(groups.items()),
        "count": len(shown),
        "total": len(rows),
        "marks": [(letter, sum(row.line.mark == letter for row in rows)) for letter in "LVM?"],
        "q": request.GET.get("q", ""),
        "mark": mark,
        "every": every,
        "folder": settings.RULEBOOK.name,
    }
    return render(request, "system/rulebook.html", context)


def one(request: Visit, rule: str) -> HttpResponse:
    """All lines of one rule through time, and every place of the program that uses it."""
    require_signed_in(request)
    day = as_of(request)
    found = rulebook.book().by_id.get(rule)
    if not found:
        raise Http404
    rows = [row_of(line, day) for line in sorted(found, key=lambda line: (line.since is not None, line.since or day))]
    return render(request, "system/rule.html", {"rule": rule, "rows": rows, "words": rows[-1].words})


def row_of(line: Line, day: Any) -> Row:
    """A line in the reader's language."""
    words = line.en if get_language() == "en" else line.vi
    used = ("people.grants_of",) if line.id.startswith("duties.") else tuple(use.by for use in uses(line.id))
    return Row(line, words, value_in_words(line), used, line.holds_on(day))


def value_in_words(line: Line) -> str:
    """The value as a person reads it: a threshold in a sentence, a duty by the names of its permissions."""
    value = line.value
    if isinstance(value, Threshold):
        of = {
            "all": gettext("of all members"),
            "present": gettext("of those present"),
            "valid": gettext("of the valid ballots"),
            "cast": gettext("of the ballots cast"),
        }[value.base]
        words = gettext("more than %(share)s %(of)s") if value.strict else gettext("at least %(share)s %(of)s")
        return words % {"share": value.share, "of": of}
    if isinstance(value, bool):
        return pgettext("rule", "yes") if value else pgettext("rule", "no")
    if line.id.startswith("duties."):
        return "; ".join(dict.fromkeys(label for code in value for label in labels(code.partition("@")[0])))
    return f"{line.raw} {unit_in_words(line.unit)}".strip()


def labels(granted: str) -> list[str]:
    """The names of the permissions that a granted one ("people.*") covers; one nobody declares stands as it is."""
    covered = [str(one.label) for one in permissions.all_permissions() if permissions.matches(granted, one.code)]
    return covered or [granted]


def unit_in_words(unit: str) -> str:
    """A unit of the rulebook in the reader's language; one that is not known stands as it is written."""
    known = {
        "d": gettext("days"),
        "wd": gettext("working days"),
        "min": gettext("minutes"),
        "s": gettext("seconds"),
        "y": gettext("years"),
        "%": "%",
    }
    return known.get(unit, unit)
