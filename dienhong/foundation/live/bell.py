"""The bell: whoever wrote into the journal rings it, the readers wake; those of other processes over the wire."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake` (from any thread) at each ring, until the function given back is called."""
    _listeners.append(wake)
    return lambda: _listeners.remove(wake) if wake in _listeners else None


def ring() -> None:
    """Wake the readers of this process and of all others."""
    from dienhong.foundation.live import wires

    for wake in tuple(_listeners):
        wake()
    wire = wires.chosen()
    if wire is not None:
        wire.grown()
