"""What is shown, as meaning: a small closed union that every platform draws in its own way.

All text in a view is raw: text from outside is escaped by the renderer that shows it, never before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from bot.model.pieces import (
    Claim,
    Coverage,
    Dispute,
    ScorePart,
    Section,
    Sentence,
    Source,
    StoryCard,
    StoryDay,
)
from bot.model.story import Life, Reason

__all__ = [
    "BriefView",
    "Claim",
    "Coverage",
    "DigestView",
    "Dispute",
    "Help",
    "Hit",
    "Notice",
    "Problem",
    "RelatedItem",
    "RelatedView",
    "SavedView",
    "ScorePart",
    "SearchView",
    "Section",
    "Sentence",
    "Source",
    "SourceState",
    "SourcesView",
    "StoryCard",
    "StoryDay",
    "StoryView",
    "View",
    "WhyView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """The digest of a channel for a date.

    Attributes:
        channel: the channel's name.
        day: the local date.
        zone: IANA zone in which times are shown.
        stories: told in full, section by section, the most important first.
        sections: how the stories are divided, in their order; empty for no headings.
        brief: further stories, as a headline and sources only.
        minutes: how long it takes to read, reckoned, in whole minutes; 0 when there is nothing to read.
        late_since: when it was due, if it comes late; aware UTC.
        quiet: when there is nothing to tell: why, in a sentence.
    """

    channel: str
    day: date
    zone: str
    stories: tuple[StoryCard, ...]
    coverage: Coverage
    sections: tuple[Section, ...] = ()
    brief: tuple[StoryCard, ...] = ()
    minutes: int = 0
    late_since: datetime | None = None
    quiet: str | None = None

    def headed(self) -> Iterator[tuple[str, StoryCard]]:
        """Yield each story with the heading that it opens; "" where it goes on under the one before."""
        heads = [head for part in self.sections for head in (part.name, *[""] * (part.stories - 1))]
        heads += [""] * (len(self.stories) - len(heads))
        yield from zip(heads, self.stories, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    """The answer to /brief.

    Attributes:
        topic: the words asked for; None for everything.
        stories: told in sentences, the most important first.
        nothing: when there is nothing to tell: why, in a sentence.
    """

    topic: str | None
    zone: str
    stories: tuple[StoryCard, ...]
    coverage: Coverage
    nothing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedItem:
    """One result of /related.

    Attributes:
        source: the article.
        score: 0..1.
        same_event: on the same event, not merely on the same affair.
        reasons: strongest first, never empty.
        also: other articles on the event of `source`.
        story_id: the story it belongs to.
    """

    source: Source
    score: float
    same_event: bool
    reasons: tuple[Reason, ...]
    also: tuple[Source, ...] = ()
    story_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """The answer to /related.

    Attributes:
        query: the headline of the story or article asked about, or the words of the question.
        results: same event first, then the same affair; empty when nothing is close enough.
        nothing: when empty: why, in a sentence.
    """

    query: str
    zone: str
    results: tuple[RelatedItem, ...]
    query_url: str | None = None
    nothing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """The answer to /story: one story from all its sources, or one aspect of it.

    Attributes:
        story: the story; its sentences and sources as far as they belong to what was asked for.
        view: what was asked for: "brief", "timeline", "sources" or "differences".
        life: where the story stands; None when it was not asked for.
        note: what the asker should know, such as that the story has another id now.
        days: the timeline, the earliest first.
        disputes: numbers on which the sources disagree.
        alone: what only one source reports, by source.
        nothing: when there is nothing to show: why, in a sentence.
    """

    story: StoryCard
    zone: str
    view: str = "brief"
    life: Life | None = None
    note: str | None = None
    days: tuple[StoryDay, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    alone: tuple[Sentence, ...] = ()
    nothing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """The answer to /why: how much a story matters at present, and what makes it so.

    Attributes:
        story_id: such as "S-4F2K".
        title: its headline.
        url: where that stands.
        life: where the story stands.
        parts: what makes up its importance, the weightiest kind first.
    """

    story_id: str
    title: str
    life: Life
    parts: tuple[ScorePart, ...]
    url: str | None = None

    @property
    def points(self) -> int:
        """The importance, 0..100."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """The answer to /saved: what somebody keeps.

    Attributes:
        stories: as headlines, the last saved first; marked "update" where something came since.
        note: which saved stories are here no longer.
        nothing: when nothing is saved: how to begin, in a sentence.
    """

    stories: tuple[StoryCard, ...]
    note: str | None = None
    nothing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result of /find.

    Attributes:
        source: the article.
        snippet: verbatim from its text.
        marks: the parts of the snippet that match: (start, end) offsets into it, in order, not overlapping.
    """

    source: Source
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    story_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The answer to /find, a page of it.

    Attributes:
        words: as asked.
        hits: best first.
        page: 1-based.
        more: there is a further page.
        nothing: when empty: why, in a sentence.
    """

    words: str
    zone: str
    hits: tuple[Hit, ...]
    page: int = 1
    more: bool = False
    nothing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How a feed fares.

    Attributes:
        name: the publication's name.
        url: the feed's address.
        state: "fresh", "slow", "failing", "dead" or "blocked".
        reason: in words; "" when it is fresh.
        since: since when it is in that state, aware UTC.
        what_to_do: for managers; "" when there is nothing to do.
        articles: how many of its articles are stored.
        last_article_at: when its latest one appeared, aware UTC as all times here; None before the first.
        last_ok_at: when it was last read well; None for never.
        next_poll_at: when it is read again; None for never.
        pushed: its hub tells of news at once.
    """

    name: str
    url: str
    state: str
    reason: str = ""
    since: datetime | None = None
    what_to_do: str = ""
    articles: int = 0
    last_article_at: datetime | None = None
    last_ok_at: datetime | None = None
    next_poll_at: datetime | None = None
    pushed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView:
    """The answer to /sources.

    Attributes:
        feeds: by name.
        articles: how many articles the workspace can see, those from files and pages included.
    """

    feeds: tuple[SourceState, ...]
    zone: str
    articles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What one can ask for.

    Attributes:
        lines: (usage, what it does), readers' commands first; usage without the leading slash.
    """

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something was done, or is so.

    Attributes:
        title: one sentence.
        lines: details, one a line.
    """

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something could not be done.

    Attributes:
        what: what happened, to what.
        next: what to do next; never empty.
    """

    what: str
    next: str


View: TypeAlias = (
    DigestView
    | BriefView
    | RelatedView
    | StoryView
    | WhyView
    | SavedView
    | SearchView
    | SourcesView
    | Help
    | Notice
    | Problem
)
