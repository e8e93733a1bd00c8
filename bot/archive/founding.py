"""What stories are written down as: their rows, their times, and ids for new ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.store import stories as store
from bot.store.database import Connection
from bot.store.stories import StoryRow
from bot.stories.codes import codes
from bot.stories.profile import Profile

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def found(connection: Connection, founders: Sequence[str], profiles: Sequence[Profile]) -> list[int]:
    """Found a story for each of these profiles, and return their rows.

    Args:
        connection: to write with.
        founders: id of the earliest article of each, which the id of the story comes from.
        profiles: of the new stories, in the same order.
    """
    wanted = [list(codes(founder)) for founder in founders]
    taken = await store.taken(connection, [name for names in wanted for name in names])
    rows = []
    for possible, profile in zip(wanted, profiles, strict=True):
        name = next(name for name in possible if name not in taken)
        taken.add(name)
        rows.append(story_row(0, name, profile))
    return await store.found(connection, [_values(row) for row in rows])


def story_row(row: int, story_id: str, profile: Profile) -> StoryRow:
    """Return a story as it is stored."""
    return StoryRow(
        row=row,
        story_id=story_id,
        articles=profile.articles,
        first_at=EPOCH + timedelta(milliseconds=profile.first_ms),
        last_at=EPOCH + timedelta(milliseconds=profile.last_ms),
        profile=profile.pack(),
    )


def _values(story: StoryRow) -> dict[str, object]:
    return {
        "story_id": story.story_id,
        "articles": story.articles,
        "first_at": story.first_at,
        "last_at": story.last_at,
        "profile": story.profile,
    }


def milliseconds(when: datetime) -> int:
    """Return a moment in whole milliseconds since 1970."""
    return (when - EPOCH) // timedelta(milliseconds=1)
