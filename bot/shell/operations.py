"""nutgraf run, console, outbox, migrate, doctor, backup, restore: running and looking after the bot."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import config
from bot.clock import SystemClock
from bot.core import Core
from bot.model.delivery import JSON
from bot.shell import care
from bot.shell.printing import USAGE, AsJson, fail, print_json, say, settings, utc, with_core
from bot.shell.printing import run as run_work
from bot.store import outbox as outbox_store


def run() -> None:
    """Run the bot: every platform that has a token, until stopped."""
    from bot import app

    loaded = settings()
    try:
        run_work(app.run(loaded))
    except config.ConfigError as error:
        fail("\n".join(error.faults), USAGE)


def console() -> None:
    """Ask in this terminal what one can ask in chat."""
    from bot.platforms.console.app import ConsolePlatform

    async def work(core: Core) -> None:
        terminal = ConsolePlatform(answer=core.answers, clock=SystemClock(), out=sys.stdout, inp=sys.stdin)
        await terminal.run()

    with_core(work)


def outbox(
    slots: Annotated[bool, typer.Option("--slots", help="Show the decision on each digest instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the latest messages and what became of them, newest first."""

    async def work(core: Core) -> None:
        read = outbox_store.decisions if slots else outbox_store.overview
        async with core.database.read() as connection:
            rows = await read(connection, limit=limit)
        if as_json:
            for row in rows:
                print_json({name: _plain(value) for name, value in row.items()})
        elif rows:
            table = Table(*rows[0], box=None, pad_edge=False)
            for row in rows:
                table.add_row(*(str(_plain(value) or "") for value in row.values()))
            Console().print(table)
        else:
            say("Nothing was put into the outbox yet.")

    with_core(work)


def _plain(value: object) -> JSON:
    """Return a column's value as JSON."""
    if value is None or isinstance(value, int | str):
        return value
    return utc(value) if isinstance(value, datetime) else str(value)


def migrate() -> None:
    """Bring the database to this program's schema."""

    async def work(core: Core) -> None:
        say(f"The database is up to date: {core.database.url.render_as_string(hide_password=True)}")

    with_core(work)


def doctor(as_json: AsJson = False) -> None:
    """Check settings, database, feeds and deliveries; say what is wrong and what to do."""
    loaded = settings()
    run_work(care.check(loaded, as_json=as_json))


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write; must not exist.")],
) -> None:
    """Write a consistent copy of the database while the bot runs."""
    _do(lambda: care.backup(settings(), target))


def restore(
    source: Annotated[Path, typer.Argument(help="A file that “nutgraf backup” wrote.")],
) -> None:
    """Put a backup in the database's place; the present file is kept beside it. Stop the bot first."""
    _do(lambda: care.restore(settings(), source))


def _do(work: Callable[[], None]) -> None:
    """Run work that needs no event loop, with the same words for what it cannot do."""

    async def wrapped() -> None:
        await asyncio.to_thread(work)

    run_work(wrapped())
