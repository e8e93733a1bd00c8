"""Answering /related: what is on the same event, then on the same affair, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import summaries
from bot.archive import reading
from bot.archive.answers import RelatedAnswer
from bot.archive.rooms import Rooms
from bot.model.article import Article
from bot.model.scope import Scope
from bot.model.story import Related, Story
from bot.store import search, search_articles
from bot.store import stories as store
from bot.store.database import Connection
from bot.store.search import Candidate
from bot.stories.codes import story_id
from bot.stories.explain import Surfaces, reasons
from bot.stories.frequencies import Frequencies
from bot.stories.likeness import SAME_EVENT, Likeness, ranked
from bot.stories.neighbours import strongest
from bot.stories.vector import Vector, Words, read_words
from bot.stories.weights import telling

LOOKED_UP = 16
"""Telling words that are looked up."""

ROWS = 4_000
"""Articles that those words may lead to together; bounds the cost of a question."""

CANDIDATES = 100
"""Articles compared word by word."""

FOLDED = 8
"""Articles read for one result, which folds those of its story."""

LONGEST_QUESTION = 10_000
"""Characters of a question that are read."""

STORY_TEXTS = 3
"""Articles of a story whose texts make up a question about it."""

NOTHING = "Nothing in the archive is close enough to this to be called related."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        query: as asked.
        asked: the article or story asked about.
        texts: (title, text, language) of what is asked.
        row: the article asked about.
        story: the row of the story asked about.
        at: the time of what is asked.
        nothing: why there can be no answer.
    """

    query: str
    asked: Article | Story | None = None
    texts: tuple[tuple[str, str, str | None], ...] = ()
    row: int | None = None
    story: int | None = None
    at: datetime | None = None
    listed: frozenset[str] = field(default_factory=frozenset)
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question: to compare articles with, as they are written, and those to look up."""

    vector: Vector
    surfaces: Surfaces
    telling: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that is close enough."""

    candidate: Candidate
    vector: Vector
    like: Likeness


async def related(
    rooms: Rooms, query: str, scope: Scope | None, *, limit: int, folded: bool = True
) -> RelatedAnswer:
    """Answer one question; `folded` puts articles of one story under the best of them."""
    async with rooms.database.read() as connection:
        question = await _question(connection, query, scope)
        return await answer(rooms, connection, question, scope, limit=limit, folded=folded)


async def related_many(
    rooms: Rooms, questions: Sequence[Mapping[str, str]], scope: Scope | None, *, limit: int
) -> tuple[RelatedAnswer, ...]:
    """Answer questions by article id ("id") or in words ("text"), each article in a line of its own."""
    answers = []
    for asked in questions:
        async with rooms.database.read() as connection:
            if asked.get("id"):
                found = await reading.article(connection, asked["id"], scope)
                question = _of_article(asked["id"], found) if found else _unknown(asked["id"], "article")
            else:
                question = _of_text(asked.get("text", ""))
            answers.append(await answer(rooms, connection, question, scope, limit=limit, folded=False))
    return tuple(answers)


async def _question(connection: Connection, query: str, scope: Scope | None) -> Question:
    """Find out what is asked about: a story, an article, an address, or the words themselves."""
    name = query.strip()
    if story_id(name):
        story = await reading.story(connection, name, scope)
        if story is not None:
            return _of_story(query, *story)
        return _unknown(name, "story")
    if name and len(name) <= LONGEST_QUESTION:
        found = await reading.article(connection, name, scope)
        if found is not None:
            return _of_article(query, found)
    if reading.looks_like_url(name):
        return _unknown(name, "link")
    return _of_text(query)


def _of_article(query: str, found: search_articles.Stored) -> Question:
    article = found.article
    return Question(
        query=query,
        asked=article,
        texts=((article.title, article.text, article.language),),
        row=found.row,
        story=found.story,
        at=article.when,
        listed=frozenset(article.related),
    )


def _of_story(query: str, row: int, story: Story) -> Question:
    told = story.originals[:STORY_TEXTS]
    return Question(
        query=query,
        asked=story,
        texts=tuple((article.title, article.text, article.language) for article in told),
        story=row,
        at=story.first_at,
        listed=frozenset(other for article in told for other in article.related),
    )


def _of_text(query: str) -> Question:
    words = query[:LONGEST_QUESTION]
    return Question(query=query, texts=(("", words, summaries.detect_language(words)),))


