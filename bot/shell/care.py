"""Looking after the store: checking it, backing it up, putting a backup in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from bot.app import check_tokens, open_settings
from bot.clock import SystemClock
from bot.config import ConfigError, Settings
from bot.lock import sole
from bot.model.words import count
from bot.shell.printing import ShellError, print_json, say
from bot.store import channels, feeds, notes, outbox, safekeeping
from bot.store.database import DatabaseError, sqlite_path


async def check(settings: Settings, *, as_json: bool) -> None:
    """Print one line a check; exits 1 when something is wrong."""
    findings: list[tuple[str, bool, str]] = []
    try:
        check_tokens(settings)
        findings.append(("tokens", True, "a platform has its token"))
    except ConfigError as error:
        findings.append(("tokens", False, error.faults[0]))
    path = sqlite_path(settings.store_url)
    if path is not None and path.exists():
        findings.append(await asyncio.to_thread(_file_state, path))
    async with open_settings(settings, SystemClock()) as core:
        async with core.database.read() as connection:
            failing = await feeds.failing_feeds(connection, None)
            paused = [s.paused for s in await channels.all_schedules(connection) if s.paused]
            rows = await outbox.overview(connection)
            gap = await notes.gap_until(connection)
        stuck = [row for row in rows if row["state"] == "never"]
        ill = f"{count(failing, 'feed')} cannot be read; see “nutgraf feed list”"
        findings.append(("feeds", not failing, ill if failing else "every feed can be read"))
        findings.append(("schedules", not paused, "; ".join(filter(None, paused)) or "every digest arrives"))
        left = f"{count(len(stuck), 'message')} given up; see “nutgraf outbox”"
        findings.append(("outbox", not stuck, left if stuck else "nothing was given up"))
    if gap is not None:
        findings.append(
            ("memory", True, f"what was due before {gap:%Y-%m-%d %H:%M} UTC is looked up before it is posted")
        )
    for name, good, words in findings:
        if as_json:
            print_json({"check": name, "ok": good, "detail": words})
        else:
            say(f"{'ok   ' if good else 'FAULT'}  {name}: {words}")
    if not all(good for _, good, _ in findings):
        raise typer.Exit(1)


def backup(settings: Settings, target: Path) -> None:
    """Write a consistent copy, readable by its owner only."""
    path = _file(settings)
    if not path.exists():
        raise ShellError(f"There is no database at {path} yet: nothing to back up.")
    if target.exists():
        raise ShellError(f"{target} exists already: name another file.")
    if not target.parent.is_dir():
        raise ShellError(f"There is no folder {target.parent}: make it first.")
    safekeeping.copy(path, target)
    say(f"{target} holds a copy of {path}.")


def restore(settings: Settings, source: Path) -> None:
    """Put a backup in the database's place."""
    path = _file(settings)
    if not source.is_file():
        raise ShellError(f"There is no file {source}.")
    with sole(path) as hold:
        kept = safekeeping.put_back(source, path, SystemClock().now(), kind="kept")
        hold.closed()
    if kept is not None:
        say(f"The database that was there is kept as {kept}.")
    say(f"{path} is as it was in {source}. Digests due before now are looked up before they are posted.")


def _file(settings: Settings) -> Path:
    path = sqlite_path(settings.store_url)
    if path is None:
        raise ShellError("The database is on a server: use its own tools, such as pg_dump and pg_restore.")
    return path


def _file_state(path: Path) -> tuple[str, bool, str]:
    """Check the database file, its backup, and whether a damaged one was put aside."""
    try:
        wrong = safekeeping.faults(path)
        old = safekeeping.backup_of(path)
        if not wrong and old.exists() and (bad := safekeeping.faults(old)):
            wrong = f"its backup {old} is damaged: {bad}"
    except DatabaseError as error:
        wrong = str(error)
    if not wrong and (damaged := safekeeping.damaged_files(path)):
        wrong = f"it was damaged and is kept as {damaged[-1]}: delete that when you need it no more"
    return ("database file", not wrong, wrong or f"{path} is sound")
