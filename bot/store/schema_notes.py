"""The table of notes: single facts about the whole database, by name; and the index of decided dates."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import metadata, slots

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

BY_SCHEDULE = sa.Index("ix_slots_schedule_id", slots.c.schedule_id, slots.c.local_date)
"""Which dates are decided is asked every few seconds, of every schedule."""
