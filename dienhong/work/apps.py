from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "dienhong.work"
    label = "work"
    verbose_name = _("Work")

    def ready(self) -> None:
        from dienhong.foundation.journal.events import names_for
        from dienhong.work import queries, reminding

        reminding.declare()
        names_for("dossier", queries.names_of_dossiers)
        names_for("task", queries.names_of_tasks)
        names_for("programme", queries.names_of_programmes)
