"""What many report on their own and lately matters most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.article import Article
from bot.model.story import Story
from bot.stories.importance import SHARES, importance

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)


def story(*sources: str, hours_ago: float = 2, copies: dict[str, str] | None = None) -> Story:
    at = NOW - timedelta(hours=hours_ago)
    articles = tuple(
        Article(
            id=f"a{n}", title="Ferry aground", text="Off Tolm.", seen_at=at, published_at=at, source=source
        )
        for n, source in enumerate(sources)
    )
    return Story(id="S-2222", articles=articles, copies=copies or {})


def test_more_sources_matter_more_and_copies_do_not_count() -> None:
    one, three = importance(story("A"), now=NOW), importance(story("A", "B", "C"), now=NOW)
    copied = importance(story("A", "B", "C", copies={"a1": "a0", "a2": "a0"}), now=NOW)
    assert three.total > one.total
    assert copied == one


def test_it_fades_and_topics_lift_it() -> None:
    assert importance(story("A", hours_ago=30), now=NOW).total < importance(story("A"), now=NOW).total
    assert importance(story("A"), now=NOW, topics=["ferry"]).parts["topics"] == 1.0
    assert importance(story("A"), now=NOW, topics=["TOLM"]).parts["topics"] == 0.5


def test_the_total_is_the_weighted_sum_of_the_parts() -> None:
    found = importance(story("A", "B"), now=NOW)
    assert found.total == pytest.approx(sum(SHARES[name] * part for name, part in found.parts.items()))
    assert sum(SHARES.values()) == pytest.approx(1.0)
