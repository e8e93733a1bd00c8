"""A story that grew apart is parted: nothing is lost, ids hold, and managers' decisions stand."""

from __future__ import annotations

import random
from datetime import timedelta

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive import Archive, Judge
from bot.archive.founding import found
from bot.archive.parting import MARKS, MOST_MEMBERS, due, parts_of
from bot.clock import ManualClock
from bot.model.scope import Scope
from bot.store import partings, reshaping
from bot.store import stories as store
from bot.store.database import Database
from bot.store.partings import Member
from bot.store.rulings import Pairs
from bot.store.schema_stories import article_words
from bot.stories.frequencies import Frequencies
from bot.stories.profile import profile_of
from bot.stories.vector import read_words
from tests.conftest import both_engines
from tests.unit.archive.conftest import EVENTS, NOW, article

ARTICLES = [(event, text) for event, texts in EVENTS.items() for text in texts]
VECTORS = [read_words("", text, "en").vector for _, text in ARTICLES]


def frequencies() -> Frequencies:
    """Return how rare words are in an archive of these articles."""
    known = Frequencies()
    for vector in VECTORS:
        known.add(vector.keys, np.ones(len(vector.keys), dtype=np.int64), 1)
    return known


def members(order: list[int]) -> list[Member]:
    return [Member(at + 1, f"a{at}", NOW - timedelta(hours=at), VECTORS[at].pack()) for at in sorted(order)]


PLACES = st.integers(1, len(ARTICLES))
PAIRS = st.sets(st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] < pair[1]), max_size=4)


def closed(pairs: set[tuple[int, int]], row: int) -> set[int]:
    """Return what a row is bound to, over any number of pairs."""
    reached = {row}
    while more := {b for pair in pairs for a, b in (pair, pair[::-1]) if a in reached} - reached:
        reached |= more
    return reached


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, len(ARTICLES) - 1), min_size=1), PAIRS, PAIRS)
def test_parts_lose_nothing_and_keep_to_what_managers_decided(
    chosen: set[int], together: set[tuple[int, int]], apart: set[tuple[int, int]]
) -> None:
    rows = {at + 1 for at in chosen}
    bound = {pair for pair in together if set(pair) <= rows}
    parts = parts_of(members(list(chosen)), Pairs(frozenset(together), frozenset(apart)), frequencies())
    assert sorted(one.row for part in parts for one in part.members) == sorted(rows)
    place = {one.row: at for at, part in enumerate(parts) for one in part.members}
    assert all(place[one] == place[other] for one, other in bound)
    for one, other in apart:
        if one in rows and other in rows and other not in closed(bound, one):
            assert place[one] != place[other]
    assert [part.profile.articles for part in parts] == [len(part.members) for part in parts]
    if not bound:
        assert len(parts[0].members) == max(len(part.members) for part in parts)


def test_two_events_come_apart_and_the_larger_keeps_the_id() -> None:
    parts = parts_of(members([0, 1, 2, 3, 4]), Pairs(frozenset(), frozenset()), frequencies())
    assert [{one.row for one in part.members} for part in parts] == [{1, 2, 3}, {4, 5}]
    # What a manager put together keeps the id, however few they are.
    parts = parts_of(members([0, 1, 2, 3, 4]), Pairs(frozenset({(4, 5)}), frozenset()), frequencies())
    assert [{one.row for one in part.members} for part in parts] == [{4, 5}, {1, 2, 3}]


def test_a_story_is_looked_at_when_it_has_doubled() -> None:
    looks = [size for size in range(2, 100) if due(size - 1, size)]
    assert looks == list(MARKS)
    assert due(2, 7)
    assert not due(3, 5)
    assert not due(40, MOST_MEMBERS + 1)


async def mixed(archive: Archive, database: Database, *, order: int = 0) -> None:
    """Put articles on two events into the archive, all in one story."""
    news = [article(f"{event}-{at}", text, hours_ago=at) for at, (event, text) in enumerate(ARTICLES[:5])]
    random.Random(order).shuffle(news)
    await archive.add(news)
    async with database.write() as connection:
        first, *others = await store.load(connection, range(10))
        await store.merge(connection, {story.row: first.row for story in others})


