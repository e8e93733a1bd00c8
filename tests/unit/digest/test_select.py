"""Which stories a digest tells, in which order, and what was told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.select import BRIEF_LINES, LATE_ARRIVALS, Picked, Quotes, Selection, select
from bot.model.article import Article, Quote
from bot.model.channel import ChannelSettings
from bot.model.story import Story

NOW = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
SINCE = NOW - timedelta(hours=24)
WANTS = ChannelSettings(stories=2)
SAID = (Quote(text="So it was said.", article_id="x", start=0, end=15),)


def article(
    name: str, *, hours_ago: float = 1, source: str = "Post", title: str = "A title", text: str = "A text"
) -> Article:
    when = NOW - timedelta(hours=hours_ago)
    return Article(
        id=name,
        seen_at=when,
        published_at=when,
        source=source,
        keywords=("harbour",),
        title=title,
        text=text,
    )


def holding(name: str, where: str, words: str) -> Article:
    return article(name, title=words) if where == "title" else article(name, text=words)


def story(name: str, *members: Article, copies: dict[str, str] | None = None) -> Story:
    return Story(id=name, articles=members or (article(name),), copies=copies or {})


def chosen(
    stories: Sequence[Story],
    settings: ChannelSettings = WANTS,
    *,
    told: frozenset[str] = frozenset(),
    weights: dict[str, float] | None = None,
    quotes: Quotes = SAID,
    asked: list[Picked] | None = None,
) -> Selection:
    """Select with weights by the story's id, all stories apart, and the same sentences for each."""

    def said(picked: Picked) -> Quotes:
        if asked is not None:
            asked.append(picked)
        return quotes

    return select(
        stories,
        settings,
        told=told,
        since=SINCE,
        weight=lambda one: (weights or {}).get(one.id, 0.0),
        join=lambda ordered: ordered,
        quotes=said,
    )


def full(selection: Selection) -> list[str]:
    return [picked.story.id for picked, _ in selection.full]


def brief(selection: Selection) -> list[str]:
    return [picked.story.id for picked in selection.brief]


def test_the_weightiest_come_first_in_full_then_some_headlines() -> None:
    names = [f"s{number}" for number in range(12)]
    found = chosen([story(name) for name in names], weights={name: at for at, name in enumerate(names)})
    assert full(found) == ["s11", "s10"]
    assert brief(found) == ["s9", "s8", "s7", "s6", "s5"]
    assert len(found.brief) == BRIEF_LINES
    assert all(said == SAID for _, said in found.full)


def test_ties_are_broken_by_age_and_id() -> None:
    old = story("z", article("z", hours_ago=5))
    assert full(chosen([story("b"), story("a"), old], replace(WANTS, stories=3))) == ["z", "a", "b"]


def test_readers_are_told_of_every_article_of_what_is_told() -> None:
    pair = story("one", article("a"), article("b"))
    found = chosen(
        [pair, story("two"), story("three")], replace(WANTS, stories=1), weights={"one": 2, "two": 1}
    )
    assert found.article_ids == {"a", "b", "two", "three"}


def test_what_was_told_comes_again_only_with_new_sentences_and_never_as_a_headline() -> None:
    grown = story("s", article("old", hours_ago=30), article("more"))
    asked: list[Picked] = []
    found = chosen([grown], told=frozenset({"old"}), asked=asked)
    assert [(picked.mark, picked.known) for picked, _ in found.full] == [("update", frozenset({"old"}))]
    assert asked == [picked for picked, _ in found.full]
    assert full(chosen([grown], told=frozenset({"old"}), quotes=())) == []
    first = story("first", article("a"))
    second = story("second", article("b"))
    crowded = chosen([first, second, grown], told=frozenset({"old"}), weights={"first": 3, "second": 2})
    assert (full(crowded), brief(crowded)) == (["first", "second"], [])


def test_a_new_story_without_sentences_is_told_all_the_same() -> None:
    assert full(chosen([story("a")], quotes=())) == ["a"]


def test_a_story_without_news_does_not_take_a_place() -> None:
    told = story("told", article("x"))
    found = chosen([told, story("a"), story("b")], told=frozenset({"x"}), weights={"told": 9})
    assert full(found) == ["a", "b"]