def _unknown(name: str, kind: str) -> Question:
    shown = name if len(name) <= 80 else f"{name[:80]}…"
    hint = (
        "Give its headline or a few of its words instead."
        if kind != "story"
        else "The digest shows story ids."
    )
    return Question(query=name, nothing=f"There is no {kind} “{shown}” in the archive. {hint}")


async def answer(
    rooms: Rooms,
    connection: Connection,
    question: Question,
    scope: Scope | None,
    *,
    limit: int,
    folded: bool,
) -> RelatedAnswer:
    """Look up, compare, and explain."""
    if question.nothing:
        return RelatedAnswer(question.asked, question.query, (), question.nothing)
    frequencies = await rooms.frequencies(connection)
    texts = [(title, text, rooms.language_of(language)) for title, text, language in question.texts]
    packed = None
    if question.row is not None:
        packed = (await store.vectors(connection, [question.row])).get(question.row)
    asked = await rooms.compute(_asked, texts, packed, frequencies)
    held = await search.holding(connection, [stem for stem, _ in asked.telling], after=0, each=ROWS)
    rows = await rooms.compute(strongest, held, [weight for _, weight in asked.telling])
    candidates = await search.candidates(
        connection, [row for row in rows if row != question.row], scope=scope, limit=CANDIDATES
    )
    first = question.asked.articles[0].id if isinstance(question.asked, Story) else None
    most = limit * FOLDED if folded else limit + 1
    found = await rooms.compute(_ranked, asked.vector, candidates, frequencies, question, most)
    stored = await search_articles.by_rows(connection, [one.candidate.row for one in found], scope)
    results = await rooms.compute(_results, question, asked.surfaces, found, stored, first, folded)
    return RelatedAnswer(question.asked, question.query, tuple(results[:limit]), None if results else NOTHING)


def _asked(
    texts: Sequence[tuple[str, str, str | None]], packed: bytes | None, frequencies: Frequencies
) -> Asked:
    """Read a question; `packed` is the stored vector of the article that it is about."""
    surfaces = Surfaces((f"{title}\n{text}", language) for title, text, language in texts)
    words = Vector.unpack(packed) if packed else _words(texts).vector
    chosen = telling(words, surfaces.stems, frequencies, most=LOOKED_UP, rows=ROWS)
    return Asked(words, surfaces, chosen)


def _words(texts: Sequence[tuple[str, str, str | None]]) -> Words:
    """Return the words of a question; those of a story are read as one text."""
    if len(texts) == 1:
        return read_words(*texts[0])
    title, _, language = texts[0]
    return read_words(title, "\n".join(f"{t}\n{body}" for t, body, _ in texts), language)


def _ranked(
    vector: Vector, candidates: Sequence[Candidate], frequencies: Frequencies, question: Question, most: int
) -> list[Found]:
    packed = [one.vector for one in candidates]
    close = ranked(vector, packed, frequencies, in_words=question.asked is None, most=most)
    return [Found(candidates[at], Vector.unpack(packed[at]), like) for at, like in close]


def _results(
    question: Question,
    surfaces: Surfaces,
    found: Sequence[Found],
    stored: Mapping[int, search_articles.Stored],
    first: str | None,
    folded: bool,
) -> list[Related]:
    """Return the results with their reasons, the same event first."""
    event = question.story if question.asked else _event(found)
    results: dict[int, Related] = {}
    for at, one in enumerate(found):
        its = stored.get(one.candidate.row)
        if its is None or its.article.id == first:
            continue
        same = one.candidate.story == event
        key = one.candidate.story if folded else -at
        if key in results:
            head = results[key]
            results[key] = _with(head, its.article)
            continue
        hours = (its.article.when - question.at).total_seconds() / 3600 if question.at else None
        results[key] = Related(
            article=its.article,
            score=one.like.score,
            same_event=same,
            reasons=reasons(
                surfaces,
                one.like,
                one.vector,
                same_event=same,
                hours=hours,
                listed=its.article.id in question.listed,
            ),
            parts=one.like.parts,
            story_id=its.story_id,
        )
    if question.asked is None and not folded:
        return list(results.values())
    return sorted(results.values(), key=lambda one: not one.same_event)


def _event(found: Sequence[Found]) -> int | None:
    """Return the story that words are about: that of the best article, when it is near enough."""
    return found[0].candidate.story if found and found[0].like.cosine >= SAME_EVENT else None


def _with(head: Related, other: Article) -> Related:
    return replace(head, also=(*head.also, other))
