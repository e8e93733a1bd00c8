"""The terminal as a platform: prints digests as they fall due, and answers what is typed."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import aclosing
from difflib import get_close_matches
from typing import TextIO

from aiohttp import web
from rich.console import Console

from bot.clock import Clock
from bot.commands.parse import READERS, parse
from bot.delivery.port import Answer, StillOurs, always
from bot.model.delivery import (
    CannotTell,
    Delivery,
    Finding,
    HeldBack,
    Later,
    Never,
    NeverReason,
    NotThere,
    Outcome,
    Payload,
    Sent,
)
from bot.model.request import Asker
from bot.model.view import Problem, View
from bot.platforms.console.lines import read_lines
from bot.platforms.console.paper import Paper
from bot.platforms.console.plain import clean
from bot.platforms.console.render import show, text

WIDTH = 80
"""Columns of a text that is stored or piped; a window says its own."""

PROMPT = "> "
GREETING = "Ask away: “brief”, “related S-4F2K”, “find harbour”. “help” lists everything, “quit” ends.\n"
LAST_WORDS = frozenset({"quit", "exit", "q", "bye"})
FAMILIES = frozenset({"feed", "digest", "filter", "channel"})
"""What stands behind /nutgraf in chat; at a terminal nobody need type that word first."""

ASKER = Asker(
    platform="console",
    workspace="local",
    channel="terminal",
    channel_name="terminal",
    user="local",
    manager=True,
)
"""Whoever sits at the machine may do everything: the database is theirs already."""


class ConsolePlatform:
    """The terminal's adapter; needs no token.

    Args:
        answer: has a question answered.
        clock: tells when a text was printed.
        out: where everything is printed.
        inp: where questions are typed; None when none are taken, and `run` only waits to be cancelled.
        width: columns; None for those of the window, or 80 where there is none.
        colour: colours and links; None to use them where `out` is a terminal that has them.
    """

    name = "console"

    def __init__(
        self,
        *,
        answer: Answer,
        clock: Clock,
        out: TextIO,
        inp: TextIO | None = None,
        width: int | None = None,
        colour: bool | None = None,
    ) -> None:
        self._answer = answer
        self._clock = clock
        self._out = out
        self._paper = Paper(out)
        self._inp = inp
        self._width = width
        self._colour = colour
        self._printed: dict[str, Sent] = {}
        self._refused: Counter[str] = Counter()
        self._asking = False

    def render(self, view: View) -> tuple[Payload, ...]:
        """Draw a view as plain text: a terminal scrolls, so one message holds everything."""
        return ({"text": text(view, width=self._width or WIDTH)},)

    async def send(self, delivery: Delivery, still_ours: StillOurs = always) -> Outcome | HeldBack:
        """Print a stored text once; its id is the moment it was printed and its number in this process."""
        words = delivery.payload.get("text")
        if not isinstance(words, str):
            return Never(NeverReason.REFUSED, "the stored message has no text")
        before, after = ("\n", f"\n{PROMPT}") if self._asking else ("", "\n")
        try:
            if not await self._paper.print(f"{before}{words}{after}", still_ours):
                return HeldBack()
        except BrokenPipeError:
            self._refused[delivery.key] += 1
            return Never(NeverReason.CHANNEL_GONE, "nobody reads the output any more")
        except ValueError:
            self._refused[delivery.key] += 1
            return Never(NeverReason.CHANNEL_GONE, "the output was closed")
        except OSError as fault:
            return Later(0, f"the output could not be written: {fault.strerror}", unknown=True)
        printed = Sent((f"{self._clock.now():%Y%m%dT%H%M%SZ}-{len(self._printed) + 1}",))
        self._printed[delivery.key] = printed
        return printed

    async def find(self, delivery: Delivery) -> Finding:
        """Say whether a text was printed, as far as this process can know: a screen cannot be read back."""
        printed = self._printed.get(delivery.key)
        if printed is not None:
            return printed
        if delivery.attempts <= self._refused[delivery.key]:
            return NotThere()
        return CannotTell("what an earlier run put on the screen cannot be read back", for_good=True)

    def routes(self) -> list[web.RouteDef]:
        """Return nothing: the terminal needs no HTTP server."""
        return []

    async def close(self) -> None:
        """Leave the streams open: they belong to whoever gave them."""

    async def direct(self, person: str) -> str | None:
        """Return the terminal: whoever sits at it is alone with it."""
        del person
        return "terminal"

    async def run(self) -> None:
        """Answer what is typed, until it ends, somebody quits, or nobody reads the answers any more."""
        if self._inp is None:
            await asyncio.Event().wait()
            return
        try:
            await self._talk(self._inp)
        except BrokenPipeError:
            return

    async def _talk(self, inp: TextIO) -> None:
        await self._paper.print(GREETING)
        # What comes through a pipe is not seen on the screen: it is repeated, so that questions and answers
        # stand there as if typed.
        echo = not inp.isatty()
        async with aclosing(read_lines(inp)) as typed:
            await self._prompt()
            async for line in typed:
                self._asking = False
                words = line.strip()
                if echo:
                    await self._paper.print(f"{clean(words)}\n")
                if words.lower().removeprefix("/") in LAST_WORDS:
                    return
                if words:
                    await self._paper.print(self._draw(await self._reply(words)))
                await self._prompt()
        self._asking = False
        await self._paper.print("\n")

    async def _prompt(self) -> None:
        self._asking = True
        await self._paper.print(PROMPT)

    async def _reply(self, words: str) -> View:
        """Answer a line as typed, with or without its slash."""
        command, *rest = words.split(maxsplit=1)
        name = command.removeprefix("/").lower()
        if name in FAMILIES:
            name, rest = "nutgraf", [words.removeprefix("/")]
        if name not in READERS:
            return _unknown(command)
        request = parse(name, " ".join(rest))
        return request if isinstance(request, Problem) else await self._answer(ASKER, request)

    def _draw(self, view: View) -> str:
        """Return an answer as this terminal can show it."""
        plain = self._colour is False
        console = Console(
            file=self._out,
            width=self._width,
            force_terminal=self._colour,
            no_color=False if self._colour else None,
            color_system="standard" if self._colour else None if plain else "auto",
            legacy_windows=False,
        )
        if console.color_system is None:
            return text(view, width=console.width) + "\n"
        with console.capture() as drawn:
            show(view, console)
        return drawn.get() + "\n"


def _unknown(command: str) -> Problem:
    """Return a hint for a word that is no command, with the command it resembles."""
    name = command.removeprefix("/").lower()
    near = get_close_matches(name, [*READERS, *FAMILIES, *LAST_WORDS], n=1)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    return Problem(what=f"“{command}” is not a word I know.", next=f"{hint}“help” lists everything.")
