"""A story: the articles on one event, and how one article relates to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles on one event.

    Attributes:
        id: stable and short, such as "S-4F2K"; the same on every platform.
        articles: earliest first; never empty.
        copies: article id -> id of the earlier article that it copies (a wire copy or a reprint).
        apart: ids of articles of other stories that a manager keeps apart from it.
    """

    id: str
    articles: tuple[Article, ...]
    copies: dict[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    @property
    def first_at(self) -> datetime:
        """When its earliest article appeared."""
        return self.articles[0].when

    @property
    def last_at(self) -> datetime:
        """When its latest article appeared."""
        return max(article.when for article in self.articles)

    @property
    def originals(self) -> tuple[Article, ...]:
        """Its articles without the copies, earliest first."""
        return tuple(article for article in self.articles if article.id not in self.copies)

    @property
    def sources(self) -> tuple[str, ...]:
        """The publications that report it on their own, in order of appearance; copies do not count."""
        return tuple(dict.fromkeys(article.source or "" for article in self.originals))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A story and another one that were one story until they grew apart.

    Attributes:
        story: id of the other story.
        left: this story left the other one; else the other one left this.
        at: when, aware UTC.
    """

    story: str
    left: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Where a story stands at a moment.

    Attributes:
        stage: "new", "growing", "quiet" or "over"; `bot.stories.life` says what each means.
        sources: independent sources so far.
        joined: how many of them reported for the first time in the last twelve hours.
        reports: articles of their own in the last twelve hours.
        silent_hours: since the latest article that is no copy.
    """

    stage: str
    sources: int
    joined: int
    reports: int
    silent_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two texts belong together, in a form that renderers turn into words.

    Attributes:
        kind: "event" (same event), "names", "numbers", "words", "headline", "place", "time" or "listed"
            (its own page lists it).
        words: the shared names, numbers or words, as they stand in the text; at most about five.
        hours: for "time": how much later the result is, in hours; negative when it is earlier.
    """

    kind: str
    words: tuple[str, ...] = ()
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One result of /related.

    Attributes:
        article: the result.
        score: 0..1, comparable between results of one question.
        same_event: it reports the same event, not merely the same affair.
        reasons: the strongest first; never empty.
        parts: the parts of the score by name, each 0..1.
        also: further articles on the same event as `article`, folded under it.
        story_id: the story of the result.
    """

    article: Article
    score: float
    same_event: bool
    reasons: tuple[Reason, ...]
    parts: dict[str, float] = field(default_factory=dict)
    also: tuple[Article, ...] = ()
    story_id: str | None = None
