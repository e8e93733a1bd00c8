"""What the archive answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.article import Article
from bot.model.story import Related, Story


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch of articles.

    Attributes:
        new: ids of the articles that were stored, in the order given.
        known: how many were there before, or twice in the batch.
        updated: how many of those told something new, such as a date.
    """

    new: tuple[str, ...]
    known: int
    updated: int = 0


@dataclass(frozen=True, slots=True)
class RelatedAnswer:
    """The answer to /related.

    Attributes:
        asked: the article or story asked about; None for free text.
        query: as asked.
        results: same event first, then the same affair; empty when nothing is close enough.
        nothing: when empty: why, in a sentence.
    """

    asked: Article | Story | None
    query: str
    results: tuple[Related, ...]
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of /find.

    Attributes:
        article: the result.
        snippet: verbatim from its text, or its title when the text is empty.
        marks: the parts of the snippet that match: (start, end) offsets into it, in order, not overlapping.
        story_id: the story it belongs to.
    """

    article: Article
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class FindAnswer:
    """A page of the answer to /find.

    Attributes:
        hits: best first.
        more: there is a further page.
        nothing: when empty: why, in a sentence.
    """

    hits: tuple[Hit, ...]
    more: bool = False
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """What became of a manager's decision on stories.

    Attributes:
        kind: "merge", "split", "undo merge" or "undo split".
        story: the id of the story that is left after a merge, was left by a split, or is as it was before.
        others: the ids of the other stories concerned.
        titles: headlines of the articles that moved, the earliest first.
        own: what left a story is a story of its own.
    """

    kind: str
    story: str
    others: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    own: bool = False
