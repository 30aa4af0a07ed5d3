"""Guards in the database: triggers that refuse to change or remove rows of a table, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations

#: Tables whose rows are never changed or removed, and what the database says to whoever tries.
GUARDED: dict[str, str] = {
    "journal_entry": "the journal is append-only",
    "polls_ballot": "a ballot is never changed",
    "reports_blockversion": "a version of a report is never changed",
    "reports_seal": "a signed report is never changed",
    "records_stamp": "a stamp is never changed",
    "records_settlement": "a decision about a claim is never changed",
}


def install(vendor: str, table: str) -> list[str]:
    """The statements that put the guard on a table."""
    words = GUARDED[table]
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$",
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()",
        f"CREATE TRIGGER {table}_guard_all BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()",
    ]


def remove(vendor: str, table: str) -> list[str]:
    """The statements that take the guard off again: for tests that empty a database, and for undoing a migration."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
    return [
        f"DROP TRIGGER IF EXISTS {table}_guard_all ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_guard ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_guard()",
    ]


def guard(table: str) -> migrations.RunPython:
    """The migration operation that guards a table."""

    def run(statements: Callable[[str, str], list[str]]) -> Callable[[Any, Any], None]:
        def apply(_apps: Any, schema_editor: Any) -> None:
            for statement in statements(schema_editor.connection.vendor, table):
                schema_editor.execute(statement)

        return apply

    return migrations.RunPython(run(install), run(remove))
