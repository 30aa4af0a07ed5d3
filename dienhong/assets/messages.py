"""Catalogues of translations: each area keeps its own part, the build merges them, and a check finds what is missing.

`locale/<language>/LC_MESSAGES/parts/<area>.po` is written by the people of that area; `django.mo` beside the parts is
built from all of them and not kept in the repository.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
#: Functions whose first argument is a msgid; the numbers are babel's: which arguments, "c" a context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_t": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
LIBRARIES = {"allauth"}  # parts that say in Vietnamese what a library says
Key = tuple[str, str | None]


class BadCatalogue(Exception):
    """A catalogue that cannot be used: which file, which message, and why."""


@dataclass(frozen=True)
class Source:
    """One message in the code: its text, its plural if it has one, and where it stands."""

    msgid: str
    plural: str | None
    context: str | None
    path: Path
    line: int

    @property
    def key(self) -> Key:
        """What the catalogue finds it by."""
        return self.msgid, self.context


def languages(locale: Path = LOCALE) -> list[str]:
    """The languages that have a folder of parts; English is the source and needs none."""
    return sorted(path.parent.parent.name for path in locale.glob("*/LC_MESSAGES/parts"))


def read_parts(folder: Path) -> Iterator[tuple[Path, Catalog]]:
    """Each part of a language, strictly read. Raises BadCatalogue with file and line."""
    for path in sorted(folder.glob("*.po")):
        try:
            with path.open("rb") as stream:
                yield path, read_po(stream, locale=folder.parent.parent.name, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise BadCatalogue(f"{path}: {error}") from error


def merge_parts(folder: Path) -> Catalog:
    """Put all parts of a language into one catalogue.

    The same message may stand in two parts with the same translation. Raises BadCatalogue when two parts translate one
    message differently, or when a translation names a placeholder that its message does not have.
    """
    whole = Catalog(locale=folder.parent.parent.name, project="dienhong", fuzzy=False)
    origin: dict[Key, Path] = {}
    for path, part in read_parts(folder):
        for message in part:
            if not message.id or not translated(message):
                continue
            check_placeholders(path, message)
            key = (text_of(message), message.context)
            seen = whole.get(message.id, message.context)
            if seen is not None and seen.string != message.string:
                raise BadCatalogue(
                    f"{key[0]!r} is {shown(seen)!r} in {origin[key].name} and {shown(message)!r} in {path.name}: "
                    "choose one, or tell them apart by a context"
                )
            whole.add(message.id, message.string, context=message.context)
            origin.setdefault(key, path)
    return whole


def forms(text: str | Sequence[str] | None) -> list[str]:
    """The forms of a msgid or of a translation: one, or one for each plural."""
    return [text] if isinstance(text, str) else list(text or [])


def text_of(message: Message) -> str:
    """The msgid, in the singular."""
    return forms(message.id)[0]


def shown(message: Message) -> str:
    """The translation as one text, for an error message."""
    return " / ".join(forms(message.string))


def translated(message: Message) -> bool:
    """Whether every form of the message has a translation that nobody marked as doubtful."""
    strings = forms(message.string)
    return bool(strings) and all(strings) and not message.fuzzy


def check_placeholders(path: Path, message: Message) -> None:
    """Raise BadCatalogue when a translation would fail or say less than its message: its placeholders differ."""
    ids = forms(message.id)
    wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
    for text in forms(message.string):
        have = set(PLACEHOLDER.findall(text))
        # a plural may leave its number out ("one deputy"), never name another
        if have - wanted or (len(ids) == 1 and have != wanted):
            raise BadCatalogue(f"{path.name}: {text!r} and {ids[0]!r} name different placeholders")


def build(locale: Path = LOCALE) -> dict[str, int]:
    """Write `django.mo` of every language, in one move each. Returns how many messages each holds."""
    counts: dict[str, int] = {}
    for language in languages(locale):
        folder = locale / language / "LC_MESSAGES"
        catalogue = merge_parts(folder / "parts")
        stream = io.BytesIO()
        write_mo(stream, catalogue)
        fresh = folder / "django.mo.new"
        fresh.write_bytes(stream.getvalue())
        fresh.replace(folder / "django.mo")
        counts[language] = len(catalogue)
    return counts


def stale(locale: Path = LOCALE) -> bool:
    """Whether a part was written after the catalogue that is built from it."""
    for language in languages(locale):
        folder = locale / language / "LC_MESSAGES"
        built = folder / "django.mo"
        parts = list((folder / "parts").glob("*.po"))
        newest = max((path.stat().st_mtime_ns for path in [*parts, folder / "parts"]), default=0)
        if not built.exists() or built.stat().st_mtime_ns < newest:
            return True
    return False


def sources(package: Path = PACKAGE) -> list[Source]:
    """Every message of the code and of the templates, tests left out."""
    found: list[Source] = []
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if path.suffix not in {".py", ".html", ".txt", ".xml"} or {"tests", "vendor", "static", "locale"} & set(inside):
            continue
        if path.suffix == ".py" or "templates" in inside:
            found.extend(extract_from(path))
    return found


def extract_from(path: Path) -> Iterator[Source]:
    """The messages of one file. A template is first turned into the calls that it stands for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    elif not re.search(r"gettext|\b_\(", text):
        return
    stream = io.BytesIO(text.encode("utf-8"))
    for line, message, _comments, context in extract("python", stream, keywords=KEYWORDS):
        ids = (message,) if isinstance(message, str) else tuple(part for part in message if part)
        if ids and ids[0]:
            yield Source(ids[0], ids[1] if len(ids) > 1 else None, context, path, line)


