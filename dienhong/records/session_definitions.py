"""Figures that are published of single sessions and compared between them: who spoke, who asked, how often."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dienhong.records.definitions import Definition, define

PUBLISHED = _("As published of the session; not counted by this office")

define(
    Definition(
        "reported.session.questioners",
        "reported",
        _("Deputies who put questions"),
        PUBLISHED,
        "deputy",
        ngettext_lazy("%(number)s deputy who put questions", "%(number)s deputies who put questions", "count"),
    ),
    Definition(
        "reported.session.question_registrations",
        "reported",
        _("Deputies registered to put questions"),
        PUBLISHED,
        "deputy",
        ngettext_lazy(
            "%(number)s deputy registered to put questions", "%(number)s deputies registered to put questions", "count"
        ),
    ),
    Definition(
        "reported.session.plenary_registrations",
        "reported",
        _("Registrations to speak in plenary"),
        PUBLISHED,
        "deputy",
        ngettext_lazy(
            "%(number)s registration to speak in plenary", "%(number)s registrations to speak in plenary", "count"
        ),
    ),
    Definition(
        "reported.session.speeches_in_plenary",
        "reported",
        _("Speeches in plenary"),
        PUBLISHED,
        "turn",
        ngettext_lazy("%(number)s speech in plenary", "%(number)s speeches in plenary", "count"),
    ),
    Definition(
        "reported.session.speeches_in_groups",
        "reported",
        _("Speeches in groups"),
        PUBLISHED,
        "turn",
        ngettext_lazy("%(number)s speech in groups", "%(number)s speeches in groups", "count"),
    ),
    Definition(
        "reported.session.debates",
        "reported",
        _("Debate turns"),
        PUBLISHED,
        "turn",
        ngettext_lazy("%(number)s debate turn", "%(number)s debate turns", "count"),
    ),
    Definition(
        "reported.session.group_sittings",
        "reported",
        _("Discussions in groups"),
        PUBLISHED,
        "sitting",
        ngettext_lazy("%(number)s discussion in groups", "%(number)s discussions in groups", "count"),
    ),
    Definition(
        "reported.session.plenary_discussions",
        "reported",
        _("Discussions in plenary"),
        PUBLISHED,
        "sitting",
        ngettext_lazy("%(number)s discussion in plenary", "%(number)s discussions in plenary", "count"),
    ),
)
