"""References of a text (viện dẫn): every place where it names a provision or a document, and what that is.

Internal references are resolved to a node or reported broken. In an amending law the words of an instruction and the
units between its quotation marks speak of the amended law: they are external, with that law's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dienhong.texts.tree import Kind, Node, Text, assign_ids
from dienhong.texts.understanding.citing import THIS, Chain, PathOf, Provision, chains
from dienhong.texts.understanding.documents import Document
from dienhong.texts.understanding.index import Provisions, absolute, lineages, step_of
from dienhong.texts.understanding.instructions import AmendedLaw, amended_settings
from dienhong.texts.understanding.orders import QUOTED

_WORD = {
    Kind.PART: "Phần",
    Kind.CHAPTER: "Chương",
    Kind.SECTION: "Mục",
    Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều",
    Kind.CLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.ITEM: "tiết",
    Kind.APPENDIX: "Phụ lục",
}
_KIND_WORDS = {
    "law": ("Luật",),
    "code": ("Bộ luật", "Luật"),
    "bill": ("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết"),
    "ordinance": ("Pháp lệnh",),
    "resolution": ("Nghị quyết",),
    "decree": ("Nghị định",),
    "decision": ("Quyết định", "Quy chế", "Quy định"),
    "circular": ("Thông tư", "Thông tư liên tịch"),
    "constitution": ("Hiến pháp",),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference names. `path` is outermost first; `part` is "", "heading", "intro" or "paragraph n".

    `document_kind` is the kind of an external document as words ("Luật"). `kind` is "internal" (node_id, "" for the
    whole text), "external" (`document`: its number, or its name where the
    text gives no number) or "unknown". `resolved`: an internal unit exists; an external document's number is known.
    """

    kind: Literal["internal", "external", "unknown"]
    path: PathOf = ()
    part: str = ""
    node_id: str = ""
    document: str = ""
    resolved: bool = False
    document_kind: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place in the text that names provisions. `start` and `end` count characters of the node's `field`."""

    node_id: str
    field: Literal["text", "heading"]
    start: int
    end: int
    words: str
    targets: tuple[Target, ...]

    @property
    def broken(self) -> bool:
        """This reference names a unit of the text itself that is not there."""
        return any(target.kind == "internal" and not target.resolved for target in self.targets)


_TABLE = re.compile(
    r"(?:\s+và\s+điểm\s+\w+)?\s*(?:của|trong|tại|phần\s+\w+(?:\s+của)?)?\s*(?:Biểu|Danh mục|Nhóm|Bảng)(?!\w)"
)


def words_of(path: PathOf) -> str:
    """The path as it is cited: "điểm a khoản 2 Điều 5"."""
    return " ".join(f"{_WORD.get(kind, kind.value)} {number}" for kind, number in reversed(path))


