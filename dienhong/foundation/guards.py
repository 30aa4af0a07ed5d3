"""Guards in the database: triggers that refuse to change or remove rows of a table, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations

#: Tables whose rows are never changed or removed, and what the database says to whoever tries.
GUARDED: dict[str, str] = {
    "journal_entry": "the journal is append-only",
    "journal_topic": "the journal is append-only",
    "polls_ballot": "a ballot is never changed",
    "texts_version": "a sealed version is never changed",
    "texts_provisiontext": "a sealed version is never changed",
    "reports_blockversion": "a version of a report is never changed",
    "reports_keptvalue": "a decision to keep a number is never changed",
    "reports_seal": "a signed report is never changed",
    "records_stamp": "a stamp is never changed",
    "records_settlement": "a decision about a claim is never changed",
}

#: Tables of which only some rows are guarded: the condition on a row, in the SQL of both databases.
ONLY_WHERE: dict[str, str] = {
    "texts_version": "{row}.state = 'sealed'",
    "texts_provisiontext": "EXISTS (SELECT 1 FROM texts_version WHERE id = {row}.version_id AND state = 'sealed')",
}

#: Tables to which no row is added that the condition holds for.
CLOSED = {"texts_provisiontext"}


def install(vendor: str, table: str) -> list[str]:
    """The statements that put the guard on a table."""
    words = GUARDED[table]
    verbs = ["update", "delete", *(["insert"] if table in CLOSED else [])]
    if vendor == "sqlite":
        return [_sqlite_trigger(table, verb, words) for verb in verbs]
    kept = ONLY_WHERE.get(table, "TRUE")
    old = "IF TG_LEVEL = 'STATEMENT' THEN RAISE EXCEPTION '{0}'; END IF; "
    rows = (
        "IF TG_OP <> 'INSERT' THEN IF {1} THEN RAISE EXCEPTION '{0}'; END IF; END IF; "
        "IF TG_OP = 'INSERT' THEN IF {2} THEN RAISE EXCEPTION '{0}'; END IF; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
    )
    body = (old + rows).format(words, kept.format(row="OLD"), kept.format(row="NEW"))
    return [
        f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {table}_guard BEFORE {' OR '.join(verbs).upper()} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()",
        f"CREATE TRIGGER {table}_guard_all BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()",
    ]


def _sqlite_trigger(table: str, verb: str, words: str) -> str:
    kept = ONLY_WHERE.get(table, "")
    when = f"WHEN {kept.format(row='NEW' if verb == 'insert' else 'OLD')} " if kept else ""
    return (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def remove(vendor: str, table: str) -> list[str]:
    """The statements that take the guard off again: for tests that empty a database, and for undoing a migration."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "insert")]
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
