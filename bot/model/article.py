"""An article as it is stored, and a verbatim sentence of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of one source; `text` is plain, a paragraph a line; a stored text that is replaced is kept.

    Attributes:
        id: unique in the archive; a given one is kept, else made by `bot.sources.identity`.
        title: plain text on one line.
        text: the body without the title; every offset shown to readers counts characters of it.
        seen_at: when Nutgraf first read it (for a captured page: when it was captured), aware UTC.
        url: where it stands, http or https.
        guid: the feed's own name for it, unique within the feed only.
        source: the name of the publication, as readers know it.
        language: ISO 639-1.
        published_at: aware UTC; a hint from the source, absent when the source says nothing.
        published_approximate: the time was reckoned from an age such as "2 days ago".
        related: ids of the articles that its own page lists beside it, in page order.
        image_url: its lead picture.
        headline_only: the source may be shown by its headlines only.
        offered: `content_hash` of what the feed said of it, when the text is the page's instead.
    """

    id: str
    title: str
    text: str
    seen_at: datetime
    url: str | None = None
    guid: str | None = None
    source: str | None = None
    author: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_approximate: bool = False
    related: tuple[str, ...] = ()
    image_url: str | None = None
    headline_only: bool = False
    offered: str | None = None

    @property
    def when(self) -> datetime:
        """The time to sort by: the date of publication, unless it is missing or in the future."""
        if self.published_at is None or self.published_at > self.seen_at:
            return self.seen_at
        return self.published_at


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence: `text == article.text[start:end]` for the stored article of that id.

    Attributes:
        text: the sentence, character for character.
        article_id: the article it stands in.
        start: offset of its first character in the article's text, in characters.
        end: offset after its last character.
        agreed_by: how many articles of the story say the same; 1 when only this one does.
    """

    text: str
    article_id: str
    start: int
    end: int
    agreed_by: int = 1
