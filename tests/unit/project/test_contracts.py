"""The rooms import what they may, and the check would notice if they did not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.unit.project.papers import ROOT, cells, page, section

LINTER = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]
CONTRACTS = [contract["name"] for contract in LINTER["contracts"]]
NO_ROOMS = {"bot.samples"}
"""Data, and no code."""

PLANTS = {
    "A room imports lower rows": ("bot/digest/select.py", "from bot.stories import importance"),
    "summaries knows nothing": ("summaries/budget.py", "from bot.model import article"),
    "Slack's libraries": ("bot/commands/parse.py", "import slack_sdk"),
    "Discord's library": ("bot/digest/compose.py", "import discord"),
    "SQL belongs": ("bot/stories/codes.py", "import sqlalchemy"),
    "Platforms know no store": ("bot/platforms/slack/render.py", "from bot.store import outbox"),
    "APScheduler": ("bot/pipeline.py", "import apscheduler"),
    "sumy": ("summaries/extract.py", "import sumy"),
    "Feed and page readers": ("bot/archive/adding.py", "import feedparser"),
}
"""For the beginning of each contract's name: a file, and an import that the contract forbids it."""


def lint(folder: Path) -> tuple[int, dict[str, str]]:
    """Check the contracts of a folder; return the exit code, and KEPT or BROKEN for each."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    words = " ".join(done.stdout.split())
    verdicts = {
        name: found[1]
        for name in CONTRACTS
        if (found := re.search(rf"{re.escape(name)} (KEPT|BROKEN)\b", words))
    }
    return done.returncode, verdicts


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code, to plant faults in."""
    folder = tmp_path_factory.mktemp("house")
    for room in ("bot", "summaries"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_is_kept() -> None:
    code, verdicts = lint(ROOT)
    assert verdicts == dict.fromkeys(CONTRACTS, "KEPT")
    assert code == 0


def test_every_contract_breaks_on_an_import_that_it_forbids(copy: Path) -> None:
    for name, line in PLANTS.values():
        file = copy / name
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}\n{line}  # noqa\n", encoding="utf-8")
    code, verdicts = lint(copy)
    assert verdicts == dict.fromkeys(CONTRACTS, "BROKEN")
    assert code == 1


def test_every_contract_has_a_plant() -> None:
    assert len(PLANTS) == len(CONTRACTS)
    assert all(any(name.startswith(plant) for plant in PLANTS) for name in CONTRACTS)


def rooms() -> set[str]:
    """Return the modules and packages directly within `bot`, platforms one by one."""
    found = {f"bot.{path.stem}" for path in (ROOT / "bot").glob("*.py")}
    found |= {f"bot.{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")}
    found |= {f"bot.platforms.{path.parent.name}" for path in (ROOT / "bot").glob("platforms/*/__init__.py")}
    return found - {"bot.__init__", "bot.platforms"} - NO_ROOMS


def test_every_room_has_its_place_among_the_layers() -> None:
    (layers,) = (contract["layers"] for contract in LINTER["contracts"] if contract["type"] == "layers")
    assert {room for row in layers for room in row.split(" | ")} == rooms()


def test_every_room_stands_on_the_map() -> None:
    table = cells(section(page("docs/architecture.md"), "The rooms"))
    told = {name.rstrip("/").removesuffix(".py") for row in table for name in re.findall("`(.+?)`", row[0])}
    known = {room.replace(".", "/") for room in rooms() if not room.startswith("bot.platforms.")}
    assert known | {"bot/platforms", "summaries"} == told