def area_of(path: Path, package: Path = PACKAGE) -> str:
    """The area of a file: its desk, concept or room of the foundation; `kit` for what all desks share."""
    parts = path.relative_to(package).parts
    if parts[0] == "desks":
        return "kit" if parts[1] in {"templates", "templatetags"} or parts[1].endswith(".py") else parts[1]
    if parts[0] == "foundation":
        return "foundation" if parts[1].endswith(".py") else parts[1]
    return parts[0].removesuffix(".py")


def untranslated(
    language: str, *, area: str | None = None, locale: Path = LOCALE, package: Path = PACKAGE
) -> list[Source]:
    """The messages of the code that a language lacks, each named once."""
    catalogue = merge_parts(locale / language / "LC_MESSAGES" / "parts")
    known = {(text_of(message), message.context): message for message in catalogue if message.id}
    missing: dict[Key, Source] = {}
    for source in sources(package):
        if area and area_of(source.path, package) != area:
            continue
        have = known.get(source.key)
        if have is None or (source.plural is not None and isinstance(have.id, str)):
            missing.setdefault(source.key, source)
    return list(missing.values())


def unused(language: str, *, locale: Path = LOCALE, package: Path = PACKAGE) -> list[tuple[str, str]]:
    """What the parts translate and the code no longer says, as (part, msgid).

    A part that translates a library's messages is left out.
    """
    wanted = {source.key for source in sources(package)}
    rows: list[tuple[str, str]] = []
    for path, part in read_parts(locale / language / "LC_MESSAGES" / "parts"):
        if path.stem in LIBRARIES:
            continue
        rows += [(path.stem, text_of(m)) for m in part if m.id and (text_of(m), m.context) not in wanted]
    return rows


def template_of(found: Iterable[Source]) -> str:
    """The missing messages as lines of a part, ready to be translated."""
    blocks: list[str] = []
    for source in found:
        lines = [f"#: {source.path.relative_to(PACKAGE.parent)}:{source.line}"]
        if source.context:
            lines.append(f"msgctxt {quoted(source.context)}")
        lines.append(f"msgid {quoted(source.msgid)}")
        lines += [f"msgid_plural {quoted(source.plural)}", 'msgstr[0] ""'] if source.plural else ['msgstr ""']
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def quoted(text: str) -> str:
    """A text as gettext writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