async def grow(archive: Archive, database: Database) -> None:
    """Bring the one story to the size at which it is looked at."""
    async with database.write() as connection:
        await connection.execute(sa.text("UPDATE stories SET articles = 5 WHERE merged_into IS NULL"))
    late = "Tugs pulled the ferry Isa Marrin off Tarn Ledge near Tolm, where it ran aground with 212 aboard."
    await archive.add([article("ferry-9", late, hours_ago=0)])


@both_engines
@pytest.mark.parametrize("order", [0, 1])
async def test_a_mixed_story_parts_and_both_say_so(database: Database, order: int) -> None:
    archive = Archive(database, clock=ManualClock(NOW))
    await mixed(archive, database, order=order)
    (whole,) = await archive.all_stories(None)
    assert len(whole.articles) == 5
    await grow(archive, database)
    now = {story.id: {one.id for one in story.articles} for story in await archive.all_stories(None)}
    assert sorted(len(ids) for ids in now.values()) == [2, 4]
    assert now[whole.id] == {"ferry-0", "ferry-1", "ferry-2", "ferry-9"}
    (other,) = set(now) - {whole.id}
    (left,) = await archive.partings(other, None)
    (stayed,) = await archive.partings(whole.id, None)
    assert (left.story, left.left, left.at) == (whole.id, True, NOW)
    assert (stayed.story, stayed.left, stayed.at) == (other, False, NOW)
    async with database.read() as connection:
        kept = {one.row: one.articles for one in await store.load(connection, range(10))}
        held = (await connection.execute(sa.select(article_words.c.story))).scalars().all()
    assert {story: kept[story] for story in set(held)} == {story: held.count(story) for story in set(held)}
    await archive.add([article("tram-9", ARTICLES[3][1] + " Work begins in May.", hours_ago=0)])
    assert (await archive.story_of(["tram-9"], None))["tram-9"].id == other


async def test_a_story_that_was_merged_by_mistake_has_its_id_back(
    archive: Archive, database: Database
) -> None:
    await archive.add([article(f"{event}-{at}", text) for at, (event, text) in enumerate(ARTICLES[:5])])
    own = {name: one.id for name, one in (await archive.story_of(["ferry-0", "tram-3"], None)).items()}
    assert own["ferry-0"] != own["tram-3"]
    await mixed(archive, database)
    await grow(archive, database)
    now = await archive.story_of(["ferry-0", "tram-3"], None)
    assert {name: one.id for name, one in now.items()} == own


async def test_what_a_manager_put_together_is_never_parted(archive: Archive, database: Database) -> None:
    await archive.add([article(f"{event}-{at}", text) for at, (event, text) in enumerate(ARTICLES[:5])])
    one, other = sorted(story.id for story in await archive.all_stories(None))
    await archive.merge(one, other, Judge(None, "local"))
    await grow(archive, database)
    (whole,) = await archive.all_stories(None)
    assert len(whole.articles) == 6
    assert await archive.partings(whole.id, None) == ()


@both_engines
async def test_a_parting_is_told_to_those_who_see_the_other_story(database: Database) -> None:
    archive, mine = Archive(database, clock=ManualClock(NOW)), Scope("slack", "T1")
    await archive.add([article("open", ARTICLES[0][1])])
    await archive.add([article("closed", ARTICLES[3][1])], private_to=mine.key)
    names = {name: one.id for name, one in (await archive.story_of(["open", "closed"], None)).items()}
    async with database.write() as connection:
        rows = {name: await store.named(connection, story) or 0 for name, story in names.items()}
        # The one it parted from is part of another story by now.
        (gone,) = await found(connection, ["gone"], [profile_of(VECTORS[0], 0, frequencies())])
        await reshaping.point(connection, gone, rows["open"])
        assert list((await partings.merged(connection, rows["open"])).values()) == [gone]
        await partings.record(connection, [rows["closed"]], parted_from=gone, at=NOW)
    assert [one.story for one in await archive.partings(names["open"], mine)] == [names["closed"]]
    assert await archive.partings(names["open"], Scope("slack", "T2")) == ()
    assert [one.story for one in await archive.partings(names["closed"], mine)] == [names["open"]]
