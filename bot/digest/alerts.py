"""Which stories a channel is to be told of at once; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest.matching import fold, holds
from bot.model.article import Article
from bot.model.follow import Follow
from bot.model.story import Story


class Texts:
    """The texts of articles, folded once however many things are followed."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}

    def of(self, article: Article) -> str:
        """Return what is searched of an article."""
        if article.id not in self._folded:
            text = f"{article.title}\n{article.text}\n{' '.join(article.keywords)}"
            self._folded[article.id] = fold(text)
        return self._folded[article.id]


def due(
    follow: Follow,
    stories: Sequence[Story],
    *,
    told: Collection[str],
    recent: int,
    now: datetime,
    texts: Texts | None = None,
) -> tuple[Story, ...]:
    """Return the stories to tell of now, the earliest first.

    Args:
        follow: what the channel follows.
        stories: what there is, each with the articles that the channel may see.
        told: ids of the stories that this follow was told of.
        recent: how many alerts it had in the last 24 hours.
        now: the present moment, aware.
        texts: of the articles, where they are searched more than once.
    """
    left = follow.per_day - recent
    if left <= 0 or quiet(follow, now):
        return ()
    read = texts or Texts()
    found = [story for story in stories if story.id not in told and _matches(follow, story, read)]
    found.sort(key=lambda story: (story.first_at, story.id))
    return tuple(found[:left])


def quiet(follow: Follow, now: datetime) -> bool:
    """Tell whether it is one of the hours without alerts; they may pass midnight."""
    start, end = follow.quiet_from, follow.quiet_until
    if start is None or end is None or start == end:
        return False
    clock = now.astimezone(ZoneInfo(follow.zone)).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def _matches(follow: Follow, story: Story, texts: Texts) -> bool:
    """Tell whether a story is what is followed, fresh, and carried by enough sources."""
    if story.last_at <= follow.since or len(story.sources) < follow.min_sources:
        return False
    if follow.words == (story.id.casefold(),):
        return True
    carrying = {
        article.source
        for article in story.originals
        if all(holds(texts.of(article), word) for word in follow.words)
    }
    return len(carrying) >= follow.min_sources
