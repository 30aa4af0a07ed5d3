"""Matching held against generated edits: the comparison reports exactly what was done, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dienhong.texts.comparing import Comparison, Match, Status, compare
from dienhong.texts.comparing.applying import NotThisText, apply
from dienhong.texts.comparing.tests import edited
from dienhong.texts.tests.strategies import laws
from dienhong.texts.tree import Kind, Node, Text

SEEDS = st.integers(0, 10**9)
FEW = settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def pairs_of(comparison: Comparison) -> set[tuple[str, str]]:
    return {(match.old.id, match.new.id) for match in comparison.matches if match.old and match.new}


def outline(text: Text) -> list[tuple[object, ...]]:
    return [(n.id, n.kind, n.number, n.label, n.heading, n.text, n.rows, n.tail) for n in text.walk()]


def check(old: Text, draft: edited.Draft) -> Comparison:
    """Compare, and hold pairs, wholeness and symmetry against the truth."""
    draft.renumber()
    comparison = compare(old, draft.text)
    assert pairs_of(comparison) == draft.pairs()
    assert outline(apply(comparison, old)) == outline(draft.text)
    return comparison


def statuses(comparison: Comparison, kind: Kind = Kind.ARTICLE) -> dict[tuple[str, str], set[Status]]:
    return {(m.old.id if m.old else "", m.new.id if m.new else ""): set(m.statuses) for m in comparison.of_kind(kind)}


def by_new(comparison: Comparison, node: Node) -> Match:
    return next(m for m in comparison.matches if m.new and m.new.id == node.id)


@FEW
@given(SEEDS)
def test_a_text_compared_with_itself_is_all_the_same(seed: int) -> None:
    old = edited.law(random.Random(seed), 8)
    comparison = compare(old, edited.draft_of(old, random.Random(0)).text)
    assert comparison.same
    assert {match.statuses for match in comparison.matches} == {(Status.SAME,)}


@FEW
@given(SEEDS)
def test_changed_words_change_their_clause_and_article_only(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 10)
    draft = edited.draft_of(old, rng)
    article = rng.choice(draft.articles)
    clause = rng.choice(article.children)
    words = clause.text.split(" ")
    words[4:6] = ["thanh", "tra", "tư", "pháp"]
    clause.text = " ".join(words)
    comparison = check(old, draft)
    changed = {m.new.id for m in comparison.matches if m.new and Status.CHANGED in m.statuses}
    assert changed == {article.id, clause.id}
    assert all(m.statuses == (Status.SAME,) for m in comparison.matches if m.new and m.new.id not in changed)


@FEW
@given(SEEDS)
def test_new_and_repealed_articles_renumber_the_others(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 12)
    draft = edited.draft_of(old, rng)
    gone = rng.choice(draft.articles)
    draft.chapter_of(gone).children.remove(gone)
    gone_id = draft.origin[id(gone)]
    chapter = rng.choice(draft.text.body)
    came = edited.article(rng)
    chapter.children.insert(rng.randrange(len(chapter.children) + 1), came)
    comparison = check(old, draft)
    found = statuses(comparison)
    assert found.pop((gone_id, "")) == {Status.REPEALED}
    assert found.pop(("", came.id)) == {Status.NEW}
    for (before, after), said in found.items():
        assert said == ({Status.SAME} if before == after else {Status.RENUMBERED})


@FEW
@given(SEEDS)
def test_a_moved_article_is_found_and_the_others_are_only_renumbered(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 12, chapters=1)
    draft = edited.draft_of(old, rng)
    chapter = draft.text.body[0]
    start = rng.randrange(12)
    moved = chapter.children.pop(start)
    goal = rng.choice([place for place in range(12) if abs(place - start) > 1])
    chapter.children.insert(goal, moved)
    comparison = check(old, draft)
    assert [m.new.id for m in comparison.of_kind(Kind.ARTICLE) if m.new and Status.MOVED in m.statuses] == [moved.id]


@FEW
@given(SEEDS)
def test_an_article_moved_to_another_chapter_and_changed_is_still_found(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 12)
    draft = edited.draft_of(old, rng)
    moved = draft.text.body[0].children.pop(0)
    moved.children[0].text = edited.sentence(rng) + "."
    draft.text.body[2].children.append(moved)
    draft.renumber()
    comparison = compare(old, draft.text)
    assert {Status.MOVED, Status.CHANGED} <= set(by_new(comparison, moved).statuses)
    assert outline(apply(comparison, old)) == outline(draft.text)


@FEW
@given(SEEDS)
def test_a_split_article_names_its_parts(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 9)
    draft = edited.draft_of(old, rng)
    article = rng.choice(draft.articles)
    part = Node(Kind.ARTICLE, heading=edited.sentence(rng, 5, 9), children=article.children[-2:])
    del article.children[-2:]
    if sum(len(n.text) for n in article.walk()) < sum(len(n.text) for n in part.walk()):
        part.heading, part.children[-1:], moved = part.heading, [], part.children[-1]
        article.children.append(moved)
    chapter = draft.chapter_of(article)
    chapter.children.insert([n is article for n in chapter.children].index(True) + 1, part)
    comparison = check(old, draft)
    whole = by_new(comparison, article)
    assert Status.SPLIT in whole.statuses
    assert whole.into == (part.id,)
    split_off = by_new(comparison, part)
    assert split_off.statuses == (Status.SPLIT,)
    assert split_off.out_of == (draft.origin[id(article)],)
    assert not any(Status.NEW in m.statuses for m in comparison.of_kind(Kind.ARTICLE))


@FEW
@given(SEEDS)
def test_a_merged_article_names_what_took_it_in(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 9, chapters=1)
    draft = edited.draft_of(old, rng)
    chapter = draft.text.body[0]
    place = rng.randrange(8)
    host, guest = chapter.children[place], chapter.children.pop(place + 1)
    guest_id = draft.origin.pop(id(guest))
    host.children.extend(guest.children)
    comparison = check(old, draft)
    gone = next(m for m in comparison.matches if m.old and m.old.id == guest_id)
    assert gone.statuses == (Status.MERGED,)
    assert gone.into == (host.id,)
    assert by_new(comparison, host).out_of == (guest_id,)
    assert Status.MERGED in by_new(comparison, host).statuses


@FEW
@given(SEEDS)
def test_a_clause_that_goes_to_another_article_is_moved_not_lost(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 9)
    draft = edited.draft_of(old, rng)
    giver, taker = rng.sample(draft.articles, 2)
    clause = giver.children.pop(0)
    taker.children.append(clause)
    comparison = check(old, draft)
    found = by_new(comparison, clause)
    assert Status.MOVED in found.statuses
    assert found.content is Status.SAME
    assert not any(Status.NEW in m.statuses or Status.REPEALED in m.statuses for m in comparison.matches)


@FEW
@given(SEEDS)
def test_a_clause_split_in_two_and_two_merged_in_one_are_told(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 8)
    draft = edited.draft_of(old, rng)
    article = draft.articles[2]
    article.children = [edited.clause(rng) for _ in range(3)]
    draft.renumber()
    before = draft.text
    draft = edited.draft_of(before, rng)
    article = draft.articles[2]
    first, second = article.children[0].text.split(". ", 1)
    article.children[0].text = first + "."
    article.children.insert(1, Node(Kind.CLAUSE, text=second))
    draft.renumber()
    forth, back = compare(before, draft.text), compare(draft.text, before)
    part = next(m for m in forth.matches if m.statuses == (Status.SPLIT,) and m.old is None)
    assert part.place.id in {article.children[0].id, article.children[1].id}  # the larger half is the clause itself
    assert any(s.op == "moved" for s in part.text)
    assert any(m.statuses == (Status.MERGED,) and m.new is None for m in back.matches)
    for a, b, found in ((before, draft.text, forth), (draft.text, before, back)):
        assert outline(apply(found, a)) == outline(b)


def test_a_repealed_unit_that_keeps_its_place_keeps_the_words_that_say_so() -> None:
    old = edited.law(random.Random(5), 9)
    draft = edited.draft_of(old, random.Random(5))
    article, clause = draft.articles[3], draft.articles[6].children[1]
    article.heading, article.text, article.children = "", "(được bãi bỏ)", []
    clause.text, clause.children = "(Bãi bỏ)[3]", []
    draft.renumber()
    comparison = compare(old, draft.text)
    for node in (article, clause):
        found = by_new(comparison, node)
        assert found.statuses == (Status.REPEALED,)
        assert found.old is not None
        assert "bỏ" in "".join(segment.new for segment in found.text)


def test_differences_of_writing_are_told_apart_from_changes() -> None:
    old = edited.law(random.Random(8), 9)
    draft = edited.draft_of(old, random.Random(8))
    for clause, text in zip(draft.articles[0].children, ("hòa giải", "kỹ thuật", "Nhà nước –"), strict=False):
        clause.text, clause.children = text, []
    draft.renumber()
    before, after = draft.text, edited.draft_of(draft.text, random.Random(8))
    for clause, text in zip(after.articles[0].children, ("hoà giải", "kĩ thuật", "nhà nước -"), strict=False):
        clause.text = text
    after.renumber()
    comparison = compare(before, after.text)
    found = [by_new(comparison, clause).content for clause in after.articles[0].children[:3]]
    assert found == [Status.TONE, Status.SPELLING, Status.FORMATTING]
    assert by_new(comparison, after.articles[0]).content is Status.SPELLING
    assert compare(before, before).same


@settings(max_examples=12, deadline=None)
@given(laws(), laws())
def test_any_two_laws_can_be_rebuilt_from_their_comparison(old: Text, new: Text) -> None:
    comparison = compare(old, new)
    made = apply(comparison, old)
    assert outline(made) == outline(new)
    for name in ("title", "number", "heading", "grounds", "lead", "closing", "signature"):
        assert getattr(made, name) == getattr(new, name)
    assert {m.old.id for m in comparison.matches if m.old} == {n.id for n in old.walk()}
    assert [m.new.id for m in comparison.matches if m.new] == [n.id for n in new.walk()]
    assert all(new.find(ident) for m in comparison.matches for ident in m.into)
    assert all(old.find(ident) for m in comparison.matches for ident in m.out_of)


def _edit_at_random(draft: edited.Draft) -> None:
    """Half a dozen edits of any sort."""
    rng = draft.rng
    for _ in range(6):
        article = rng.choice(draft.articles)
        chapter = draft.chapter_of(article)
        match rng.randrange(4):
            case 0:
                article.children[0].text = f"{edited.sentence(rng)}. {article.children[0].text}"
            case 1:
                article.children.insert(0, edited.clause(rng))
            case 2 if len(chapter.children) > 2:
                chapter.children.remove(article)
            case _:
                chapter.children.append(edited.article(rng))


@FEW
@given(SEEDS)
def test_pairs_are_the_same_both_ways_and_new_one_way_is_repealed_the_other(seed: int) -> None:
    rng = random.Random(seed)
    old = edited.law(rng, 14)
    draft = edited.draft_of(old, rng)
    _edit_at_random(draft)
    draft.renumber()
    forth, back = compare(old, draft.text), compare(draft.text, old)
    assert pairs_of(forth) == {(a, b) for b, a in pairs_of(back)}
    came = {m.new.id for m in forth.matches if m.new and Status.NEW in m.statuses}
    gone = {m.old.id for m in back.matches if m.old and Status.REPEALED in m.statuses}
    assert came == gone


def test_a_comparison_does_not_apply_to_another_text() -> None:
    old, other = edited.law(random.Random(1), 6), edited.law(random.Random(2), 6)
    comparison = compare(old, edited.draft_of(old, random.Random(0)).text)
    with pytest.raises(NotThisText):
        apply(comparison, other)
