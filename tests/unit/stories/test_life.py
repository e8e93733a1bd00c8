"""Where a story stands: new, growing, quiet, over; and which agency a copy is from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.article import Article
from bot.model.story import Story
from bot.stories.agencies import agencies, agency
from bot.stories.life import life
from bot.stories.timeline import days

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)


def article(
    number: int, hours_ago: float, source: str = "A", text: str = "Off Tolm.", author: str = ""
) -> Article:
    at = NOW - timedelta(hours=hours_ago)
    return Article(
        id=f"a{number}", title="Ferry", text=text, seen_at=at, published_at=at, source=source, author=author
    )


def story(*hours_ago: float, sources: str = "ABCDEF", copies: dict[str, str] | None = None) -> Story:
    found = [article(n, hours, sources[n]) for n, hours in enumerate(hours_ago)]
    return Story(id="S-2222", articles=tuple(sorted(found, key=lambda a: a.when)), copies=copies or {})


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        (story(2), "new"),
        (story(11.9, 1), "new"),
        (story(3, 2, 1), "growing"),
        (story(40, 5), "growing"),
        (story(40, 20), "quiet"),
        (story(90, 80), "over"),
        (story(400, 130, 100), "quiet"),
        (story(2000, 800), "over"),
        (story(40, 5, copies={"a1": "a0"}), "quiet"),
        (story(40, -5), "quiet"),
    ],
)
def test_stages(told: Story, stage: str) -> None:
    assert life(told, NOW).stage == stage


def test_who_joined() -> None:
    found = life(story(40, 30, 5, 4, sources="ABAC"), NOW)
    assert (found.sources, found.joined, found.reports, found.silent_hours) == (3, 1, 2, 4.0)


@given(st.lists(st.floats(-100, 5000), min_size=1, max_size=6), st.floats(0, 10_000))
def test_a_story_left_alone_ends_and_never_comes_back(hours: list[float], passed: float) -> None:
    order = ["new", "growing", "quiet", "over"]
    told = story(*hours)
    now = max(NOW, told.last_at)
    before, after = life(told, now), life(told, now + timedelta(hours=passed))
    rest = order.index(after.stage)
    assert rest >= order.index(before.stage) or (before.stage, after.stage) == ("growing", "new")
    assert life(told, now + timedelta(days=40)).stage == "over"


@pytest.mark.parametrize(
    ("text", "author", "name"),
    [
        ("PORT ELLERY, May 12 (Reuters) - A ferry ran aground.", "", "Reuters"),
        ("Hamburg (dpa/lno) - Eine Fähre ist auf Grund gelaufen.", "", "dpa"),
        ("AP - A ferry ran aground.", "", "AP"),
        ("By Ada Quist, Associated Press\nA ferry ran aground.", "", "AP"),
        ("A ferry ran aground.", "Reuters", "Reuters"),
        ("A ferry ran aground.", "Ada Quist / AFP", "AFP"),
        ("A ferry ran aground, Reuters said.", "", None),
        ("The app ran aground (ap) - it said.", "Apollo Pap", None),
        ("A ferry ran aground." + " So it was." * 30 + " (Reuters)", "", None),
    ],
)
def test_agencies(text: str, author: str, name: str | None) -> None:
    assert agency(article(1, 1, text=text, author=author)) == name


def test_a_copy_has_the_agency_of_what_it_copies() -> None:
    told = Story(
        id="S-2222",
        articles=(
            article(1, 3, "Post", "TOLM (Reuters) - A ferry ran aground."),
            article(2, 2, "Echo", "A ferry ran aground."),
            article(3, 1, "Bote", "TOLM (Coastwire) - A ferry ran aground."),
            article(4, 2, "Coastwire", "A ferry ran aground, twice."),
            article(5, 1, "Star", "Nobody was hurt."),
        ),
        copies={"a2": "a1", "a3": "a4"},
    )
    assert agencies(told) == {"a1": "Reuters", "a2": "Reuters", "a4": "Coastwire", "a3": "Coastwire"}


def test_days_by_the_clocks_of_the_zone() -> None:
    told = story(30, 10, 9)  # 02:00 UTC on the 11th, 22:00 and 23:00 UTC on the 11th
    assert [day.day.day for day in days(told, "UTC")] == [11]
    found = days(told, "Europe/Berlin")
    assert [(day.day.day, len(day.told.articles), len(day.known)) for day in found] == [
        (11, 1, 0),
        (12, 3, 1),
    ]


def test_a_long_story_keeps_its_first_day_and_its_latest() -> None:
    told = Story(id="S-2222", articles=tuple(article(n, 24 * (40 - n)) for n in range(40)))
    found = days(told, "UTC")
    assert len(found) == 12
    assert found[0].told.articles[0].id == "a0"
    assert found[-1].told.articles[-1].id == "a39"
