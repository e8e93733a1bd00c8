"""A database opens one way: one writer, many readers, both engines alike."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.sqlite_driver import DirectConnection

BUSY_TIMEOUT_MS = 15_000
"""How long a statement waits for another process's write, such as `nutgraf import` beside `nutgraf run`."""

ADVICE = {
    "disk is full": "Make room on its disk; nothing half done was stored.",
    "readonly database": "Make its file and folder writable for this user.",
    "unable to open database file": "See that its folder exists and is writable for this user.",
    "database is locked": "Another program keeps it busy: stop that one, and try again.",
    "malformed": "The file is damaged: keep it aside and put a backup in its place with “nutgraf restore”.",
    "not a database": "The file is no database: see that DATABASE_URL or NUTGRAF_HOME names the right place.",
    "password authentication failed": "Correct the user and password in DATABASE_URL.",
}
"""What to do, by what the engines say."""

PAUSED_MS = 30_000
"""On PostgreSQL, a transaction whose process says nothing for so long is undone: a process that was stopped
in the middle of one holds no rows back from the others. Half of a claim's lease; none of ours is as long."""

SESSION = "nutgraf"
"""The name that our sessions on PostgreSQL go by."""

READERS = 4
CACHE_KIB = 32_768


Connection: TypeAlias = AsyncConnection
"""An open transaction; rooms above the store pass it through to the store's functions."""


class DatabaseError(Exception):
    """The database cannot be used; the message says what happened, to which file, and what to do next."""


class Database:
    """Connections to the store.

    Reads run beside each other; writes queue for one connection and begin IMMEDIATE, so that a transaction
    never has to be taken back because another one wrote in between.
    """

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.dialect = self.url.get_backend_name()
        options: dict[str, Any] = {}
        if self.dialect == "sqlite":
            options = {"async_creator": self._connect, "poolclass": sa.AsyncAdaptedQueuePool}
        else:
            settings = {
                "application_name": SESSION,
                "idle_in_transaction_session_timeout": str(PAUSED_MS),
                # The server notices within a minute, not after two hours, that a machine of ours is gone.
                "tcp_keepalives_idle": "30",
                "tcp_keepalives_interval": "10",
                "tcp_keepalives_count": "3",
            }
            options = {"connect_args": {"server_settings": settings}, "pool_pre_ping": True}
        self._reader = create_async_engine(self.url, pool_size=READERS, max_overflow=0, **options)
        self._writer = create_async_engine(self.url, pool_size=1, max_overflow=0, **options)
        self._writing = asyncio.Lock()
        if self.dialect == "sqlite":
            _prepare_sqlite(self._reader, begin="BEGIN")
            _prepare_sqlite(self._writer, begin="BEGIN IMMEDIATE")

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database; None for one in memory or on a server."""
        return sqlite_path(self.url)

    async def _connect(self) -> aiosqlite.Connection:
        return await DirectConnection(self.url.database or ":memory:", timeout_s=BUSY_TIMEOUT_MS / 1000)

    async def probe(self) -> None:
        """See that an SQLite file can be opened at all.

        The driver's thread may outlive the event loop when opening fails, and then complain on the terminal.

        Raises:
            DatabaseError: it cannot.
        """
        if self.path is not None:
            with self._told():
                await asyncio.to_thread(_touch, self.path)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction for reading; it sees one consistent state throughout."""
        with self._told():
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open the one transaction for writing; committed when the block ends, undone when it raises."""
        with self._told():
            async with self._writing, self._writer.begin() as connection:
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the engine could not do in words for people."""
        try:
            yield
        except (sa.exc.DBAPIError, sqlite3.Error, OSError) as error:
            cause = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
            advice = next((words for sign, words in ADVICE.items() if sign in cause), None)
            if advice is None and not isinstance(
                error, (sa.exc.OperationalError, sa.exc.InterfaceError, sqlite3.Error, OSError)
            ):
                raise
            where = self.path or self.url.render_as_string(hide_password=True)
            raise DatabaseError(
                f"The database {where} cannot be used: {cause}. {advice or 'See that it can be reached.'}"
            ) from error

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.dispose()
        await self._writer.dispose()


def _touch(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


def sqlite_path(url: str | sa.URL) -> Path | None:
    """Return the file of an SQLite address; None for one in memory or on a server."""
    parsed = sa.make_url(url)
    name = parsed.database
    return Path(name) if parsed.get_backend_name() == "sqlite" and name and name != ":memory:" else None


def _prepare_sqlite(engine: AsyncEngine, *, begin: str) -> None:
    """Set what SQLite forgets with every connection, and begin transactions ourselves."""

    def connected(connection: DBAPIConnection, _record: object) -> None:
        # The driver's own BEGIN comes too late and is always DEFERRED.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    def began(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    sa.event.listen(engine.sync_engine, "connect", connected)
    sa.event.listen(engine.sync_engine, "begin", began)
