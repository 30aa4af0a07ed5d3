"""`record`, the last beat of every action."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dienhong.foundation import clock
from dienhong.foundation.access.actor import Actor
from dienhong.foundation.journal import chain
from dienhong.foundation.journal.events import Event
from dienhong.foundation.journal.models import Entry, Head, Topic
from dienhong.foundation.refusal import Refusal

#: How far the machine's clock may stand behind the last entry before the office stops writing.
TOLERANCE = dt.timedelta(seconds=5)


class ClockBehind(Refusal):
    """The machine's clock stands before the last entry: writing now would make the journal lie about order."""

    status = 503


def record(event: Event, *, actor: Actor, at: dt.datetime) -> int:
    """Write this event into the journal, in the transaction of the action; give back its number.

    The head row is locked, so entries are written one after another and without gaps. Pages hear of it after commit.
    Raises ClockBehind when the machine's clock was set back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its action")
    head = Head.objects.select_for_update().get(pk=1)
    written, topics = _now_after(head), event.topics()
    line = chain.Line(
        number=head.number + 1,
        at=at,
        written_at=written,
        kind=event.kind,
        account_id=actor.account_id,
        actor=actor.name if actor.account_id is None else "",
        facts=chain.canonical(event.facts()),
        topics=" ".join(topics),
    )
    hash_ = chain.digest(line, head.hash)
    Entry.objects.create(
        number=line.number,
        at=line.at,
        written_at=line.written_at,
        kind=line.kind,
        account_id=line.account_id,
        actor=line.actor,
        facts=line.facts,
        topics=line.topics,
        hash=hash_,
    )
    _list_under(topics, line.number)
    Head.objects.filter(pk=head.pk).update(number=line.number, hash=hash_)
    _tell(line.number)
    return line.number


def _list_under(topics: tuple[str, ...], number: int) -> None:
    """A row for each topic, in one plain statement: every act of the office passes here."""
    rows = [word for topic in dict.fromkeys(topics) for word in (topic, number)]
    if not rows:
        return
    with connection.cursor() as cursor:
        values = ", ".join(["(%s, %s)"] * (len(rows) // 2))
        cursor.execute(f"INSERT INTO {Topic._meta.db_table} (topic, entry_id) VALUES {values}", rows)


def _now_after(head: Head) -> dt.datetime:
    """The machine's time, never before that of the last entry. Raises ClockBehind when it was set back."""
    now = clock.machine_now()
    if not head.number:
        return now
    last = Entry.objects.values_list("written_at", flat=True).get(pk=head.number)
    if now < last - TOLERANCE:
        raise ClockBehind(
            _("The machine's clock (%(now)s) stands before the last journal entry (%(last)s). Nothing was saved.")
            % {"now": f"{now:%H:%M:%S %d/%m/%Y}", "last": f"{last:%H:%M:%S %d/%m/%Y}"}
        )
    return max(now, last)


def _tell(number: int) -> None:
    """Wake the readers: those of this process after commit, others by NOTIFY, which waits for commit too."""
    from dienhong.foundation.live import bell

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('dienhong_journal', %s)", [str(number)])
    transaction.on_commit(bell.ring)
