"""One story as people ask for it, on the sample articles: every aspect verbatim, and managers' decisions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.commands.parse import parse
from bot.core import Core, open_core
from bot.model.request import Asker, RulingRequest
from bot.model.view import Notice, Problem, Sentence, StoryView, View, WhyView
from bot.platforms.console.data import data
from tests import samples
from tests.samples import MORNING, story_of

READER = Asker(platform="slack", workspace="T1", channel="C1", user="U1")
BOSS = replace(READER, manager=True)


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_core(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", ManualClock(MORNING)) as opened:
        await samples.stock(opened)
        yield opened


async def ask(core: Core, line: str, asker: Asker = READER) -> View:
    return await samples.ask(core, line, asker)


def quoted(view: StoryView) -> list[Sentence]:
    claims = [claim for one in view.disputes for claim in one.claims]
    return [
        *view.story.sentences,
        *(sentence for day in view.days for sentence in day.sentences),
        *(sentence for claim in claims for sentence in claim.sentences),
        *view.alone,
    ]


@pytest.mark.parametrize("aspect", ["brief", "timeline", "sources", "differences"])
async def test_every_aspect_of_every_story_is_verbatim(core: Core, aspect: str) -> None:
    shown = 0
    for story in await core.archive.all_stories(None):
        view = await ask(core, f"story {story.id} {aspect}")
        assert isinstance(view, StoryView)
        assert view.life is not None
        texts = {article.id: article.text for article in story.articles}
        for sentence in quoted(view):
            assert texts[sentence.article_id][sentence.start : sentence.end] == sentence.text
        shown += len(quoted(view))
        if not quoted(view) and aspect in ("timeline", "differences"):
            assert view.nothing
        assert data(view)["view"] == aspect
    assert (shown > 0) == (aspect != "sources")


async def test_copies_say_where_they_are_from(core: Core) -> None:
    view = await ask(core, f"story {await story_of(core, 'sample-ferry-3')} sources")
    assert isinstance(view, StoryView)
    copies = {one.article_id: one.agency for one in view.story.sources if one.copy}
    assert copies["sample-ferry-3"] == "Coastwire"


async def test_why_adds_up(core: Core) -> None:
    await ask(core, "nutgraf filter include ferry", BOSS)
    view = await ask(core, f"why {await story_of(core, 'sample-ferry-2')}")
    assert isinstance(view, WhyView)
    assert sum(part.of for part in view.parts) == 100
    assert view.points == sum(part.points for part in view.parts)
    assert "“ferry”" in {part.name: part.said for part in view.parts}["topics"]


async def test_managers_decide_and_others_are_told_who_can(core: Core) -> None:
    one, other = await story_of(core, "sample-ferry-2"), await story_of(core, "sample-timber-1")
    refused = await ask(core, f"nutgraf story merge {one} {other}")
    assert isinstance(refused, Problem)
    assert "managers" in refused.what
    merged = await ask(core, f"nutgraf story merge {one} {other}", BOSS)
    assert isinstance(merged, Notice)
    old = merged.title.split(" ", 1)[0]
    view = await ask(core, f"story {old}")
    assert isinstance(view, StoryView)
    assert view.note == f"{old} is part of this story now."
    shown = await ask(core, f"nutgraf story show {one}")
    assert isinstance(shown, Notice)
    assert "U1" in shown.lines[0]
    assert isinstance(await ask(core, f"nutgraf story undo {one}", BOSS), Notice)
    assert await story_of(core, "sample-timber-1") == other
    parted = await ask(core, f"story split {one} sample-ferry-7 into {other}", BOSS)
    assert isinstance(parted, Notice)
    assert await story_of(core, "sample-ferry-7") == other
    assert await story_of(core, "sample-ferry-8") == other  # it copies the one that left


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("merge S-2222 S-3333", RulingRequest("merge", "S-2222", other="S-3333")),
        ("split S-2222 Harbour Post", RulingRequest("split", "S-2222", article="Harbour Post")),
        ("split S-2222 a1 into S-3333", RulingRequest("split", "S-2222", other="S-3333", article="a1")),
        (
            "split S-2222 The Post S-3333",
            RulingRequest("split", "S-2222", other="S-3333", article="The Post"),
        ),
        ("undo S-2222", RulingRequest("undo", "S-2222")),
        ("show S-2222", RulingRequest("show", "S-2222")),
    ],
)
def test_the_words_are_the_same_behind_story_and_nutgraf_story(line: str, request_: RulingRequest) -> None:
    assert parse("nutgraf", f"story {line}") == parse("story", line) == request_


@pytest.mark.parametrize("line", ["", "merge", "merge S-2222", "split S-2222", "undo", "explode S-2222"])
def test_what_is_missing_is_said(line: str) -> None:
    problem = parse("nutgraf", f"story {line}")
    assert isinstance(problem, Problem)
    assert "S-4F2K" in problem.next
