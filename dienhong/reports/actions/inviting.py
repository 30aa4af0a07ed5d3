"""Invitations to a conference (mời dự): bodies, persons and guests, their letter, their answers, who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.access.actor import Actor, require
from dienhong.foundation.clock import day_of
from dienhong.foundation.folding import nfc, nfc_lines
from dienhong.foundation.journal.actions import record
from dienhong.foundation.letters.actions import NoMail, drop_with, may_post, post_letters
from dienhong.foundation.letters.models import Fault
from dienhong.people.models import Body, Person
from dienhong.reports import events, mailing, rights
from dienhong.reports.actions.common import NotNow, _written
from dienhong.reports.actions.conferring import _prepare
from dienhong.reports.models import Conference, Invitation


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest who is not in the register (khách mời): name, post and address for the letter."""

    name: str
    post: str = ""
    email: str = ""


@transaction.atomic
def invite(
    *, actor: Actor, conference_id: int, at: dt.datetime, bodies: Sequence[Body] = (), persons: Sequence[Person] = (),
    guests: Sequence[Guest] = (),
) -> int:  # fmt: skip
    """Invite bodies, persons of the register and guests (mời dự). Who is invited already is not invited twice.

    Gives back how many are new. Raises Empty for a guest without a name.
    """
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    have = set(conference.invitations.values_list("body_id", "person_id", "guest", "post"))
    rows = [Invitation(body=body) for body in bodies]
    rows += [Invitation(person=one, email=one.account.email if one.account else "") for one in persons]
    rows += [
        Invitation(guest=nfc(_written(one.name, "guests")), post=nfc(one.post).strip(), email=one.email.strip())
        for one in guests
    ]
    new = {(row.body_id, row.person_id, row.guest, row.post): row for row in rows}
    for key in new.keys() & have:
        del new[key]
    for row in new.values():
        row.conference = conference
    Invitation.objects.bulk_create(new.values())
    record(events.Invited(conference.pk, len(new)), actor=actor, at=at)
    return len(new)


@transaction.atomic
def answer_invitation(
    *, actor: Actor, invitation_id: int, state: str, at: dt.datetime, note: str = "", people: int = 1, email: str = ""
) -> Invitation:
    """Note how an invitation was answered, or who came (ghi trả lời giấy mời, điểm danh); `people` is how many.

    Open also after the conference is concluded: who came is often counted afterwards. A letter that waits to go
    to an address that changes does not leave. Raises NotNow, UnderWay.
    """
    require(actor, rights.CONFER, at=at)
    row = Invitation.objects.select_related("conference__report").select_for_update(of=("self",)).get(pk=invitation_id)
    rights.require_line(actor, row.conference.report.line, at)
    if state not in Invitation.State.values:
        raise NotNow(_("Choose an answer."), field="state")
    if not 1 <= people <= 999:
        raise NotNow(_("From 1 to 999 people."), field="people")
    row.state, row.note, row.people = state, nfc(note).strip(), people
    if email.strip() != row.email:
        drop_with(purpose=mailing.INVITATION, keys=[mailing.key(row.pk)], fault=Fault.CORRECTED, at=at)
        row.email, row.mail_fault = email.strip(), ""
    row.save(update_fields=["state", "note", "people", "email", "mail_fault"])
    record(events.InvitationAnswered(row.conference_id, str(Invitation.State(state).label)), actor=actor, at=at)
    return row


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: int, at: dt.datetime) -> None:
    """Take somebody off the list of those invited (rút giấy mời), as long as no letter went to them.

    A letter that waits does not leave. Raises NotNow, UnderWay.
    """
    require(actor, rights.CONFER, at=at)
    row = Invitation.objects.get(pk=invitation_id)
    _prepare(actor, row.conference_id, at)
    drop_with(purpose=mailing.INVITATION, keys=[mailing.key(row.pk)], fault=Fault.WITHDRAWN, at=at)
    if row.mailed_at is not None or mailing.key(row.pk) in mailing.in_hand(row.conference_id):
        raise NotNow(_("The letter has left already."))
    row.delete()
    record(events.InvitationWithdrawn(row.conference_id), actor=actor, at=at)


@transaction.atomic
def issue_letter(
    *, actor: Actor, conference_id: int, number: str, signer_post: str, signer_name: str, at: dt.datetime,
    note: str = "",
) -> Conference:  # fmt: skip
    """Enter number and signature of the invitation letter (phát hành Giấy mời).

    Letters that wait with what it said before do not leave. Raises NotNow, Empty.
    """
    require(actor, rights.SIGN, at=at)
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    if not conference.invitations.exists():
        raise NotNow(_("Nobody is invited yet."))
    conference.letter_number = _written(number, "number")
    conference.letter_post = nfc_lines(_written(signer_post, "signer_post"))
    conference.letter_name = nfc(_written(signer_name, "signer_name"))
    conference.letter_note, conference.letter_on = nfc_lines(note), day_of(at)
    conference.save(update_fields=["letter_number", "letter_post", "letter_name", "letter_note", "letter_on"])
    mailing.take_back(conference, at)
    record(events.LetterIssued(conference.pk, conference.letter_number), actor=actor, at=at)
    return conference


@transaction.atomic
def mail_invitations(
    *, actor: Actor, conference_id: int, at: dt.datetime, invitation_ids: Collection[int] | None = None
) -> int:
    """Put the letters into the outbox (gửi giấy mời qua thư điện tử): to all with an address who have not had
    theirs, or to these of them; whose letter waits gets no second one. Gives back how many. Raises NoMail, NotNow."""
    require(actor, rights.CONFER, at=at)
    conference = _prepare(actor, conference_id, at)
    if not may_post():
        raise NoMail(_("This office has no outgoing mail. Set DIENHONG_EMAIL_URL, or print the letters."))
    if not conference.letter_number:
        raise NotNow(_("Issue the letter first: it has no number and no signature yet."))
    rows = [row for row in mailing.to_mail(conference) if invitation_ids is None or row.pk in invitation_ids]
    if not rows:
        return 0
    keys = [mailing.key(row.pk) for row in rows]
    drop_with(purpose=mailing.INVITATION, keys=keys, fault=Fault.REPLACED, at=at)
    conference.invitations.filter(pk__in=[row.pk for row in rows]).update(mail_fault="")
    post_letters(drafts=mailing.drafts(conference, rows, at), at=at)
    record(events.LettersPosted(conference.pk, len(rows)), actor=actor, at=at)
    return len(rows)


@transaction.atomic
def note_mailing(
    *, actor: Actor, conference_id: int, sent: Sequence[int], failed: Mapping[int, str], at: dt.datetime
) -> None:
    """Note whose letter left by e-mail and whose did not, with the reason (ghi việc gửi giấy mời).

    Open also after the conference is concluded: a letter may leave late, and what happened is told.
    """
    require(actor, rights.CONFER, at=at)
    conference = Conference.objects.select_related("report").select_for_update(of=("self",)).get(pk=conference_id)
    rights.require_line(actor, conference.report.line, at)
    conference.invitations.filter(pk__in=list(sent)).update(mailed_at=at, mail_fault="")
    for key, fault in failed.items():
        conference.invitations.filter(pk=key).update(mail_fault=fault[:300])
    record(events.LettersMailed(conference.pk, len(sent), len(failed)), actor=actor, at=at)
