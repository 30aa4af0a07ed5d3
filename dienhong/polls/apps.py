from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "dienhong.polls"
    label = "polls"
    verbose_name = _("Polls")

    def ready(self) -> None:
        from dienhong.foundation.journal.events import names_for
        from dienhong.polls import queries

        names_for("poll", queries.names_of_polls)
