"""Articles are stored once, whole batches or none, and find their stories in any order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.archive import Archive
from bot.archive import assigning as assigning_room
from bot.clock import ManualClock
from bot.model.article import Article
from bot.sources.identity import article_id
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.schema import feeds
from tests.conftest import both_engines

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)
Make = Callable[..., Article]


async def stories(archive: Archive) -> set[frozenset[str]]:
    return {frozenset(a.id for a in story.articles) for story in await archive.all_stories(None)}


async def follow(database: Database, shared: dict[int, bool]) -> None:
    """Have feeds of these numbers read, shared or not."""
    async with database.write() as connection:
        for number, by_all in shared.items():
            row = {"id": number, "url": f"https://{number}.example/", "shared": by_all, "created_at": NOW}
            await connection.execute(sa.insert(feeds), row)


async def test_adding_twice_adds_nothing(archive: Archive, some_news: list[Article]) -> None:
    first = await archive.add(some_news)
    assert first.new == tuple(a.id for a in some_news)
    before = await stories(archive)
    again = await archive.add(some_news)
    assert (again.new, again.known) == ((), len(some_news))
    assert await stories(archive) == before


async def test_events_become_stories_whatever_the_order(tmp_path: Path, some_news: list[Article]) -> None:
    rng = random.Random(2)
    for number in range(4):
        database = Database(f"sqlite+aiosqlite:///{tmp_path / f'{number}.db'}")
        await migrate(database)
        archive = Archive(database, clock=ManualClock(some_news[0].seen_at))
        rng.shuffle(some_news)
        for start in range(0, len(some_news), 1 + number):  # one at a time, two, three, four
            await archive.add(some_news[start : start + 1 + number])
        found = await stories(archive)
        await database.close()
        assert {frozenset(name.split("-")[0] for name in one) for one in found} == {
            frozenset({"ferry"}),
            frozenset({"tram"}),
            frozenset({"hail"}),
        }


async def test_a_known_article_is_recognised_by_address_guid_and_words(
    archive: Archive, make: Make, database: Database
) -> None:
    await follow(database, {1: True})
    text = "The bridge over the Sallow is closed until June."
    await archive.add([replace(make("a", text), url="https://a.example/1?utm_source=x")])
    assert (
        await archive.add([replace(make("b", "Other words."), url="https://a.example/1/#top")])
    ).known == 1
    await archive.add([replace(make("c", "A third text."), guid="g1")], feed_id=1)
    assert (await archive.add([replace(make("d", "A fourth text."), guid="g1")], feed_id=1)).known == 1
    await archive.add([make("e", "The same words of one source and date.", title="T")])
    assert (await archive.add([make("f", "The same words of one source and date.", title="T")])).known == 1


@both_engines
async def test_what_several_feeds_bring_at_a_time_is_taken_as_if_one_came_after_the_other(
    archive: Archive, make: Make, database: Database
) -> None:
    await follow(database, {1: True, 2: False, 3: False, 4: True})

    def entry(name: str, guid: str) -> Article:
        url = f"https://a.example/{name}"
        made = make(article_id(url=url), f"A report on the {name} of this morning.")
        return replace(made, url=url, guid=guid)

    lock, weir, quay = entry("lock", "1"), entry("weir", "2"), entry("quay", "1")
    added = await archive.add_of_feeds(
        [
            (2, [lock]),  # which only who reads the second feed may see
            (1, [lock, weir]),
            (3, [weir]),  # as everybody sees it in the first
            (
                4,
                [replace(lock, title="Another title", guid="3"), weir, quay],
            ),  # guids mean something within a feed only
            (3, []),
        ]
    )
    assert [one.new for one in added] == [(lock.id,), (f"{lock.id}@feed-1", weir.id), (), (quay.id,), ()]
    assert [one.known for one in added] == [0, 0, 1, 2, 0]
    again = await archive.add_of_feeds([(1, [replace(weir, text="The weir gave way at noon.")]), (2, [lock])])
    assert [(one.new, one.known, one.updated) for one in again] == [((), 1, 1), ((), 1, 0)]


async def test_many_articles_of_several_feeds_come_back_to_each_in_their_order(
    archive: Archive, make: Make, database: Database
) -> None:
    await follow(database, dict.fromkeys((1, 2, 3), False))
    many = [
        (feed, [make(f"{feed}-{n}", f"Number {feed * n} of all.") for n in range(260)]) for feed in (1, 2, 3)
    ]
    added = await archive.add_of_feeds(many)
    assert [one.new for one in added] == [tuple(a.id for a in articles) for _, articles in many]


async def test_the_same_words_elsewhere_are_a_copy(archive: Archive, make: Make) -> None:
    text = " ".join(f"word{n} stays{n % 7} where it is" for n in range(40))
    added = await archive.add(
        [make("late", text, hours_ago=1, source="B"), make("early", text, hours_ago=5, source="A")]
    )
    assert len(added.new) == 2
    (story,) = await archive.all_stories(None)
    assert story.copies == {"late": "early"}
    assert story.sources == ("A",)
    await archive.add([make("earliest", text, hours_ago=9, source="C")])
    (story,) = await archive.all_stories(None)
    assert story.copies == {"late": "earliest", "early": "earliest"}


async def test_a_batch_that_fails_leaves_nothing(
    archive: Archive, some_news: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **_options: object) -> list[str]:
        raise RuntimeError("planted")

    monkeypatch.setattr(assigning_room, "group", fails)
    with pytest.raises(RuntimeError, match="planted"):
        await archive.add(some_news)
    monkeypatch.undo()
    assert await archive.articles(None) == ()
    assert (await archive.find("ferry", None)).hits == ()
    assert len((await archive.add(some_news)).new) == len(some_news)


async def test_language_and_keywords_are_filled_in(archive: Archive, make: Make) -> None:
    text = "Der Rat der Stadt hat am Montag mit großer Mehrheit für die neue Straßenbahn gestimmt."
    await archive.add(
        [replace(make("a", text), language=None), replace(make("b", "Und noch ein Text."), keywords=("x",))]
    )
    found = {a.id: a for a in await archive.articles(None)}
    assert found["a"].language == "de"
    assert "Straßenbahn" in found["a"].keywords
    assert found["b"].keywords == ("x",)


async def test_empty_one_word_and_endless_articles_are_stored(archive: Archive, make: Make) -> None:
    rng = random.Random(1)
    endless = " ".join(f"word{rng.randrange(3_000)}" for _ in range(110_000))
    odd = [
        replace(make("empty", "x"), title="", text=""),
        replace(make("one", "x"), title="Ferry", text="", language=None),
        make("endless", endless),
        make("signs", '"*: NEAR( - ^ {}'),
    ]
    assert len((await archive.add(odd)).new) == 4
    assert len(await archive.all_stories(None)) == 4
    assert (await archive.related("empty", None)).results == ()
    assert (await archive.find("ferry", None)).hits[0].snippet == "Ferry"


async def test_hundreds_of_identical_articles_are_one_story(archive: Archive, make: Make) -> None:
    text = (
        "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm with 212 people aboard on Tuesday morning."
    )
    same = [make(f"a{n}", text, source=f"S{n}") for n in range(600)]
    assert len((await archive.add(same)).new) == 600
    (story,) = await archive.all_stories(None)
    assert len(story.articles) == 600
    assert len(story.originals) == 1
    answer = await archive.related("a7", None)
    assert len(answer.results) == 1
