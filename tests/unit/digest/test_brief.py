"""What a story is told by: what is new in it to those who know it, and to others what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.digest.brief import sentences
from bot.model.article import Article
from bot.model.story import Story

NOW = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)


def article(name: str, days_ago: int, text: str) -> Article:
    when = NOW - timedelta(days=days_ago)
    return Article(id=name, title="", text=text, seen_at=when, published_at=when, language="en")


STORY = Story(
    id="S-1",
    articles=(
        article(
            "old",
            4,
            "The new mayor of Velm, Odo Brandt, was sworn in after his party's landslide win last week.",
        ),
        article(
            "new", 0, "Velm's new mayor Odo Brandt was sworn in after a landslide win of his party last week."
        ),
    ),
)


def test_those_who_were_told_hear_nothing_twice() -> None:
    assert sentences(STORY, 3, frozenset({"old"})) == ()


def test_those_who_were_never_told_hear_it_from_the_latest_article() -> None:
    (quote,) = sentences(STORY, 3, frozenset({"old"}), untold=True)
    assert quote.article_id == "new"
    assert STORY.articles[1].text[quote.start : quote.end] == quote.text
