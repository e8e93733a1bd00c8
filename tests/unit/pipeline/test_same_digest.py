"""The same input gives the same digest, byte for byte, on every platform and in every process."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.compose import compose, cover
from bot.digest.window import Window
from bot.model.article import Article
from bot.model.channel import Channel, ChannelSettings
from bot.model.story import Story
from bot.model.view import DigestView
from bot.platforms.console import html
from bot.platforms.console.data import data
from bot.platforms.console.render import text
from bot.platforms.discord.render import render as discord
from bot.platforms.slack.render import render as slack
from bot.sources.files import read_file
from bot.stories.affairs import joined
from bot.stories.importance import importance

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
SINCE = NOW - timedelta(hours=24)
WANTS = st.builds(
    ChannelSettings,
    stories=st.integers(1, 8),
    minutes=st.integers(0, 3),
    sentences=st.integers(1, 3),
    sections=st.sampled_from(["none", "topic", "source"]),
    include=st.sampled_from([(), ("harbour", "council"), ("the",)]),
    exclude=st.sampled_from([(), ("ferry",)]),
)


@cache
def sample() -> tuple[Story, ...]:
    """Return the sample articles, a story each but for every third, which two articles tell."""
    found: Sequence[Article] = read_file(
        Path(str(files("bot.samples") / "articles.jsonl")), captured_at=NOW
    ).articles
    stories = []
    for start in range(0, 24, 4):
        one, *rest = found[start : start + 4]
        stories.append(Story(id=f"S-{start:04}", articles=(one, *rest[:1])))
        stories += [Story(id=f"S-{other.id}", articles=(other,)) for other in rest[1:]]
    return tuple(stories)


def everywhere(view: DigestView) -> bytes:
    """Return a digest as all platforms draw it."""
    drawn = [slack(view), discord(view), data(view), text(view), html.page(view)]
    return json.dumps(drawn, ensure_ascii=True).encode()


def digest(stories: Sequence[Story], wants: ChannelSettings) -> bytes:
    return told(window(stories), wants)


def window(stories: Sequence[Story]) -> Window:
    return Window(
        stories,
        since=SINCE,
        coverage=cover(stories, since=SINCE, until=NOW, failing=2),
        weight=lambda story, topics: importance(story, now=NOW, topics=topics).total,
        join=joined,
    )


def told(seen: Window, wants: ChannelSettings) -> bytes:
    channel = Channel(id=1, platform="p", workspace="W", address="a", name="news", settings=wants)
    selection = seen.choose(wants, frozenset())
    view = compose(channel, selection, day=NOW.date(), zone="UTC", coverage=seen.coverage)
    return everywhere(view)


@settings(max_examples=12, deadline=None)
@given(wants=WANTS, turns=st.randoms(use_true_random=False))
def test_whatever_the_order_in_which_stories_come(wants: ChannelSettings, turns: object) -> None:
    shuffled = list(sample())
    turns.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest(shuffled, wants) == digest(sample(), wants)


@cache
def fingerprint() -> str:
    """Return a fingerprint of digests of many kinds."""
    kinds = [
        ChannelSettings(stories=8, sections=sections, minutes=minutes, include=include)
        for sections in ("none", "topic", "source")
        for minutes in (0, 1)
        for include in ((), ("harbour", "council"))
    ]
    seen = window(sample())
    return hashlib.sha256(b"".join(told(seen, wants) for wants in kinds)).hexdigest()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_in_a_process_with_other_hashes(seed: str) -> None:
    code = "from tests.unit.pipeline.test_same_digest import fingerprint; print(fingerprint())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == fingerprint()


def test_channels_whose_affairs_are_joined_otherwise_do_not_get_each_others_sentences() -> None:
    """A leader joined to another story in each of two digests keeps its id, and its number of articles."""

    def join(ordered: Sequence[Story]) -> Sequence[Story]:
        leader = max(ordered, key=lambda one: one.first_at)
        other, *rest = [one for one in ordered if one is not leader]
        return [Story(id=leader.id, articles=(*leader.articles, *other.articles)), *rest]

    alone = [Story(id=f"S-{one.id}", articles=(one,)) for story in sample() for one in story.articles]
    seen = Window(
        alone,
        since=SINCE,
        coverage=cover(alone, since=SINCE, until=NOW),
        weight=lambda story, topics: float(any(topic in a.text for topic in topics for a in story.articles)),
        join=join,
    )
    for include in ((), ("harbour",), ("council",), ("the",)):
        wants = ChannelSettings(include=include, stories=30, sentences=10)
        for picked, quotes in seen.choose(wants, frozenset()).full:
            assert {quote.article_id for quote in quotes} <= {one.id for one in picked.story.articles}
