"""Tables of people: nothing that was true is overwritten; what changes has a first and a last day, both included."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.facts import Sourced


class Dated(models.Model):
    """Something true from `since` to `until`, whole days, both included; None leaves that side open or unknown."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")), name=name
    )


class Term(Sourced, Dated):
    """A term of the assembly (khóa). `until` is the day before the next one opens (LTCQH art. 2.1)."""

    number = models.PositiveSmallIntegerField(unique=True)
    label = models.CharField(max_length=20, unique=True)  # "XV"

    class Meta:
        constraints = [ends_after_it_begins("term_ends_after_it_begins")]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.label


class BodyKind(models.TextChoices):
    """The kinds of body that the office knows (loại cơ quan, tổ chức)."""

    ASSEMBLY = "assembly", _("National Assembly")
    STANDING_COMMITTEE = "standing_committee", _("Standing Committee")
    COUNCIL = "council", _("Ethnic Council")
    COMMITTEE = "committee", _("Committee")
    BOARD = "board", _("Board")
    OFFICE = "office", _("Office")
    DEPARTMENT = "department", _("Department")
    DIVISION = "division", _("Division")
    PUBLIC_UNIT = "public_unit", _("Public service unit")
    DELEGATION = "delegation", _("Delegation of deputies")
    DISCUSSION_GROUP = "discussion_group", _("Discussion group")
    PARTY = "party", _("Party organisation")
    UNION = "union", _("Trade union organisation")
    YOUTH = "youth", _("Youth organisation")
    ELECTION_COUNCIL = "election_council", _("National Election Council")
    STATE = "state", _("Other state body")
    LOCAL_COUNCIL = "local_council", _("People's Council")


class Body(Sourced, Dated):
    """A body (cơ quan, tổ chức, đơn vị) that keeps its identity while its name and its place change."""

    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=30, choices=BodyKind.choices, db_index=True)

    class Meta:
        constraints = [ends_after_it_begins("body_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.code


class BodyName(Dated):
    """What a body was called over some days (tên gọi)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="names")
    name = models.CharField(max_length=300)
    short = models.CharField(max_length=120, blank=True, default="")
    english = models.CharField(max_length=300, blank=True, default="")
    folded = models.CharField(max_length=300, db_index=True, editable=False)

    class Meta:
        constraints = [ends_after_it_begins("body_name_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name


class BodyPlace(Dated):
    """Which body stood above which over some days (trực thuộc)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="places")
    parent = models.ForeignKey(Body, models.PROTECT, related_name="below")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            ends_after_it_begins("body_place_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(body=F("parent")), name="body_not_below_itself"),
        ]


class Succession(Sourced):
    """One body took over from another (kế thừa): mergers and partings are several rows."""

    before = models.ForeignKey(Body, models.PROTECT, related_name="successions")
    after = models.ForeignKey(Body, models.PROTECT, related_name="origins")
    day = models.DateField()  # first day of the successor's work

    class Meta:
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="one_succession_between_two_bodies")]


class Person(Sourced):
    """A person (người). `sort_key` puts the list in the order of given names; `folded` is the name without marks."""

    full_name = models.CharField(_("full name"), max_length=200)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    sort_key = models.CharField(max_length=1200, db_index=True, editable=False)
    gender = models.CharField(
        max_length=1, blank=True, default="", choices=[("f", _("female")), ("m", _("male")), ("", _("not said"))]
    )
    born = models.DateField(_("date of birth"), null=True, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True, default="")
    code = models.CharField(_("code"), max_length=40, unique=True)  # the office's own, in every import and export
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )

    class Meta:
        indexes = [models.Index(fields=["sort_key", "id"], name="person_in_order")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def given_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]


class PostKind(models.TextChoices):
    """What a post is in its body (loại chức danh)."""

    HEAD = "head", _("head")
    DEPUTY_HEAD = "deputy_head", _("deputy head")
    STANDING_MEMBER = "standing_member", _("standing member")
    MEMBER = "member", _("member")
    STAFF = "staff", _("staff")


class Post(Sourced, Dated):
    """A post (chức danh, vị trí) in a body. `duties` are keys of the rulebook's duties: they give the permissions."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="posts")
    code = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    title_english = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=20, choices=PostKind.choices, default=PostKind.STAFF)
    duties = models.JSONField(default=list, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)  # how many may hold it at once; None: not limited
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [ends_after_it_begins("post_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.title


class Holding(Sourced, Dated):
    """A person held a post over some days (giữ chức vụ)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    basis = models.CharField(max_length=300, blank=True, default="")  # the decision

    class Meta:
        constraints = [ends_after_it_begins("holding_ends_after_it_begins")]
        indexes = [models.Index(fields=["person", "since"], name="holding_of_person")]


class Constituency(Sourced):
    """A constituency (đơn vị bầu cử) of one election."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="constituencies")
    delegation = models.ForeignKey(Body, models.PROTECT, related_name="constituencies")
    number = models.PositiveSmallIntegerField()
    area = models.TextField(blank=True, default="")
    seats = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "delegation", "number"], name="constituency_once_in_a_term")
        ]


class Mandate(Sourced, Dated):
    """A deputy's mandate in one term (tư cách đại biểu). `since` is the day it was confirmed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    term = models.ForeignKey(Term, models.PROTECT, related_name="mandates")
    constituency = models.ForeignKey(Constituency, models.PROTECT, null=True, blank=True, related_name="mandates")
    full_time = models.BooleanField(default=False)  # hoạt động chuyên trách

    class Meta:
        constraints = [
            ends_after_it_begins("mandate_ends_after_it_begins"),
            models.UniqueConstraint(fields=["person", "term"], name="one_mandate_a_person_and_term"),
        ]


class Seat(Dated):
    """The delegation in which a mandate was exercised over some days (sinh hoạt tại Đoàn)."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="seats")
    delegation = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    group = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="group_seats")  # tổ thảo luận

    class Meta:
        constraints = [ends_after_it_begins("seat_ends_after_it_begins")]
        indexes = [models.Index(fields=["delegation", "since"], name="seat_of_delegation")]


class Status(models.TextChoices):
    """The standing of a mandate (LTCQH art. 38-40 as amended by Law 62/2025)."""

    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("temporarily suspended")
    RESIGNED = "resigned", _("resigned")
    LOST = "lost", _("mandate lost")
    DISMISSED = "dismissed", _("dismissed")
    DECEASED = "deceased", _("deceased")
    MOVED = "moved", _("moved to another delegation")


#: Standings that end the mandate; the last day of the mandate is the day before.
ENDING = (Status.RESIGNED, Status.LOST, Status.DISMISSED, Status.DECEASED)


class Standing(Sourced, Dated):
    """The standing of a mandate over some days (tình trạng đại biểu)."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="standings")
    status = models.CharField(max_length=20, choices=Status.choices)
    basis = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [ends_after_it_begins("standing_ends_after_it_begins")]


def on(day: dt.date, prefix: str = "") -> Q:
    """The condition that a dated row is in force on that day; `prefix` leads to it ("post__")."""
    since, until = f"{prefix}since", f"{prefix}until"
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day})
    )
