"""The few sentences in which a story is told; pure computing, made to run in a worker process."""

from __future__ import annotations

from bot.model.article import Quote
from bot.model.story import Story


def sentences(
    story: Story, number: int, known: frozenset[str] = frozenset(), *, untold: bool = False
) -> tuple[Quote, ...]:
    """Choose the sentences that tell a story, or, to those who were told of it, what is new in it.

    Args:
        story: the story; headline-only articles are never quoted.
        number: how many sentences at most.
        known: ids of its articles that are no news to the reader; what they say is not said again.
        untold: the reader was never told of the story, which is only older than the news: where its latest
            articles say nothing that the older ones did not, they are quoted all the same.

    Returns:
        Verbatim sentences in reading order; empty when no article has text to quote, or nothing is new.
    """
    from summaries import Doc, summarise_many

    quotable = [a for a in story.articles if not a.headline_only and a.text.strip()]
    fresh = [a for a in quotable if a.id not in known]
    if not fresh:
        return ()
    # For the summariser, what the reader knows comes before what is new, whenever it appeared.
    docs = [
        Doc(id=a.id, title=a.title, text=a.text, published=a.when.timestamp() if a.id not in known else 0.0)
        for a in (quotable if known else fresh)
    ]
    since = min(a.when.timestamp() for a in fresh) if len(docs) > len(fresh) else None
    brief = summarise_many(docs, sentences=number, since=since)
    if untold and since is not None and not brief.sentences:
        brief = summarise_many([doc for doc in docs if doc.published], sentences=number)
    return tuple(
        Quote(text=s.text, article_id=s.doc, start=s.start, end=s.end, agreed_by=s.agreed_by)
        for s in brief.sentences
    )


def briefs(work: list[tuple[Story, int, frozenset[str]]]) -> list[tuple[Quote, ...]]:
    """Choose the sentences of several stories, in order: one trip to a worker process."""
    return [sentences(*item) for item in work]
