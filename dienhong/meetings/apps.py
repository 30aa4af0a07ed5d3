from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "dienhong.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from dienhong.foundation.journal.events import names_for
        from dienhong.meetings import queries

        names_for("session", queries.names_of_sessions)
        names_for("meeting", queries.names_of_meetings)
        names_for("item", queries.names_of_items)
