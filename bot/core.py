"""The rooms below the platforms, built and opened together: what the shell and the running bot both need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.archive import Archive
from bot.clock import Clock
from bot.commands.answer import Answers
from bot.commands.context import Context
from bot.pipeline import Pipeline
from bot.store.database import Database, DatabaseError
from bot.store.migrate import migrate

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Core:
    """The open rooms.

    Attributes:
        database: the store, at this program's schema.
        archive: articles and stories.
        pipeline: composes digests.
        answers: answers questions.
        clock: tells the time.
    """

    database: Database
    archive: Archive
    pipeline: Pipeline
    answers: Answers
    clock: Clock


def make_folder(folder: Path) -> None:
    """Make the folder of a database, for its owner only.

    Raises:
        DatabaseError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseError(
            f"The folder {folder} cannot be made: {error.strerror}. Set NUTGRAF_HOME to another place."
        ) from error


@asynccontextmanager
async def open_core(store_url: str, clock: Clock) -> AsyncIterator[Core]:
    """Open the store, bring it up to date, and build the rooms on it.

    Args:
        store_url: the address of the database.
        clock: tells the time.

    Raises:
        DatabaseError: the store cannot be used.
    """
    database = Database(store_url)
    if database.path is not None:
        make_folder(database.path.parent)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="compute") as executor:
        try:
            await migrate(database)
            archive = Archive(database, clock=clock, executor=executor)
            pipeline = Pipeline(database, archive, clock=clock, executor=executor)
            context = Context(
                database=database, archive=archive, pipeline=pipeline, clock=clock, executor=executor
            )
            yield Core(database, archive, pipeline, Answers(context), clock)
        finally:
            await database.close()
