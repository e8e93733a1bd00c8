"""What readers ask for: /related, /brief, /find."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.commands.context import Context, scope_of
from bot.commands.since import moment
from bot.digest.card import card, source
from bot.digest.compose import cover
from bot.model.request import Asker, BriefRequest, FindRequest, RelatedRequest
from bot.model.scope import Scope
from bot.model.story import Related, Story
from bot.model.view import (
    BriefView,
    Hit,
    Problem,
    RelatedItem,
    RelatedView,
    SearchView,
    StoryCard,
    View,
)
from bot.stories.affairs import joined
from bot.stories.importance import importance

LENGTHS = {"short": (3, 1), "normal": (5, 2), "long": (8, 3)}
"""Stories, and sentences for each, of a brief."""

TOPIC_ARTICLES = 200
"""Articles on a topic that are looked at for a brief."""

EMPTY = "Nothing is stored yet. Articles come in when a feed is added, or a file is imported."

DAY = timedelta(days=1)


async def related(context: Context, asker: Asker, request: RelatedRequest) -> View:
    """Answer which articles are on the same event, then on the same affair, with reasons."""
    answer = await context.archive.related(request.query, scope_of(asker), limit=request.limit)
    asked = answer.asked
    article = asked.articles[0] if isinstance(asked, Story) else asked
    return RelatedView(
        query=article.title if article else answer.query,
        query_url=source(article).url if article else None,
        zone=await context.zone(asker),
        results=tuple(related_item(item) for item in answer.results),
        nothing=await _or_empty(context, answer.nothing),
    )


async def _or_empty(context: Context, nothing: str | None) -> str | None:
    """Return why there is no answer: nothing was found, or there is nothing to find yet."""
    return EMPTY if nothing and await context.archive.newest() is None else nothing


def related_item(item: Related) -> RelatedItem:
    """Return a result as readers see it."""
    return RelatedItem(
        source=source(item.article),
        score=item.score,
        same_event=item.same_event,
        reasons=item.reasons,
        also=tuple(source(article) for article in item.also),
        story_id=item.story_id,
    )


async def brief(context: Context, asker: Asker, request: BriefRequest) -> View:
    """Answer what matters since a time, on a topic or on everything."""
    zone = await context.zone(asker)
    now = context.clock.now()
    since = moment(request.since, now, zone) if request.since else now - DAY
    if since is None:
        return Problem(
            what=f"“{request.since}” is no time that I understand.",
            next="Say “24h”, “3d”, “monday” or a date such as “2026-05-11”.",
        )
    scope = scope_of(asker)
    stories: Sequence[Story] = await context.archive.stories(scope, since=since, until=now)
    if request.topic:
        stories = await _on_topic(context.archive, scope, request.topic, stories)
    number, sentences = LENGTHS[request.length or "normal"]
    ranked = await context.compute(_ranked, stories, now)
    return BriefView(
        topic=request.topic,
        zone=zone,
        stories=await _told(context, ranked[:number], sentences),
        coverage=cover(stories, since=since, until=now),
        nothing=None if ranked else _nothing(request.topic, since, now),
    )


async def find(context: Context, asker: Asker, request: FindRequest) -> View:
    """Answer a full-text search, a page of it."""
    answer = await context.archive.find(request.words, scope_of(asker), page=request.page)
    return SearchView(
        words=request.words,
        zone=await context.zone(asker),
        hits=tuple(
            Hit(source=source(hit.article), snippet=hit.snippet, marks=hit.marks, story_id=hit.story_id)
            for hit in answer.hits
        ),
        page=request.page,
        more=answer.more,
        nothing=await _or_empty(context, answer.nothing),
    )


def _ranked(stories: Sequence[Story], now: datetime) -> list[Story]:
    """Return the most important stories first, those of one affair as one."""

    def rank(story: Story) -> tuple[float, datetime, str]:
        return (-importance(story, now=now).total, story.first_at, story.id)

    return sorted(joined(sorted(stories, key=rank)), key=rank)


async def _on_topic(
    archive: Archive, scope: Scope | None, topic: str, stories: Sequence[Story]
) -> tuple[Story, ...]:
    """Keep the stories with an article that the words find."""
    answer = await archive.find(topic, scope, page=1, size=TOPIC_ARTICLES)
    hits: set[str] = {hit.article.id for hit in answer.hits}
    return tuple(story for story in stories if any(article.id in hits for article in story.articles))


async def _told(context: Context, stories: Sequence[Story], sentences: int) -> tuple[StoryCard, ...]:
    """Choose the sentences of stories, off the event loop."""
    quotes = await context.pipeline.tell(stories, sentences)
    return tuple(card(story, chosen) for story, chosen in zip(stories, quotes, strict=True))


def _nothing(topic: str | None, since: datetime, now: datetime) -> str:
    """Say why a brief is empty."""
    hours = round((now - since).total_seconds() / 3600)
    span = f"{hours} hours" if hours < 72 else f"{round(hours / 24)} days"
    if topic:
        return f"Nothing on “{topic}” in the last {span}. “/find {topic}” searches further back."
    return f"Nothing new in the last {span}."
