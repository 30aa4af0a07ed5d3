"""What the figures of tasks are, said once for the three lines: the administration's, the Party's, the union's."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dienhong.records.definitions import Definition, define
from dienhong.work.models import Line

#: The first word of the keys of each line's figures.
PREFIXES: dict[str, str] = {
    Line.ADMINISTRATION: "tasks",
    Line.PARTY: "party_tasks",
    Line.UNION: "union_tasks",
}
OF_LINE: dict[str, str | Promise] = {
    Line.ADMINISTRATION: "",
    Line.PARTY: _("of the Party's line"),
    Line.UNION: _("of the trade union's line"),
}
NAMES: dict[str, str | Promise] = {
    Line.ADMINISTRATION: "",
    Line.PARTY: _("the Party's line"),
    Line.UNION: _("the trade union's line"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure of tasks, whatever the line: the end of its key, its name, what is counted, its words in a sentence."""

    suffix: str
    label: Promise
    counts: Promise
    unit: str = "task"
    said: str | Promise = ""
    top: str = "most"
    by_day: bool = True


KINDS = (
    Kind(
        "",
        _("Tasks assigned"),
        _(
            "Tasks assigned and not cancelled, parts of tasks too, by their first deadline; of a session, those due "
            "before it opens and those due on its days"
        ),
        said=ngettext_lazy("%(number)s task assigned", "%(number)s tasks assigned", "count"),
        by_day=False,
    ),
    Kind(
        ".done",
        _("Tasks done"),
        _("Assigned tasks whose result was confirmed by the day"),
        said=ngettext_lazy("%(number)s task done", "%(number)s tasks done", "count"),
    ),
    Kind(
        ".reported",
        _("Tasks submitted, result not yet confirmed"),
        _("Assigned tasks whose result is reported and waits to be confirmed"),
    ),
    Kind(
        ".under_way",
        _("Tasks under way"),
        _("Assigned tasks without a reported result: not begun, running, overdue or paused"),
    ),
    Kind(
        ".overdue",
        _("Tasks overdue and not done"),
        _("Assigned tasks past their deadline on the day, without a reported result"),
        said=ngettext_lazy("%(number)s task overdue", "%(number)s tasks overdue", "count"),
    ),
    Kind(
        ".done.share",
        _("Share of tasks done"),
        _("Tasks done in a hundred of the tasks assigned"),
        "percent",
        _("%(number)s of the tasks done"),
        "highest",
    ),
    Kind(
        ".done.in_time",
        _("Tasks done in time"),
        _("Tasks done whose result was reported by the deadline"),
        said=ngettext_lazy("%(number)s task done in time", "%(number)s tasks done in time", "count"),
    ),
    Kind(
        ".done.late",
        _("Tasks done late"),
        _("Tasks done whose result was reported after the deadline"),
        said=ngettext_lazy("%(number)s task done late", "%(number)s tasks done late", "count"),
    ),
    Kind(
        ".in_time.share",
        _("Share of the tasks done that were in time"),
        _("Tasks done in time in a hundred of the tasks done"),
        "percent",
        _("%(number)s of the tasks done in time"),
        "highest",
    ),
    Kind(
        ".median_days",
        _("Days from assignment to result, median"),
        _("The middle of the calendar days from the assignment of a task to its reported result, over the tasks done"),
        "day",
        ngettext_lazy(
            "a median of %(number)s day from assignment to result",
            "a median of %(number)s days from assignment to result",
            "count",
        ),
        "longest",
    ),
    Kind(
        ".extensions",
        _("Deadlines put off"),
        _("Extensions approved for the assigned tasks; a task put off twice counts twice"),
        "extension",
        ngettext_lazy("%(number)s deadline put off", "%(number)s deadlines put off", "count"),
    ),
    Kind(
        ".key",
        _("Key tasks"),
        _("Assigned tasks that the programme names as key tasks"),
        said=ngettext_lazy("%(number)s key task", "%(number)s key tasks", "count"),
        by_day=False,
    ),
    Kind(
        ".key.done",
        _("Key tasks done"),
        _("Key tasks whose result was confirmed by the day"),
        said=ngettext_lazy("%(number)s key task done", "%(number)s key tasks done", "count"),
    ),
    Kind(
        ".concluded",
        _("Tasks from conclusions of meetings"),
        _("Assigned tasks that a conclusion of a meeting became"),
        by_day=False,
    ),
)


def _defined(kind: Kind, line: str) -> Definition:
    prefix, of_line = PREFIXES[line], OF_LINE[line]
    label = format_lazy("{} ({})", kind.label, NAMES[line]) if of_line else kind.label
    return Definition(
        prefix + kind.suffix,
        prefix,
        label,
        kind.counts,
        kind.unit,
        kind.said,
        kind.top,
        of_line=of_line,
        runs=True,
        by_day=kind.by_day,
    )


define(*(_defined(kind, line) for line in PREFIXES for kind in KINDS))
