"""The console commands of the office that need its database."""

from __future__ import annotations

import atexit
import gc
import json
import os
from typing import Any

import click


def open_office() -> None:
    """Make Django ready; a wrong setting or rulebook ends the command with its reason."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dienhong.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    from dienhong.cli import Fault
    from dienhong.foundation.memory import keep_loaded
    from dienhong.foundation.rulebook.book import RulebookFault

    try:
        django.setup()
    except (ImproperlyConfigured, RulebookFault) as error:
        raise Fault(str(error)) from error
    keep_loaded()
    atexit.register(gc.freeze)  # what ends has no use for a last collection


def print_json(value: Any) -> None:
    """Print a value as JSON in UTF-8, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
