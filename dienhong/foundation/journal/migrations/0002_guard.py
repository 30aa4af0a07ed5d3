from typing import Any

from django.db import migrations

from dienhong.foundation.guards import guard
from dienhong.foundation.journal.chain import START


def begin(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("journal", "Head").objects.create(pk=1, number=0, hash=START)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop), guard("journal_entry")]
