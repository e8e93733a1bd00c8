"""What every file of the project keeps to."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.unit.project.papers import ROOT, sources, tracked

LONGEST = 400
MEDIAN = 120
FOREIGN = re.compile("|".join(f"/{name}/" for name in ("work", "root", "Users")) + r"|/home/\w+/")
"""Folders of one machine, which mean nothing on another."""


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    too_long = {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST}
    assert too_long == {}
    assert median(lengths.values()) <= MEDIAN


def mocks(tree: ast.AST) -> list[str]:
    """Return the names in a file that belong to a mocking library."""
    names: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names += [alias.name for alias in node.names]
            case ast.ImportFrom():
                names += [f"{node.module}.{alias.name}" for alias in node.names]
            case ast.Name():
                names.append(node.id)
            case ast.Attribute():
                names.append(node.attr)
            case ast.arg():
                names.append(node.arg)
            case _:
                pass
    return [name for name in names if re.search(r"(?:^|\.)mock\b|(?:Magic|Async|Non)?Mock$|^mocker$", name)]


def test_no_test_uses_a_mock() -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in sources()
        if (names := mocks(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "from unittest import mock",
        "import unittest.mock",
        "from unittest.mock import AsyncMock",
        "x = MagicMock()",
        "def test(mocker): ...",
    ],
)
def test_a_mock_would_be_noticed(code: str) -> None:
    assert mocks(ast.parse(code))


def test_no_file_names_a_folder_of_one_machine() -> None:
    found: dict[str, list[str]] = {}
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        if named := FOREIGN.findall(text):
            found[str(path.relative_to(ROOT))] = named
    assert found == {}


def test_blind_excepts_are_two_at_most() -> None:
    def blind(path: Path) -> int:
        handlers = [
            n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ExceptHandler)
        ]
        return sum(
            one.type is None
            or (isinstance(one.type, ast.Name) and one.type.id in ("Exception", "BaseException"))
            for one in handlers
        )

    product = [path for path in sources() if path.is_relative_to(ROOT / "bot") or "summaries" in path.parts]
    assert sum(map(blind, product)) <= 2
