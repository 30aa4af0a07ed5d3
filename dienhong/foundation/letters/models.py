"""Tables of the outbox: the letter, and what is enclosed with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterState(models.TextChoices):
    """Where a letter stands (tình trạng thư)."""

    WAITING = "waiting", pgettext_lazy("letter", "waiting")
    SENT = "sent", pgettext_lazy("letter", "left")
    FAILED = "failed", pgettext_lazy("letter", "not delivered")
    DROPPED = "dropped", pgettext_lazy("letter", "given up")


class Fault(models.TextChoices):
    """Why a letter has not left (lý do chưa gửi được)."""

    AWAY = "away", _("the mail server takes no letters now")
    LATER = "later", _("the mail server asks to try later")
    CUT = "cut", _("the connection broke while it was sent")
    REFUSED = "refused", _("the mail server refused it for good")
    TRIED = "tried", _("tried as often as the settings allow")
    UNWRITABLE = "unwritable", _("the letter cannot be written")
    TOO_LATE = "too_late", _("its time was over before it could leave")
    RESTORED = "restored", _("held since the office was restored from a backup: it may have left before")
    BY_PERSON = "by_person", _("given up by a person")
    REPLACED = "replaced", _("another letter took its place")
    CORRECTED = "corrected", _("what it says was changed before it left")
    WITHDRAWN = "withdrawn", _("what it was about was withdrawn")


class Letter(models.Model):
    """One letter to one address (thư đi).

    `purpose` is what it is for (`purposes.py`), `about` the topic it belongs to ("conference:3"), `key` what at most
    one waiting letter may be for ("invitation:12"). `posted_at`, `until` and `settled_at` are the office's time;
    `written_at` (the letter's date), `next_try` (none: at once) and `leased_until` are the machine's. `tries` counts
    what the mail server said of this letter, `held` how often the server itself was away in a row. `sealed`: the words
    are kept under the office's key. `kept`: the words and what is enclosed are still here; they go some days after the
    letter left. `noted`: the journal tells how it ended.
    """

    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=80, blank=True, default="")
    key = models.CharField(max_length=80, blank=True, default="")
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=120, unique=True)
    urgent = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    kept = models.BooleanField(default=True)
    posted_at = models.DateTimeField()
    written_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    noted = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    held = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True, default="")
    leased_until = models.DateTimeField(null=True, blank=True)
    perhaps_twice = models.BooleanField(default=False)
    fault = models.CharField(max_length=12, choices=Fault.choices, blank=True, default="")
    fault_words = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "key"], condition=Q(state="waiting") & ~Q(key=""), name="letter_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | ~Q(state="waiting") & Q(settled_at__isnull=False, lease=""),
                name="letter_settled_or_waiting",
            ),
        ]
        indexes = [
            models.Index(fields=["urgent", "id"], condition=Q(state="waiting"), name="letter_waiting"),
            models.Index(fields=["id"], condition=Q(noted=False) & ~Q(state="waiting"), name="letter_to_note"),
            models.Index(fields=["settled_at"], condition=Q(kept=True), name="letter_kept"),
            models.Index(fields=["purpose", "about"], name="letter_about"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Enclosure(models.Model):
    """What is enclosed with a letter (tệp đính kèm), kept here and not in the store, which never forgets a file.

    `drawn` names how `content` becomes the file when the letter leaves (`purposes.py`); empty: it is the file.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures")  # it has no life of its own
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    content = models.BinaryField()
    drawn = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
