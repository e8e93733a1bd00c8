"""Where the two engines differ in a statement."""

from __future__ import annotations

import json
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows ON CONFLICT; both engines write it alike, SQLAlchemy keeps one for each."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def clock(connection: AsyncConnection) -> sa.ColumnElement[int]:
    """Return the database's own clock, in milliseconds since 1970."""
    if connection.dialect.name == "postgresql":
        return sa.literal_column(
            "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", sa.BigInteger
        )
    return sa.literal_column("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)", sa.BigInteger)


def one_of(dialect: str, column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a column holds one of `names`, which go to the engine as one value.

    A value each makes SQLAlchemy write the statement anew, which takes longer than the engine's search.
    """
    if dialect == "postgresql":
        return column == sa.func.any(sa.bindparam("names", type_=postgresql.ARRAY(sa.Text)))
    each = sa.func.json_each(sa.bindparam("names", type_=sa.Text)).table_valued("value")
    return column.in_(sa.select(each.c.value))


def as_one(dialect: str, names: Collection[str]) -> list[str] | str:
    """Return the value of `names` for `one_of`."""
    return list(names) if dialect == "postgresql" else json.dumps(list(names))
