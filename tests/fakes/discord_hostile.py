"""Hostile text for Discord, and any view filled with it: recipes for property tests."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model import view
from bot.model.story import Reason

HOSTILE = st.sampled_from(
    [
        "@everyone",
        "@HERE",
        "<@123>",
        "<@&9>",
        "<#5>",
        "<t:0:R>",
        "<:x:1>",
        "</x:1>",
        "[a](http://b.example)",
        "http://a.example/_x_",
        "a]b(c",
        "](x)",
        ":smile:",
        "**b**",
        "__u__",
        "~~s~~",
        "||s||",
        "`c`",
        "```",
        "# h",
        "-# s",
        "> q",
        "- l",
        "1. n",
        "\\",
        "\\*",
        "\n",
        "\u202e",
        "\ud800",
        "\U0001f600",
        " ",
        "\u2028",
        "www.a.example",
        "a" * 199,
    ]
)
TEXT = st.lists(HOSTILE | st.text(max_size=12), max_size=8).map("".join)

ZONE = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"])
LONG = TEXT | st.builds(lambda text, times: text * times, TEXT, st.sampled_from([40, 400]))
URL = st.none() | TEXT.map(lambda text: f"https://news.example/{text}") | TEXT
WHEN = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds must be naive
STORY_ID = st.from_regex(r"S-[0-9A-Z]{4}", fullmatch=True) | TEXT

SOURCE = st.builds(
    view.Source,
    article_id=TEXT,
    name=TEXT,
    title=LONG,
    url=URL,
    published_at=st.none() | WHEN,
    approximate=st.booleans(),
    copy=st.booleans(),
)
SENTENCE = st.builds(
    view.Sentence,
    text=LONG,
    article_id=TEXT,
    start=st.just(0),
    end=st.just(1),
    source=TEXT,
    url=URL,
    agreed_by=st.integers(1, 5),
)


def some(of: st.SearchStrategy[object], most: int, least: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    """A tuple of things."""
    return st.lists(of, min_size=least, max_size=most).map(tuple)


CARD = st.builds(
    view.StoryCard,
    id=STORY_ID,
    title=LONG,
    sentences=some(SENTENCE, 2),
    sources=some(SOURCE, 2),
    first_at=WHEN,
    last_at=WHEN,
    mark=st.sampled_from(["", "new", "update"]),
    keywords=some(TEXT, 3),
)
COVERAGE = st.builds(
    view.Coverage,
    articles=st.integers(0, 10**6),
    sources=st.integers(0, 1000),
    since=WHEN,
    until=WHEN,
    failing=st.integers(0, 3),
)
REASON = st.builds(
    Reason,
    kind=st.sampled_from(["event", "names", "numbers", "words", "headline", "place", "time", "listed"]),
    words=some(TEXT, 3),
    hours=st.none() | st.floats(-1000, 1000),
)
DIGEST = st.builds(
    view.DigestView,
    channel=TEXT,
    day=st.dates(),
    zone=ZONE,
    stories=some(CARD, 3),
    coverage=COVERAGE,
    brief=some(CARD, 3),
    late_since=st.none() | WHEN,
    quiet=st.none() | TEXT,
)
BRIEF = st.builds(
    view.BriefView,
    topic=st.none() | LONG,
    zone=ZONE,
    stories=some(CARD, 3),
    coverage=COVERAGE,
    nothing=st.none() | TEXT,
)
ITEM = st.builds(
    view.RelatedItem,
    source=SOURCE,
    score=st.floats(0, 1),
    same_event=st.booleans(),
    reasons=some(REASON, 3, 1),
    also=some(SOURCE, 3),
    story_id=st.none() | STORY_ID,
)
RELATED = st.builds(
    view.RelatedView,
    query=LONG,
    zone=ZONE,
    results=some(ITEM, 4),
    query_url=URL,
    nothing=st.none() | TEXT,
)
STORY = st.builds(view.StoryView, story=CARD, zone=ZONE)
MARKS = some(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), 4)
HIT = st.builds(view.Hit, source=SOURCE, snippet=LONG, marks=MARKS, story_id=st.none() | STORY_ID)
SEARCH = st.builds(
    view.SearchView,
    words=LONG,
    zone=ZONE,
    hits=some(HIT, 4),
    page=st.integers(1, 1000),
    more=st.booleans(),
    nothing=st.none() | TEXT,
)
FEED = st.builds(
    view.SourceState,
    name=TEXT,
    url=TEXT,
    state=st.sampled_from(["fresh", "slow", "failing", "dead", "blocked"]),
    reason=LONG,
    since=st.none() | WHEN,
    what_to_do=TEXT,
)
SOURCES = st.builds(view.SourcesView, feeds=some(FEED, 5), zone=ZONE, articles=st.integers(0, 10**6))
HELP = st.builds(view.Help, lines=some(st.tuples(TEXT, LONG), 5))
NOTICE = st.builds(view.Notice, title=LONG, lines=some(TEXT, 5))
PROBLEM = st.builds(view.Problem, what=LONG, next=LONG)

VIEW = st.one_of(DIGEST, BRIEF, RELATED, STORY, SEARCH, SOURCES, HELP, NOTICE, PROBLEM)
