"""What the actions on meetings share: who may do them, and why one is not done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.permissions import declare
from dienhong.foundation.refusal import Refusal

KEEP_SESSIONS = declare("meetings.keep_sessions", _("Enter sessions and their phases"))
KEEP_MEETINGS = declare("meetings.keep_meetings", _("Enter meetings"))
PREPARE_AGENDA = declare("meetings.prepare_agenda", _("Prepare the agenda of a meeting"))
CHAIR = declare("meetings.chair", _("Open and close a meeting, take up its items"))


class NotSoPlanned(Refusal):
    """The meeting or item is not in a state that allows this."""
