"""Entries of the journal, their topics and its head. Triggers in the database refuse to change or remove an entry."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One entry (một dòng nhật ký). `hash` covers the entry and the hash before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)  # the office's time
    written_at = models.DateTimeField()  # the machine's time
    kind = models.CharField(max_length=80, db_index=True)
    account_id = models.BigIntegerField(null=True, db_index=True)
    actor = models.CharField(max_length=80, blank=True, default="")  # a command or import; empty for accounts
    facts = models.TextField()  # canonical JSON
    topics = models.TextField(blank=True, default="")  # separated by spaces
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(number__gte=1), name="journal_starts_at_one")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Topic(models.Model):
    """One topic of one entry (đối tượng của dòng nhật ký), so that what happened to one thing is found by an index.

    The topics stand in the entry too, under its hash; these rows repeat them, and `journal verify` compares both.
    """

    pk = models.CompositePrimaryKey("topic", "entry")
    topic = models.CharField(max_length=80)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="touched", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(topic=""), name="journal_topic_is_named")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.topic}"


class Head(models.Model):
    """Where the journal ends: one row, so that a removed last entry is seen and the next number needs no search."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="journal_has_one_head")]
