"""The public record under the tests of the demonstration."""

from __future__ import annotations

import pytest

from dienhong.demo.public_record import load_record
from dienhong.foundation.access.actor import keeper
from tests.cast import at_eight


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The public record, loaded once for this file and taken away again after it."""
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        load_record(actor=keeper("test"), at=at_eight())
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
