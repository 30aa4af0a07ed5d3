"""Search: an FTS5 index on SQLite, a generated column on PostgreSQL; the database itself keeps both."""

from django.db import migrations

SQLITE = [
    # columns of texts_provisiontext; the words stay in the table, the index holds only where they stand
    """CREATE VIRTUAL TABLE texts_search USING fts5(heading, text, folded, about,
       content='texts_provisiontext', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER texts_search_in AFTER INSERT ON texts_provisiontext WHEN new.searched BEGIN
       INSERT INTO texts_search(rowid, heading, text, folded, about)
       VALUES (new.id, new.heading, new.text, new.folded, new.about); END""",
    """CREATE TRIGGER texts_search_out AFTER DELETE ON texts_provisiontext WHEN old.searched BEGIN
       INSERT INTO texts_search(texts_search, rowid, heading, text, folded, about)
       VALUES ('delete', old.id, old.heading, old.text, old.folded, old.about); END""",
    """CREATE TRIGGER texts_search_off AFTER UPDATE ON texts_provisiontext WHEN old.searched BEGIN
       INSERT INTO texts_search(texts_search, rowid, heading, text, folded, about)
       VALUES ('delete', old.id, old.heading, old.text, old.folded, old.about); END""",
    """CREATE TRIGGER texts_search_on AFTER UPDATE ON texts_provisiontext WHEN new.searched BEGIN
       INSERT INTO texts_search(rowid, heading, text, folded, about)
       VALUES (new.id, new.heading, new.text, new.folded, new.about); END""",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER IF EXISTS texts_search_{name}" for name in ("in", "out", "off", "on")),
    "DROP TABLE IF EXISTS texts_search",
]
POSTGRES = [
    """ALTER TABLE texts_provisiontext ADD COLUMN folded_vector tsvector GENERATED ALWAYS AS
       (CASE WHEN searched THEN to_tsvector('simple', folded || ' ' || about) END) STORED""",
    "CREATE INDEX texts_search_folded ON texts_provisiontext USING gin (folded_vector) WHERE searched",
]
POSTGRES_BACK = ["ALTER TABLE texts_provisiontext DROP COLUMN IF EXISTS folded_vector"]


def run(sqlite, postgres):
    def apply(_apps, schema_editor):
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
            schema_editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_initial")]
    operations = [migrations.RunPython(run(SQLITE, POSTGRES), run(SQLITE_BACK, POSTGRES_BACK))]
