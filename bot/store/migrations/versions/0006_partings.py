"""Stories that were part of another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "partings",
        sa.Column("story", row_id, nullable=False),
        sa.Column("parted_from", row_id, nullable=False),
        sa.Column("parted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_partings_story"),
        sa.ForeignKeyConstraint(["parted_from"], ["stories.id"], name="fk_partings_parted_from"),
        sa.PrimaryKeyConstraint("story", name="pk_partings"),
    )
    op.create_index("ix_partings_parted_from", "partings", ["parted_from"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("partings")
