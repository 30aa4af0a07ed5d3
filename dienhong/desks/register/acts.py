"""What the registrar does: each view reads a form, calls one action and goes back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from dienhong.desks.door import Visit
from dienhong.desks.forms import walk
from dienhong.desks.register import forms as f
from dienhong.foundation.access.actor import require
from dienhong.people import actions
from dienhong.people.models import Body, Holding, Mandate, Person, Post
from dienhong.people.queries import names_of_bodies

READ_AND_WRITE = require_http_methods(["GET", "POST"])


def _body_url(body_id: int) -> str:
    return reverse("register:body", args=[body_id])


def _person_url(person_id: int) -> str:
    return reverse("register:person", args=[person_id])


@READ_AND_WRITE
def new_body(request: Visit) -> HttpResponse:
    """Found a body."""
    require(request.actor, actions.KEEP_BODIES, at=request.at)
    form = f.NewBody(request.POST or None, day=request.day)

    def act(data: dict[str, Any]) -> None:
        actions.found_body(actor=request.actor, at=request.at, **data)

    return walk(request, form, act, _t("New body"), _t("Enter the body"), reverse("register:home"))


@READ_AND_WRITE
def rename(request: Visit, body_id: int) -> HttpResponse:
    """Rename a body."""
    body = get_object_or_404(Body, pk=body_id)
    require(request.actor, actions.KEEP_BODIES, at=request.at)

    def act(data: dict[str, Any]) -> None:
        actions.rename_body(actor=request.actor, body=body, at=request.at, **data)

    title = _t("Rename %(name)s") % {"name": names_of_bodies([body.pk])[body.pk]}
    return walk(request, f.Rename(request.POST or None), act, title, _t("Rename"), _body_url(body.pk))


@READ_AND_WRITE
def place(request: Visit, body_id: int) -> HttpResponse:
    """Put a body under another one."""
    body = get_object_or_404(Body, pk=body_id)
    require(request.actor, actions.KEEP_BODIES, at=request.at)
    form = f.Place(request.POST or None, day=request.day)

    def act(data: dict[str, Any]) -> None:
        actions.place_body(actor=request.actor, body=body, at=request.at, **data)

    return walk(request, form, act, _t("Place under another body"), _t("Place it there"), _body_url(body.pk))


@READ_AND_WRITE
def end(request: Visit, body_id: int) -> HttpResponse:
    """End a body."""
    body = get_object_or_404(Body, pk=body_id)
    require(request.actor, actions.KEEP_BODIES, at=request.at)

    def act(data: dict[str, Any]) -> None:
        actions.end_body(actor=request.actor, body=body, at=request.at, **data)

    return walk(request, f.End(request.POST or None), act, _t("End the body"), _t("End it"), _body_url(body.pk))


@READ_AND_WRITE
def succession(request: Visit, body_id: int) -> HttpResponse:
    """Record who takes over from a body."""
    body = get_object_or_404(Body, pk=body_id)
    require(request.actor, actions.KEEP_BODIES, at=request.at)
    form = f.TakeOver(request.POST or None, day=request.day)

    def act(data: dict[str, Any]) -> None:
        actions.record_succession(actor=request.actor, before=body, at=request.at, **data)

    return walk(request, form, act, _t("Who takes over"), _t("Record it"), _body_url(body.pk))


@READ_AND_WRITE
def new_post(request: Visit, body_id: int) -> HttpResponse:
    """Create a post."""
    body = get_object_or_404(Body, pk=body_id)
    require(request.actor, actions.GIVE_POSTS, at=request.at)
    form = f.NewPost(request.POST or None, day=request.day)

    def act(data: dict[str, Any]) -> None:
        actions.create_post(actor=request.actor, body=body, at=request.at, **data)

    return walk(request, form, act, _t("New post"), _t("Create the post"), _body_url(body.pk))


@READ_AND_WRITE
def give(request: Visit, post_id: int) -> HttpResponse:
    """Give a post to a person."""
    post = get_object_or_404(Post, pk=post_id)
    require(request.actor, actions.GIVE_POSTS, at=request.at)

    def act(data: dict[str, Any]) -> None:
        actions.give_post(actor=request.actor, post=post, at=request.at, **data)

    title = _t("Give the post %(post)s") % {"post": post.title}
    return walk(request, f.GivePost(request.POST or None), act, title, _t("Give the post"), _body_url(post.body_id))


@READ_AND_WRITE
def leave(request: Visit, holding_id: int) -> HttpResponse:
    """Record who leaves a post."""
    holding = get_object_or_404(Holding.objects.select_related("post", "person"), pk=holding_id)
    require(request.actor, actions.GIVE_POSTS, at=request.at)

    def act(data: dict[str, Any]) -> None:
        actions.leave_post(actor=request.actor, holding=holding, at=request.at, **data)

    title = _t("%(person)s leaves the post %(post)s") % {"person": holding.person.full_name, "post": holding.post.title}
    form = f.LeavePost(request.POST or None)
    return walk(request, form, act, title, _t("Record the last day"), _person_url(holding.person_id))


@READ_AND_WRITE
def new_person(request: Visit) -> HttpResponse:
    """Enter a person."""
    require(request.actor, actions.KEEP_PERSONS, at=request.at)
    form = f.NewPerson(request.POST or None)
    made: list[Person] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.enter_person(actor=request.actor, at=request.at, **data))

    return walk(
        request,
        form,
        act,
        _t("New person"),
        _t("Enter the person"),
        reverse("register:people"),
        then=lambda: redirect("register:person", made[0].pk),
    )


@READ_AND_WRITE
def correct(request: Visit, person_id: int) -> HttpResponse:
    """Correct the data of a person."""
    person = get_object_or_404(Person, pk=person_id)
    require(request.actor, actions.KEEP_PERSONS, at=request.at)
    initial = {name: getattr(person, name) for name in f.PersonForm.base_fields}
    initial["born"] = person.born.strftime("%d/%m/%Y") if person.born else ""
    form = f.PersonForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> None:
        actions.correct_person(actor=request.actor, person=person, at=request.at, **data)

    title = _t("Correct the data of %(name)s") % {"name": person.full_name}
    return walk(request, form, act, title, _t("Save the correction"), _person_url(person.pk))


@READ_AND_WRITE
def mandate(request: Visit, person_id: int) -> HttpResponse:
    """Confirm a mandate."""
    person = get_object_or_404(Person, pk=person_id)
    require(request.actor, actions.KEEP_MANDATES, at=request.at)
    form = f.NewMandate(request.POST or None, day=request.day)

    def act(data: dict[str, Any]) -> None:
        actions.confirm_mandate(actor=request.actor, person=person, at=request.at, **data)

    title = _t("Confirm the mandate of %(name)s") % {"name": person.full_name}
    return walk(request, form, act, title, _t("Confirm the mandate"), _person_url(person.pk))


@READ_AND_WRITE
def standing(request: Visit, mandate_id: int) -> HttpResponse:
    """Record the standing of a deputy."""
    row = get_object_or_404(Mandate.objects.select_related("person"), pk=mandate_id)
    require(request.actor, actions.KEEP_MANDATES, at=request.at)

    def act(data: dict[str, Any]) -> None:
        actions.change_standing(actor=request.actor, mandate=row, at=request.at, **data)

    title = _t("Standing of %(name)s") % {"name": row.person.full_name}
    form = f.StandingForm(request.POST or None)
    return walk(request, form, act, title, _t("Record the standing"), _person_url(row.person_id))


@READ_AND_WRITE
def move(request: Visit, mandate_id: int) -> HttpResponse:
    """Move a deputy to another delegation."""
    row = get_object_or_404(Mandate.objects.select_related("person"), pk=mandate_id)
    require(request.actor, actions.KEEP_MANDATES, at=request.at)
    form = f.Move(request.POST or None, day=request.day)

    def act(data: dict[str, Any]) -> None:
        actions.move_deputy(actor=request.actor, mandate=row, at=request.at, **data)

    title = _t("Move %(name)s to another delegation") % {"name": row.person.full_name}
    return walk(request, form, act, title, _t("Move the deputy"), _person_url(row.person_id))


@READ_AND_WRITE
def new_term(request: Visit) -> HttpResponse:
    """Open a term."""
    require(request.actor, actions.KEEP_TERMS, at=request.at)

    def act(data: dict[str, Any]) -> None:
        actions.open_term(actor=request.actor, at=request.at, **data)

    return walk(
        request, f.NewTerm(request.POST or None), act, _t("New term"), _t("Open the term"), reverse("register:terms")
    )
