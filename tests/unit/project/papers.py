"""The project's own files, as the tests of this folder read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CODE = ("bot", "summaries", "tests", "benchmarks")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def page(name: str) -> str:
    """Return the text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands under a heading of the second level, up to the next one."""
    assert f"\n## {heading}\n" in text, f"there is no heading “{heading}”"
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def cells(text: str) -> list[list[str]]:
    """Return the rows of the tables in a text, without their heads; an escaped bar in a cell is a bar."""
    rows = [re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in text.splitlines() if line.startswith("|")]
    plain = [[cell.strip().replace("\\|", "|") for cell in row] for row in rows]
    lines = [at for at, row in enumerate(plain) if all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    heads = {at - 1 for at in lines} | set(lines)
    return [row for at, row in enumerate(plain) if at not in heads]


def sources() -> list[Path]:
    """Return every Python file of the project."""
    return sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))


def tracked() -> list[Path]:
    """Return the files under version control; skips the test outside a checkout."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
