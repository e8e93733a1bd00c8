"""Looking after the store: checking it, backing it up, putting a backup in its place."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import typer

from bot.app import check_tokens, open_settings
from bot.clock import SystemClock
from bot.config import ConfigError, Settings
from bot.lock import sole
from bot.model.words import count
from bot.shell.printing import ShellError, print_json, say
from bot.store import channels, feeds, outbox
from bot.store.database import sqlite_path


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
        faults = await asyncio.to_thread(_integrity, path)
        findings.append(("database file", not faults, faults or f"{path} is sound"))
    async with open_settings(settings, SystemClock()) as core:
        async with core.database.read() as connection:
            failing = await feeds.failing_feeds(connection, None)
            paused = [s.paused for s in await channels.all_schedules(connection) if s.paused]
            rows = await outbox.overview(connection)
        stuck = [row for row in rows if row["state"] == "never"]
        findings.append(
            ("feeds", not failing, f"{count(failing, 'feed')} cannot be read; see “nutgraf feed list”")
        )
        findings.append(("schedules", not paused, "; ".join(filter(None, paused)) or "every digest arrives"))
        detail = f"{count(len(stuck), 'message')} not posted; see “nutgraf outbox”"
        findings.append(("outbox", not stuck, detail))
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
    target.touch(mode=0o600)
    try:
        _copy(path, target)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise ShellError(f"{path} could not be copied: {error}.") from None
    say(f"{target} holds a copy of {path}.")


def restore(settings: Settings, source: Path) -> None:
    """Put a backup in the database's place."""
    path = _file(settings)
    if not source.is_file():
        raise ShellError(f"There is no file {source}.")
    if faults := _integrity(source):
        raise ShellError(f"{source} is no sound backup: {faults}.")
    with sole(path):
        if path.exists():
            kept = path.with_name(f"{path.name}.{SystemClock().now().astimezone(UTC):%Y%m%dT%H%M%SZ}.kept")
            _copy(path, kept)
            say(f"The present database is kept as {kept}.")
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        fresh = path.with_name(path.name + ".restoring")
        shutil.copyfile(source, fresh)
        fresh.chmod(0o600)
        fresh.replace(path)
    say(f"{path} is as it was in {source}.")


def _file(settings: Settings) -> Path:
    path = sqlite_path(settings.store_url)
    if path is None:
        raise ShellError("The database is on a server: use its own tools, such as pg_dump and pg_restore.")
    return path


def _copy(source: Path, target: Path) -> None:
    """Copy page by page through SQLite, so that a writer at work does not matter."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    target.chmod(0o600)


def _integrity(path: Path) -> str:
    """Return what is wrong with a database file; "" when it is sound."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if answer == "ok" else str(answer)
