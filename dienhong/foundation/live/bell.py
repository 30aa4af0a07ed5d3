"""The bell: whoever wrote into the journal rings it, the reader of this process wakes."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake` (from any thread) at each ring, until the function given back is called."""
    _listeners.append(wake)
    return lambda: _listeners.remove(wake) if wake in _listeners else None


def ring() -> None:
    """Wake the readers of this process."""
    for wake in tuple(_listeners):
        wake()
