"""Sending invitation letters by e-mail (gửi giấy mời), through the settings of all letters; what fails is said."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dienhong.foundation.refusal import Refusal
from dienhong.reports.models import Conference, Invitation
from dienhong.reports.writing.invitation import letter_pdf

logger = logging.getLogger("dienhong.reports")


class NoMail(Refusal):
    """The office sends no e-mail, or there is nothing to send."""


def send_letters(
    conference: Conference, invited: Sequence[Invitation], today: dt.date
) -> tuple[list[int], dict[int, str]]:
    """Send each of these a letter of their own as a PDF. Gives back whose left, and whose did not, with the reason.

    Raises NoMail.
    """
    if not settings.EMAIL_URL:
        raise NoMail(_("This office has no outgoing mail. Set DIENHONG_EMAIL_URL, or print the letters."))
    if not conference.letter_number:
        raise NoMail(_("Issue the letter first: it has no number and no signature yet."))
    sent: list[int] = []
    failed: dict[int, str] = {}
    connection = get_connection()
    for one in invited:
        try:
            mail = _mail(conference, one, today)
            mail.connection = connection
            mail.send()
            sent.append(one.pk)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            logger.warning("an invitation could not be sent: %s", error)
            failed[one.pk] = _t("Not sent: %(reason)s") % {"reason": str(error) or type(error).__name__}
    connection.close()
    return sent, failed


def _mail(conference: Conference, one: Invitation, today: dt.date) -> EmailMessage:
    words = f"Kính gửi: Quý cơ quan, quý đại biểu,\n\nXin gửi kèm Giấy mời dự {conference.title}.\n"
    mail = EmailMessage(subject=f"Giấy mời: {conference.title}"[:200].replace("\n", " "), body=words, to=[one.email])
    mail.attach(f"giay-moi-{one.pk}.pdf", letter_pdf(conference, [one], today), "application/pdf")
    return mail
