"""People at a terminal: what they type, and what they are answered."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import pytest

from bot.clock import ManualClock
from bot.model.delivery import Sent
from bot.model.request import (
    Asker,
    BriefRequest,
    DigestRequest,
    FeedRequest,
    FindRequest,
    HelpRequest,
    RelatedRequest,
    Request,
    SourcesRequest,
    StoryRequest,
)
from bot.model.view import View
from bot.platforms.console.app import ASKER, ConsolePlatform
from tests.contract.stages import START, ConsoleStage
from tests.contract.views import EXAMPLES


class Newsroom:
    """Answers everything with one view, and keeps what was asked."""

    def __init__(self, view: View = EXAMPLES["related"]) -> None:
        self.view = view
        self.asked: list[tuple[Asker, Request]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def answer(self, asker: Asker, request: Request) -> View:
        self.asked.append((asker, request))
        await self.open.wait()
        return self.view

    def terminal(self, out: TextIO, inp: TextIO | None, *, colour: bool | None = None) -> ConsolePlatform:
        return ConsolePlatform(
            answer=self.answer, clock=ManualClock(START), out=out, inp=inp, width=80, colour=colour
        )


async def typed(lines: str, newsroom: Newsroom | None = None, *, colour: bool | None = None) -> str:
    """Return what stands on the screen after some lines were typed."""
    out = io.StringIO()
    await (newsroom or Newsroom()).terminal(out, io.StringIO(lines), colour=colour).run()
    return out.getvalue()


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("/related S-4F2K", RelatedRequest("S-4F2K")),
        ("related ferry aground", RelatedRequest("ferry aground")),
        ("  RELATED   https://news.example/1  ", RelatedRequest("https://news.example/1")),
        ("brief", BriefRequest()),
        ("story S-4F2K", StoryRequest("S-4F2K")),
        ('find "harbour bridge"', FindRequest('"harbour bridge"')),
        ("sources", SourcesRequest()),
        ("help", HelpRequest()),
        ("/nutgraf help", HelpRequest()),
        ("feed list", FeedRequest("list")),
        ("/feed add https://news.example/feed", FeedRequest("add", "https://news.example/feed")),
        ("digest set 08:00", DigestRequest("set", "08:00")),
    ],
)
async def test_the_commands_of_the_chat_are_understood(line: str, request_: Request) -> None:
    newsroom = Newsroom()
    await typed(f"{line}\n", newsroom)
    assert newsroom.asked == [(ASKER, request_)]


async def test_a_session_reads_like_a_conversation() -> None:
    screen = await typed("related S-4F2K\nquit\nbrief\n")
    greeting, question, *answer = screen.splitlines()
    assert "“help” lists everything" in greeting
    assert question == "> related S-4F2K"
    assert answer[0].startswith("Related to Ferry aground")
    assert screen.endswith("\n\n> quit\n")


@pytest.mark.parametrize("word", ["quit", "/quit", "EXIT", "q"])
async def test_there_is_a_way_out(word: str) -> None:
    newsroom = Newsroom()
    await typed(f"{word}\nbrief\n", newsroom)
    assert newsroom.asked == []


async def test_the_end_of_the_input_is_a_way_out() -> None:
    assert (await typed("brief")).endswith("> \n")
    assert (await typed("")).endswith("> \n")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("relatd ferry", "Did you mean “related”?"),
        ("/breif", "Did you mean “brief”?"),
        ("feeds", "Did you mean “feed”?"),
        ("ferry aground", "“help” lists everything."),
        ("related", "a few words"),
        ("nutgraf dance", "help"),
    ],
)
async def test_a_wrong_word_gets_a_kind_hint(line: str, hint: str) -> None:
    newsroom = Newsroom()
    screen = await typed(f"{line}\n", newsroom)
    assert hint in screen
    assert newsroom.asked == []


async def test_an_empty_line_asks_nothing() -> None:
    newsroom = Newsroom()
    assert (await typed("\n   \n", newsroom)).count("> ") == 3
    assert newsroom.asked == []


async def test_what_is_typed_wrongly_cannot_command_the_terminal() -> None:
    screen = await typed("\x1b[2Jfoo\x07\n")
    assert "\x1b" not in screen.split("> ", 1)[1]


async def test_colours_and_links_where_they_are_wanted() -> None:
    assert "\x1b]8;" in await typed("brief\n", colour=True)
    assert "\x1b" not in await typed("brief\n", colour=False)
    assert "https://news.example/2" in await typed("brief\n", colour=None)


async def test_a_pipe_is_answered_line_by_line_while_the_loop_goes_on() -> None:
    reader, writer = os.pipe()
    newsroom, out = Newsroom(), io.StringIO()
    with os.fdopen(reader, encoding="utf-8") as inp:
        terminal = newsroom.terminal(out, inp)
        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            session = group.create_task(terminal.run())
            os.write(writer, b"related Sch")
            await asyncio.sleep(0)
            os.write(writer, "üler ".encode()[:1])
            await until(lambda: out.getvalue().endswith("> "))
            assert newsroom.asked == []
            os.write(writer, "üler ".encode()[1:] + b"\nbrief\n")
            await until(lambda: len(newsroom.asked) == 2)
            assert not session.done()
            os.close(writer)
    assert newsroom.asked[0][1] == RelatedRequest("Schüler")


async def test_a_file_of_questions_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "questions"
    path.write_text("brief\nsources", encoding="utf-8")
    newsroom = Newsroom()
    with path.open(encoding="utf-8") as inp:
        await newsroom.terminal(io.StringIO(), inp).run()
    assert [request for _, request in newsroom.asked] == [BriefRequest(), SourcesRequest()]


async def test_a_session_can_be_cancelled_while_nobody_types() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, encoding="utf-8") as inp:
        out = io.StringIO()
        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            session = group.create_task(Newsroom().terminal(out, inp).run())
            await until(lambda: out.getvalue().endswith("> "))
            session.cancel()
    os.close(writer)
    assert session.cancelled()


async def test_a_digest_that_falls_due_does_not_stand_on_the_prompt() -> None:
    reader, writer = os.pipe()
    out, stage = io.StringIO(), ConsoleStage()
    with os.fdopen(reader, encoding="utf-8") as inp:
        stage.platform = terminal = Newsroom().terminal(out, inp)
        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            group.create_task(terminal.run())
            await until(lambda: out.getvalue().endswith("> "))
            sent = await terminal.send(stage.delivery(terminal.render(EXAMPLES["digest"])[0]))
            os.close(writer)
    assert isinstance(sent, Sent)
    assert "> \nharbour " in out.getvalue()
    assert out.getvalue().endswith("2 sources failing.\n\n> \n")


async def test_without_an_input_it_prints_only() -> None:
    terminal = Newsroom().terminal(io.StringIO(), None)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        session = group.create_task(terminal.run())
        await asyncio.sleep(0)
        assert not session.done()
        session.cancel()


async def test_a_session_ends_quietly_when_nobody_reads_the_answers() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    out = io.TextIOWrapper(os.fdopen(writer, "wb", buffering=0), write_through=True)
    await Newsroom().terminal(out, io.StringIO("brief\n")).run()
    out.close()


async def until(true: Callable[[], bool]) -> None:
    """Let the loop turn until something is true."""
    while not true():  # noqa: ASYNC110 - a thread that prints and a pipe set no event
        await asyncio.sleep(0)
