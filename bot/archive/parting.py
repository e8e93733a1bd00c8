"""Looking again at stories that have grown: one that holds two events by now comes apart.

Articles join a story by what was known when they came. An early archive knows little of how rare words are,
and a story that takes in one article at a time may end far from where it began. So a grown story is now and
then grouped anew from its articles' own words; where it falls apart, it is parted, and that is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.archive.founding import found, milliseconds, story_row
from bot.archive.rooms import Rooms
from bot.store import partings, reshaping, rulings
from bot.store import stories as store
from bot.store.database import Connection
from bot.store.partings import Member
from bot.store.rulings import Pairs
from bot.stories.codes import codes
from bot.stories.frequencies import Frequencies
from bot.stories.grouping import group
from bot.stories.profile import Profile, joined, profiles_of
from bot.stories.vector import Vector

MARKS = (3, 6, 12, 24, 48)
"""Sizes at which a story is looked at again. Each is twice the last, so that all looks together read an
article about twice, however the story grows; a story beyond the last is what it is."""

MOST_MEMBERS = 60
"""Articles of a story that is looked at; bounds what one look costs when stories merge."""

STAY = 0.19
"""Likeness from which the parts of a story stay together. Below `grouping.NEAR`, by which they join: what is
parted does not join again with the next article, nor the other way round."""


@dataclass(frozen=True, slots=True)
class Part:
    """Articles of a story that belong together.

    Attributes:
        members: the earliest first.
        profile: of them together.
        bound: how many of them a manager put together.
    """

    members: tuple[Member, ...]
    profile: Profile
    bound: int


def due(before: int, after: int) -> bool:
    """Tell whether a story that grew from so many articles to so many is looked at again."""
    return after <= MOST_MEMBERS and any(before < mark <= after for mark in MARKS)


async def part(rooms: Rooms, connection: Connection, rows: Iterable[int]) -> set[int]:
    """Look at stories again, and part those that hold more than one event; return the rows of new stories.

    The part with what a manager put together keeps the id; else the one with the most articles, and of
    equals the older. What a manager put together stays so, and what he keeps apart is not joined.
    """
    members = await partings.members(connection, rows)
    if not members:
        return set()
    pairs = await rulings.pairs_within(connection, members)
    frequencies = await rooms.frequencies(connection)
    parted = await rooms.compute(_parted, members, pairs, frequencies)
    fresh: set[int] = set()
    for story, parts in parted.items():
        fresh |= await _write(rooms, connection, story, parts)
    await reshaping.unmark_strangers(connection, {*parted, *fresh})
    return fresh


def _parted(
    members: Mapping[int, Sequence[Member]], pairs: Pairs, frequencies: Frequencies
) -> dict[int, list[Part]]:
    """Return the parts of the stories that fall apart, the one that keeps the id first."""
    found = {story: parts_of(ones, pairs, frequencies) for story, ones in members.items()}
    return {story: parts for story, parts in found.items() if len(parts) > 1}


def parts_of(members: Sequence[Member], pairs: Pairs, frequencies: Frequencies) -> list[Part]:
    """Return what a story falls into, the part that keeps its id first; one part when it holds together.

    Args:
        members: of one story.
        pairs: what managers decided, of these articles and others.
        frequencies: of the archive.
    """
    units = _units(members, pairs.together)
    profiles = [
        profiles_of(
            [Vector.unpack(one.vector) for one in unit],
            [milliseconds(one.when) for one in unit],
            [one.source for one in unit],
            frequencies,
        )
        for unit in units
    ]
    unit_of = {one.row: at for at, unit in enumerate(units) for one in unit}
    apart = [
        (unit_of[one], unit_of[other])
        for one, other in pairs.apart
        if one in unit_of and other in unit_of and unit_of[one] != unit_of[other]
    ]
    groups = group([joined(ones) for ones in profiles], frequencies, near=STAY, apart=apart)
    parts = [
        Part(
            tuple(sorted((one for at in some for one in units[at]), key=lambda one: (one.when, one.row))),
            joined([profile for at in some for profile in profiles[at]]),
            sum(len(units[at]) for at in some if len(units[at]) > 1),
        )
        for some in groups
    ]
    return sorted(
        parts, key=lambda one: (-one.bound, -len(one.members), one.members[0].when, one.members[0].row)
    )


def _units(members: Sequence[Member], together: Iterable[tuple[int, int]]) -> list[list[Member]]:
    """Return the members, those that a manager put together as one."""
    home = {one.row: one.row for one in members}
    for one, other in together:
        if one in home and other in home:
            moving, staying = home[other], home[one]
            home.update((row, staying) for row, place in home.items() if place == moving)
    units: dict[int, list[Member]] = {}
    for member in members:
        units.setdefault(home[member.row], []).append(member)
    return list(units.values())


async def _write(rooms: Rooms, connection: Connection, story: int, parts: Sequence[Part]) -> set[int]:
    """Give each part but the first a story of its own, and write down that it parted from this one."""
    former = await partings.merged(connection, story)
    back: list[tuple[int, Part]] = []
    leaving: list[Part] = []
    for one in parts[1:]:
        # A story that was merged into this one by mistake has its id back.
        names = (name for member in one.members for name in codes(member.article_id))
        own = next((former.pop(name) for name in names if name in former), None) if not one.bound else None
        if own is None:
            leaving.append(one)
        else:
            back.append((own, one))
    rows = await found(
        connection, [one.members[0].article_id for one in leaving], [one.profile for one in leaving]
    )
    placed = [*back, *zip(rows, leaving, strict=True)]
    for row, one in placed:
        await reshaping.point(connection, row, None)
        await reshaping.move(connection, [member.row for member in one.members], row)
    await store.grow(
        connection, [story_row(row, "", one.profile) for row, one in [(story, parts[0]), *placed]]
    )
    fresh = [row for row, _ in placed]
    await partings.record(connection, fresh, parted_from=story, at=rooms.clock.now())
    return set(fresh)
