"""Recipes for views: any view at all, and each kind of view with given foreign words in every place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.model.story import Life, Reason
from bot.model.view import (
    BriefView,
    Claim,
    Coverage,
    DigestView,
    Dispute,
    Help,
    Hit,
    Notice,
    Problem,
    RelatedItem,
    RelatedView,
    SavedView,
    ScorePart,
    SearchView,
    Section,
    Sentence,
    Source,
    SourceState,
    SourcesView,
    StoryCard,
    StoryDay,
    StoryView,
    View,
    WhyView,
)
from tests.contract.views import COVERAGE, NOON, ZONE

# Every kind of sign, and more often than chance would have it those that platforms read as commands.
MARKUP = "*_~`|<>&@#:[]()\\/-!\"' \n\t\x1b\x00\u202e\u2028\u200b"
WORDS = st.text(st.one_of(st.sampled_from(MARKUP), st.characters()), max_size=60)
SOME = WORDS.filter(lambda words: bool(words.strip()))
LONG = st.one_of(SOME, st.builds(lambda words, times: words * times, SOME, st.integers(1, 60)))
OWN = st.builds("Nothing here has “{}”.".format, WORDS)
"""A sentence of our own, with words that somebody asked for."""

URLS = st.one_of(
    st.none(),
    st.just("https://news.example/a(b)|c>?d=%20&e=ü#f"),
    st.builds(lambda path: f"https://news.example/{path}", WORDS),
    st.just("javascript:alert(1)"),
    st.builds(lambda path: f"http://news.example/{path}" * 40, st.just("a")),
    WORDS,
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"])
IDS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=4, max_size=4).map(lambda end: f"S-{end}")


def _some(*recipe: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.one_of(*recipe), max_size=most).map(tuple)


SOURCES = st.builds(
    Source,
    article_id=SOME,
    name=WORDS,
    title=LONG,
    url=URLS,
    published_at=st.none() | MOMENTS,
    approximate=st.booleans(),
    copy=st.booleans(),
    agency=st.none() | WORDS,
)
SENTENCES = st.builds(
    lambda text, start, **rest: Sentence(text=text, start=start, end=start + len(text), **rest),
    LONG,
    st.integers(0, 10**6),
    article_id=SOME,
    source=WORDS,
    url=URLS,
    agreed_by=st.integers(1, 40),
)
CARDS = st.builds(
    StoryCard,
    id=IDS,
    title=LONG,
    sentences=_some(SENTENCES),
    sources=_some(SOURCES),
    first_at=MOMENTS,
    last_at=MOMENTS,
    mark=st.sampled_from(["", "new", "update"]),
    keywords=_some(WORDS),
)
REASONS = st.builds(
    Reason,
    kind=st.sampled_from(["event", "names", "numbers", "words", "headline", "place", "time", "listed"]),
    words=_some(WORDS),
    hours=st.floats(-1e4, 1e4),
)
ITEMS = st.builds(
    RelatedItem,
    source=SOURCES,
    score=st.floats(0, 1),
    same_event=st.booleans(),
    reasons=st.lists(REASONS, min_size=1, max_size=3).map(tuple),
    also=_some(SOURCES),
    story_id=st.none() | IDS,
)
HITS = st.builds(
    lambda source, snippet, cut, story_id: Hit(
        source=source,
        snippet=snippet,
        marks=((min(cut, len(snippet) - 1), len(snippet)),),
        story_id=story_id,
    ),
    SOURCES,
    SOME,
    st.integers(0, 60),
    st.none() | IDS,
)
FEEDS = st.builds(
    SourceState,
    name=WORDS,
    url=URLS.map(lambda url: url or "https://news.example/feed"),
    state=st.sampled_from(["fresh", "slow", "failing", "dead", "blocked"]),
    reason=WORDS,
    since=st.none() | MOMENTS,
    what_to_do=WORDS,
    articles=st.integers(0, 10**6),
    last_article_at=st.none() | MOMENTS,
)
COVERAGES = st.builds(
    Coverage,
    articles=st.integers(0, 10**6),
    sources=st.integers(0, 10**4),
    since=MOMENTS,
    until=MOMENTS,
    failing=st.integers(0, 100),
)


def _digest(names: list[str], stories: tuple[StoryCard, ...], **rest: Any) -> DigestView:  # noqa: ANN401 - fields of the view
    """Return a digest whose first stories stand under headings, a story or two each."""
    sizes = [min(2, len(stories) - start) for start in range(0, len(stories), 2)]
    sections = tuple(Section(name=name, stories=size) for name, size in zip(names, sizes, strict=False))
    return DigestView(stories=stories, sections=sections, **rest)


DIGESTS: st.SearchStrategy[DigestView] = st.builds(
    _digest,
    names=st.lists(LONG, max_size=2),
    minutes=st.integers(0, 99),
    channel=WORDS,
    day=st.dates(date(1990, 1, 1), date(2099, 1, 1)),
    zone=ZONES,
    stories=_some(CARDS),
    coverage=COVERAGES,
    brief=_some(CARDS),
    late_since=st.none() | MOMENTS,
    quiet=st.none() | OWN,
)
LIVES = st.builds(
    Life,
    stage=st.sampled_from(["new", "growing", "quiet", "over"]),
    sources=st.integers(1, 99),
    joined=st.integers(0, 99),
    reports=st.integers(0, 99),
    silent_hours=st.floats(0, 1e5),
)
DISPUTES = st.builds(
    Dispute,
    counted=SOME,
    claims=st.lists(
        st.builds(Claim, text=SOME, sentences=st.lists(SENTENCES, min_size=1, max_size=2).map(tuple)),
        min_size=2,
        max_size=3,
    ).map(tuple),
)
STORIES = st.builds(
    StoryView,
    story=CARDS,
    zone=ZONES,
    view=st.sampled_from(["brief", "timeline", "sources", "differences"]),
    life=st.none() | LIVES,
    note=st.none() | OWN,
    days=_some(st.builds(StoryDay, day=st.dates(date(1990, 1, 1)), sentences=_some(SENTENCES)), most=2),
    disputes=_some(DISPUTES, most=2),
    alone=_some(SENTENCES, most=2),
    nothing=st.none() | OWN,
)
VIEWS: st.SearchStrategy[View] = st.one_of(
    DIGESTS,
    st.builds(
        BriefView,
        topic=st.none() | SOME,
        zone=ZONES,
        stories=_some(CARDS),
        coverage=COVERAGES,
        nothing=st.none() | OWN,
    ),
    st.builds(
        RelatedView,
        query=WORDS,
        zone=ZONES,
        results=_some(ITEMS),
        query_url=URLS,
        nothing=st.none() | OWN,
    ),
    STORIES,
    st.builds(
        WhyView,
        story_id=IDS,
        title=LONG,
        life=LIVES,
        parts=_some(st.builds(ScorePart, name=SOME, points=st.integers(0, 45), of=st.just(45), said=WORDS)),
        url=URLS,
    ),
    st.builds(SavedView, stories=_some(CARDS), note=st.none() | OWN, nothing=st.none() | OWN),
    st.builds(
        SearchView,
        words=SOME,
        zone=ZONES,
        hits=_some(HITS),
        page=st.integers(1, 99),
        more=st.booleans(),
        nothing=st.none() | OWN,
    ),
    st.builds(SourcesView, feeds=_some(FEEDS), zone=ZONES, articles=st.integers(0, 10**6)),
    st.builds(Help, lines=_some(st.tuples(SOME, SOME))),
    st.builds(Notice, title=SOME, lines=_some(WORDS)),
    st.builds(Problem, what=SOME, next=SOME),
)


def every_kind(words: str, url: str | None = "https://news.example/1") -> dict[str, View]:
    """Return each kind of view with the same foreign words wherever foreign words can stand."""
    source = Source(article_id="a1", name=words, title=words, url=url, published_at=NOON)
    sentence = Sentence(text=words, article_id="a1", start=0, end=len(words), source=words, url=url)
    card = StoryCard(
        id="S-4F2K",
        title=words,
        sentences=(sentence, sentence),
        sources=(source,),
        first_at=NOON,
        last_at=NOON,
        keywords=(words,),
    )
    item = RelatedItem(
        source=source,
        score=0.5,
        same_event=True,
        reasons=(Reason(kind="names", words=(words, words)),),
        also=(source,),
        story_id="S-4F2K",
    )
    feed = SourceState(name=words, url="https://news.example/feed", state="failing", reason=words)
    return {
        "digest": DigestView(
            channel=words,
            day=date(2026, 5, 12),
            zone=ZONE,
            stories=(card,),
            sections=(Section(name=words, stories=1),),
            coverage=COVERAGE,
            brief=(card,),
        ),
        "brief": BriefView(topic=words, zone=ZONE, stories=(card,), coverage=COVERAGE),
        "brief, nothing": BriefView(topic=words, zone=ZONE, stories=(), coverage=COVERAGE, nothing=words),
        "related": RelatedView(query=words, zone=ZONE, results=(item,), query_url=url),
        "story": StoryView(
            story=card,
            zone=ZONE,
            view="differences",
            note=words,
            days=(StoryDay(day=date(2026, 5, 12), sentences=(sentence,)),),
            disputes=(Dispute(counted=words, claims=(Claim(text=words, sentences=(sentence,)),) * 2),),
            alone=(sentence,),
        ),
        "why": WhyView(
            story_id="S-4F2K",
            title=words,
            url=url,
            life=Life(stage="new", sources=1, joined=1, reports=1, silent_hours=1.0),
            parts=(ScorePart(name="topics", points=15, of=15, said=words),),
        ),
        "saved": SavedView(stories=(card,), note=words),
        "search": SearchView(words=words, zone=ZONE, hits=(Hit(source=source, snippet=words),)),
        "sources": SourcesView(feeds=(feed,), zone=ZONE),
        "notice": Notice(title=words, lines=(words,)),
        "problem": Problem(what=words, next=words),
    }
