"""Comparisons as JSON: every unit with its statuses, places, marks and links, and the summary."""

from __future__ import annotations

from typing import Any

from dienhong.texts.comparing.comparison import Comparison, Match, Place, Side
from dienhong.texts.comparing.segments import Marked
from dienhong.texts.comparing.summary import Summary


def as_json(comparison: Comparison, *, everything: bool = False) -> dict[str, Any]:
    """The comparison as plain values. Units that are the same are left out unless `everything` is asked for."""
    summary = Summary(comparison)
    shown = [match for match in comparison.matches if everything or match.differs]
    return {
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "same": comparison.same,
        "summary": {
            "vi": summary.sentence("vi"),
            "en": summary.sentence("en"),
            "unit": str(summary.kind),
            "counts": summary.counts,
        },
        "notes": list(comparison.notes),
        "frame": [
            {"name": mark.name, "content": str(mark.content), "segments": _segments(mark.marked)}
            for mark in comparison.frame
            if everything or mark.content != "same"
        ],
        "units": [_match(match) for match in shown],
    }


def _side(side: Side) -> dict[str, str]:
    return {"title": side.title, "number": side.number, "date": side.date}


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "id": place.id,
        "number": place.number,
        "label": place.label,
        "parent": place.parent,
        "cite": place.cite,
        "cite_en": place.cite_en,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "kind": str(match.place.kind),
        "statuses": [str(status) for status in match.statuses],
        "content": str(match.content),
        "old": _place(match.old),
        "new": _place(match.new),
        "into": list(match.into),
        "out_of": list(match.out_of),
        "similarity": match.similarity,
        "heading": _segments(match.heading),
        "text": _segments(match.text),
        "cells": _segments(match.cells),
    }


def _segments(marked: Marked) -> list[dict[str, str]]:
    rows = []
    for segment in marked:
        row = {"op": str(segment.op), "old": segment.old, "new": segment.new}
        if segment.other:
            row["other"] = segment.other
        rows.append(row)
    return rows