@dataclass(slots=True)
class _Reader:
    """What resolving needs to know of one text: its units, its amended laws, and the numbers learnt by name."""

    text: Text
    units: Provisions
    settings: dict[str, AmendedLaw]
    numbers: dict[str, str] = field(default_factory=dict)

    def learn(self, found: Sequence[Chain]) -> None:
        """Remember "Luật Đấu thầu số 22/2023/QH15", so that a later "Luật Đấu thầu" has its number."""
        for chain in found:
            document = chain.document
            if document and document.number and document.name and document.number != self.text.number:
                known = self.numbers.setdefault(document.key, document.number)
                if known != document.number:
                    self.numbers[document.key] = ""  # two laws of one name: nothing is assumed

    def targets(self, chain: Chain, here: tuple[Node, ...], spans: Sequence[tuple[int, int]]) -> tuple[Target, ...]:
        """What the chain names. `spans` are the quoted phrases of the sentence: in an instruction they speak of the
        amended law."""
        setting = next((self.settings[node.id] for node in reversed(here) if node.id in self.settings), None)
        quoted = any(node.kind is Kind.QUOTE for node in here)
        quoted = quoted or (setting is not None and any(a <= chain.start < b for a, b in spans))
        provisions = chain.provisions or (Provision(()),)
        return tuple(self._target(p, chain.document, here, setting, quoted) for p in provisions)

    def _target(
        self,
        provision: Provision,
        document: Document | None,
        here: tuple[Node, ...],
        setting: AmendedLaw | None,
        quoted: bool,
    ) -> Target:
        relative = provision.path[:1] and any(number == THIS for _, number in provision.path)
        if document is not None and not document.own:
            return self._external(document, provision)
        if quoted:
            return _in_amended(provision, here, setting)
        if setting is not None and document is None and not relative and provision.path:
            return _amended(setting, _within(provision.path, setting.path), provision.part)
        if setting is not None and document is None and relative:
            kinds = [kind for kind, _ in setting.path]
            if provision.path[0][0] in kinds:  # "khoản 2 Điều này" in an order on Điều 12 of the amended law
                path = (*setting.path[: kinds.index(provision.path[0][0]) + 1], *provision.path[1:])
                return _amended(setting, path, provision.part)
        if (
            document is not None
            and document.own
            and document.kind not in _KIND_WORDS.get(self.text.kind, (document.kind,))
        ):
            return Target("unknown", provision.path, provision.part, document=f"{document.kind} này")
        if not provision.path:
            return Target("internal", resolved=True)
        listed = _listed_law(here) if document is None and not relative else None
        return self._external(listed, provision) if listed else self._internal(provision, here)

    def _internal(self, provision: Provision, here: tuple[Node, ...]) -> Target:
        lines = self.units.find(provision.path, here)
        path = absolute(provision.path, here) or provision.path
        if not lines and here and here[0].kind is Kind.APPENDIX:
            return Target("unknown", path, provision.part)  # an appendix may speak of anything: tariffs, other laws
        if not lines:
            return Target("internal", path, provision.part)
        return Target("internal", path, provision.part, lines[0][-1].id, resolved=True)

    def _external(self, document: Document, provision: Provision) -> Target:
        number = document.number or self.numbers.get(document.key, "")
        name = f"{document.kind} {document.name}".strip()
        own = bool(number) and number == self.text.number
        if own and not provision.path:
            return Target("internal", resolved=True)
        if own:
            return self._internal(provision, ())
        known = bool(number) or document.kind == "Hiến pháp"
        return _outside(provision.path, provision.part, number or name, document.kind, known)


def _outside(path: PathOf, part: str, document: str, kind: str, known: bool) -> Target:
    return Target("external", path, part, document=document, resolved=known, document_kind=kind)


def _amended(law: AmendedLaw, path: PathOf, part: str) -> Target:
    """A unit of the amended law."""
    return _outside(path, part, law.number or law.name, law.kind, bool(law.number))


def _listed_law(here: tuple[Node, ...]) -> Document | None:
    """The law whose name alone is a unit above: a list that names laws and, below each, its articles."""
    for node in reversed(here[:-1]):
        words = (node.heading or node.text).strip(" .:;")
        if len(words) > 250 or not words:
            continue
        found = chains(words)
        if len(found) == 1 and not found[0].provisions and found[0].start == 0 and found[0].end >= len(words):
            document = found[0].document
            return document if document and not document.own else None
    return None


def _within(path: PathOf, context: PathOf) -> PathOf:
    """A path that lacks its article, completed by the article or clause that the instruction speaks of."""
    if not path or any(kind is Kind.ARTICLE for kind, _ in path):
        return path
    kinds = [kind for kind, _ in context]
    if path[0][0] in kinds:
        context = context[: kinds.index(path[0][0])]
    return (*context, *path) if path[0][0] in (Kind.CLAUSE, Kind.POINT, Kind.ITEM) else path


def _in_amended(provision: Provision, here: tuple[Node, ...], setting: AmendedLaw | None) -> Target:
    """A reference between quotation marks: "Luật này" is the amended law, "Điều này" the article being amended."""
    law = (setting.number or setting.name) if setting else ""
    if not provision.path:
        return _amended(setting, (), "") if setting and law else Target("unknown")
    depth = max((place for place, node in enumerate(here) if node.kind is Kind.QUOTE), default=len(here))
    above = setting.path if setting else ()
    inner = tuple(step_of(node) for node in here[depth + 1 :] if node.number and node.kind is not Kind.PARAGRAPH)
    full = _join(above, inner)
    path = provision.path
    this = [place for place, (_, number) in enumerate(path) if number == THIS]
    if this:
        kind_of_this = path[this[-1]][0]
        steps = [place for place, (kind, _) in enumerate(full) if kind is kind_of_this]
        path = (*full[: steps[-1] + 1], *path[this[-1] + 1 :]) if steps else path
    else:
        path = _within(path, full)
    if not law or setting is None:
        return Target("unknown", path, provision.part)
    return _amended(setting, path, provision.part)


