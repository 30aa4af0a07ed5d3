"""What every test may ask for."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

# never the office that this machine has set: tests have a folder of their own, gone when they end
os.environ["DIENHONG_HOME"] = tempfile.mkdtemp(prefix="dienhong-test-")
os.environ.setdefault("DIENHONG_DEMO", "1")
# some machines forbid Python to keep what it compiled; here hundreds of processes would compile everything anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import pytest
from django.db import connection
from hypothesis import settings

from dienhong.foundation import guards
from tests import tables

sys.dont_write_bytecode = False
settings.register_profile("house", deadline=None)  # a slow machine is no fault
settings.register_profile("quick", deadline=None, max_examples=15)
settings.load_profile("house")
atexit.register(shutil.rmtree, os.environ["DIENHONG_HOME"], ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues when a part of them is newer; each worker would do the same, so only the first does."""
    from dienhong.assets import messages

    if not hasattr(config, "workerinput") and messages.stale():
        with contextlib.suppress(messages.BadCatalogue):  # a test of the catalogues says what is wrong with them
            messages.build()


@pytest.fixture(scope="session", autouse=True)
def _tables_are_there() -> Iterator[None]:
    """The database of the tests on SQLite begins with the kept tables; on PostgreSQL they are made by migrating."""
    with contextlib.ExitStack() as until_the_end:
        if connection.vendor == "sqlite":
            until_the_end.enter_context(tables.held_in_memory())
        yield


@pytest.fixture(autouse=True)
def _languages_start_in_english() -> Iterator[None]:
    """Sentences in tests are compared in English; a test that wants Vietnamese says so."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None):
    """The smallest office that can hold a vote."""
    from tests.cast import assemble

    return assemble()


@pytest.fixture(autouse=True)
def _flush_takes_the_guards_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactional tests empty the tables afterwards; the guards of the database would refuse that."""
    ops = type(connection.ops)
    plain = ops.sql_flush

    def sql_flush(self, style, tables, **kwargs):
        vendor = self.connection.vendor
        off = [sql for table in guards.GUARDED for sql in guards.remove(vendor, table)]
        on = [sql for table in guards.GUARDED for sql in guards.install(vendor, table)]
        head = ["INSERT INTO journal_head (id, number, hash) VALUES (1, 0, '" + "0" * 64 + "')"]
        return [*off, *plain(self, style, tables, **kwargs), *on, *head]

    monkeypatch.setattr(ops, "sql_flush", sql_flush)
