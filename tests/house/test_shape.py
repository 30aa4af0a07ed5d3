"""The shape of the house, read from its code: five beats, one writer, pure rules, sizes one can read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dienhong"
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
WRITING = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def modules() -> list[Path]:
    """Every module of the package but tests and migrations."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"tests", "migrations", "static"} & set(path.relative_to(PACKAGE).parts)
    ]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


ACTIONS = [path for path in modules() if path.name == "actions.py" or path.parent.name == "actions"]


def public_actions() -> list[tuple[Path, ast.FunctionDef]]:
    """The functions that acts call: public, at the top level, with an actor; or anything public that writes."""
    return [
        (path, node)
        for path in ACTIONS
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "actor" in {arg.arg for arg in node.args.kwonlyargs} or WRITING & set(calls(node))
    ]


def calls(node: ast.AST) -> list[str]:
    out = []
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            function = inner.func
            out.append(function.id if isinstance(function, ast.Name) else getattr(function, "attr", ""))
    return out


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert path.read_text().count("\n") <= LONGEST_FILE


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function from its name to its end: signature, docstring and body are read together."""
    return (node.end_lineno or 0) - node.lineno + 1


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name} {length(node)}"
        for path in modules()
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert long == []


#: Actions whose actor was known at the door: the live lane authenticates each press, a batch has many actors; and the
#: beats of other actions, which have asked and tell: `record`, and `post_letters`, which refuses outside a transaction.
WITHOUT_ACTOR = {"cast_ballots", "record", "post_letters"}


@pytest.mark.parametrize(("path", "node"), public_actions(), ids=lambda v: getattr(v, "name", ""))
def test_every_action_has_its_five_beats(path: Path, node: ast.FunctionDef) -> None:
    if node.name in WITHOUT_ACTOR:
        return
    keywords = {arg.arg for arg in node.args.kwonlyargs}
    assert not node.args.args, f"{node.name}: only keyword arguments"
    assert {"actor", "at"} <= keywords, f"{node.name}: actor and at"
    made = calls(node)
    assert any(name.startswith("require") for name in made), f"{node.name}: require"
    records = [n for n in made if n in {"record", "prepare_poll", "enter_published_vote"} or n.startswith("_record")]
    assert records, f"{node.name}: record"
    decorators = {ast.unparse(d) for d in node.decorator_list}
    assert "transaction.atomic" in decorators, f"{node.name}: @transaction.atomic"
    require_line = min(
        n.lineno for n in ast.walk(node) if isinstance(n, ast.Call) and calls(n)[:1][0].startswith("require")
    )
    writes = [
        n.lineno
        for n in ast.walk(node)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in WRITING
    ]
    assert all(require_line < line for line in writes), f"{node.name}: require before any write"


def test_nothing_is_written_outside_actions() -> None:
    """Only actions write; loading the demonstration is no exception."""
    found = []
    for path in modules():
        parts = path.relative_to(PACKAGE).parts
        if path in ACTIONS or parts[0] in {"texts", "assets", "commands"} or path.name == "guards.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITING | {"update"}
            ):
                target = ast.unparse(node.func.value)
                if (
                    "UserSession" in target
                ):  # signing out: a session is no record; that it ended is recorded by an action
                    continue
                if ".objects" in target or re.search(r"\b(form|row|account|person|poll|meeting)$", target):
                    found.append(f"{name(path)}:{node.lineno} {ast.unparse(node.func)}")
    assert found == []


def test_the_clock_is_read_only_at_a_door() -> None:
    doors = {
        "desks/door.py",
        "desks/signin/notes.py",  # allauth's signals come in here
        "desks/system/clock.py",  # shows the machine's clock beside the demonstration's
        "foundation/clock/__init__.py",
        "foundation/clock/actions.py",
        "foundation/journal/actions.py",
        "foundation/letters/sending.py",  # the sender: no page asks it, it lives in a thread or a command
        "polls/box.py",  # the lane's own door: presses come in without a page
        "keeping/office.py",  # the keeper's commands
    }
    banned = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|clock\.now\(|machine_now\(")
    found = [
        f"{name(path)}:{number}"
        for path in modules()
        if str(path.relative_to(PACKAGE)) not in doors
        and path.relative_to(PACKAGE).parts[0] not in {"commands", "demo", "assets"}
        and "live" not in path.relative_to(PACKAGE).parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if banned.search(line) and not line.strip().startswith("#")
    ]
    assert found == []


def test_rules_are_pure() -> None:
    impure = [
        name(path) for path in modules() if path.name in {"rules.py", "chain.py"} and "django" in path.read_text()
    ]
    assert impure == []


def test_no_desk_imports_another() -> None:
    desks = [p for p in (PACKAGE / "desks").iterdir() if p.is_dir() and (p / "__init__.py").exists()]
    names = {p.name for p in desks} - {"templatetags", "tests"}
    found: list[str] = []
    for path in modules():
        parts = path.relative_to(PACKAGE).parts
        if parts[0] != "desks" or len(parts) < 3 or parts[1] not in names:
            continue
        others = set(re.findall(r"dienhong\.desks\.(\w+)", path.read_text())) & names - {parts[1]}
        found.extend(f"{name(path)} imports {other}" for other in others)
    assert found == []


def test_no_address_or_path_of_a_workplace_stands_in_the_project() -> None:
    import subprocess

    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    if len(tracked) < 10:
        pytest.skip("not a git checkout")
    words = re.compile(r"/work/(main|wt|shared|venv)|/root/|\.firecracker")
    found = [
        path
        for path in tracked
        if path and (ROOT / path).is_file() and path != "tests/house/test_shape.py"
        if words.search((ROOT / path).read_text(errors="ignore"))
    ]
    assert found == []
