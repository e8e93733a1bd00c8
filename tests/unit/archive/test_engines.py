"""Stories, /related and /find answer alike on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.archive import Archive
from bot.clock import ManualClock
from bot.model.article import Article
from bot.model.scope import Scope
from bot.store.database import Database
from tests.conftest import both_engines

HOSTILE = (
    '"',
    '"" OR ""',
    "NEAR(ferry tram, 2)",
    "ferry* ^ferry title:ferry {title}",
    "-",
    "-ferry",
    'ferry -"old quay" (\'',
    "a:b ' \\ | & ! <-> :*",
    "\x00 ferry \x00",
    "% _ ; DROP TABLE articles; --",
    "ferry " * 2_000,
    "東京 ferry مرحبا",
)


@both_engines
async def test_the_same_questions_have_the_same_answers(database: Database, some_news: list[Article]) -> None:
    archive = Archive(database, clock=ManualClock(some_news[0].seen_at))
    await archive.add([replace(one, related=()) for one in some_news])
    assert sorted(len(story.articles) for story in await archive.all_stories(None)) == [2, 2, 3]

    async def ids(words: str, scope: Scope | None = None, page: int = 1) -> list[str]:
        return [hit.article.id for hit in (await archive.find(words, scope, page=page, size=2)).hits]

    assert set(await ids("tram")) == {"tram-0", "tram-1"}
    assert len([*await ids("ferry"), *await ids("ferry", page=2)]) == 3
    assert set(await ids('"tram line to the old quay"')) == {"tram-0", "tram-1"}
    assert await ids('"quay old"') == []
    assert await ids("ferries -lifeboats by:date") == ["ferry-2", "ferry-0"]
    assert await ids('ferry source:"source 1"') == ["ferry-1"]
    assert await ids("source:source since:7h") == ["ferry-2"]
    assert await ids("lang:de ferry") == []
    assert set(await ids("lang:en vines", Scope("slack", "T1"))) == {"hail-0", "hail-1"}
    first = (await archive.related("ferry-0", None)).results[0]
    assert first.same_event
    assert {first.article.id, *(a.id for a in first.also)} == {"ferry-1", "ferry-2"}
    assert (await archive.related("tram line to the Old Quay", None)).results[0].article.id.startswith("tram")


@both_engines
async def test_hostile_words_are_words(database: Database, some_news: list[Article]) -> None:
    archive = Archive(database, clock=ManualClock(some_news[0].seen_at))
    await archive.add(some_news)
    for query in HOSTILE:
        for scope in (None, Scope("slack", "T1")):
            found = await archive.find(query, scope)
            assert found.hits or found.nothing, query
            answer = await archive.related(query, scope)
            assert answer.results or answer.nothing, query


@both_engines
async def test_odd_articles_are_stored_and_told(database: Database, some_news: list[Article]) -> None:
    archive = Archive(database, clock=ManualClock(some_news[0].seen_at))
    same = "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm with 212 people aboard."
    odd = [
        replace(some_news[0], id="empty", title="", text=""),
        replace(some_news[0], id="one", title="Kettle", text=""),
        replace(some_news[0], id="endless", title="Endless", text="tide " * 200_000),
        replace(some_news[0], id="nul", title="N\x00ul", text="a\x00b"),
        *(replace(some_news[0], id=f"s{n}", title="Same", text=same, source=f"S{n}") for n in range(40)),
    ]
    assert len((await archive.add(odd)).new) == len(odd)
    stories = await archive.story_of(["s0", "s39"], None)
    assert stories["s0"].id == stories["s39"].id
    assert len(stories["s0"].originals) == 1
    assert (await archive.related("endless", None)).nothing
    assert (await archive.related("S-9999", None)).nothing


@pytest.mark.parametrize("query", ["S-ZZZZ", "no-such-id", "https://nowhere.example/x"])
async def test_what_is_unknown_is_said(archive: Archive, query: str) -> None:
    answer = await archive.related(query, Scope("slack", "T1"))
    assert answer.results == ()
    assert answer.nothing
