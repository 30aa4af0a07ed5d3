"""Comparing legal texts (so sánh văn bản): provisions matched, words marked, tables written. Pure Python, no Django."""

from dienhong.texts.comparing.comparing import compare
from dienhong.texts.comparing.comparison import Comparison, FrameMark, Match, Place, Side, Status
from dienhong.texts.comparing.segments import Op, Segment

__all__ = ["Comparison", "FrameMark", "Match", "Op", "Place", "Segment", "Side", "Status", "compare"]
