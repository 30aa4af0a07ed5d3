"""Waking the postmen of this process: whoever posted a letter rings after commit. Others look by themselves."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake` (from any thread) when letters were posted, until the function given back is called."""
    _listeners.append(wake)
    return lambda: _listeners.remove(wake) if wake in _listeners else None


def ring() -> None:
    """Letters wait: wake the postmen."""
    for wake in tuple(_listeners):
        wake()
