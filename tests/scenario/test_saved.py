"""/saved through the front door: each person keeps their own, and sees what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.commands.saving import MOST
from bot.core import Core, open_core
from bot.model.article import Article
from bot.model.request import Asker
from bot.model.view import Notice, Problem, SavedView, View
from bot.store.database import Database
from bot.store.saved import Saved, save_story
from tests import samples
from tests.conftest import both_engines
from tests.samples import MORNING, story_of

ANNA = Asker(platform="slack", workspace="T1", channel="C1", user="U1")
BOSS = replace(ANNA, user="U9", manager=True)


@pytest.fixture
async def core(database: Database, clock: ManualClock) -> AsyncIterator[Core]:
    """A bot that has read the sample articles."""
    async with open_core(database.url.render_as_string(hide_password=False), clock) as opened:
        await samples.stock(opened)
        yield opened


async def ask(core: Core, line: str, asker: Asker = ANNA) -> View:
    return await samples.ask(core, line, asker)


async def kept(core: Core, asker: Asker = ANNA) -> SavedView:
    view = await ask(core, "saved", asker)
    assert isinstance(view, SavedView)
    return view


@both_engines
async def test_what_is_saved_is_kept_for_one_person_the_latest_first(core: Core, clock: ManualClock) -> None:
    ferry, timber = await story_of(core, "sample-ferry-2"), await story_of(core, "sample-timber-1")
    assert "saved nothing yet" in ((await kept(core)).nothing or "")
    first = await ask(core, f"saved {ferry.lower()}")
    clock.advance(timedelta(minutes=1))
    await ask(core, f"saved add {timber}")
    again = await ask(core, f"saved add {timber}")
    assert isinstance(first, Notice)
    assert first.title.endswith("is saved for you.")
    assert isinstance(again, Notice)
    assert again.title.endswith("was saved already.")
    assert [card.id for card in (await kept(core)).stories] == [timber, ferry]
    assert all(card.title and card.url and not card.sentences for card in (await kept(core)).stories)
    for other in (
        replace(ANNA, user="U2"),
        replace(ANNA, workspace="T2"),
        replace(ANNA, platform="discord"),
    ):
        assert (await kept(core, other)).stories == ()
    gone = await ask(core, f"saved remove {ferry}")
    assert isinstance(gone, Notice)
    assert [card.id for card in (await kept(core)).stories] == [timber]
    assert isinstance(await ask(core, f"saved remove {ferry}"), Problem)


async def test_news_of_a_saved_story_is_marked_until_it_is_saved_again(
    core: Core, clock: ManualClock
) -> None:
    ferry = await story_of(core, "sample-ferry-2")
    await ask(core, f"saved add {ferry}")
    assert [card.mark for card in (await kept(core)).stories] == [""]
    story = await core.archive.story(ferry, None)
    assert story is not None
    told = story.articles[0]
    clock.advance(timedelta(hours=2))
    late = Article(
        id="later",
        title=told.title,
        text=told.text + " The master of the ship was heard on Tuesday.",
        seen_at=clock.now(),
        published_at=clock.now() - timedelta(minutes=5),
        source="Late Post",
        language="en",
    )
    await core.archive.add([late])
    assert [card.mark for card in (await kept(core)).stories] == ["update"]
    await ask(core, f"saved add {ferry}")
    assert [card.mark for card in (await kept(core)).stories] == [""]


async def test_stories_that_became_one_are_shown_once_and_go_together(core: Core) -> None:
    ferry, timber = await story_of(core, "sample-ferry-2"), await story_of(core, "sample-timber-1")
    for story in (ferry, timber):
        await ask(core, f"saved add {story}")
    await ask(core, f"nutgraf story merge {ferry} {timber}", BOSS)
    (one,) = (await kept(core)).stories
    await ask(core, f"saved remove {one.id}")
    assert (await kept(core)).nothing


async def test_what_is_here_no_longer_is_named_and_can_be_let_go(core: Core) -> None:
    ferry = await story_of(core, "sample-ferry-2")
    elsewhere = replace(ANNA, workspace="T2")
    await ask(core, f"saved add {ferry}", elsewhere)
    async with core.database.write() as connection:
        await save_story(connection, elsewhere, Saved("S-2222", "Library opens on Sundays", MORNING))
    view = await kept(core, elsewhere)
    assert view.note == "“Library opens on Sundays” (S-2222) is here no longer"
    assert [card.id for card in view.stories] == [ferry]
    assert isinstance(await ask(core, "saved remove zeppelin", elsewhere), Problem), "that names no story"
    assert isinstance(await ask(core, "saved remove S-2222", elsewhere), Notice)
    assert (await kept(core, elsewhere)).note is None


async def test_there_is_an_end_to_what_one_person_keeps(core: Core) -> None:
    ferry = await story_of(core, "sample-ferry-2")
    async with core.database.write() as connection:
        for number in range(MOST):
            await save_story(connection, ANNA, Saved(f"S-{number:04}", "Old news", MORNING))
    full = await ask(core, f"saved add {ferry}")
    assert isinstance(full, Problem)
    assert str(MOST) in full.what


@pytest.mark.parametrize("line", ["saved add", "saved remove", "saved add S-0000", "saved zeppelin"])
async def test_what_cannot_be_saved_is_said(core: Core, line: str) -> None:
    answer = await ask(core, line)
    assert isinstance(answer, Problem)
    assert answer.next
