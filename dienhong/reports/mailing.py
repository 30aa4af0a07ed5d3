"""The letters of invitations (thư mời): how each is written into the outbox, and how the journal hears of its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dienhong.foundation.access.actor import keeper
from dienhong.foundation.clock import moment
from dienhong.foundation.letters import purposes
from dienhong.foundation.letters.actions import Draft, File, NoMail, drop_waiting
from dienhong.foundation.letters.models import Fault, Letter, LetterState
from dienhong.foundation.letters.queries import keys_in_hand
from dienhong.reports.models import Conference, Invitation
from dienhong.reports.writing.invitation import letters_of_each
from dienhong.texts.writing import words_to_pdf

INVITATION = "reports.invitation"
#: How the letter is kept until it leaves: as words, from which the PDF is drawn then.
PAPER = "reports.paper"

__all__ = ["INVITATION", "NoMail", "about", "declare", "drafts", "in_hand", "key", "take_back", "to_mail"]


def declare() -> None:
    """Tell the outbox of invitations: their words, how their letter is drawn, how their end is told."""
    purposes.declare(INVITATION, _("Invitation to a conference"), _note)
    purposes.drawing(PAPER, words_to_pdf)


def about(conference_id: int) -> str:
    """The topic of the letters to a conference."""
    return f"conference:{conference_id}"


def key(invitation_id: int) -> str:
    """What at most one letter waits for."""
    return f"invitation:{invitation_id}"


def in_hand(conference_id: int) -> set[str]:
    """The keys of invitations whose letter waits, or has left without the journal having told it yet."""
    return keys_in_hand(INVITATION, about(conference_id))


def to_mail(conference: Conference) -> list[Invitation]:
    """Who has an address, has not had the letter, and has none waiting in the outbox."""
    keys = in_hand(conference.pk)
    rows = conference.invitations.select_related("person").filter(mailed_at__isnull=True).exclude(email="")
    return [row for row in rows if key(row.pk) not in keys]


def take_back(conference: Conference, at: dt.datetime) -> int:
    """Take back the letters that wait, in the transaction of the act that changes what they say. How many."""
    return drop_waiting(purpose=INVITATION, about=about(conference.pk), fault=Fault.CORRECTED, at=at)


def drafts(conference: Conference, invited: Sequence[Invitation], at: dt.datetime) -> list[Draft]:
    """A letter of their own to each of these, as the conference stands now; it does not leave after its day."""
    over = moment(conference.day + dt.timedelta(days=1), dt.time())
    words = f"Kính gửi: Quý cơ quan, quý đại biểu,\n\nXin gửi kèm Giấy mời dự {conference.title}.\n"
    papers = letters_of_each(conference, invited, at.astimezone(over.tzinfo).date())
    return [
        Draft(
            purpose=INVITATION,
            to=one.email,
            subject=f"Giấy mời: {conference.title}"[:200],
            body=words,
            about=about(conference.pk),
            key=key(one.pk),
            files=[File(f"giay-moi-{one.pk}.pdf", "application/pdf", papers[one.pk], PAPER)],
            until=over if over > at else None,
        )
        for one in invited
    ]


def _note(topic: str, letters: Sequence[Letter], at: dt.datetime) -> None:
    """Tell how letters to one conference ended."""
    from dienhong.reports import actions

    number = {letter.pk: int(letter.key.partition(":")[2]) for letter in letters}
    with override(settings.LANGUAGE_CODE):
        failed = {number[one.pk]: _why(one) for one in letters if one.state == LetterState.FAILED}
    sent = [number[one.pk] for one in letters if one.state == LetterState.SENT]
    conference = int(topic.partition(":")[2])
    actions.note_mailing(actor=keeper("outbox"), conference_id=conference, sent=sent, failed=failed, at=at)


def _why(letter: Letter) -> str:
    reason = ": ".join(part for part in (letter.get_fault_display(), letter.fault_words) if part)
    return _t("Not sent: %(reason)s") % {"reason": reason}
