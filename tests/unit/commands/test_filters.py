"""What managers set for a channel's digest, and filters that are tried before they are set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.archive import Archive
from bot.clock import ManualClock
from bot.commands.answer import Answers
from bot.commands.context import Context
from bot.commands.parse import parse
from bot.model.article import Article
from bot.model.request import Asker
from bot.model.view import DigestView, Notice, Problem, View
from bot.pipeline import Pipeline
from bot.sources.entry import Feed
from bot.sources.fetch import Fetcher
from bot.store import channels
from bot.store.database import Database
from tests.fakes.no_sources import no_page

MANAGER = Asker(platform="board", workspace="W", channel="news", user="u", manager=True)
READER = Asker(platform="board", workspace="W", channel="news", user="v")
NEWS = {
    "Ferries stop in Velm": "All ferries of Velm stopped on Monday, as the crews want eleven crowns more.",
    "Orchard of Pell opens": "Six hundred pear trees bloom behind the abbey of Pell, where a café opened.",
    "Tram line of Krays is longer": "Nine green carriages run on the coast from Krays to the old harbour.",
}


async def nothing(_body: bytes, _content_type: str | None, _base_url: str) -> Feed:
    """Read no feed: none is asked for here."""
    return Feed()


class Chat:
    """A channel in which people type."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def __call__(self, words: str, asker: Asker = MANAGER) -> View:
        request = parse("nutgraf", words)
        return request if isinstance(request, Problem) else await self._answers(asker, request)


@pytest.fixture
async def chat(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    with ThreadPoolExecutor(1) as executor:
        archive = Archive(database, clock=clock, executor=executor)
        found = [
            Article(
                id=f"a{number}",
                title=title,
                text=text,
                seen_at=clock.now(),
                published_at=clock.now() - timedelta(hours=number + 1),
                source=f"Paper {number}",
                language="en",
            )
            for number, (title, text) in enumerate(NEWS.items())
        ]
        await archive.add(found)
        context = Context(
            database=database,
            archive=archive,
            pipeline=Pipeline(database, archive, clock=clock, executor=executor),
            fetcher=Fetcher(user_agent="test", clock=clock),
            parse=nothing,
            page=no_page,
            clock=clock,
            executor=executor,
        )
        yield Chat(Answers(context))


def said(view: View) -> Notice:
    assert isinstance(view, Notice), view
    return view


async def titles(chat: Chat) -> set[str]:
    view = await chat("digest preview")
    assert isinstance(view, DigestView)
    return {one.title for one in (*view.stories, *view.brief)}


async def test_a_filter_is_tried_by_anybody_and_changes_nothing(chat: Chat, database: Database) -> None:
    tried = said(await chat("filter try ferr*, cafe", READER))
    assert tried.title == "2 of 3 stories at present hold one of: ferr*, cafe. Nothing is changed."
    first, *held = tried.lines[:3]
    assert first == "“exclude” would drop and “include” keep 2 stories:"
    assert set(held) == {"Ferries stop in Velm", "Orchard of Pell opens"}
    assert tried.lines[3:] == (
        "“include” would drop and “exclude” keep 1 story:",
        "Tram line of Krays is longer",
    )
    async with database.read() as connection:
        assert await channels.all_channels(connection) == ()
    assert await titles(chat) == set(NEWS)


async def test_the_trial_looks_past_the_filters_that_are_set(chat: Chat) -> None:
    await chat("filter exclude tram, orchard, ferries")
    tried = said(await chat("filter try ferry"))
    assert tried.title.startswith("0 of 3 stories")
    assert tried.lines[0] == "“exclude” would drop none."
    assert len(tried.lines) == 5


async def test_a_trial_does_what_the_filter_then_does(chat: Chat) -> None:
    kept = set(said(await chat("filter try harbour, abbey")).lines[1:3])
    await chat("filter include Harbour, ABBEY")
    assert await titles(chat) == kept
    await chat("filter clear")
    await chat("filter exclude Harbour, abbey")
    assert await titles(chat) == set(NEWS) - kept


async def test_without_news_a_trial_says_so(chat: Chat, clock: ManualClock) -> None:
    clock.advance(timedelta(days=9))
    assert said(await chat("filter try ferry")).title == "There is no news to try a filter on at present."


async def test_words_are_kept_as_they_were_typed_and_once(chat: Chat) -> None:
    await chat("filter include EU, harbour bridge")
    shown = said(await chat("filter include eu, Café, CAFE, ..., ,"))
    assert shown.lines == ("Only stories that hold one of: EU, harbour bridge, Café",)
    assert said(await chat("filter show", READER)) == shown


@pytest.mark.parametrize("words", ["filter include", "filter exclude , ...", "filter try"])
async def test_a_filter_needs_words(chat: Chat, words: str) -> None:
    assert isinstance(await chat(words), Problem)


async def test_changing_filters_is_for_managers(chat: Chat) -> None:
    for words in ("filter include x", "filter exclude x", "filter clear", "channel set minutes 3"):
        assert isinstance(await chat(words, READER), Problem)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("minutes 3", "minutes 3"),
        ("minutes 0", "minutes off"),
        ("sections topic", "sections topic"),
        ("Sections SOURCE", "sections source"),
        ("min-sources 2", "min_sources 2"),
    ],
)
async def test_settings_are_set_and_shown(chat: Chat, words: str, line: str) -> None:
    assert line in said(await chat(f"channel set {words}")).lines
    assert line in said(await chat("channel show", READER)).lines


@pytest.mark.parametrize("words", ["minutes 31", "minutes -1", "minutes ½", "sections both", "colour red"])
async def test_what_cannot_be_set_is_said(chat: Chat, words: str) -> None:
    assert isinstance(await chat(f"channel set {words}"), Problem)


async def test_minutes_bound_the_preview_and_its_length_is_said(chat: Chat) -> None:
    whole = await chat("digest preview")
    assert isinstance(whole, DigestView)
    assert (whole.minutes, len(whole.stories)) == (1, 3)
