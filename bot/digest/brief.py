"""The few sentences in which a story is told; pure computing, made to run in a worker process."""

from __future__ import annotations

from bot.model.article import Article, Quote
from bot.model.story import Story

WORDS_A_SENTENCE = 24
"""Reckoned length of a sentence in news; a brief of n sentences may be n times as many words long."""


def sentences(story: Story, number: int, told: frozenset[str] = frozenset()) -> tuple[Quote, ...]:
    """Choose the sentences that tell a story.

    Args:
        story: the story; headline-only articles are never quoted.
        number: how many sentences at most.
        told: ids of articles that the reader was told of; only sentences of others are chosen.

    Returns:
        Verbatim sentences in reading order; empty when no article has text to quote.
    """
    from summaries import Doc, summarise_many

    fresh = [a for a in story.articles if a.id not in told and not a.headline_only and a.text.strip()]
    if not fresh:
        return ()
    docs = [Doc(id=a.id, title=a.title, text=a.text, published=a.when.timestamp()) for a in fresh]
    brief = summarise_many(docs, sentences=number)
    return tuple(
        Quote(text=s.text, article_id=s.doc, start=s.start, end=s.end, agreed_by=s.agreed_by)
        for s in brief.sentences
    )


def briefs(work: list[tuple[Story, int, frozenset[str]]]) -> list[tuple[Quote, ...]]:
    """Choose the sentences of several stories, in order: one trip to a worker process."""
    return [sentences(*item) for item in work]


def article_sentences(article: Article, number: int) -> tuple[Quote, ...]:
    """Choose the sentences that tell one article."""
    return sentences(Story(id="", articles=(article,)), number)
