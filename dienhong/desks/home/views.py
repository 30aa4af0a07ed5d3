"""Home: what awaits me, what happens today and this week, what just happened."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dienhong.desks.door import Visit
from dienhong.desks.home.awaiting import awaiting
from dienhong.foundation.access.actor import may
from dienhong.foundation.folding import fold
from dienhong.foundation.journal.kept import Kept
from dienhong.foundation.journal.queries import Told, entries, told
from dienhong.meetings import queries
from dienhong.meetings.models import Meeting
from dienhong.people.queries import names_of_bodies, search_bodies, search_persons, term_on
from dienhong.polls.models import Poll
from dienhong.reports.queries import reports_named
from dienhong.texts.queries import SEE as SEE_TEXTS
from dienhong.texts.searching import search as search_texts
from dienhong.work.models import Dossier
from dienhong.work.queries import Filter, tasks

NEWEST_READ, NEWEST_SHOWN = 60, 6


def home(request: Visit) -> HttpResponse:
    """The first page after sign-in."""
    if not request.actor.signed_in:
        return redirect(settings.LOGIN_URL)
    meeting = queries.current_meeting(request.day)
    waiting = awaiting(request.actor, request.at)
    monday = request.day - dt.timedelta(days=request.day.weekday())
    days = [monday + dt.timedelta(days=n) for n in range(6)]
    return render(
        request,
        "home/home.html",
        {
            "session": queries.session_on(request.day),
            "term": term_on(request.day),
            "meeting": meeting,
            "items": list(queries.agenda(meeting.pk)) if meeting else [],
            "now_tasks": [t for t in waiting if t.now],
            "later_tasks": [t for t in waiting if not t.now],
            "tasks": waiting,
            "days": days,
            "halves": _week(days),
            "newest": newest() if may(request.actor, "journal.read", on=request.day).allowed else None,
        },
    )


def newest() -> list[tuple[Told, int]]:
    """What just happened, newest first: runs of the same act by the same person are told once, with how many more."""
    runs: list[tuple[Told, int]] = []
    for one in told(entries().exclude(kind__startswith="access.")[:NEWEST_READ]):
        if runs and (runs[-1][0].kind, runs[-1][0].who) == (one.kind, one.who):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif len(runs) < NEWEST_SHOWN:
            runs.append((one, 0))
        else:
            break
    return runs


def _week(days: list[dt.date]) -> list[tuple[bool, list[tuple[dt.date, list[Meeting]]]]]:
    """The sittings of the week: morning and afternoon, day by day."""
    found = list(Meeting.objects.filter(since__in=days).order_by("starts_at", "pk"))
    halves = []
    for afternoon in (False, True):
        cells = [(d, [m for m in found if m.since == d and _is_afternoon(m) == afternoon]) for d in days]
        halves.append((afternoon, cells))
    return halves


def _is_afternoon(meeting: Meeting) -> bool:
    from dienhong.foundation.clock import zone

    return bool(meeting.starts_at and meeting.starts_at.astimezone(zone()).hour >= 12)


_questions: Kept[list[tuple[int, str]]] = Kept(1)


def _folded_questions() -> list[tuple[int, str]]:
    return [(key, fold(question)) for key, question in Poll.objects.order_by().values_list("pk", "question")]


def polls_named(words: str) -> QuerySet[Poll]:
    """The votes whose question holds every word, with or without marks, newest first.

    Questions have no folded column; a term holds a few thousand of them, which are folded once for each journal entry.
    """
    wanted = fold(words).split(" ")
    found = [key for key, question in _questions.get("", _folded_questions) if all(word in question for word in wanted)]
    return Poll.objects.filter(pk__in=found[:500]).order_by("-day", "-pk")


def search(request: Visit) -> HttpResponse:
    """People, bodies, texts, dossiers, votes, tasks and reports whose words are asked for, with or without marks."""
    if not request.actor.signed_in:
        return redirect(settings.LOGIN_URL)
    words = request.GET.get("q", "").strip()[:200]
    people = may(request.actor, "people.see", on=request.day).allowed
    persons = search_persons(words) if words and people else search_persons("").none()
    bodies = list(search_bodies(words)[:30]) if words and people else []
    names = names_of_bodies([body.pk for body in bodies], request.day)
    dossiers = Dossier.objects.none()
    polls = Poll.objects.none()
    if words and may(request.actor, "meetings.see", on=request.day).allowed:
        dossiers = Dossier.objects.select_related("enactment")
        for word in fold(words).split(" "):
            dossiers = dossiers.filter(folded__contains=word)
        dossiers = dossiers.prefetch_related("polls").order_by("-opened", "-pk")
        polls = polls_named(words)
    texts = search_texts(words) if words and may(request.actor, SEE_TEXTS, on=request.day).allowed else None
    page = Paginator(persons, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "home/search.html",
        {
            "words": words,
            "persons": page,
            "bodies": [(body, names.get(body.pk, body.code)) for body in bodies],
            "dossiers": dossiers[:50],
            "polls": polls[:50],
            "texts": texts,
            "provisions": texts.hits[:10] if texts else [],
            "found_tasks": tasks(request.actor, request.day, Filter(words=words))[:50] if words else [],
            "found_reports": reports_named(request.actor, words, request.day)[:50],
        },
    )
