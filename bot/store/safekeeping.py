"""Keeping an SQLite file safe: is it sound, copies of it, and a backup in the place of a damaged one.

Everything here blocks. After a backup was put in place the database lacks what was posted since it was made:
a note of that moment makes the outbox look before it sends what was due up to then.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.store.database import BUSY_TIMEOUT_MS, DatabaseError
from bot.store.notes import GAP_UNTIL
from bot.store.schema import milliseconds
from bot.store.schema_notes import notes

SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a file that is open: writes not yet in it, and the index of them."""

WAL_SIGNS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How a write-ahead log begins (https://www.sqlite.org/fileformat2.html#the_write_ahead_log)."""

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""Errors that mean the file itself is damaged; others, such as a lock, pass or are somebody's to mend."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to a database at the start.

    Attributes:
        words: what happened, to which file, and what to do next; for people.
        kept: where the damaged file is, if one was put aside.
    """

    words: str
    kept: Path | None = None


def backup_of(path: Path) -> Path:
    """Return where the automatic backup of a database file is."""
    return path.with_name(path.name + ".backup")


def damaged_files(path: Path) -> tuple[Path, ...]:
    """Return the damaged files that were put aside, the oldest first."""
    found = path.parent.glob(f"{path.name}.*.damaged") if path.parent.is_dir() else ()
    return tuple(sorted(found))


def faults(path: Path) -> str:
    """Return how a database file is damaged; "" when it is sound.

    Raises:
        DatabaseError: it cannot be read at present, so nobody can tell.
    """
    try:
        with _opened(path) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in DAMAGE:
            return str(error)
        raise DatabaseError(
            f"The database {path} cannot be read: {error}. "
            "See that it is a file, that this user may read it, and that no other program keeps it busy."
        ) from error
    if answer != "ok":
        return str(answer)
    return "" if tables else "it is empty"


def copy(source: Path, target: Path) -> None:
    """Make a sound, consistent copy, readable by its owner only; an older file of that name gives way.

    Pages are copied through SQLite, so that a writer at work does not matter. The target is never seen half
    written, and stays as it was when the copy fails.

    Raises:
        DatabaseError: it cannot be copied, or the copy is not sound.
    """
    with _prepared(target) as fresh:
        try:
            with _opened(source) as old, closing(sqlite3.connect(fresh)) as new:
                old.backup(new)
                # One file, whatever becomes of it later: no log beside it.
                new.execute("PRAGMA journal_mode = DELETE")
            if wrong := faults(fresh):
                raise DatabaseError(f"{source} is not copied, for it is damaged: {wrong}.")
            _name(fresh, target)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(f"{source} could not be copied to {target}: {error}.") from error


def put_back(source: Path, path: Path, now: datetime, *, kind: str) -> Path | None:
    """Put a backup in a database's place; up to `now`, things may have been posted that it does not know of.

    Args:
        source: the backup.
        path: the database; nobody may have it open.
        now: the present moment.
        kind: the present file is kept under a dated name with this ending.

    Returns:
        Where the file that was there is kept; None when there was none.

    Raises:
        DatabaseError: the backup is not sound, or cannot be put there; the database is as it was.
    """
    if wrong := faults(source):
        raise DatabaseError(f"{source} is no sound backup: {wrong}.")
    with _prepared(path) as fresh:
        try:
            shutil.copyfile(source, fresh)
            _mark(fresh, now)
            kept = _set_aside(path, now, kind)
            _name(fresh, path)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(f"{source} could not be put in the place of {path}: {error}.") from error
    return kept


def mend(path: Path, now: datetime, *, died: bool) -> Mended | None:
    """See before the start that a database is usable, and put the last backup in its place when it is not.

    Args:
        path: the database; nobody may have it open.
        now: the present moment.
        died: whether the process before this one ended without closing it.

    Returns:
        What had to be done; None when all is well, or there is no database yet.

    Raises:
        DatabaseError: it is damaged and there is no sound backup (nothing was changed), or cannot be read.
    """
    backup = backup_of(path)
    gone = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    if gone and not backup.exists():
        return None
    wrong = "it is gone" if gone else faults(path)
    if not wrong:
        return bridge(path, now) if died else None
    if not backup.exists() or faults(backup):
        raise DatabaseError(
            f"The database {path} is damaged: {wrong}. There is no sound backup at {backup}. "
            "Put one in its place with “nutgraf restore FILE”, or move the damaged file away to begin anew."
        )
    made = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
    kept = put_back(backup, path, now, kind="damaged")
    words = f"The database {path} was damaged: {wrong}."
    if kept is not None:
        words += f" It is kept as {kept}."
    words += (
        f" The backup of {made:%Y-%m-%d %H:%M} UTC is in its place: set feeds, channels and hours again that "
        "were changed since. Digests that were due before now are looked up before they are posted."
    )
    return Mended(words, kept)


def bridge(path: Path, now: datetime) -> Mended | None:
    """See whether the last writes of a process that died are there; note the gap when they are not."""
    try:
        with path.with_name(path.name + "-wal").open("rb") as log:
            if log.read(4) in WAL_SIGNS:
                return None
    except FileNotFoundError:
        pass
    try:
        _mark(path, now)
    except sqlite3.Error as error:
        raise DatabaseError(f"The database {path} cannot be written: {error}.") from error
    return Mended(
        f"The last writes to {path} are lost: the file {path.name}-wal, which held them, is gone or damaged. "
        "Digests that were due before now are looked up before they are posted."
    )


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file for reading alone."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        yield connection


@contextmanager
def _prepared(target: Path) -> Iterator[Path]:
    """Give a private file beside the target to write; what is not given its name is removed."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        yield fresh
    except OSError as error:
        raise DatabaseError(f"{fresh} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _name(fresh: Path, target: Path) -> None:
    """Give a finished file its name, so that it survives a loss of power."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _set_aside(path: Path, now: datetime, kind: str) -> Path | None:
    """Move a database with its side files to a dated name, and return it; None when there is none."""
    target = path.with_name(f"{path.name}.{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z.{kind}")
    kept = target if path.exists() else None
    # The log first: were it left beside the file that comes next, its pages would be taken for that one's.
    for suffix in (*SIDE_FILES, ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(target.with_name(target.name + suffix))
    return kept


def _mark(path: Path, now: datetime) -> None:
    """Note the gap in a database that nobody has open, and that its open messages may be posted."""
    create = str(sa.schema.CreateTable(notes, if_not_exists=True).compile(dialect=sqlite.dialect()))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(create)
        connection.execute(
            "INSERT INTO notes (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
            (GAP_UNTIL, milliseconds(now)),
        )
        connection.execute(
            "UPDATE deliveries SET maybe_posted = 1, state = 'waiting', lease_until = NULL "
            "WHERE state IN ('waiting', 'claimed')"
        )
