"""What is followed is told at once, when enough sources carry it, outside quiet hours, a few times a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.alerts import due, quiet
from bot.model.article import Article
from bot.model.follow import Follow
from bot.model.story import Story

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
FOLLOW = Follow(id=1, channel_id=1, words=("harbour",), since=NOW - timedelta(days=1))


def story(name: str, *sources: str, text: str = "The harbour froze.", copy: bool = False) -> Story:
    articles = tuple(
        Article(
            id=f"{name}-{source}",
            title=f"Report of {source}",
            text=text,
            seen_at=NOW,
            published_at=NOW - timedelta(hours=1),
            source=source,
        )
        for source in sources
    )
    copies = {article.id: articles[0].id for article in articles[1:]} if copy else {}
    return Story(id=name, articles=articles, copies=copies)


def told(follow: Follow, *stories: Story, known: frozenset[str] = frozenset(), recent: int = 0) -> list[str]:
    return [one.id for one in due(follow, stories, told=known, recent=recent, now=NOW)]


def test_enough_independent_sources_make_an_alert() -> None:
    assert told(FOLLOW, story("S-1", "Post", "Courier")) == ["S-1"]
    assert told(FOLLOW, story("S-1", "Post")) == []
    assert told(FOLLOW, story("S-1", "Post", "Courier", copy=True)) == [], "a copy is no second source"
    assert told(FOLLOW, story("S-1", "Post", "Courier", text="The mill burned.")) == []


def test_a_story_is_followed_by_its_id() -> None:
    follow = replace(FOLLOW, words=("s-1",))
    assert told(follow, story("S-1", "Post", "Courier", text="x"), story("S-2", "Post", "Courier")) == ["S-1"]


def test_each_story_once_and_few_a_day() -> None:
    stories = [story(f"S-{number}", "Post", "Courier") for number in range(5)]
    assert told(FOLLOW, *stories, known=frozenset({"S-0"})) == ["S-1", "S-2", "S-3"]
    assert told(FOLLOW, *stories, recent=2) == ["S-0"]
    assert told(FOLLOW, *stories, recent=9) == []


def test_old_stories_are_no_news() -> None:
    assert told(replace(FOLLOW, since=NOW), story("S-1", "Post", "Courier")) == []


@pytest.mark.parametrize(
    ("start", "end", "hour", "silent"),
    [
        (time(22), time(7), 23, True),
        (time(22), time(7), 6, True),
        (time(22), time(7), 7, False),
        (time(22), time(7), 12, False),
        (time(9), time(17), 12, True),
        (time(9), time(17), 17, False),
    ],
)
def test_quiet_hours(start: time, end: time, hour: int, silent: bool) -> None:
    follow = replace(FOLLOW, quiet_from=start, quiet_until=end, zone="Europe/Berlin")
    assert quiet(follow, datetime(2026, 5, 12, hour - 2, 0, tzinfo=UTC)) is silent


@given(st.times(), st.times(), st.times())
def test_a_moment_is_quiet_in_hours_or_in_their_rest_never_in_both(start: time, end: time, at: time) -> None:
    now = datetime.combine(NOW.date(), at, UTC)
    one = quiet(replace(FOLLOW, quiet_from=start, quiet_until=end), now)
    rest = quiet(replace(FOLLOW, quiet_from=end, quiet_until=start), now)
    assert one != rest or start == end
