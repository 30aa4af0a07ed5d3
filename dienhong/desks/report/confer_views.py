"""Pages of the conference: itself, its invitations, one opinion, and the papers that leave the office."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from dienhong.desks.door import Visit
from dienhong.desks.report import confer_forms as f
from dienhong.desks.report.views import WAYS, read
from dienhong.foundation.access.actor import may
from dienhong.foundation.folding import sort_key
from dienhong.foundation.letters.models import LetterState
from dienhong.foundation.letters.queries import last_letters
from dienhong.people.queries import names_of_bodies
from dienhong.reports import mailing, rights
from dienhong.reports.models import Conference, ConferenceState, Invitation, Opinion, Speech
from dienhong.reports.queries import unfinished
from dienhong.reports.writing import invitation as letters
from dienhong.reports.writing import notice as notices
from dienhong.reports.writing.paper import photograph
from dienhong.work.models import Programme
from dienhong.work.rights import lines_seen

#: ending -> media type under which a paper of the conference leaves; what is not here leaves as bytes
KINDS = {
    "pdf": "application/pdf",
    "docx": WAYS["docx"][0],
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": WAYS["pptx"][0],
    "odt": "application/vnd.oasis.opendocument.text",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}


def confer(request: Visit, conference_id: int) -> Conference:
    """The conference, when this person may read its report."""
    conference = get_object_or_404(Conference.objects.select_related("report__body"), pk=conference_id)
    read(request, conference.report_id)
    return conference


def conference(request: Visit, conference_id: int) -> HttpResponse:
    """The conference: programme, speeches, opinions, conclusions, and the way into the next year."""
    row = confer(request, conference_id)
    concluded = list(row.conclusions.select_related("task", "person"))
    bodies = {one.lead_id for one in concluded if one.lead_id}
    names = names_of_bodies(bodies | {s.unit_id for s in row.speeches.all() if s.unit_id}, request.day)
    opinions = list(row.opinions.select_related("section", "change__block"))
    leader = request.GET.get("leader", "")[:200]
    return render(
        request,
        "report/conference.html",
        {
            "conference": row,
            "report": row.report,
            "planned": row.state == ConferenceState.PLANNED,
            "notice_symbol": row.symbol("TB"),
            "next_year": row.report.year + 1,
            "hosts": letters.issuers(row, row.day),
            "attendance": attendance(row),
            "speeches": [(one, names.get(one.unit_id or 0, "")) for one in row.speeches.all()],
            "opinions": opinions,
            "open_opinions": sum(one.state == Opinion.State.OPEN for one in opinions),
            "leaders": sorted({one.leader for one in opinions}, key=sort_key),
            "leader": leader,
            "new_opinion": f.NewOpinion(initial={"leader": leader}),
            "conclusions": [(one, names.get(one.lead_id or 0, "")) for one in concluded],
            "untaken": any(one.task_id is None for one in concluded),
            "left": unfinished(row.report).count(),
            "programmes": next_year(request, row),
            "confer": may(request.actor, rights.CONFER, on=request.day),
            "sign": may(request.actor, rights.SIGN, on=request.day),
        },
    )


def attendance(conference: Conference) -> dict[str, int]:
    """How many are invited, answered, come and came: invitations, and the people behind them."""
    rows = list(conference.invitations.values_list("state", "people"))
    counts = {"invited": len(rows), "answered": sum(state != "invited" for state, _people in rows)}
    for name, states in {"comes": ("comes", "came"), "came": ("came",), "declined": ("declined", "absent")}.items():
        counts[name] = sum(state in states for state, _people in rows)
    counts["people"] = sum(people for state, people in rows if state == "came")
    return counts


def next_year(request: Visit, conference: Conference) -> list[tuple[Programme, int, int, int]]:
    """The programmes of next year by line, as far as this person sees them: key tasks, groups, tasks."""
    lines = lines_seen(request.actor, request.day)
    found = Programme.objects.filter(year=conference.report.year + 1).exclude(state="merged")
    return [
        (one, one.tasks.filter(key=True).count(), one.groups.count(), one.tasks.count())
        for one in found.filter(body__isnull=True)
        if request.actor.keeper or one.line in lines
    ]


def invitations(request: Visit, conference_id: int) -> HttpResponse:
    """Who is invited, how they answered, who came."""
    row = confer(request, conference_id)
    invited = list(row.invitations.select_related("person"))
    names = letters.invitees(invited, request.day)
    posted = last_letters(mailing.INVITATION, mailing.about(row.pk))
    return render(
        request,
        "report/invitations.html",
        {
            "conference": row,
            "report": row.report,
            "planned": row.state == ConferenceState.PLANNED,
            "invited": [(one, names[one.pk], posted.get(mailing.key(one.pk))) for one in invited],
            "waiting": sum(letter.state == LetterState.WAITING for letter in posted.values()),
            "attendance": attendance(row),
            "to_mail": len(mailing.to_mail(row)),
            "states": Invitation.State.choices,
            "confer": may(request.actor, rights.CONFER, on=request.day),
            "sign": may(request.actor, rights.SIGN, on=request.day),
        },
    )


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Bytes to be kept under a name, whatever letters it has (RFC 6266)."""
    answer = HttpResponse(content, content_type=kind)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    answer["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def speech(request: Visit, speech_id: int) -> HttpResponse:
    """A speech as it was brought: its file under its own name, or its text."""
    row = get_object_or_404(Speech, pk=speech_id)
    confer(request, row.conference_id)
    if not row.file:
        return HttpResponse(f"{row.title}\n\n{row.text}\n", content_type="text/plain; charset=utf-8")
    name = row.file_name.replace("\\", "/").rpartition("/")[2] or f"tham-luan-{row.pk}"
    kind = KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return _file(photograph(row.file), kind, name)


def notice(request: Visit, conference_id: int, way: str) -> HttpResponse:
    """The notice of the conclusions, as a Word file or a PDF."""
    row = confer(request, conference_id)
    made = notices.notice_docx(row, request.day) if way == "docx" else notices.notice_pdf(row, request.day)
    return _file(made, WAYS[way][0], f"thong-bao-ket-luan-{row.pk}.{way}")


def letter(request: Visit, conference_id: int, way: str) -> HttpResponse:
    """The invitation letter to all with their list, or to one by `?to=`, as a Word file or a PDF."""
    row = confer(request, conference_id)
    asked = request.GET.get("to", "")
    invited = list(row.invitations.select_related("person"))
    if asked:
        invited = [one for one in invited if str(one.pk) == asked]
    if not invited:
        raise Http404
    write = letters.letter_docx if way == "docx" else letters.letter_pdf
    name = f"giay-moi-{row.pk}{f'-{asked}' if asked else ''}.{way}"
    return _file(write(row, invited, request.day), WAYS[way][0], name)


def letters_of_each(request: Visit, conference_id: int) -> HttpResponse:
    """A letter for each who is invited, as Word files in one archive, to be printed."""
    row = confer(request, conference_id)
    invited = list(row.invitations.select_related("person"))
    names = letters.invitees(invited, request.day)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, one in enumerate(invited, start=1):
            name = re.sub(r"[^\w -]", "", names[one.pk])[:80].strip()
            archive.writestr(f"{at:03} {name}.docx", letters.letter_docx(row, [one], request.day))
    return _file(out.getvalue(), "application/zip", f"giay-moi-{row.pk}.zip")
