"""Two events that few words joined come apart as later articles arrive, and both stories say so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

EARLY = {
    "ferry-0": "The ferry Isa Marrin caught fire off Tolm in heavy wind, and rescue crews took off 212 "
    "passengers.",
    "store-0": "A grain store on Quay Street caught fire in heavy wind, and rescue crews of Tolm look for a "
    "watchman under the barley.",
}
OTHERS = {
    "pass": "Heavy wind and snow closed the pass of Upper Sayle, where two lorries full of vines wait.",
    "barn": "A barn with nine tractors was lost when fire caught the roof near Velmora; a spark is blamed.",
    "elms": "Heavy wind brought down forty elms in the park of Castle Brae, some the oldest of the county.",
    "hiker": "Rescue crews with dogs found a hiker in the Orrin hills after two nights without shelter.",
    "price": "The harbour at Port Ellery will be dredged in spring at a price of nine million crowns.",
    "mayor": "Tolm has a new mayor: the teacher Ida Fenn won the second ballot with 54 percent of votes.",
    "film": "Film crews that caught the eye of Sayle shoot a life of the composer Marten Holl.",
    "forger": "Police in Tolm caught a forger of concert tickets who sold two thousand empty promises.",
}
LATE = {
    "ferry-1": "All 212 passengers of the burned ferry Isa Marrin are safe in the harbour, its captain Lena "
    "Ostrow said.",
    "store-1": "The watchman of the grain store on Quay Street, Oren Balk, was found alive under the barley.",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUTGRAF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def nutgraf(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def read(folder: Path, texts: dict[str, str]) -> None:
    rows = [
        {"id": name, "title": text[:40], "text": text, "source": f"The {name}", "language": "en"}
        | {"published_at": f"2026-05-12T{hour:02}:00:00Z"}
        for hour, (name, text) in enumerate(texts.items())
    ]
    path = folder / "news.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    nutgraf("import", str(path))


def stories() -> dict[str, str]:
    """Return the story of each article, as the shell tells it."""
    shown = [json.loads(line) for line in nutgraf("stories", "--json").splitlines() if line.startswith("{")]
    return {article: row["story"] for row in shown for article in row["articles"]}


def told(story: str) -> str:
    return " ".join(nutgraf("story", story).split())


def test_a_story_that_grew_apart_says_so(home: Path) -> None:
    read(home, EARLY)
    together = stories()
    assert together["ferry-0"] == together["store-0"]
    read(home, OTHERS)
    read(home, LATE)
    now = stories()
    assert now.keys() == {*EARLY, *OTHERS, *LATE}
    assert now["ferry-0"] == now["ferry-1"] == together["ferry-0"]
    assert now["store-0"] == now["store-1"] != now["ferry-0"]
    day = r"\d+ [A-Z][a-z]+\."
    assert re.search(f"{now['store-0']} was part of this story until {day}", told(now["ferry-0"]))
    assert re.search(f"Parted from {now['ferry-0']} on {day}", told(now["store-0"]))
    assert "part of this story" not in told(now["mayor"])