def test_an_update_without_news_leaves_its_place_to_the_next() -> None:
    grown = story("grown", article("old"), article("more"))
    found = select(
        [grown, story("a"), story("b")],
        WANTS,
        told=frozenset({"old"}),
        since=SINCE,
        weight=lambda one: 9.0 if one is grown else 0.0,
        join=lambda ordered: ordered,
        quotes=lambda picked: () if picked.mark == "update" else SAID,
    )
    assert full(found) == ["a", "b"]


@pytest.mark.parametrize(("late", "told"), [(timedelta(seconds=1), False), (-timedelta(seconds=1), True)])
def test_the_back_catalogue_is_no_news(late: timedelta, told: bool) -> None:
    when = SINCE - LATE_ARRIVALS - late
    one = replace(article("a"), published_at=when)
    assert (full(chosen([story("a", one)])) == ["a"]) is told
    exactly = replace(one, published_at=SINCE - LATE_ARRIVALS)
    assert full(chosen([story("a", exactly)])) == []


def test_a_copy_is_no_news_until_the_story_was_told() -> None:
    original = article("first", hours_ago=60)
    copied = story("s", original, article("copy"), copies={"copy": "first"})
    assert full(chosen([copied])) == []
    asked: list[Picked] = []
    assert full(chosen([copied], told=frozenset({"first"}), asked=asked)) == ["s"]
    assert asked[0].known == {"first"}


def test_independent_sources_are_counted() -> None:
    one = story("one", article("a"), article("b", source="Courier"), copies={"b": "a"})
    two = story("two", article("c"), article("d", source="Courier"))
    assert full(chosen([one, two], replace(WANTS, min_sources=2))) == ["two"]


@pytest.mark.parametrize("where", ["title", "text"])
def test_words_let_stories_in_and_keep_them_out(where: str) -> None:
    ferry = story("ferry", holding("a", where, "The FERRY came late"))
    train = story("train", holding("b", where, "The train came late"))
    both = story("both", holding("c", where, "Ferry and train"))
    stories = [ferry, train, both]
    three = replace(WANTS, stories=3)
    assert set(full(chosen(stories, replace(three, include=("ferry",))))) == {"ferry", "both"}
    assert full(chosen(stories, replace(three, exclude=("ferry",)))) == ["train"]
    assert full(chosen(stories, replace(three, include=("ferry",), exclude=("train",)))) == ["ferry"]
    assert set(full(chosen(stories, replace(three, include=("ferry", "train"))))) == {
        "ferry",
        "train",
        "both",
    }
    assert full(chosen(stories, replace(three, exclude=("harbour",)))) == [], "keywords count"


def test_stories_of_one_affair_are_joined_the_weightiest_first_and_what_was_told_takes_part() -> None:
    given: list[str] = []

    def join(stories: Sequence[Story]) -> Sequence[Story]:
        given.extend(one.id for one in stories)
        return stories[:1]

    select(
        [story("a"), story("b"), story("told", article("t")), story("old", article("o", hours_ago=99))],
        WANTS,
        told=frozenset({"t"}),
        since=SINCE,
        weight=lambda one: {"a": 1.0, "b": 2.0}.get(one.id, 0.0),
        join=join,
        quotes=lambda _: SAID,
    )
    assert given == ["b", "a", "told"]


@given(
    weights=st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=1, max_size=12),
    number=st.integers(1, 5),
    turns=st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_does_not_matter(weights: list[float], number: int, turns: object) -> None:
    stories = [story(f"s{at}", article(f"a{at}", hours_ago=at % 3)) for at in range(len(weights))]
    by_name = {f"s{at}": weight for at, weight in enumerate(weights)}
    shuffled = list(stories)
    turns.shuffle(shuffled)  # type: ignore[attr-defined]
    wants = ChannelSettings(stories=number)
    one, other = (chosen(order, wants, weights=by_name) for order in (stories, shuffled))
    assert (full(one), brief(one)) == (full(other), brief(other))
    assert len(one.full) == min(number, len(stories))
