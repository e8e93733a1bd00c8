"""The table of faults names tests that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
ROW = re.compile(r"^\| (?P<fault>[^|]+) \| (?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(?P<path>tests/[\w/]+\.py)::(?P<name>test_\w+)`")
LEAST = 40


def faults() -> list[re.Match[str]]:
    """Return the rows of the tables, without their heads."""
    return [row for row in ROW.finditer(PAGE) if row["fault"] not in ("fault", "---")]


def defined(path: Path) -> set[str]:
    """Return the names of the tests of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_fault_has_a_promise_and_a_test_that_is_there() -> None:
    rows = faults()
    assert len(rows) >= LEAST
    for row in rows:
        named = NAMED.findall(row["tests"])
        assert named, row["fault"]
        for path, name in named:
            assert (ROOT / path).is_file(), f"{row['fault']}: there is no {path}"
            assert name in defined(ROOT / path), f"{row['fault']}: {path} has no {name}"


def test_no_fault_is_listed_twice_and_no_test_is_named_outside_the_tables() -> None:
    names = [match.group() for row in faults() for match in NAMED.finditer(row["tests"])]
    assert len(names) == len(set(names))
    assert len(names) == len(NAMED.findall(PAGE))


def test_what_is_called_nightly_is_so_and_nothing_else() -> None:
    for row in faults():
        for path, name in NAMED.findall(row["tests"]):
            source = (ROOT / path).read_text("utf-8")
            head = source[: source.index(f"def {name}(")].rsplit("\n\n\n", 1)[-1]
            assert ("mark.nightly" in head) == ("(nightly)" in row["fault"]), name
