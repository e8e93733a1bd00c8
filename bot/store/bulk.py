"""Many rows at once: numbered beforehand, and told to the driver itself, in the form that it stores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


async def numbers(connection: AsyncConnection, table: sa.Table, count: int) -> list[int]:
    """Return the numbers that so many new rows of a table get, ascending."""
    if connection.dialect.name == "postgresql":
        query = sa.text(
            "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        ).bindparams(name=table.name, count=count)
        return sorted((await connection.execute(query)).scalars())
    highest = (await connection.execute(sa.select(sa.func.max(table.c.id)))).scalar() or 0
    return list(range(highest + 1, highest + 1 + count))


async def insert(
    connection: AsyncConnection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Store rows.

    Args:
        connection: an open transaction for writing.
        table: with columns that take what the driver takes.
        columns: their names.
        rows: a value for each of them: numbers, texts, bytes; moments in milliseconds, JSON as text.
    """
    if rows:
        await connection.exec_driver_sql(
            _statement(connection.dialect.name, table, tuple(columns)), list(rows)
        )


@cache
def _statement(dialect: str, table: sa.Table, columns: tuple[str, ...]) -> str:
    """Return an INSERT; names are constants of ours, every value is bound."""
    marks = [f"${number}" if dialect == "postgresql" else "?" for number in range(1, len(columns) + 1)]
    names = ", ".join(table.c[column].name for column in columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(marks)})"  # noqa: S608 - see above
