"""What the house asks of its source beyond what ruff, mypy and the import contract know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["ita_core", "memos", "workflows"]
STATE_HOME = ROOT / "workflows" / "models.py"
MAX_LINES, MAX_FUNCTION = 300, 50


def _sources(*folders: str, ending: str = ".py") -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{ending}")):
            if "migrations" not in path.parts:
                yield path


CODE = list(_sources(*ROOMS))
ALL_CODE = [*CODE, *_sources("tests"), ROOT / "manage.py"]
TEMPLATES = list(_sources(*ROOMS, ending=".html"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def _targets(node: ast.AST) -> Iterator[ast.expr]:
    """What an assignment assigns to, tuples taken apart."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        found = list(node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
        found = [node.target]
    while found:
        target = found.pop()
        if isinstance(target, ast.Tuple | ast.List):
            found.extend(target.elts)
        else:
            yield target


WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_create", "Approval"}


def writes_to_state(tree: ast.Module) -> Iterator[ast.AST]:
    """Where the state is moved past its transitions: assigned, set by name, or written by a query."""
    for node in ast.walk(tree):
        for target in _targets(node):
            if isinstance(target, ast.Attribute) and target.attr == "state":
                yield node
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in WRITERS and any(keyword.arg == "state" for keyword in node.keywords):
            yield node
        second = node.args[1] if len(node.args) > 1 else None
        if name in {"setattr", "bulk_update"} and second is not None and "'state'" in ast.dump(second):
            yield node


@pytest.mark.parametrize(
    "line",
    [
        "approval.state = 'drafted'",
        "a, approval.state = 1, 2",
        "approval.state: str = 'drafted'",
        "Approval.objects.filter(pk=1).update(state='drafted')",
        "Approval(report=report, state='drafted')",
        "Approval.objects.create(state='drafted')",
        "setattr(approval, 'state', 'drafted')",
        "Approval.objects.bulk_update(rows, ['state'])",
    ],
)
def test_the_search_for_writes_to_the_state_finds(line: str) -> None:
    assert list(writes_to_state(ast.parse(line)))


def test_only_transitions_move_the_state() -> None:
    # A benchmark fills tables without actions, marks what it made, and refuses a database with real acts.
    allowed = {STATE_HOME, ROOT / "workflows/management/commands/fill_benchmark.py"}
    offences = [
        _place(path, node)
        for path in [*CODE, *_sources("tests")]
        if path not in allowed and "benchmarks" not in path.parts
        for node in writes_to_state(_tree(path))
    ]
    assert not offences


def test_nothing_is_marked_safe() -> None:
    marked = re.compile(r"mark_safe|SafeString|\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off")
    offences = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*CODE, *TEMPLATES]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marked.search(line)
    ]
    assert not offences


def test_files_are_one_thing_each() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in ALL_CODE
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert not long


def test_functions_fit_on_a_screen() -> None:
    long = {
        f"{_place(path, node)} {node.name}": node.end_lineno - node.lineno + 1
        for path in ALL_CODE
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION
    }
    assert not long


def test_nothing_happens_behind_a_signal() -> None:
    """A visible call instead of a receiver; request_started and its kin are not our models' business either."""
    offences = [
        _place(path, node)
        for path in CODE
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module is not None
        and ("signals" in node.module.split(".") or node.module == "django.dispatch")
    ]
    assert not offences


def test_no_drawers_for_everything() -> None:
    names = {path.stem for path in ALL_CODE} | {part for path in ALL_CODE for part in path.parts}
    assert not names & {"utils", "helpers", "services", "misc", "common"}


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError\(")
    offences = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*ALL_CODE, *TEMPLATES]
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if later.search(line)
    ]
    assert not offences
