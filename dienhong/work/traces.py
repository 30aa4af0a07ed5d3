"""Tables of what happens to a task (dấu vết của nhiệm vụ): put off, handed over, noted, shown, changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dienhong.people.models import Body, Person


class Extension(models.Model):
    """A deadline put off (gia hạn): from which to which, why, and who approved it."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="extensions")
    day = models.DateField()
    due_before = models.DateField(null=True)
    rule_before = models.CharField(max_length=60)
    due_after = models.DateField(null=True)
    rule_after = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="extensions_approved")

    class Meta:
        ordering = ["pk"]


class ExtensionRequest(models.Model):
    """A later deadline that the doer asks for (đề nghị gia hạn); open until somebody in charge decides."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="extension_requests")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="extensions_asked")
    due_before = models.DateField(null=True)  # what stood when it was asked
    rule_before = models.CharField(max_length=60)
    due = models.DateField(null=True)
    due_rule = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="extensions_decided")
    answer = models.CharField(max_length=500, blank=True, default="")
    extension = models.OneToOneField(Extension, models.PROTECT, null=True, blank=True, related_name="request")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], name="one_open_request_a_task", condition=models.Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(extension__isnull=True) | models.Q(decided_at__isnull=False),
                name="request_is_decided_before_it_extends",
            ),
        ]


class Snooze(models.Model):
    """A day until which the holder of a task is not reminded of it (tạm hoãn nhắc việc); the deadline stands."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="snoozes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="snoozes")
    until = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="one_snooze_a_task_and_person")]


class Handover(models.Model):
    """A task that changed hands (bàn giao)."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="handovers")
    day = models.DateField()
    person_before = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks_given")
    person_after = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks_taken")
    body_before = models.ForeignKey(Body, models.PROTECT, null=True, related_name="tasks_given")
    body_after = models.ForeignKey(Body, models.PROTECT, null=True, related_name="tasks_taken")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]


class ProgressNote(models.Model):
    """A word on how the task goes (ghi chú tiến độ), or why a result was returned."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="task_notes")
    text = models.TextField()
    returned = models.BooleanField(default=False)  # said when the result was sent back

    class Meta:
        ordering = ["-at", "-pk"]


class EvidenceKind(models.TextChoices):
    """What shows that the task was done (minh chứng)."""

    DOCUMENT = "document", _("document")
    DECISION = "decision", _("decision")
    MEETING = "meeting", _("meeting")
    FILE = "file", _("file")


class Evidence(models.Model):
    """Something that shows the result (minh chứng): a document, a decision, a meeting or a file of the store."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="evidence")
    at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="task_evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    label = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True, default="")
    url = models.CharField(max_length=300, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["pk"]


class TaskChange(models.Model):
    """A value of a task that was changed (lịch sử thay đổi): which, from what to what, by whom and why."""

    task = models.ForeignKey("work.Task", models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    what = models.CharField(max_length=30)  # the name of the field
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    key_before = models.BigIntegerField(null=True, blank=True)  # of the unit or person that stood there before
    reason = models.CharField(max_length=500, blank=True, default="")
    adjusts = models.BooleanField(default=False)  # what was adopted (điều chỉnh sau ban hành)

    class Meta:
        ordering = ["-at", "-pk"]
