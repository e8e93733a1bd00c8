"""Example views of every kind, and recipes for any view: what every platform must be able to draw."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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

ZONE = "Europe/Berlin"
NOON = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
COVERAGE = Coverage(articles=212, sources=18, since=NOON - timedelta(days=1), until=NOON, failing=2)


def source(
    name: str = "Harbour Post",
    title: str = "Ferry aground off Port Ellery",
    *,
    copy: bool = False,
    number: int = 1,
    url: str | None = "",
) -> Source:
    """An article of a publication; `url` "" makes one up."""
    made_up = f"https://news.example/{number}"
    return Source(
        article_id=f"a{number}",
        name=name,
        title=title,
        url=made_up if url == "" else url,
        published_at=NOON - timedelta(hours=number % 24),
        copy=copy,
    )


def sentence(text: str, *, number: int = 1, name: str = "Harbour Post", agreed_by: int = 1) -> Sentence:
    """A sentence that begins its article."""
    return Sentence(
        text=text,
        article_id=f"a{number}",
        start=0,
        end=len(text),
        source=name,
        url=f"https://news.example/{number}#:~:text={text.split(maxsplit=1)[0]}" if text.isascii() else None,
        agreed_by=agreed_by,
    )


def card(
    title: str = "Ferry aground off Port Ellery, all 212 aboard are safe",
    *,
    id: str = "S-4F2K",  # noqa: A002 - the field's own name
    sentences: tuple[Sentence, ...] | None = None,
    sources: tuple[Source, ...] | None = None,
    mark: str = "",
) -> StoryCard:
    """A story of two sentences from three publications and a copy, unless told otherwise."""
    told = (
        sentence("The Isa Marrin struck a sandbank at 05:40 on Tuesday, the coastguard said.", agreed_by=3),
        sentence("All 212 people aboard were ashore by nine.", number=2, name="Coastwire"),
    )
    by = (
        source(),
        source("Coastwire", "212 taken off stranded ferry", number=2),
        source("The Velmora Ledger", "Isa Marrin runs onto the Skerrin bank", number=3),
        source("Radio Ellery", "212 taken off stranded ferry", number=4, copy=True),
    )
    return StoryCard(
        id=id,
        title=title,
        sentences=told if sentences is None else sentences,
        sources=by if sources is None else sources,
        first_at=NOON - timedelta(hours=6),
        last_at=NOON - timedelta(hours=2),
        mark=mark,
        keywords=("Isa Marrin", "Port Ellery"),
    )


def digest(
    *stories: StoryCard,
    brief: tuple[StoryCard, ...] = (),
    late_since: datetime | None = None,
    quiet: str | None = None,
    sections: tuple[Section, ...] = (),
    minutes: int = 0,
) -> DigestView:
    """The digest of 12 May 2026 for a channel named harbour."""
    return DigestView(
        channel="harbour",
        day=date(2026, 5, 12),
        zone=ZONE,
        stories=stories,
        coverage=COVERAGE,
        brief=brief,
        late_since=late_since,
        quiet=quiet,
        sections=sections,
        minutes=minutes,
    )


EVENT = (Reason(kind="event"), Reason(kind="names", words=("Isa Marrin", "Port Ellery")))
AFFAIR = (Reason(kind="names", words=("Isa Marrin",)), Reason(kind="time", hours=-96.0))
RESULTS = (
    RelatedItem(
        source=source("Coastwire", "212 taken off stranded ferry", number=2),
        score=0.81,
        same_event=True,
        reasons=EVENT,
        also=(source("Radio Ellery", "212 taken off stranded ferry", number=4, copy=True),),
        story_id="S-4F2K",
    ),
    RelatedItem(
        source=source("The Velmora Ledger", "Skerrin ferry told to mend bow thruster", number=5, url=None),
        score=0.44,
        same_event=False,
        reasons=AFFAIR,
    ),
)
HITS = (
    Hit(
        source=source(),
        snippet="The Isa Marrin struck a sandbank at 05:40.",
        marks=((4, 14), (24, 32)),
        story_id="S-4F2K",
    ),
    Hit(
        source=source("Coastwire", "The harbour bridge opens", number=6),
        snippet="A sandbank forms.",
        marks=((2, 10),),
    ),
)
FEEDS = (
    SourceState(
        name="Harbour Post",
        url="https://news.example/feed",
        state="fresh",
        articles=1_212,
        last_article_at=NOON,
    ),
    SourceState(
        name="Coastwire",
        url="https://coastwire.example/rss",
        state="failing",
        reason="it answers 503",
        since=NOON - timedelta(days=2),
        what_to_do="Wait, or remove it with “/nutgraf feed remove”.",
    ),
)

LIFE = Life(stage="growing", sources=3, joined=1, reports=2, silent_hours=2.0)
DISPUTE = Dispute(
    counted="rescued (passengers)",
    claims=(
        Claim(text="212", sentences=(sentence("The 212 passengers were rescued.", name="Coastwire"),)),
        Claim(text="at least 240", sentences=(sentence("At least 240 passengers were rescued.", number=3),)),
    ),
)

EXAMPLES: dict[str, View] = {
    "digest": digest(
        card(mark="new"),
        card("Council saves the limes of Tram Street", id="S-9XQ7", mark="update"),
        brief=(card("Library opens on Sundays", id="S-7TT3", sentences=()),),
    ),
    "digest, sections": digest(
        card(),
        card("Rail strike ends", id="S-3KD8"),
        card("Council saves the limes of Tram Street", id="S-9XQ7"),
        sections=(Section(name="Traffic", stories=2), Section(name="Other", stories=1)),
        minutes=2,
    ),
    "digest, late": digest(card(), late_since=NOON - timedelta(hours=3)),
    "digest, quiet": digest(quiet="Nothing new since yesterday."),
    "digest, headline only": digest(card(sentences=())),
    "brief": BriefView(topic="ferry", zone=ZONE, stories=(card(),), coverage=COVERAGE),
    "brief on everything": BriefView(
        topic=None, zone=ZONE, stories=(card(), card(id="S-2222")), coverage=COVERAGE
    ),
    "brief, nothing": BriefView(
        topic="zeppelins", zone=ZONE, stories=(), coverage=COVERAGE, nothing="No story is about zeppelins."
    ),
    "related": RelatedView(
        query="Ferry aground off Port Ellery", zone=ZONE, results=RESULTS, query_url="https://news.example/1"
    ),
    "related, nothing": RelatedView(
        query="zeppelins", zone=ZONE, results=(), nothing="Nothing is close enough to be called related."
    ),
    "story": StoryView(
        story=card(),
        zone=ZONE,
        life=LIFE,
        note="S-2222 is part of this story now.",
        disputes=(DISPUTE,),
    ),
    "story by days": StoryView(
        story=card(sentences=(), sources=()),
        zone=ZONE,
        view="timeline",
        life=LIFE,
        days=(
            StoryDay(day=date(2026, 5, 11), sentences=(sentence("The bank had moved, the pilots warned."),)),
            StoryDay(day=date(2026, 5, 12), sentences=(sentence("The Isa Marrin ran aground.", number=2),)),
        ),
    ),
    "story, its sources": StoryView(story=card(sentences=()), zone=ZONE, view="sources", life=LIFE),
    "story, differences": StoryView(
        story=card(sentences=(), sources=()),
        zone=ZONE,
        view="differences",
        life=LIFE,
        disputes=(DISPUTE,),
        alone=(sentence("A dog swam ashore by itself.", number=3, name="The Velmora Ledger"),),
    ),
    "story, no differences": StoryView(
        story=card(sentences=(), sources=()), zone=ZONE, view="differences", nothing="The sources agree."
    ),
    "why": WhyView(
        story_id="S-4F2K",
        title="Ferry aground off Port Ellery",
        url="https://news.example/1",
        life=LIFE,
        parts=(
            ScorePart(name="sources", points=29, of=45, said="3 independent sources"),
            ScorePart(name="topics", points=0, of=15, said="this channel asked for no topics"),
        ),
    ),
    "saved": SavedView(
        stories=(
            card(sentences=(), mark="update"),
            card("Council saves the limes of Tram Street", id="S-9XQ7", sentences=()),
        ),
        note="“Library opens on Sundays” (S-7TT3) is here no longer",
    ),
    "saved, nothing": SavedView(stories=(), nothing="You have saved nothing yet."),
    "search": SearchView(words="sandbank", zone=ZONE, hits=HITS, page=1, more=True),
    "search, nothing": SearchView(words="zeppelin", zone=ZONE, hits=(), nothing="No article has “zeppelin”."),
    "sources": SourcesView(feeds=FEEDS, zone=ZONE, articles=212),
    "sources, none": SourcesView(feeds=(), zone=ZONE),
    "help": Help(
        lines=(("brief [topic]", "What matters since yesterday."), ("nutgraf help", "All commands."))
    ),
    "notice": Notice(
        title="This channel gets its digest at 08:00.", lines=("Europe/Berlin", "Monday to Friday")
    ),
    "problem": Problem(what="There is no story S-0000.", next="“/brief” shows the stories of the day."),
}
"""One view of every kind, and of the states in which it looks different."""
