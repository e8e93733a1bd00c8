"""What only one of the sources of a story reports: sentences with names and numbers that no other has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model.article import Article, Quote
from bot.model.story import Story
from bot.stories.disputes import voice
from bot.stories.terms import terms
from summaries import summarise

LOOKED_AT = 6
"""Sentences of an article that are looked at, those that tell it best: what matters little is not told."""

MOST_ARTICLES = 40
"""Articles that are compared, the latest ones."""

EACH = 1
"""Sentences shown of one source."""

UNSEEN = 2
"""Names and numbers that no other source may have for a sentence to be one source's own; and half of all."""

KNOWN = 0.5
"""Share of a sentence's words that one sentence of another source may hold; with more, it says the same."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a voice says: the words of each sentence-like piece, and all its words."""

    pieces: tuple[frozenset[int], ...]
    words: frozenset[int]


def alone(story: Story) -> tuple[Quote, ...]:
    """Return sentences that only one source of a story has, in the order of the sources.

    Sources are compared with those of their own language only: a translation has other words for all it
    says. A story that only one source reports has nothing to set apart, and gives nothing.
    """
    told = [one for one in story.originals[-MOST_ARTICLES:] if not one.headline_only and one.text.strip()]
    by_language: defaultdict[str | None, list[Article]] = defaultdict(list)
    for article in told:
        by_language[article.language].append(article)
    found: list[Quote] = []
    for articles in by_language.values():
        if len({voice(article) for article in articles}) > 1:
            found += _of(articles)
    order = {article.id: at for at, article in enumerate(told)}
    return tuple(sorted(found, key=lambda quote: (order[quote.article_id], quote.start)))


def _of(articles: Sequence[Article]) -> Iterator[Quote]:
    heard: defaultdict[str, list[_Heard]] = defaultdict(list)
    for article in articles:
        heard[voice(article)].append(_listen(article))
    for name in heard:
        others = [one for other, said in heard.items() if other != name for one in said]
        own: list[tuple[int, int, Quote]] = []
        for article in articles:
            if voice(article) == name:
                own += [(-worth, at, quote) for at, (worth, quote) in enumerate(_own(article, others))]
        yield from (quote for _, _, quote in sorted(own, key=lambda one: one[:2])[:EACH])


def _listen(article: Article) -> _Heard:
    pieces: list[frozenset[int]] = []
    for line in f"{article.title}\n{article.text}".split("\n"):
        keys: set[int] = set()
        for term in terms(line, article.language):
            if term.content:
                keys.add(term.key)
            if line[term.end : term.end + 1] in {".", "!", "?"}:
                pieces.append(frozenset(keys))
                keys = set()
        pieces.append(frozenset(keys))
    return _Heard(tuple(piece for piece in pieces if piece), frozenset().union(*pieces))


def _own(article: Article, others: Sequence[_Heard]) -> Iterator[tuple[int, Quote]]:
    """Yield the sentences of an article that are its own, with how many names and numbers nobody else has."""
    told = summarise(article.text, sentences=LOOKED_AT, title=article.title, language=article.language)
    for sentence in told.sentences:
        found = [term for term in terms(sentence.text, article.language) if term.content]
        keys = frozenset(term.key for term in found)
        marks = {term.key for term in found if term.number or (term.capital and term.start > 0)}
        unseen = sum(1 for key in marks if not any(key in other.words for other in others))
        if unseen < UNSEEN or 2 * unseen < len(marks):
            continue
        if any(len(keys & piece) > KNOWN * len(keys) for other in others for piece in other.pieces):
            continue
        yield (
            unseen,
            Quote(text=sentence.text, article_id=article.id, start=sentence.start, end=sentence.end),
        )
