"""The hemicycle (bán nguyệt): any number of seats in rows of arcs, drawn as one path for each state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

OUTER, WIDTH, CENTRE_Y = 310.0, 640.0, 318.0
INNER_SHARE = 0.42  # the empty half-disc in the middle, of the outer radius
WIDEST, LARGEST = 64.0, 26.0  # between two rows, and the radius of a seat, so that five seats are not five moons
STATES = ("for", "against", "abstain", "absent", "pressed", "waiting")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the seats stand: their centres from left to right, and the radius of one."""

    seats: tuple[tuple[float, float], ...]
    radius: float
    outer: float = OUTER  # of the outermost row: a few seats stand close around the chair, not far along the wall


def plan(count: int) -> Plan:
    """Place this many seats on arcs, as large as they fit, equally far from each other."""
    if count <= 0:
        return Plan((), 0.0)
    gap, outer = WIDEST, WIDEST
    while outer < OUTER and sum(capacity(row, gap) for row in rows(gap, outer)) < count:
        outer = min(OUTER, outer + WIDEST / 8)
    while sum(capacity(row, gap) for row in rows(gap, outer)) < count:
        gap *= 0.985
    radii = rows(gap, outer)
    radii = radii[: max(1, fewest(radii, gap, count))]
    shares = spread(count, [capacity(row, gap) for row in radii])
    placed: list[tuple[float, float, float]] = []
    for row, seats in zip(radii, shares, strict=True):
        for index in range(seats):
            angle = math.pi / 2 if seats == 1 else math.pi * (1 - index / (seats - 1))
            placed.append((angle, row * math.cos(angle), row * math.sin(angle)))
    placed.sort(key=lambda seat: (-round(seat[0], 6), seat[1] ** 2 + seat[2] ** 2))
    return Plan(tuple((WIDTH / 2 + x, CENTRE_Y - y) for _, x, y in placed), min(LARGEST, gap * 0.4), outer)


def box(plan: Plan) -> str:
    """The view box of a drawing: its arcs and the room of the outermost shapes; always as wide as a whole hall."""
    edge = plan.radius * 1.3
    left, top = WIDTH / 2 - OUTER - edge, CENTRE_Y - plan.outer - edge
    return f"{left:.0f} {top:.0f} {2 * (OUTER + edge):.0f} {plan.outer + 2 * edge:.0f}"


def rows(gap: float, outer: float = OUTER) -> list[float]:
    """The radii of the rows with this gap between them, the outer one first."""
    count = int((outer - outer * INNER_SHARE) / gap) + 1
    return [outer - index * gap for index in range(count)]


def capacity(row: float, gap: float) -> int:
    """How many seats a row of this radius holds."""
    return int(math.pi * row / gap) + 1


def fewest(radii: Sequence[float], gap: float, count: int) -> int:
    """How many of the rows, from the outer one in, are enough."""
    held = 0
    for index, row in enumerate(radii, start=1):
        held += capacity(row, gap)
        if held >= count:
            return index
    return len(radii)


def spread(count: int, capacities: Sequence[int]) -> list[int]:
    """Give each row its part of the seats by its capacity; the largest remainders take what is left."""
    whole = sum(capacities)
    parts = [count * capacity // whole for capacity in capacities]
    order = sorted(range(len(parts)), key=lambda index: -(count * capacities[index] % whole))
    for index in order[: count - sum(parts)]:
        parts[index] += 1
    return parts


def shape(state: str, x: float, y: float, r: float) -> str:
    """The outline of one seat: a disc for, a diamond against, a ring abstaining or waiting, a dot absent."""
    if state == "against":
        d = r * 1.22
        return f"M{x:.1f} {y - d:.1f}l{d:.1f} {d:.1f} {-d:.1f} {d:.1f} {-d:.1f} {-d:.1f}z"
    radius = {"absent": r * 0.36, "abstain": r * 0.84, "waiting": r * 0.9}.get(state, r)
    return (
        f"M{x - radius:.1f} {y:.1f}a{radius:.2f} {radius:.2f} 0 1 0 {2 * radius:.2f} 0"
        f"a{radius:.2f} {radius:.2f} 0 1 0 {-2 * radius:.2f} 0z"
    )


def paths(states: Sequence[str]) -> list[tuple[str, str]]:
    """The outlines of all seats, as (state, path), the seats from left to right in the order given.

    Raises ValueError for a state that has no shape.
    """
    unknown = set(states) - set(STATES)
    if unknown:
        raise ValueError(f"a seat cannot be {sorted(unknown)[0]!r}; it is one of {', '.join(STATES)}")
    where = plan(len(states))
    outlines: dict[str, list[str]] = {}
    for state, (x, y) in zip(states, where.seats, strict=True):
        outlines.setdefault(state, []).append(shape(state, x, y, where.radius))
    return [(state, "".join(outlines[state])) for state in STATES if state in outlines]
