"""The table of notes: single facts about the whole database, by name."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import metadata

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)
