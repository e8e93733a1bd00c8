"""The full-text index is merged into one piece, and finds what it found before."""

from __future__ import annotations

import pytest

from bot.store import merging, search_find
from bot.store.database import Connection, Database
from bot.store.merging import merge_index, pieces
from bot.store.search import Indexed, index
from bot.store.search_find import Conditions

WORDS = ("ferry", "tram", "orchard", "quarry", "harbour")


async def fill(database: Database, batches: int) -> None:
    """Add to the index, a transaction each time, each of which leaves a piece."""
    for batch in range(batches):
        async with database.write() as connection:
            rows = [batch * 50 + number for number in range(1, 51)]
            await index(
                connection,
                [Indexed(row=row, title=WORDS[row % 5], text=f"{WORDS[row % 3]} word{row}") for row in rows],
            )


async def found(connection: Connection) -> list[list[int]]:
    return [
        await search_find.find(connection, f'("{word}")', Conditions(), scope=None, limit=1000)
        for word in (*WORDS, "word77")
    ]


async def test_many_pieces_become_one_and_find_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "PAGES", 1)
    await fill(database, 6)
    assert await pieces(database) > 1
    async with database.read() as connection:
        before = await found(connection)
    assert any(before)
    assert await merge_index(database, many=1) >= 1
    assert await pieces(database) == 1
    async with database.read() as connection:
        assert await found(connection) == before


async def test_a_few_pieces_are_left_alone(database: Database) -> None:
    await fill(database, 2)
    assert await merge_index(database) == 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_postgresql_sees_to_its_own(database: Database) -> None:
    assert await pieces(database) == 1
    assert await merge_index(database, many=1) == 0
