from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextsConfig(AppConfig):
    name = "dienhong.texts"
    label = "texts"
    verbose_name = _("Law texts")

    def ready(self) -> None:
        """Let journal entries name works and versions."""
        from dienhong.foundation.journal.events import names_for
        from dienhong.texts import queries

        names_for("work", queries.names_of_works)
        names_for("version", queries.names_of_versions)
