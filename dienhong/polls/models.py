"""Tables of polls. A ballot is never changed: pressing again adds one, and the last one counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.facts import Sourced
from dienhong.people.models import Body, Person
from dienhong.work.models import Dossier


class PollKind(models.TextChoices):
    """What is decided; the rulebook holds one threshold for each kind: `polls.threshold.<kind>`."""

    LAW = "law", _("law")
    CLAUSE = "law_clause", _("one article or clause of a law")
    RESOLUTION = "resolution", _("resolution")
    CONSTITUTION = "constitution", _("Constitution")
    TERM = "term", _("shortening or extending the term")
    PERSONNEL = "personnel", _("personnel matter")
    ELECTION = "election", _("election to a post, resolution")
    DISMISSAL = "dismissal", _("dismissal of a deputy")
    PROGRAMME = "programme_change", _("change of the programme")
    ORDINANCE = "ordinance", _("ordinance or resolution of the Standing Committee")


class PollState(models.TextChoices):
    """Where a poll stands (trạng thái biểu quyết)."""

    DRAFT = "draft", _("prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, not declared")
    DECLARED = "declared", _("declared")
    CANCELLED = "cancelled", _("cancelled")


class Method(models.TextChoices):
    """How the vote is taken (hình thức biểu quyết)."""

    ELECTRONIC = "electronic", _("electronic, named")
    UNKNOWN = "", _("not said")


class Poll(Sourced):
    """A question put to the vote (biểu quyết). `base` is N, the members of `body` on the day it was opened.

    `held_here` tells a vote held with this software from one taken over from the published record, whose counts came
    from the source and whose result is recomputed all the same.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="polls")
    body = models.ForeignKey(Body, models.PROTECT, related_name="polls")
    kind = models.CharField(max_length=20, choices=PollKind.choices)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.ELECTRONIC, blank=True)
    question = models.TextField()
    state = models.CharField(max_length=12, choices=PollState.choices, default=PollState.DRAFT, db_index=True)
    rule = models.CharField(max_length=80)  # id of the rulebook line
    hidden = models.BooleanField(default=True)  # no figure shown before the close
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)  # how long it is meant to stay open
    base = models.PositiveIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True, db_index=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    held_here = models.BooleanField(default=True)
    published_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")  # over all ballots, when closed

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed", "declared"]) | Q(base__isnull=False) | Q(held_here=False),
                name="an_open_poll_has_a_base",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Elector(models.Model):
    """Who may vote in a poll and from which seat: fixed when the poll opens."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="electors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    delegation = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField()  # order in the hall, from 0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="one_elector_a_poll_and_person"),
            models.UniqueConstraint(fields=["poll", "place"], name="one_elector_a_poll_and_place"),
        ]


class Ballot(models.Model):
    """One press (phiếu). `key` is made by the tablet: the same press sent again has the same key and counts once."""

    id = models.BigAutoField(primary_key=True)  # the order of the box
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    choice = models.CharField(max_length=10)
    key = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "person", "key"], name="one_ballot_a_press"),
            models.CheckConstraint(
                condition=Q(choice__in=["for", "against", "not_voting"]), name="ballot_has_one_of_three_choices"
            ),
        ]


class Result(models.Model):
    """What a poll came to (kết quả biểu quyết): computed at the close, or recomputed from published counts.

    `needed` and `carried` are empty where the record lacks the base or the counts; what lacks is said in `missing`.
    """

    poll = models.OneToOneField(Poll, models.PROTECT, related_name="result")
    for_count = models.PositiveIntegerField(null=True, blank=True)
    against_count = models.PositiveIntegerField(null=True, blank=True)
    not_voting_count = models.PositiveIntegerField(null=True, blank=True)
    participating = models.PositiveIntegerField(null=True, blank=True)
    base = models.PositiveIntegerField(null=True, blank=True)
    needed = models.PositiveIntegerField(null=True, blank=True)
    carried = models.BooleanField(null=True, blank=True)
    for_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    missing = models.JSONField(default=list, blank=True)
