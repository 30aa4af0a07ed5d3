"""What letters are for (mục đích thư), and how enclosures are drawn: told to the outbox by the rooms above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from dienhong.foundation.letters.models import Letter

Noting = Callable[[str, "Sequence[Letter]", dt.datetime], None]
Drawing = Callable[[bytes], bytes]

#: The words of each purpose, by its code; sentences of the journal read them.
WORDS: dict[str, str | Promise] = {}
_known: dict[str, Purpose] = {}
_drawings: dict[str, Drawing] = {}


@dataclass(frozen=True, slots=True)
class Purpose:
    """This purpose has a code and words. `note` tells the journal how letters about one thing ended, in its own words:
    it is given what they were about, the letters, and the office's time, inside the transaction that marks them."""

    code: str
    label: str | Promise
    note: Noting | None = None


def declare(code: str, label: str | Promise, note: Noting | None = None) -> str:
    """Make a purpose known and give its code back."""
    _known[code] = Purpose(code, label, note)
    WORDS[code] = label
    return code


def purpose(code: str) -> Purpose:
    """The purpose of this code; one that the program no longer knows is called by its code."""
    return _known.get(code) or Purpose(code, code)


def drawing(name: str, draw: Drawing) -> None:
    """Let enclosures kept under this name become files by `draw` when their letter leaves."""
    _drawings[name] = draw


def drawings() -> Mapping[str, Drawing]:
    """How enclosures are drawn, by name."""
    return _drawings
