"""One running bot for one database file."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunningError(Exception):
    """Another process runs the bot on the same database; the message names its file and process."""


@contextmanager
def sole(database: Path | None) -> Iterator[None]:
    """Hold the lock beside a database file while the block runs; a database on a server needs none.

    The kernel gives the lock back when the process ends, however it ends.

    Raises:
        AlreadyRunningError: another process holds it.
    """
    if database is None:
        yield
        return
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with database.with_name(database.name + ".lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(20).strip() or "unknown"
            raise AlreadyRunningError(
                f"Another Nutgraf (process {holder}) already runs on {database}. "
                "Stop it first, or set NUTGRAF_HOME or DATABASE_URL to another place."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
