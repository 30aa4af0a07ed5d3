from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from dienhong.foundation.guards import guard

BATCH = 2000


def fill(apps: Any, _schema_editor: Any) -> None:
    """A row for each topic of the entries that are there already, some thousands of entries at a time."""
    entries, topic = apps.get_model("journal", "Entry").objects.order_by("number"), apps.get_model("journal", "Topic")
    last = 0
    while batch := list(entries.filter(number__gt=last).values_list("number", "topics")[:BATCH]):
        topic.objects.bulk_create(
            topic(topic=word, entry_id=number) for number, topics in batch for word in dict.fromkeys(topics.split())
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "topic", "entry", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("topic", models.CharField(max_length=80)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touched",
                        to="journal.entry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("topic", ""), _negated=True), name="journal_topic_is_named"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        guard("journal_topic"),
    ]