def _join(above: PathOf, inner: PathOf) -> PathOf:
    """The quoted unit's full path: what the instruction says above it, then what stands between the marks."""
    if not inner:
        return above
    kinds = [kind for kind, _ in above]
    if inner[0][0] in kinds:
        above = above[: kinds.index(inner[0][0])]
    return (*above, *inner)


def _places(text: Text) -> Iterator[tuple[tuple[Node, ...], Literal["text", "heading"], str]]:
    for line in lineages([*text.body, *text.appendices]):
        node = line[-1]
        if node.heading:
            yield line, "heading", node.heading
        if node.text:
            yield line, "text", node.text


def references(text: Text) -> list[Reference]:
    """Every reference of the text's units, in reading order. Gives the nodes their ids if they have none."""
    if any(not node.id for node in text.body):
        assign_ids(text)
    reader = _Reader(text, Provisions([*text.body, *text.appendices]), amended_settings(text))
    for line in (*text.heading, *text.grounds, *text.lead):
        reader.learn(chains(line))
    read = [(here, name, words, chains(words)) for here, name, words in _places(text)]
    for *_, found in read:
        reader.learn(found)
    done: list[Reference] = []
    for here, name, words, found in read:
        spans = [match.span() for match in QUOTED.finditer(words)] if here[-1].id in reader.settings else []
        targets = [reader.targets(chain, here, spans) for chain in found]
        _rescue(reader, words, found, targets, here)
        targets = [_of_table(words, c, t) for c, t in zip(found, targets, strict=True)]
        done.extend(
            Reference(here[-1].id, name, c.start, c.end, words[c.start : c.end], t)
            for c, t in zip(found, targets, strict=True)
        )
    return done


SENTENCE_ENDS = re.compile(r"[.;]\s")
FARTHEST = 20  # citations of one sentence that may complete an earlier one; a longer list is no list a person writes


def _rescue(
    reader: _Reader, words: str, found: list[Chain], targets: list[tuple[Target, ...]], here: tuple[Node, ...]
) -> None:
    """Read again what names no unit of the text: "các điểm c và d khoản 1 và nghĩa vụ tại điểm a khoản 2 Điều 17", or a
    list whose last member alone says "của Bộ luật Hình sự". What follows in the same sentence completes it, if it fits.
    """
    for place in range(len(found) - 1, -1, -1):
        broken = [t for t in targets[place] if t.kind == "internal" and not t.resolved]
        if not broken or any(THIS in dict(p.path).values() for p in found[place].provisions):
            continue
        if found[place].document is not None:
            continue
        for after in range(place + 1, min(place + 1 + FARTHEST, len(found))):
            if SENTENCE_ENDS.search(words, found[after - 1].end, found[after].start):
                break
            again = _again(reader, found[place], found[after], targets[after], here)
            if again:
                targets[place] = again
                break


def _of_table(words: str, chain: Chain, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """ "Mục 4đ của Biểu thuế", "điểm 1 Nhóm này": rows of a table, which are no units of the text."""
    if all(t.resolved for t in targets) or not _TABLE.match(words, chain.end):
        return targets
    return tuple(replace(t, kind="unknown") if t.kind == "internal" and not t.resolved else t for t in targets)


def _again(
    reader: _Reader, chain: Chain, next_chain: Chain, after: tuple[Target, ...], here: tuple[Node, ...]
) -> tuple[Target, ...]:
    if not next_chain.provisions:
        return ()
    if next_chain.document and not next_chain.document.own:
        full = _completed(chain, after[0].path)
        return tuple(replace(after[0], path=p.path, part=p.part) for p in full)
    if after[0].kind != "internal" or not after[0].resolved:
        return ()
    made = tuple(reader._internal(p, here) for p in _completed(chain, after[0].path))
    return made if all(target.resolved for target in made) else ()


def _completed(chain: Chain, path: PathOf) -> list[Provision]:
    return [Provision(_within(p.path, path), p.part) for p in chain.provisions]


def broken_references(text: Text) -> list[Reference]:
    """The references to units of this text that it does not have (viện dẫn sai)."""
    return [reference for reference in references(text) if reference.broken]
