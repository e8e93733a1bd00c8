"""Articles that change: the new words count, the old ones are kept, and nothing grows without bound."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archive import Archive
from bot.archive.revising import MOST_REVISIONS
from bot.clock import ManualClock
from bot.model.article import Article
from bot.sources.identity import content_hash
from bot.store.database import Database
from bot.store.schema import feeds
from bot.store.schema_sources import article_revisions
from bot.store.schema_stories import article_words, term_counts
from bot.stories.vector import Vector
from tests.conftest import both_engines

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)
FIRST = "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm with 212 aboard, the coastguard said."
SECOND = "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm with 198 aboard, the coastguard corrected."


def report(text: str, *, title: str = "Ferry aground", **others: object) -> Article:
    made = Article(
        id="f", title=title, text=text, seen_at=NOW, published_at=NOW, source="Post", language="en"
    )
    return replace(made, url="https://post.example/ferry", guid="g1", **others)  # type: ignore[arg-type]


@pytest.fixture
async def archive(database: Database) -> Archive:
    async with database.write() as connection:
        rows = [
            {"id": number, "url": f"https://post.example/{number}", "shared": True, "created_at": NOW}
            for number in (1, 2)
        ]
        await connection.execute(sa.insert(feeds), rows)
    return Archive(database, clock=ManualClock(NOW))


async def texts(archive: Archive) -> list[str]:
    return [text for _, text in await archive.wordings("f")]


@both_engines
async def test_a_correction_is_stored_found_and_counted(archive: Archive, database: Database) -> None:
    await archive.add([report(FIRST)], feed_id=1)
    added = await archive.add([report(SECOND, title="Ferry aground: number corrected")], feed_id=1)
    assert (added.new, added.known, added.updated) == ((), 1, 1)
    (stored,) = await archive.articles(None)
    assert (stored.title, stored.text) == ("Ferry aground: number corrected", SECOND)
    assert await texts(archive) == [SECOND, FIRST]
    assert [hit.article.id for hit in (await archive.find("corrected", None)).hits] == ["f"]
    assert [hit.article.id for hit in (await archive.find("198", None)).hits] == ["f"]
    assert not (await archive.find("212", None)).hits, "what it no longer says does not find it"
    async with database.read() as connection:
        words = (await connection.execute(sa.select(article_words))).one()
        counted = dict(
            tuple(row)
            for row in await connection.execute(
                sa.select(term_counts.c.term, term_counts.c.articles).where(term_counts.c.articles > 0)
            )
        )
    assert counted == {int(key): 1 for key in Vector.unpack(words.vector).keys}
    again = await archive.add([report(SECOND, title="Ferry aground: number corrected")], feed_id=1)
    assert (again.known, again.updated) == (1, 0)


@pytest.mark.parametrize(
    "same",
    [
        report(f"  {FIRST.replace(' ', '  ')}\n"),
        report(FIRST.upper(), title="FERRY AGROUND"),
        replace(report(FIRST), url="https://post.example/ferry?utm_source=feed#top"),
        replace(report(FIRST), published_at=NOW - timedelta(hours=1)),
    ],
)
async def test_white_space_case_and_tracking_are_no_revision(archive: Archive, same: Article) -> None:
    await archive.add([report(FIRST)], feed_id=1)
    assert (await archive.add([same], feed_id=1)).updated == 0
    assert await texts(archive) == [FIRST]


async def test_only_the_feed_it_came_from_changes_an_article(archive: Archive) -> None:
    await archive.add([report(FIRST)], feed_id=1)
    assert (await archive.add([report(SECOND)], feed_id=2)).updated == 0
    assert (await archive.add([report(SECOND)], private_to="board:W")).updated == 0
    assert await texts(archive) == [FIRST]


async def test_a_feed_that_says_two_things_at_once_changes_nothing(archive: Archive) -> None:
    await archive.add([report(FIRST)], feed_id=1)
    for _ in range(3):
        both = [report(SECOND), report(FIRST)]
        assert (await archive.add(both, feed_id=1)).updated == 0
    assert await texts(archive) == [FIRST]


async def test_a_bare_headline_is_filled_in_without_a_revision(archive: Archive) -> None:
    await archive.add([report("")], feed_id=1)
    assert (await archive.add([report(FIRST)], feed_id=1)).updated == 1
    assert await texts(archive) == [FIRST]
    assert (await archive.add([report("")], feed_id=1)).updated == 0, "a teaser takes nothing away"
    assert await texts(archive) == [FIRST]


async def test_the_text_of_a_page_is_not_replaced_by_its_teaser(archive: Archive) -> None:
    page = " ".join(f"{FIRST} Part {number}." for number in range(20))
    await archive.add([report(page, offered=content_hash("Ferry aground", "A ship is stuck."))], feed_id=1)
    for _ in range(2):
        assert (await archive.add([report("A ship is stuck.")], feed_id=1)).updated == 0
    changed = await archive.add([report("A ship is stuck.", title="Ferry freed")], feed_id=1)
    assert changed.updated == 1
    (stored,) = await archive.articles(None)
    assert (stored.title, stored.text) == ("Ferry freed", page)


async def test_a_text_that_comes_and_goes_is_kept_once(archive: Archive) -> None:
    for number in range(8):
        await archive.add([report((FIRST, SECOND)[number % 2])], feed_id=1)
    assert sorted(set(await texts(archive))) == sorted([FIRST, SECOND])
    assert len(await texts(archive)) == 3, "the present text was replaced once itself"


async def test_a_ticker_is_followed_so_far_and_then_left_alone(archive: Archive, database: Database) -> None:
    for number in range(MOST_REVISIONS + 5):
        await archive.add([report(f"{FIRST} Minute {number}.")], feed_id=1)
    kept = await texts(archive)
    assert kept[0] == f"{FIRST} Minute {MOST_REVISIONS}."
    assert len(kept) == MOST_REVISIONS + 1
    async with database.read() as connection:
        rows = (await connection.execute(sa.select(sa.func.count()).select_from(article_revisions))).scalar()
    assert rows == MOST_REVISIONS


async def test_a_changed_article_keeps_its_story_and_copies_are_found_anew(archive: Archive) -> None:
    words = " ".join(f"word{n} stays{n % 7} where it is" for n in range(40))
    early = replace(report(words), id="early", url="https://a.example/1", source="A", guid="e")
    late = replace(early, id="late", url="https://b.example/1", source="B", guid="l")
    late = replace(late, published_at=NOW + timedelta(minutes=-1), seen_at=NOW)
    early = replace(early, published_at=NOW - timedelta(hours=3))
    await archive.add([early, late], feed_id=1)
    (story,) = await archive.all_stories(None)
    assert story.copies == {"late": "early"}
    own = f"{FIRST} " * 12
    assert (await archive.add([replace(late, text=own)], feed_id=1)).updated == 1
    (after,) = await archive.all_stories(None)
    assert after.id == story.id
    assert after.copies == {}


SAYINGS = st.lists(
    st.sampled_from(["", "One.", "Two words.", "Three whole words.", FIRST, SECOND]), max_size=9
)
NUMBERS = itertools.count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=SAYINGS)
async def test_every_text_that_was_shown_stays_findable(said: list[str], archive: Archive) -> None:
    name = f"n{next(NUMBERS)}"
    shown: set[str] = set()
    for text in said:
        await archive.add([replace(report(text), id=name, url=None, guid=name)], feed_id=1)
        stored = await archive.article(name, None)
        shown |= {stored.text} if stored and stored.text else set()
    assert shown <= {text for _, text in await archive.wordings(name)}


async def test_a_card_on_a_page_changes_no_headline(archive: Archive) -> None:
    await archive.add([report(f"{FIRST} {SECOND} " * 3)])
    assert (await archive.add([report("", title="Ferry ag…")])).updated == 0
    (stored,) = await archive.articles(None)
    assert stored.title == "Ferry aground"
