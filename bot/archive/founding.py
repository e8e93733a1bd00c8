"""What stories are written down as: their rows, their times, and ids for new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.store import stories as store
from bot.store.database import Connection
from bot.store.reshaping import Told
from bot.store.stories import StoryRow
from bot.stories.codes import codes
from bot.stories.frequencies import Frequencies
from bot.stories.profile import Profile, joined, profiles_of
from bot.stories.vector import Vector

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def found(connection: Connection, founders: Sequence[str], profiles: Sequence[Profile]) -> list[int]:
    """Found a story for each of these profiles, and return their rows.

    Args:
        connection: to write with.
        founders: id of the earliest article of each, which the id of the story comes from.
        profiles: of the new stories, in the same order.
    """
    names = await free_ids(connection, founders)
    return await store.found(
        connection, [story_row(0, name, profile) for name, profile in zip(names, profiles, strict=True)]
    )


async def free_ids(connection: Connection, founders: Sequence[str]) -> list[str]:
    """Return an id for each new story, the shortest that is free, by the id of its earliest article."""
    wanted = [list(codes(founder)) for founder in founders]
    shortest = Counter(names[0] for names in wanted)
    taken = await store.taken(connection, list(shortest))
    # Few are, or wanted twice; only then the longer ones are asked about.
    sought = [names for names in wanted if names[0] in taken or shortest[names[0]] > 1]
    taken |= await store.taken(connection, [name for names in sought for name in names[1:]])
    free = []
    for possible in wanted:
        name = next(name for name in possible if name not in taken)
        taken.add(name)
        free.append(name)
    return free


def profile_of_all(told: Sequence[Told], frequencies: Frequencies) -> Profile:
    """Return the profile of a story from the words and times of its articles."""
    return joined(
        profiles_of(
            [Vector.unpack(one.vector) for one in told],
            [milliseconds(one.when) for one in told],
            [one.source for one in told],
            frequencies,
        )
    )


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


def milliseconds(when: datetime) -> int:
    """Return a moment in whole milliseconds since 1970."""
    return (when - EPOCH) // timedelta(milliseconds=1)
