"""Search in the library (tra cứu): provisions by their words, works by number and title, and the provision one names.

The rows searched are articles, appendices and what stands outside of them. SQLite answers with FTS5 and its BM25;
PostgreSQL with tsvector for the candidates and BM25 counted here. Words with the same marks come first.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from dienhong.foundation.folding import fold
from dienhong.texts.asking import Asked, asked, distinct, excerpt
from dienhong.texts.models import ProvisionText, Version, Work
from dienhong.texts.queries import current
from dienhong.texts.storing import fold_number

CANDIDATES = 200
WEIGHED = 600  # of these PostgreSQL gives so many to be weighed
MOST = 100
#: A word that more than this part of the provisions hold tells none of them apart: BM25 gives it no weight.
COMMON = 0.5
#: Weights of the columns heading, text, folded, about; then of pairs against single words.
COLUMNS = "2.0, 1.0, 1.0, 2.0"
K1, B = 1.2, 0.75
_BETWEEN = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision that answers, `now` unless only an older version answers."""

    row: ProvisionText
    work: Work
    score: float
    now: bool
    question: Asked

    @property
    def excerpt(self) -> list[tuple[str, bool]]:
        """The stretch of its words that answers best; worked out only for what is shown."""
        return excerpt(self.row.text or self.row.heading, self.question)


@dataclass(frozen=True, slots=True)
class Jump:
    """The provision that a question names: "điều 5 luật viễn thông"."""

    row: ProvisionText
    work: Work


@dataclass(frozen=True, slots=True)
class Found:
    """What the library answers."""

    question: Asked
    jumps: list[Jump]
    works: list[Work]
    hits: list[Hit]


def search(question: str, *, kind: str = "", term: int | None = None, year: int | None = None) -> Found:
    """Answer a question. At most 100 provisions, the best first."""
    read = asked(question)
    if not read.words:
        return Found(read, [], [], [])
    found = works_named(read)
    jumps = _jumps(read, found)
    hits = [
        hit
        for hit in _hits(read)
        if (not kind or hit.work.kind == kind) and (not term or hit.work.term == term) and _year(hit.work, year)
    ]
    return Found(read, jumps, found[:20], hits)


def _year(work: Work, year: int | None) -> bool:
    return not year or work.year == year


def works_named(read: Asked) -> list[Work]:
    """Works whose number or title is asked for."""
    if read.number:
        number = fold_number(read.number)
        rows = Work.objects.filter(folded_number=number) or Work.objects.filter(folded_number__startswith=number)
        return list(rows.order_by("-year", "pk")[:50])
    title = fold(read.title) if read.article else " ".join(read.folded)
    if not title or (not read.article and not read.short and len(read.words) > 20):
        return []
    rows = Work.objects.all()
    for word in title.split(" "):
        rows = rows.filter(folded__contains=word)
    found = list(rows.order_by("-year", "-date", "pk")[:200])
    found.sort(key=lambda w: (title not in w.folded, len(w.folded)))
    return found


def _jumps(read: Asked, works: Sequence[Work]) -> list[Jump]:
    """The provision asked for in each work named, where it exists: exact titles first."""
    if not read.eid:
        return []
    found = []
    for work in works[:10]:
        version = current(Version.objects.filter(work=work).defer("tree").order_by("valid_from", "pk"))
        row = ProvisionText.objects.filter(version=version, eid=read.eid).first() if version else None
        if row:
            found.append(Jump(row, work))
    return found


def _hits(read: Asked) -> list[Hit]:
    scored = _sqlite(read) if connection.vendor == "sqlite" else _postgres(read)
    if not read.phrases:  # a phrase may stand in any of them
        scored = dict(heapq.nlargest(CANDIDATES, scored.items(), key=lambda row: row[1]))
    rows = ProvisionText.objects.select_related("version__work").defer("version__tree").in_bulk(list(scored))
    newest = _newest({row.version.work_id for row in rows.values()})
    kept: dict[int, tuple[bool, ProvisionText]] = {}
    for key in sorted(scored, key=lambda pk: -scored[pk]):
        row = rows.get(key)
        if row is None or not _holds(row, read.phrases):
            continue
        now = newest.get(row.version.work_id) == row.version_id
        if row.provision_id not in kept or (now and not kept[row.provision_id][0]):
            kept[row.provision_id] = (now, row)
    exact = {row.pk: _exactness(row, read) for _, row in kept.values()}
    order = sorted(kept.values(), key=lambda pair: (-exact[pair[1].pk], -scored[pair[1].pk], pair[1].pk))
    return [Hit(row, row.version.work, scored[row.pk], now, read) for now, row in order[:MOST]]


def _newest(works: Iterable[int]) -> dict[int, int]:
    """The version of each work that a reader is shown first."""
    by_work: dict[int, list[Version]] = {}
    rows = Version.objects.filter(work__in=set(works)).only("pk", "work_id", "state", "valid_from")
    for version in rows.order_by("valid_from", "pk"):
        by_work.setdefault(version.work_id, []).append(version)
    return {work: shown.pk for work, versions in by_work.items() if (shown := current(versions))}


def _holds(row: ProvisionText, phrases: Sequence[Sequence[str]]) -> bool:
    """Whether the phrases between quotation marks stand in the words, with marks if they were written so."""
    if not phrases:
        return True
    text, folded = f" {_flat(f'{row.heading} {row.text}')} ", f" {_flat(row.folded)} "
    for phrase in phrases:
        plain = " ".join(phrase)
        if f" {plain} " not in (folded if fold(plain) == plain else text):
            return False
    return True


def _flat(text: str) -> str:
    return _BETWEEN.sub(" ", text.lower()).strip()


