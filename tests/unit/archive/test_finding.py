"""/find among more articles than are compared: the same answers on both databases, whatever is typed."""

from __future__ import annotations

from collections.abc import Callable

from bot.archive import Archive
from bot.archive.finding import COMPARED
from bot.clock import ManualClock
from bot.model.article import Article
from bot.model.scope import Scope
from bot.store.database import Database
from tests.conftest import MORNING, both_engines

Make = Callable[..., Article]


async def ids(archive: Archive, words: str, scope: Scope | None = None, *, page: int = 1) -> list[str]:
    return [hit.article.id for hit in (await archive.find(words, scope, page=page)).hits]


@both_engines
async def test_an_old_headline_is_found_among_many_that_hold_the_words(
    database: Database, make: Make
) -> None:
    archive = Archive(database, clock=ManualClock(MORNING))
    told = make("told", "Nobody was hurt, the harbour said.", title="Ferry hits pier in Tolm")
    many = [
        make(f"n{n}", f"Notice {n}: one ferry calls at pier {n} today.", title=f"Notice {n}")
        for n in range(COMPARED + 20)
    ]
    await archive.add([told, *many])
    for scope in (None, Scope("slack", "T1")):
        assert (await ids(archive, "ferry pier", scope))[0] == "told"
    pages = [await ids(archive, "ferry pier", page=page) for page in range(1, 14)]
    seen = [name for page in pages for name in page]
    assert len(seen) == len(set(seen)) == COMPARED + 21
    assert "told" not in await ids(archive, "ferry pier -hurt")


@both_engines
async def test_small_words_alone_find_the_newest(database: Database, make: Make) -> None:
    archive = Archive(database, clock=ManualClock(MORNING))
    await archive.add([make(f"n{n}", f"About the kettle {n}, and about a lamp.") for n in range(4)])
    found = await archive.find("about the", None)
    assert [hit.article.id for hit in found.hits] == ["n3", "n2", "n1", "n0"]
    assert all(hit.snippet and not hit.marks for hit in found.hits)


@both_engines
async def test_some_of_the_words_keep_to_the_conditions(database: Database, some_news: list[Article]) -> None:
    archive = Archive(database, clock=ManualClock(MORNING))
    await archive.add(some_news)
    asked = "ferry vines kettle"
    assert set(await ids(archive, asked)) == {"ferry-0", "ferry-1", "ferry-2", "hail-0", "hail-1"}
    assert await ids(archive, f"{asked} lang:de") == []
    assert set(await ids(archive, f"{asked} -lifeboats -hail lang:en")) == {"ferry-0", "ferry-2", "hail-0"}
    assert set(await ids(archive, f'{asked} source:"source 1"')) == {"ferry-1", "hail-1"}
    assert set(await ids(archive, f"{asked} since:6h")) == {"ferry-2"}


async def test_the_first_pages_are_the_same_whatever_comes_after(archive: Archive, make: Make) -> None:
    texts = [f"The ferry {'and the tram ' * (n % 3)}waited {n} hours off pier {n % 5}." for n in range(30)]
    await archive.add([make(f"n{n}", text) for n, text in enumerate(texts)])
    pages = [await ids(archive, "ferry tram", page=page) for page in (1, 2, 3)]
    seen = [name for page in pages for name in page]
    assert len(seen) == len(set(seen)) == 30
    both = [name for name in seen if int(name[1:]) % 3]
    assert seen[: len(both)] == both


@both_engines
async def test_what_no_database_stores_is_left_out(database: Database, make: Make) -> None:
    archive = Archive(database, clock=ManualClock(MORNING))
    await archive.add([make("odd", "A ferry\0 sails \ud800 today.", title="Ferry\0")])
    (hit,) = (await archive.find('ferry\0 source:"po\0st\ud800"', None)).hits or (
        await archive.find("ferry\ud800 sails", None)
    ).hits
    assert hit.article.text == "A ferry  sails \ufffd today."
    assert await archive.article("a\0\ud800", None) is None
    assert (await archive.related("https://a.example/\0\ud800", None)).nothing
