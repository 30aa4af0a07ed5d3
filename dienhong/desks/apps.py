from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

CONCEPTS = ("people", "work", "texts", "polls", "meetings", "records")


class DesksConfig(AppConfig):
    name = "dienhong.desks"
    label = "desks"
    verbose_name = _("Desks")

    def ready(self) -> None:
        """Load what all concepts declare, then refuse to start with a rulebook that lacks a line."""
        from dienhong.foundation import rulebook

        import_module("dienhong.foundation.access.actions")
        import_module("dienhong.foundation.clock.actions")
        for concept in CONCEPTS:
            for part in ("events", "actions"):
                import_module(f"dienhong.{concept}.{part}")
        rulebook.book().check_uses()
