"""How a process of the office looks after its memory (bộ nhớ): what is loaded stays."""

from __future__ import annotations

import gc

#: After how many new objects Python looks for rubbish that holds itself, and how much more rarely among older ones.
THRESHOLDS = (50_000, 20, 50)


def keep_loaded() -> None:
    """Leave what is loaded out of the collections to come, and let these come rarely: in a process that keeps a year's
    rows, one collection of everything took as long as several pages (0.2 to 0.6 s, `docs/benchmarks.md`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
