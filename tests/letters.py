"""What a test does in the outbox of a throw-away office, in its back room (`tests.room`)."""

from __future__ import annotations

from typing import Any


def post(*, to: list[str]) -> int:
    """Post a letter to each of these."""
    from django.db import transaction

    from dienhong.foundation import clock
    from dienhong.foundation.letters.actions import Draft, File, post_letters

    file = File("a.pdf", "application/pdf", b"%PDF" * 5000)
    drafts = [Draft("test.letter", one, "Giấy mời", "Kính gửi", files=[file]) for one in to]
    with transaction.atomic():
        return len(post_letters(drafts=drafts, at=clock.now()))


def end_leases() -> int:
    """Let the time pass after which no sender has a letter any more."""
    import datetime as dt

    from dienhong.foundation.letters.models import Letter

    return Letter.objects.exclude(lease="").update(leased_until=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))


def letters() -> list[dict[str, Any]]:
    """Every letter of the office, in order."""
    from dienhong.foundation.letters.models import Letter

    names = ("to", "state", "tries", "fault", "message_id", "perhaps_twice", "lease")
    return list(Letter.objects.order_by("id").values(*names))
