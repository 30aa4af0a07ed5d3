"""Refusals (từ chối): every "no" of the office is one of these, with its reason in words a person can act on."""

from __future__ import annotations

from django.utils.functional import Promise

Words = str | Promise


class Refusal(Exception):
    """This refusal carries `reason`, a sentence in the reader's language, and `field`, the form field it belongs to.

    Subclasses stand beside what raises them and are named after the state that refuses: `NotOpen`, `AlreadyClosed`.
    `status` is the HTTP status a page answers with.
    """

    status = 409

    def __init__(self, reason: Words, *, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field

    def __str__(self) -> str:
        return str(self.reason)
