"""Developments of one affair are one story in a digest; templates and namesakes of another year are not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from bot.model.article import Article
from bot.model.story import Story
from bot.stories.affairs import joined

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
EVENTS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "data" / "sample-events.json").read_text("utf-8")
)


def samples() -> dict[str, Article]:
    lines = (files("bot.samples") / "articles.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {
        row["id"]: Article(
            id=row["id"],
            title=row["title"],
            text=row["text"],
            seen_at=NOW,
            published_at=datetime.fromisoformat(row["published_at"]),
            source=row["source"],
            language=row["language"],
        )
        for row in rows
    }


def alone(articles: dict[str, Article]) -> list[Story]:
    """Return each article as a story of its own, as if grouping had joined nothing."""
    return [Story(id=f"S-{name}", articles=(article,)) for name, article in articles.items()]


def test_no_two_affairs_are_joined_even_when_grouping_joined_nothing() -> None:
    affair = {name: EVENTS["affairs"].get(event, event) for name, event in EVENTS["events"].items()}
    found = joined(alone(samples()))
    mixed = [story for story in found if len({affair[article.id] for article in story.articles}) > 1]
    assert [[article.id for article in story.articles] for story in mixed] == []
    assert sum(len(story.articles) for story in found) == len(affair), "nothing is lost"


def test_the_developments_of_the_ferry_accident_become_one() -> None:
    articles = samples()
    ferry = {name: articles[name] for name in ("sample-ferry-2", "sample-ferry-4", "sample-ferry-7")}
    rest = {name: a for name, a in articles.items() if "ferry" not in name and "thruster" not in name}
    found = joined(alone(ferry | rest))
    assert {article.id for article in found[0].articles} == set(ferry)
    assert found[0].id == "S-sample-ferry-2"


def test_the_same_people_at_another_time_are_another_affair() -> None:
    one = next(iter(samples().values()))
    later = Article(
        id="later",
        title=one.title,
        text=one.text,
        seen_at=NOW + timedelta(days=400),
        published_at=one.when + timedelta(days=365),
        source=one.source,
        language=one.language,
    )
    stories = [Story(id="S-1", articles=(one,)), Story(id="S-2", articles=(later,))]
    assert len(joined(stories)) == 2


def test_nothing_and_empty_texts() -> None:
    assert joined([]) == ()
    blank = Article(id="x", title="", text="", seen_at=NOW)
    assert len(joined([Story(id="S-1", articles=(blank,)), Story(id="S-2", articles=(blank,))])) == 2
