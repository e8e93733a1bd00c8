"""The pieces that views are made of: articles, sentences and stories as readers see them.

All text is raw: text from outside is escaped by the renderer that shows it, never before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article as a reader sees it: where it stands.

    Attributes:
        article_id: its id in the archive.
        name: the publication's name; "source unknown" when nobody knows.
        title: its headline.
        url: where it stands; None when nobody knows.
        published_at: aware UTC; None when the source gives no date.
        approximate: the time was reckoned from an age.
        copy: it is a wire copy or a reprint of another article of the same story.
        agency: the news agency that a copy, or what it copies, names as its source.
    """

    article_id: str
    name: str
    title: str
    url: str | None = None
    published_at: datetime | None = None
    approximate: bool = False
    copy: bool = False
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A verbatim sentence with the place it stands.

    Attributes:
        text: equal to the stored article's text[start:end].
        article_id: the article it stands in.
        start: offset of the first character.
        end: offset after the last character.
        source: the publication's name.
        url: a link that scrolls to the sentence in the source, where the source has an address.
        agreed_by: how many articles of the story say it.
    """

    text: str
    article_id: str
    start: int
    end: int
    source: str
    url: str | None = None
    agreed_by: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCard:
    """A story as a reader sees it.

    Attributes:
        id: such as "S-4F2K".
        title: the headline of the article that tells it best.
        sentences: verbatim, in reading order; may be empty for a headline-only source.
        sources: earliest first, copies marked.
        mark: "new", "update" (told before, and there is more) or "".
        first_at: when its first article appeared, aware UTC.
        last_at: when its latest did.
        keywords: names and words it is about, best first.
    """

    id: str
    title: str
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    first_at: datetime
    last_at: datetime
    mark: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def url(self) -> str | None:
        """Where the article stands whose headline is shown; without one, the first article."""
        first = self.sources[0].url if self.sources else None
        return next((source.url for source in self.sources if source.title == self.title), first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an answer rests on.

    Attributes:
        articles: how many articles were read for it.
        sources: from how many publications.
        failing: how many of the channel's feeds cannot be read at present.
        since: the start of the time covered, aware UTC.
        until: its end.
    """

    articles: int
    sources: int
    since: datetime
    until: datetime
    failing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Stories of a digest that stand under one heading.

    Attributes:
        name: the heading: a topic or a publication.
        stories: how many there are, at least 1.
    """

    name: str
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A number that some sources give.

    Attributes:
        text: the number as the first of them writes it, such as "at least 600".
        sentences: where each of them says so, the earliest first; never empty.
    """

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What sources give different numbers for.

    Attributes:
        counted: what is counted, such as "killed" or "killed (children)".
        claims: what most of them say first; at least two.
    """

    counted: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDay:
    """What a day added to a story, in sentences."""

    day: date
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """A part of a story's importance.

    Attributes:
        name: "sources", "freshness", "speed" or "topics".
        points: what it adds to the importance, 0..`of`.
        of: the most it can add; those of all parts sum to 100.
        said: why, in words.
    """

    name: str
    points: int
    of: int
    said: str