def _exactness(row: ProvisionText, read: Asked) -> int:
    """For a short question with marks: 2 where it stands as written, 1 where all its words do, 0 otherwise."""
    if not (read.short and read.marked):
        return 0
    text = f" {_flat(f'{row.heading} {row.text}')} "
    if f" {' '.join(read.words)} " in text:
        return 2
    return int(all(f" {word} " in text for word in read.words))


# -- SQLite -----------------------------------------------------------------------------------------------------------


def _quoted(words: Iterable[str]) -> str:
    return '"' + " ".join(word.replace('"', "") for word in words) + '"'


def _sqlite(read: Asked) -> dict[int, float]:
    words = distinct(read.folded)
    if read.short:
        strict = _match("{folded about} : (" + " AND ".join(_quoted([word]) for word in words) + ")" + _marks(read))
        if strict:
            return strict
    singles = [_quoted([word]) for word in _telling(words)]
    pairs = [_quoted(pair) for pair in read.pairs]
    wanted = "{folded about} : (" + " OR ".join([*singles, *pairs]) + ")"
    exact = _exact_terms(read, _telling(distinct(read.words))) if read.marked else ""
    return _match(wanted + (f" OR {{heading text}} : ({exact})" if exact else ""))


def _marks(read: Asked) -> str:
    """Let the same words with their marks add to the score without being asked for."""
    if not read.marked:
        return ""
    singles = " AND ".join(_quoted([word]) for word in distinct(read.folded))
    return f" OR ({{folded about}} : ({singles}) AND {{heading text}} : ({_exact_terms(read, distinct(read.words))}))"


def _exact_terms(read: Asked, words: Sequence[str]) -> str:
    pairs = zip(read.words, read.words[1:], strict=False)
    return " OR ".join([*(_quoted([word]) for word in words), *(_quoted(p) for p in pairs)])


def _telling(words: list[str]) -> list[str]:
    """Those of the words that tell provisions apart, by how many hold them as the index keeps it; all the words where
    none of them does."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.texts_words USING fts5vocab(main, texts_search, row)")
        cursor.execute("SELECT count(*) FROM texts_search_docsize")
        most = COMMON * cursor.fetchone()[0]
        places = ", ".join(["%s"] * len(words))
        cursor.execute(f"SELECT term FROM temp.texts_words WHERE term IN ({places}) AND doc <= %s", [*words, most])
        rare = {str(row[0]) for row in cursor.fetchall()}
    return [word for word in words if word in rare] or words


def _match(expression: str) -> dict[int, float]:
    sql = (
        "SELECT rowid, rank FROM texts_search WHERE texts_search MATCH %s "
        f"AND rank MATCH 'bm25({COLUMNS})' ORDER BY rank LIMIT {CANDIDATES}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression])
        return {int(key): -float(score) for key, score in cursor.fetchall()}


# -- PostgreSQL -------------------------------------------------------------------------------------------------------


def _postgres(read: Asked) -> dict[int, float]:
    singles = distinct(read.folded)
    pairs = [f"{a} <-> {b}" for a, b in read.pairs]
    tried = [" & ".join(singles)] if read.short else []
    tried += [" | ".join(f"({pair})" for pair in pairs)] if pairs else []
    tried += [" | ".join(singles)]
    for query in tried:
        keys = _candidates(query)
        if keys:
            return _bm25(keys, singles, read)
    return {}


def _candidates(query: str) -> list[int]:
    sql = (
        "SELECT id FROM texts_provisiontext WHERE searched AND folded_vector @@ to_tsquery('simple', %s) "
        f"ORDER BY ts_rank(folded_vector, to_tsquery('simple', %s), 1) DESC, id LIMIT {WEIGHED}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, query])
        return [int(row[0]) for row in cursor.fetchall()]


def _bm25(keys: list[int], singles: list[str], read: Asked) -> dict[int, float]:
    """BM25 over words and pairs as FTS5 counts it, then of the best with their marks too. How rare a term is, is told
    by the candidates: counting phrases in the whole library would read its rows again."""
    rows = ProvisionText.objects.filter(pk__in=keys).values_list("pk", "folded", "about")
    found = {pk: f" {_flat(f'{folded} {about} {about}')} " for pk, folded, about in rows}
    terms = [f" {term} " for term in (*singles, *(" ".join(pair) for pair in read.pairs))]
    counts = {pk: [text.count(term) for term in terms] for pk, text in found.items()}
    weights = [_rarity(sum(map(bool, column)), len(found)) for column in zip(*counts.values(), strict=True)]
    mean = sum(map(len, found.values())) / max(1, len(found))
    long = {pk: K1 * (1 - B + B * len(text) / mean) for pk, text in found.items()}
    scores = {pk: _sum(row, weights, long[pk]) for pk, row in counts.items()}
    if not read.marked:
        return scores
    plain = dict(zip(terms, weights, strict=True))
    exact = {f" {word} ": plain[f" {bare} "] for word, bare in zip(read.words, read.folded, strict=True)}
    exact |= {f" {a} {b} ": plain[f" {fold(a)} {fold(b)} "] for a, b in pairwise(read.words)}
    best = list(scores) if read.phrases else heapq.nlargest(CANDIDATES, scores, key=scores.__getitem__)
    for pk, head, text in ProvisionText.objects.filter(pk__in=best).values_list("pk", "heading", "text"):
        marked = f" {_flat(f'{head} {text}')} "
        scores[pk] += _sum([marked.count(term) for term in exact], list(exact.values()), long[pk])
    return {pk: scores[pk] for pk in best}


def _rarity(holds: int, total: int) -> float:
    return math.log(1 + (total - holds + 0.5) / (holds + 0.5))


def _sum(counts: Sequence[int], weights: Sequence[float], long: float) -> float:
    return sum(w * n * (K1 + 1) / (n + long) for n, w in zip(counts, weights, strict=True) if n)
