"""Posting letters (gửi vào hộp thư đi): rows written in the transaction of the act that causes them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import sealing
from dienhong.foundation.letters import waking
from dienhong.foundation.letters.models import Enclosure, Letter
from dienhong.foundation.refusal import Refusal

#: What words of a letter are sealed for.
SEALED_FOR = "dienhong.letters"


class NoMail(Refusal):
    """The office sends no e-mail, or there is nothing to send."""


@dataclass(frozen=True, slots=True)
class File:
    """What is enclosed: the file itself, or with `drawn` what it is drawn from when the letter leaves."""

    name: str
    kind: str
    content: bytes
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be posted. `about` is a topic ("conference:3"); of one `key` at most one letter waits; `urgent` goes
    first; `secret` words are kept sealed and go at once when the letter has left; after `until` it does not leave."""

    purpose: str
    to: str
    subject: str
    body: str
    about: str = ""
    key: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[File] = ()
    urgent: bool = False
    secret: bool = False
    until: dt.datetime | None = None


def may_post() -> bool:
    """Whether this office has a mail server (DIENHONG_EMAIL_URL)."""
    return bool(settings.EMAIL_URL)


def post_letters(*, drafts: Sequence[Draft], at: dt.datetime) -> list[Letter]:
    """Write these letters into the outbox, in the transaction of the act that causes them; they leave after commit.

    Like `record` this is a beat of another action: who may do what causes the letter was asked there, and it is told
    there. Raises NoMail without a mail server.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("post_letters() belongs inside the transaction of its action")
    if not may_post():
        raise NoMail(_("This office has no outgoing mail. Set DIENHONG_EMAIL_URL, or print the letters."))
    letters = Letter.objects.bulk_create([_letter(draft, at) for draft in drafts])
    files = [(row, file) for row, draft in zip(letters, drafts, strict=True) for file in draft.files]
    Enclosure.objects.bulk_create(
        [Enclosure(letter=row, name=f.name, kind=f.kind, content=f.content, drawn=f.drawn) for row, f in files]
    )
    if letters:
        transaction.on_commit(waking.ring)
    return letters


def _letter(draft: Draft, at: dt.datetime) -> Letter:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return Letter(
        purpose=draft.purpose,
        about=draft.about,
        key=draft.key,
        to=draft.to.strip(),
        subject=" ".join(draft.subject.split())[:300],
        body=sealing.seal(draft.body, use=SEALED_FOR) if draft.secret else draft.body,
        headers=dict(draft.headers),
        message_id=f"<{uuid.uuid4().hex}@{host}>",
        urgent=draft.urgent,
        sealed=draft.secret,
        posted_at=at,
        until=draft.until,
    )
