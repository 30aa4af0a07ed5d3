from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "dienhong.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from dienhong.foundation.journal.events import names_for
        from dienhong.reports import mailing, queries

        mailing.declare()
        names_for("report", queries.names_of_reports)
        names_for("section", queries.names_of_sections)
        names_for("conference", queries.names_of_conferences)
