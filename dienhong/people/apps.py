from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "dienhong.people"
    label = "people"
    verbose_name = _("People and bodies")

    def ready(self) -> None:
        """Let journal entries name persons, bodies and posts."""
        from dienhong.foundation.journal.events import names_for
        from dienhong.people import queries

        names_for("person", queries.names_of_persons)
        names_for("body", queries.names_of_bodies)
        names_for("other_body", queries.names_of_bodies)
        names_for("post", queries.names_of_posts)
        names_for("term", queries.names_of_terms)
