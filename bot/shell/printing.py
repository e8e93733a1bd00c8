"""How the shell prints, and how its commands start and fail."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from bot import config, log
from bot.app import open_settings
from bot.clock import Clock, SystemClock
from bot.core import Core
from bot.lock import AlreadyRunningError
from bot.model.article import Article
from bot.model.delivery import JSON
from bot.model.view import Problem, View
from bot.platforms.console.data import data
from bot.platforms.console.render import show
from bot.sources.errors import SourceError
from bot.store.database import DatabaseError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]

USAGE = 2


class ShellError(Exception):
    """A command could not do its work; the message is for the person at the terminal."""


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong on standard error, and exit."""
    print(message, file=sys.stderr)  # noqa: T201 - the shell prints
    raise typer.Exit(code)


def warn(message: str) -> None:
    """Say something on standard error, beside the data."""
    print(message, file=sys.stderr)  # noqa: T201 - the shell prints


def say(message: str) -> None:
    """Print a line of the answer."""
    print(message)  # noqa: T201 - the shell prints


def print_json(row: dict[str, JSON]) -> None:
    """Print one line of JSON; a lone surrogate, which no terminal can show, becomes a question mark."""
    say(json.dumps(row, ensure_ascii=False, separators=(", ", ": ")).encode("utf-8", "replace").decode())


def print_view(view: View, *, as_json: bool) -> None:
    """Print an answer for people or as a line of JSON; a Problem goes to standard error and exits 1."""
    if isinstance(view, Problem):
        fail(f"{view.what} {view.next}")
    if as_json:
        print_json(data(view))
    else:
        show(view, Console())


def article_line(article: Article) -> dict[str, JSON]:
    """Return an article in the form that `nutgraf import` reads."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "published_at": utc(article.published_at),
        "source": article.source,
        "author": article.author,
        "language": article.language,
        "keywords": list(article.keywords),
    }


def utc(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC, to the second."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment(text: str | None) -> datetime | None:
    """Read a moment given on the command line: ISO 8601, UTC where it names no zone; exits 2 otherwise."""
    if text is None:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        fail(f"“{text}” is no time: write it as 2026-05-12T07:00Z.", USAGE)
    if not 1970 < when.year < 9999:
        fail(f"“{text}” is no time that an article could have: use a year from 1971 on.", USAGE)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def settings() -> config.Settings:
    """Read the settings and start logging; exits 2 when they cannot be used."""
    try:
        loaded = config.load()
    except config.ConfigError as error:
        fail("These settings cannot be used:\n" + "\n".join(f"  {fault}" for fault in error.faults), USAGE)
    log.configure(loaded.log_level, loaded.log_format)
    return loaded


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a command's work; what it could not do is one line on standard error, and exit 1."""
    try:
        asyncio.run(work)
    except (ShellError, SourceError, DatabaseError, AlreadyRunningError) as error:
        fail(str(error))
    except BrokenPipeError:
        # The reader of our output has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def with_core(work: Callable[[Core], Awaitable[None]], *, clock: Clock | None = None) -> None:
    """Run a command's work on the opened rooms."""
    loaded = settings()

    async def opened() -> None:
        async with AsyncExitStack() as stack:
            core = await stack.enter_async_context(open_settings(loaded, clock or SystemClock()))
            await work(core)

    run(opened())
