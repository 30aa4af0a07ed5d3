"""What the actions on reports share: locks and refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.refusal import Refusal
from dienhong.reports.models import OPEN_STATES, Report


class NotNow(Refusal):
    """The report is not in a state in which this can be done."""


class Empty(Refusal):
    """Something that must be written was left empty."""


class NotSettled(Refusal):
    """Opinions of the leaders are neither absorbed nor explained nor left for later, or nothing was concluded."""


def _locked(report_id: int) -> Report:
    """The report, held until the action ends."""
    return Report.objects.select_for_update().get(pk=report_id)


def _still_open(report: Report) -> None:
    """Refuse when the text is no longer to be changed. Raises NotNow."""
    if report.state not in OPEN_STATES:
        raise NotNow(
            _("The report is %(state)s; its text is not changed any more.") % {"state": report.get_state_display()}
        )


def _written(text: str, field: str) -> str:
    """The text without needless space. Raises Empty."""
    bare = text.replace("\r\n", "\n").strip()
    if not bare:
        raise Empty(_("Write something first."), field=field)
    return bare
