"""Pages of programmes: all of them, one with its groups; draft, group, merge, adopt, carry over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dienhong.desks.door import Visit
from dienhong.desks.forms import tried, walk
from dienhong.desks.programme import asked as asking
from dienhong.desks.programme import shown
from dienhong.desks.programme.forms import AdoptForm, ChooseProgrammes, FilterForm, GroupForm, ProgrammeForm
from dienhong.desks.programme.views import require_sight
from dienhong.foundation.access.actor import may, require
from dienhong.people.queries import names_of_bodies
from dienhong.work import actions, queries, rights
from dienhong.work.adjustments import adjustments
from dienhong.work.models import Programme, ProgrammeState
from dienhong.work.queries import Filter

GET_POST = require_http_methods(["GET", "POST"])


def programmes(request: Visit) -> HttpResponse:
    """All programmes of the lines one sees, by year, each with what it comes to."""
    require_sight(request)
    rows = []
    found = asking.programmes_seen(request)
    names = names_of_bodies([p.body_id for p in found if p.body_id], request.day)
    counted = queries.counts_by(queries.tasks(request.actor, request.day), "programme_id", request.day)
    for programme in found:
        counts = counted.get(programme.pk, queries.NONE)
        rows.append((programme, names.get(programme.body_id or 0, ""), counts, counts["done"] + counts["done_late"]))
    context = {"rows": rows, "add": may(request.actor, rights.ADD, on=request.day), "tab": "programmes"}
    return render(request, "programme/programmes.html", context)


def fetch_programme(request: Visit, programme_id: int) -> Programme:
    """The programme, if it is of a line this person sees."""
    lines = rights.lines_seen(request.actor, request.day)
    return get_object_or_404(Programme.objects.select_related("body", "into", "term"), pk=programme_id, line__in=lines)


def programme(request: Visit, programme_id: int) -> HttpResponse:
    """One programme: its groups with their counts, what is not clear yet, and what can be done with it."""
    row = fetch_programme(request, programme_id)
    day = request.day
    found = queries.tasks(request.actor, day, Filter(programme=row.pk))
    counts = queries.counts(found, day)
    by_group = queries.counts_by(found, "group_id", day)
    groups = [(group, by_group.get(group.pk, {})) for group in row.groups.all()]
    unclear = found.filter(queries.state_condition("unclear", day)).select_related(*shown.WITH).order_by("place")
    unsettled = {rule.split(":")[1] for rule in found.filter(due__isnull=True, due_rule__startswith="session:")
                 .values_list("due_rule", flat=True).distinct()}  # fmt: skip
    known = asking.openings()
    context = {
        "programme": row,
        "pk_text": str(row.pk),
        "body": names_of_bodies([row.body_id], day).get(row.body_id, "") if row.body_id else "",
        "counts": counts,
        "done": counts["done"] + counts["done_late"],
        "groups": groups,
        "unclear": shown.rows(unclear[:50], day),
        "drafts": row.drafts.all(),
        "adjusted": len(adjustments(row)),
        "takes_over": asking.takes_over(request, row),
        "sessions": sorted((session, known[session]) for session in unsettled if session in known),
        "add": may(request.actor, rights.ADD, on=day, within=rights.reach(row.body_id, day)),
        "adopt": may(request.actor, rights.ADOPT, on=day),
        "draft": row.state == ProgrammeState.DRAFT,
        "tab": "programmes",
    }
    return render(request, "programme/programme.html", context)


@GET_POST
def new(request: Visit) -> HttpResponse:
    """Draft a programme."""
    require(request.actor, rights.ADD, at=request.at)
    form = ProgrammeForm(
        request.POST or None, day=request.day, lines=rights.lines_seen(request.actor, request.day),
        initial={"year": request.day.year},
    )  # fmt: skip
    made: list[Programme] = []

    def act(data: dict[str, Any]) -> None:
        made.append(
            actions.draft_programme(
                actor=request.actor, year=data["year"], line=data["line"], title=data["title"], body=data["body"],
                term=data["term"], at=request.at,
            )
        )  # fmt: skip

    return walk(
        request,
        form,
        act,
        _t("New programme"),
        _t("Draft it"),
        reverse("programme:programmes"),
        then=lambda: redirect("programme:programme", made[0].pk),
    )


@GET_POST
def new_group(request: Visit, programme_id: int) -> HttpResponse:
    """Add a group."""
    row = fetch_programme(request, programme_id)
    form = GroupForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.add_group(actor=request.actor, programme_id=row.pk, title=data["title"], at=request.at)

    back = reverse("programme:programme", args=[row.pk])
    return walk(request, form, act, _t("New group"), _t("Add the group"), back)


@GET_POST
def adopt(request: Visit, programme_id: int) -> HttpResponse:
    """Adopt the programme by its deciding document."""
    row = fetch_programme(request, programme_id)
    require(request.actor, rights.ADOPT, at=request.at)
    form = AdoptForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.adopt_programme(actor=request.actor, programme_id=row.pk, basis=data["basis"], at=request.at)

    back = reverse("programme:programme", args=[row.pk])
    return walk(request, form, act, _t("Adopt: %(programme)s") % {"programme": row.title}, _t("Adopt"), back)


def _say_came(request: Visit, count: int) -> None:
    messages.success(request, ngettext("%(n)s task came.", "%(n)s tasks came.", count) % {"n": count})


@GET_POST
def merge(request: Visit, programme_id: int) -> HttpResponse:
    """Merge drafts of units into this programme."""
    row = fetch_programme(request, programme_id)
    require(request.actor, rights.ADOPT, at=request.at)
    drafts = Programme.objects.filter(year=row.year, line=row.line, term=row.term_id, state=ProgrammeState.DRAFT)
    form = ChooseProgrammes(request.POST or None, of=drafts.exclude(pk=row.pk))

    def act(data: dict[str, Any]) -> None:
        ids = [draft.pk for draft in data["chosen"]]
        _say_came(request, actions.merge_drafts(actor=request.actor, programme_id=row.pk, draft_ids=ids, at=request.at))

    back = reverse("programme:programme", args=[row.pk])
    return walk(request, form, act, _t("Merge drafts of units"), _t("Merge"), back)


@GET_POST
def carry(request: Visit, programme_id: int) -> HttpResponse:
    """Carry what an earlier year left unfinished over into this draft."""
    row = fetch_programme(request, programme_id)
    require(request.actor, rights.ADOPT, at=request.at)
    earlier = Programme.objects.filter(line=row.line, year__lt=row.year, state=ProgrammeState.ADOPTED)
    named = [key for key in request.GET.getlist("from") if key.isdigit()]
    form = ChooseProgrammes(request.POST or None, of=earlier, initial={"chosen": named})
    form.fields["chosen"].label = _t("Earlier programmes")

    def act(data: dict[str, Any]) -> None:
        to: dict[str, Any] = {"actor": request.actor, "to_id": row.pk, "at": request.at}
        _say_came(request, sum(actions.carry_over(from_id=before.pk, **to) for before in data["chosen"]))

    back = reverse("programme:programme", args=[row.pk])
    return walk(request, form, act, _t("Carry over what is unfinished"), _t("Carry over"), back)


@require_POST
def settle(request: Visit, programme_id: int) -> HttpResponse:
    """Give the tasks that hang on a session their day."""
    row = fetch_programme(request, programme_id)
    session = request.POST.get("session", "")
    opens = asking.openings().get(session)
    if opens is not None:
        count = actions.settle_session_deadlines(actor=request.actor, session=session, opens=opens, at=request.at)
        messages.success(request, ngettext("%(n)s task changed.", "%(n)s tasks changed.", count) % {"n": count})
    return redirect("programme:programme", row.pk)


@GET_POST
def save_filter(request: Visit) -> HttpResponse:
    """Keep the filter of an address under a name."""
    require(request.actor, rights.SEE, at=request.at)
    address = request.GET.get("address", "")[:1000]
    form = FilterForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.save_filter(
            actor=request.actor, name=data["name"], address=address, shared=data["shared"], at=request.at
        )

    back = reverse("programme:tasks") + (address if address.startswith("?") else "")
    if request.method == "POST" and tried(form, act):
        return redirect(back)
    words = {"title": _t("Save this filter"), "act": _t("Save"), "back": back, "action": request.get_full_path()}
    return render(request, "form.html", {"form": form, **words}, status=422 if form.is_bound else 200)


@require_POST
def remove_filter(request: Visit, filter_id: int) -> HttpResponse:
    """Remove one's own filter."""
    actions.remove_filter(actor=request.actor, filter_id=filter_id, at=request.at)
    return redirect("programme:tasks")
