"""How a process of the office looks after its memory (bộ nhớ): what is loaded stays."""

from __future__ import annotations

import gc

#: After how many new objects Python looks for rubbish among them, among those a little older (both short), among all.
THRESHOLDS = (5_000, 10, 400)


def keep_loaded() -> None:
    """Leave what is loaded out of the collections to come, and let those of everything come rarely: with a year's
    rows, one collection of everything took as long as several pages (0.2 to 0.6 s, `docs/benchmarks.md`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
