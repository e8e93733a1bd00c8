"""What is installed: locked, whole, and from nowhere in particular."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.unit.project.papers import ROOT, page

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(
    r"([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==(\S+)(?: ; [^\\]+?)?((?: --hash=sha256:[0-9a-f]{64})+)"
)


def plain(name: str) -> str:
    """Return a distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    """Return the version of each distribution in a lock file; every line must be a pin with hashes."""
    lines = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    found: dict[str, str] = {}
    for line in lines:
        pin = PIN.fullmatch(line.strip())
        assert pin is not None, f"no pin with hashes: {line[:100]}"
        found[plain(pin[1])] = pin[2]
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_hold_pins_with_hashes_and_no_address(name: str) -> None:
    text = page(name)
    assert "://" not in text
    assert not re.search(
        r"^\s*-", re.sub(r"^\s+--hash=sha256:\S+.*$", "", text, flags=re.MULTILINE), re.MULTILINE
    )
    assert pins(text)


def test_lock_files_hold_what_the_project_asks_for() -> None:
    asked = tomllib.loads(page("pyproject.toml"))
    groups = asked["dependency-groups"]

    def names(wanted: list[str]) -> set[str]:
        return {plain(re.split(r"[\[<>=~! ;]", one, maxsplit=1)[0]) for one in wanted}

    run, dev = (pins(page(name)) for name in LOCKS)
    assert names(asked["project"]["dependencies"] + groups["build"]) <= run.keys()
    assert names(groups["dev"]) <= dev.keys()
    assert run.items() <= dev.items()
    assert not names(groups["dev"]) & run.keys()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network from a copy of what goes into it."""
    folder = tmp_path_factory.mktemp("build")
    for name in ("bot", "summaries"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "made"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    (made,) = (folder / "made").glob("*.whl")
    return made


def test_the_wheel_is_whole(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        info = next(name.partition("/")[0] for name in inside if ".dist-info/" in name)
        metadata = archive.read(f"{info}/METADATA").decode()
        entries = archive.read(f"{info}/entry_points.txt").decode()
    wanted = {
        str(path.relative_to(ROOT))
        for folder in ("bot", "summaries")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= inside
    assert {"bot/samples/articles.jsonl", "bot/py.typed", "summaries/py.typed"} <= inside
    assert any(re.fullmatch(r"bot/store/migrations/versions/\d{4}_\w+\.py", name) for name in inside)
    assert {name.split("/")[0] for name in inside} == {"bot", "summaries", info}
    assert f"{info}/licenses/LICENSE" in inside
    assert "License-Expression: MIT" in metadata
    assert "nutgraf = bot.__main__:main" in entries
