"""Loads terms, bodies, delegations and constituencies of the public record."""

from __future__ import annotations

from collections.abc import Iterable

from dienhong.demo import reading
from dienhong.demo.cast import found_house
from dienhong.demo.reading import Line
from dienhong.demo.run import Count, Loading, cited
from dienhong.people import actions as people
from dienhong.people.models import Body, BodyKind, Constituency, Succession


def load_terms(run: Loading) -> Count:
    """Terms, and the bodies that every office has."""
    count = Count()
    for row in reading.record_settings()["term"]:
        if row["label"] in run.terms:
            count.same += 1
            continue
        run.terms[row["label"]] = people.open_term(
            actor=run.actor,
            number=row["number"],
            label=row["label"],
            since=row["since"],
            mark=row["mark"],
            source=row["source"],
            note=row.get("note", ""),
            at=run.at,
        )
        count.added += 1
    run.bodies = {body.code: body for body in Body.objects.all()}
    if "quoc-hoi" not in run.bodies:
        run.bodies |= {body.code: body for body in found_house(run.actor, run.at).values()}
    return count


def load_bodies(run: Loading) -> Count:
    """Council, committees, boards and units of the Office."""
    lines = reading.table("bodies.csv")
    count = Count()
    for line in sorted(lines, key=lambda row: row.text("kind") in {"department", "public_unit"}):
        if line.text("code") in run.bodies:
            count.same += 1
            continue
        run.bodies[line.text("code")] = people.found_body(
            actor=run.actor,
            code=line.text("code"),
            kind=line.text("kind"),
            name=line.text("name"),
            english=line.text("english"),
            parent=run.bodies[line.text("parent")],
            order=line.whole("order") or 0,
            since=line.day("since"),
            until=line.day("until"),
            at=run.at,
            **cited(line),
        )
        count.added += 1
    _successions(run, lines)
    return count


def load_delegations(run: Loading) -> Count:
    """The 63 delegations and the 34 after the merger."""
    lines = reading.table("delegations.csv")
    count = Count()
    for line in lines:
        if line.text("code") in run.bodies:
            count.same += 1
            continue
        body = people.found_body(
            actor=run.actor,
            code=line.text("code"),
            kind=BodyKind.DELEGATION,
            name=line.text("name"),
            short=line.text("short"),
            english=f"Delegation of {line.text('short')}",
            parent=run.bodies["quoc-hoi"],
            order=100 + (line.whole("order") or 0),
            since=line.day("since"),
            until=line.day("until"),
            at=run.at,
            **cited(line),
        )
        renamed_on = line.day("renamed_on")
        if renamed_on:
            people.rename_body(
                actor=run.actor,
                body=body,
                name=line.text("renamed"),
                short=line.text("renamed_short"),
                english=f"Delegation of {line.text('renamed_short')}",
                since=renamed_on,
                at=run.at,
            )
        run.bodies[body.code] = body
        count.added += 1
    _successions(run, lines)
    return count


def _successions(run: Loading, lines: Iterable[Line]) -> None:
    """Who took over from whom, where the files say so and the office does not know it yet."""
    known = set(Succession.objects.values_list("before__code", "after__code"))
    for line in lines:
        pair = (line.text("code"), line.text("successor"))
        if not pair[1] or pair in known:
            continue
        after = run.bodies[pair[1]]
        assert after.since is not None, line.where
        people.record_succession(
            actor=run.actor,
            before=run.bodies[pair[0]],
            after=after,
            day=after.since,
            mark=line.cells.get("successor_mark") or line.text("mark"),
            source=line.text("source"),
            at=run.at,
        )


def load_constituencies(run: Loading) -> Count:
    """The 184 constituencies of 2021."""
    term = run.terms["XV"]
    known = set(Constituency.objects.filter(term=term).values_list("delegation__code", "number"))
    fresh = []
    count = Count()
    for line in reading.table("constituencies_xv.csv"):
        number = line.whole("number") or 0
        if (line.text("delegation"), number) in known:
            count.same += 1
            continue
        fresh.append(
            Constituency(
                term=term,
                delegation=run.bodies[line.text("delegation")],
                number=number,
                area=line.text("area"),
                seats=line.whole("seats"),
                mark="V",
                source="Nghị quyết 64/NQ-HĐBCQG: đơn vị bầu cử đại biểu Quốc hội khóa XV",
            )
        )
    if fresh:
        people.enter_constituencies(actor=run.actor, term=term, rows=fresh, at=run.at)
    count.added = len(fresh)
    return count
