"""Decisions of managers about stories: which articles are one story for good, and which never are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "decisions",
        sa.Column("id", _row(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text()),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rulings",
        sa.Column("decision", _row(), nullable=False),
        sa.Column("one", _row(), nullable=False),
        sa.Column("other", _row(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision"], ["decisions.id"], name="fk_rulings_decision", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["one"], ["articles.id"], name="fk_rulings_one", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["articles.id"], name="fk_rulings_other", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("decision", "one", "other", name="pk_rulings"),
    )
    op.create_index("ix_rulings_one", "rulings", ["one", "other"])
    op.create_index("ix_rulings_other", "rulings", ["other"])
    op.create_table(
        "moves",
        sa.Column("decision", _row(), nullable=False),
        sa.Column("article", _row(), nullable=False),
        sa.Column("came_from", _row(), nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_moves_decision", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_moves_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["came_from"], ["stories.id"], name="fk_moves_came_from"),
        sa.PrimaryKeyConstraint("decision", "article", name="pk_moves"),
    )
    op.create_index("ix_moves_article", "moves", ["article"])
    op.create_index("ix_moves_came_from", "moves", ["came_from"])


def downgrade() -> None:
    """Drop them."""
    for table in ("moves", "rulings", "decisions"):
        op.drop_table(table)


def _row() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
