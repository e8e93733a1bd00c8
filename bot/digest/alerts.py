"""Which stories a channel is to be told of at once; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model.follow import Follow
from bot.model.story import Story


def due(
    follow: Follow, stories: Sequence[Story], *, told: Collection[str], recent: int, now: datetime
) -> tuple[Story, ...]:
    """Return the stories to tell of now, the earliest first.

    Args:
        follow: what the channel follows.
        stories: what there is, each with the articles that the channel may see.
        told: ids of the stories that this follow was told of.
        recent: how many alerts it had in the last 24 hours.
        now: the present moment, aware.
    """
    if quiet(follow, now):
        return ()
    found = [story for story in stories if story.id not in told and _matches(follow, story)]
    found.sort(key=lambda story: (story.first_at, story.id))
    return tuple(found[: max(0, follow.per_day - recent)])


def quiet(follow: Follow, now: datetime) -> bool:
    """Tell whether it is one of the hours without alerts; they may pass midnight."""
    start, end = follow.quiet_from, follow.quiet_until
    if start is None or end is None or start == end:
        return False
    clock = now.astimezone(ZoneInfo(follow.zone)).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def _matches(follow: Follow, story: Story) -> bool:
    """Tell whether a story is what is followed, fresh, and carried by enough sources."""
    if story.last_at <= follow.since or len(story.sources) < follow.min_sources:
        return False
    if follow.words == (story.id.casefold(),):
        return True
    texts = [f"{a.title}\n{a.text}\n{' '.join(a.keywords)}".casefold() for a in story.originals]
    carrying = {
        a.source for a, text in zip(story.originals, texts, strict=True) if _holds(text, follow.words)
    }
    return len(carrying) >= follow.min_sources


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)
