"""An archive on a fresh database of either engine, and articles to put into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.archive import Archive
from bot.clock import ManualClock
from bot.model.article import Article
from bot.store.database import Database

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)

EVENTS = {
    "ferry": (
        "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm with 212 aboard, the coastguard said.",
        "Lifeboats took 212 passengers off the Isa Marrin, a ferry aground on Tarn Ledge near Tolm.",
        "The grounded ferry Isa Marrin is still stuck on Tarn Ledge off Tolm; tugs wait for the tide.",
    ),
    "tram": (
        "The council of Port Ellery voted for a new tram line to the Old Quay by 27 votes to 22.",
        "Port Ellery gets a tram line to the Old Quay: the council approved it with 27 votes.",
    ),
    "hail": (
        "Hailstones destroyed a fifth of the vines around Upper Sayle, growers in Velmora said.",
        "Growers in Upper Sayle ask Velmora for help after hail took a fifth of their vines.",
    ),
}


def article(name: str, text: str, *, title: str = "", hours_ago: float = 3, source: str = "Post") -> Article:
    """Return an English article of some hours ago."""
    return Article(
        id=name,
        title=title or text.split(",", maxsplit=1)[0][:60],
        text=text,
        seen_at=NOW,
        published_at=NOW - timedelta(hours=hours_ago),
        source=source,
        language="en",
    )


def news() -> list[Article]:
    """Return a few articles on three events."""
    return [
        article(f"{event}-{number}", text, hours_ago=9 - number, source=f"Source {number}")
        for event, texts in EVENTS.items()
        for number, text in enumerate(texts)
    ]


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database, clock=ManualClock(NOW))


@pytest.fixture
def make() -> Callable[..., Article]:
    return article


@pytest.fixture
def some_news() -> list[Article]:
    return news()
