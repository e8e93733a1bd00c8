"""One running bot for one database file, and how the one before it ended."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.store.database import DatabaseError

OPEN = " open"
"""Follows the number of a process that has the database open; still there, it died without closing it."""

LOOKS = 20
LOOK_S = 0.05
"""A command of the shell may hold the lock for a moment, to see how the last bot ended."""


class AlreadyRunningError(Exception):
    """Another process runs the bot on the same database; the message names its file and process."""


class Hold:
    """The lock, held.

    Attributes:
        died: whether the holder before ended without closing the database.
    """

    def __init__(self, file: TextIO | None) -> None:
        self._file = file
        self.died = file is not None and _read(file).endswith(OPEN)

    def opened(self) -> None:
        """Have it known, should we die, that the database was open and had writes beside it."""
        self._write(f"{os.getpid()}{OPEN}")

    def closed(self) -> None:
        """Have it known that nothing is left beside the database."""
        self._write(str(os.getpid()))
        self.died = False

    def _write(self, words: str) -> None:
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(words)
            self._file.flush()


@contextmanager
def sole(database: Path | None) -> Iterator[Hold]:
    """Hold the lock beside a database file while the block runs; a database on a server needs none.

    The kernel gives the lock back when the process ends, however it ends.

    Raises:
        AlreadyRunningError: another process holds it.
        DatabaseError: there is no place for it.
    """
    if database is None:
        yield Hold(None)
        return
    with _file(database) as file:
        if not _locked(file, LOOKS):
            holder = _read(file).removesuffix(OPEN) or "unknown"
            raise AlreadyRunningError(
                f"Another Nutgraf (process {holder}) already runs on {database}. "
                "Stop it first, or set NUTGRAF_HOME or DATABASE_URL to another place."
            )
        hold = Hold(file)
        if not hold.died:
            hold.closed()
        yield hold


@contextmanager
def glimpse(database: Path) -> Iterator[Hold | None]:
    """Hold the lock for a moment if it is free and a bot was ever here; None otherwise."""
    if not _beside(database).exists():
        yield None
        return
    with _file(database) as file:
        yield Hold(file) if _locked(file, 1) else None


def _beside(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def _file(database: Path) -> TextIO:
    """Open the file that is locked, made if need be."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _beside(database).open("a+", encoding="ascii")
    except OSError as error:
        raise DatabaseError(
            f"Nothing can be written beside {database}: {error.strerror}. "
            "Make its folder writable for this user, or set NUTGRAF_HOME to another place."
        ) from error


def _locked(file: TextIO, looks: int) -> bool:
    """Try to take the lock."""
    for look in range(looks):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if look < looks - 1:
                time.sleep(LOOK_S)
        else:
            return True
    return False


def _read(file: TextIO) -> str:
    file.seek(0)
    return file.read(40).strip("\0\n")
