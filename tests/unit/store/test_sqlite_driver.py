"""The driver's short way: each statement is one trip to its thread, and all else is as one is used to."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.database import Database

NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)"


async def opened(folder: Path) -> Database:
    database = Database(f"sqlite+aiosqlite:///{folder / 'notes.db'}")
    async with database.write() as connection:
        await connection.exec_driver_sql(NOTES)
    return database


async def kept(database: Database) -> list[str]:
    async with database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT words FROM notes ORDER BY id")
        return list(rows.scalars())


async def test_rows_counts_and_numbers_come_back(tmp_path: Path) -> None:
    database = await opened(tmp_path)
    async with database.write() as connection:
        many = await connection.exec_driver_sql("INSERT INTO notes (words) VALUES (?)", [("a",), ("b",)])
        assert many.rowcount == 2
        one = await connection.exec_driver_sql("INSERT INTO notes (words) VALUES ('c') RETURNING id, words")
        assert [tuple(row) for row in one] == [(3, "c")]
        last = await connection.exec_driver_sql("INSERT INTO notes (words) VALUES ('d')")
        assert last.lastrowid == 4
        none = await connection.exec_driver_sql("DELETE FROM notes WHERE words = 'x'")
        assert none.rowcount == 0
    assert await kept(database) == ["a", "b", "c", "d"]
    await database.close()


async def test_a_statement_that_fails_undoes_its_transaction_only(tmp_path: Path) -> None:
    database = await opened(tmp_path)
    with pytest.raises(sa.exc.IntegrityError):
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO notes (words) VALUES (?)", [("a",), ("a",)])
    async with database.write() as connection:
        await connection.exec_driver_sql("INSERT INTO notes (words) VALUES ('b')")
    assert await kept(database) == ["b"]
    await database.close()


async def test_a_statement_given_up_on_stores_nothing_and_holds_nothing(tmp_path: Path) -> None:
    database = await opened(tmp_path)

    async def writing() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO notes (words) VALUES ('never')")
            await connection.exec_driver_sql(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                "SELECT count(*) FROM n"
            )
            await asyncio.Event().wait()

    for turns in range(20):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(writing())
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
    async with database.write() as connection:
        await connection.exec_driver_sql("INSERT INTO notes (words) VALUES ('after')")
    assert await kept(database) == ["after"]
    await database.close()


async def test_a_connection_left_open_does_not_keep_the_program_from_ending(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    database = await opened(tmp_path)
    told = [thread.daemon for thread in set(threading.enumerate()) - before]
    await database.close()
    assert told
    assert all(told)
