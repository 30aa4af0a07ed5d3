"""Warming up (làm nóng): a server reads what every page needs before it is ready, not at the first request.

The desks with their addresses, the templates, both catalogues, the rulebook. Nothing of the database: a server starts
while its database is away, and tells so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def warm() -> None:
    """Read all of it into this process."""
    from django.conf import settings
    from django.template import engines
    from django.urls import get_resolver
    from django.utils import translation
    from django.utils.module_loading import import_string

    from dienhong.foundation.rulebook.book import book

    assert get_resolver().url_patterns
    get_resolver()._populate()  # the names of all addresses, which the first link of the first page would look for
    for form in (*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()):  # named by words, for allauth
        import_string(form)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Today")
    for name in templates():
        engines["django"].get_template(name)
    book()


def templates() -> Iterator[str]:
    """The names of the desks' own templates."""
    from django.conf import settings

    for folder in map(Path, settings.TEMPLATES[0]["DIRS"]):
        for path in sorted(folder.rglob("*.html")):
            yield path.relative_to(folder).as_posix()
