"""Hypothesis recipes for views whose every text comes from the worst of sources."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model.story import Reason
from bot.model.view import (
    BriefView,
    Coverage,
    DigestView,
    Help,
    Hit,
    Notice,
    Problem,
    RelatedItem,
    RelatedView,
    SearchView,
    Sentence,
    Source,
    SourceState,
    SourcesView,
    StoryCard,
    StoryView,
    View,
)

TRICKS = (
    "<!channel>", "<!here|x>", "<@U0BOSS>", "<#C0NEWS>", "<https://evil.example|click>", "@channel",
    "#news", "*bold*", "_it_", "~no~", "`code`", "```x```", ":smile:", "> quote", "\x08> quote",
    "&lt;!channel&gt;", "&amp;", "&", "<", ">", "|", "\n", "\n> quote", "\u202e", "\u2066", "\x00", "\u2028",
    "\ud800", "😀" * 9, "é", " ", "", "x" * 200, "&" * 90,
)  # fmt: skip
small = st.one_of(st.text(max_size=20), st.sampled_from(TRICKS))
text = st.one_of(
    st.lists(small, max_size=6).map(" ".join),
    st.lists(small, max_size=6).map("".join),
    st.tuples(small, st.sampled_from((30, 300))).map(lambda pair: ((pair[0] + " ") * pair[1])[:7000]),
)
ADDRESSES = (
    "https://a.example/?q=a|b&c=<d>", "javascript:alert(1)", "https://a.example/ b>c", "HTTP://a.example",
    "ftp://a.example", "https://", "https://a.example/#:~:text=a,b%20c", "https://a.example/" + "y" * 4000,
)  # fmt: skip
url = st.one_of(
    st.none(), st.sampled_from(ADDRESSES), text.map(lambda tail: f"https://news.example/{tail}"), text
)
zone = st.sampled_from(("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"))
moment = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
times = st.none() | moment
source = st.builds(
    Source,
    article_id=text,
    name=text,
    title=text,
    url=url,
    published_at=times,
    approximate=st.booleans(),
    copy=st.booleans(),
)
sources = st.lists(source, max_size=9).map(tuple)
sentence = st.builds(
    Sentence,
    text=text,
    article_id=text,
    start=st.just(0),
    end=st.just(1),
    source=text,
    url=url,
    agreed_by=st.integers(1, 4),
)
card = st.builds(
    StoryCard,
    id=st.one_of(st.integers(0, 9999).map("S-{:04}".format), text),
    title=text,
    sentences=st.lists(sentence, max_size=4).map(tuple),
    sources=sources,
    first_at=moment,
    last_at=moment,
    mark=st.sampled_from(("", "new", "update")),
)
cards = st.lists(card, max_size=4).map(tuple)
many_cards = st.builds(lambda one, number: one * number, cards, st.sampled_from((1, 1, 3, 12)))
coverage = st.builds(
    Coverage,
    articles=st.integers(0, 10**7),
    sources=st.integers(0, 999),
    since=moment,
    until=moment,
    failing=st.integers(0, 3),
)
reason = st.builds(
    Reason,
    kind=st.sampled_from(("event", "names", "numbers", "words", "headline", "place", "time", "listed")),
    words=st.lists(text, max_size=3).map(tuple),
    hours=st.none() | st.floats(-999, 999),
)
reasons = st.lists(reason, min_size=1, max_size=3).map(tuple)
item = st.builds(
    RelatedItem,
    source=source,
    score=st.floats(0, 1),
    same_event=st.booleans(),
    reasons=reasons,
    also=sources,
    story_id=st.none() | text,
)
digests = st.builds(
    DigestView,
    channel=text,
    day=st.dates(),
    zone=zone,
    stories=many_cards,
    coverage=coverage,
    brief=many_cards,
    late_since=times,
    quiet=st.none() | text,
)


@st.composite
def hit(draw: st.DrawFn) -> Hit:
    """A hit whose marks lie within its snippet, in order, not overlapping."""
    snippet = draw(text)
    ends = sorted(draw(st.sets(st.integers(0, len(snippet)), max_size=8)))
    marks = tuple(zip(ends[::2], ends[1::2], strict=False))
    return Hit(source=draw(source), snippet=snippet, marks=marks, story_id=draw(st.none() | text))


views: st.SearchStrategy[View] = st.one_of(
    digests,
    st.builds(
        BriefView,
        topic=st.none() | text,
        zone=zone,
        stories=many_cards,
        coverage=coverage,
        nothing=st.none() | text,
    ),
    st.builds(
        RelatedView,
        query=text,
        zone=zone,
        results=st.lists(item, max_size=5).map(tuple),
        query_url=url,
        nothing=st.none() | text,
    ),
    st.builds(StoryView, story=card, zone=zone),
    st.builds(
        SearchView,
        words=text,
        zone=zone,
        hits=st.lists(hit(), max_size=6).map(tuple),
        page=st.integers(1, 99),
        more=st.booleans(),
        nothing=st.none() | text,
    ),
    st.builds(
        SourcesView,
        feeds=st.lists(
            st.builds(
                SourceState,
                name=text,
                url=url.map(lambda address: address or ""),
                state=st.sampled_from(("fresh", "slow", "failing", "dead", "blocked")),
                reason=text,
                since=times,
                what_to_do=text,
            ),
            max_size=6,
        ).map(tuple),
        zone=zone,
        articles=st.integers(0, 10**7),
    ),
    st.builds(Help, lines=st.lists(st.tuples(text, text), max_size=9).map(tuple)),
    st.builds(Notice, title=text, lines=st.lists(text, max_size=5).map(tuple)),
    st.builds(Problem, what=text, next=text),
)
