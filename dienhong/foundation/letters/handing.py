"""Handing a letter to the mail server: the letter as it is written out, and what the server's answer means."""

from __future__ import annotations

import contextlib
import smtplib
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from dienhong.foundation import sealing
from dienhong.foundation.letters import purposes, rules
from dienhong.foundation.letters.actions.posting import SEALED_FOR
from dienhong.foundation.letters.models import Fault, Letter
from dienhong.foundation.letters.rules import Answer


class Unwritable(Exception):
    """The letter cannot be written out: its words cannot be unsealed, or an enclosure cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a letter was not taken: whose fault it is, and the server's words."""

    answer: Answer
    fault: Fault
    words: str


def message_of(letter: Letter) -> EmailMessage:
    """The letter as it leaves, under the Message-ID and the date it was written with. Raises Unwritable."""
    headers = {**letter.headers, "Message-ID": letter.message_id, "Date": format_datetime(letter.written_at)}
    try:
        body = sealing.unseal(letter.body, use=SEALED_FOR) if letter.sealed else letter.body
        mail = EmailMessage(letter.subject, body, to=[letter.to], headers=headers)
        for file in letter.enclosures.all():
            content = bytes(file.content)
            if file.drawn:
                content = purposes.drawings()[file.drawn](content)
            text = file.kind.startswith("text/")
            mail.attach(file.name, content.decode() if text else content, file.kind)
        mail.message()  # an address or a header that cannot be written shows here, before the server is asked
    except Exception as error:
        raise Unwritable(f"{type(error).__name__}: {error}") from error
    return mail


class Hatch:
    """The way to the mail server (cửa ra): opened when the first letter comes, kept open for the next ones."""

    def __init__(self) -> None:
        self.connection: Any = get_connection()
        self.open = False
        self.cuts = 0

    def close(self) -> None:
        """Say goodbye to the server, whatever state the connection is in."""
        self.open = False
        with contextlib.suppress(OSError):
            self.connection.close()

    def hand(self, mail: EmailMessage) -> Trouble | None:
        """Hand one letter over; None when the server took it."""
        try:
            if not self.open:
                self.connection.open()
                self.open = True
        except OSError as error:  # what smtplib raises is one too
            self.close()
            return Trouble(Answer.SERVER, Fault.AWAY, words_of(error))
        trouble = self._send(mail)
        self.cuts = self.cuts + 1 if trouble and trouble.fault == Fault.CUT else 0
        if trouble and trouble.fault in (Fault.CUT, Fault.AWAY):
            self.close()
        if self.cuts >= rules.CUTS:
            self.cuts = 0
            return Trouble(Answer.SERVER, Fault.AWAY, trouble.words if trouble else "")
        return trouble

    def _send(self, mail: EmailMessage) -> Trouble | None:
        try:
            self.connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            return _told(rules.answer_to_letter(code), f"{code} {_text(said)}")
        except smtplib.SMTPSenderRefused as error:
            return _told(rules.answer_to_sender(error.smtp_code), words_of(error))
        except smtplib.SMTPDataError as error:
            return _told(rules.answer_to_letter(error.smtp_code), words_of(error))
        except smtplib.SMTPNotSupportedError as error:
            return Trouble(Answer.REFUSED, Fault.UNWRITABLE, words_of(error))
        except smtplib.SMTPServerDisconnected as error:
            return Trouble(Answer.LATER, Fault.CUT, words_of(error))
        except smtplib.SMTPResponseException as error:
            return Trouble(Answer.SERVER, Fault.AWAY, words_of(error))
        except OSError as error:
            return Trouble(Answer.LATER, Fault.CUT, words_of(error))
        except ValueError as error:  # a letter that cannot be put into bytes
            return Trouble(Answer.REFUSED, Fault.UNWRITABLE, words_of(error))
        return None


def _told(answer: Answer, words: str) -> Trouble:
    faults = {Answer.LATER: Fault.LATER, Answer.REFUSED: Fault.REFUSED, Answer.SERVER: Fault.AWAY}
    return Trouble(answer, faults[answer], words)


def _text(said: object) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def words_of(error: BaseException) -> str:
    """What a fault says, in one line: the server's own words where there are any."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if isinstance(error, OSError) else ""
    return " ".join(part for part in (where, str(error) or type(error).__name__) if part)
