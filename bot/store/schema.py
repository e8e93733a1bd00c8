"""The tables, for both engines: feeds, articles, channels, schedules, slots and deliveries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def milliseconds(moment: datetime | None) -> int | None:
    """Return an aware moment as it is stored: whole milliseconds since 1970 UTC."""
    return None if moment is None else (moment - EPOCH) // MILLISECOND


def moment_of(stored: int | None) -> datetime | None:
    """Return the moment that is stored so, in UTC."""
    return None if stored is None else EPOCH + stored * MILLISECOND


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept as whole milliseconds since 1970 UTC: the same, and sortable, on both engines."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        """Turn an aware datetime into milliseconds."""
        del dialect
        return milliseconds(value)

    def process_result_value(self, value: int | str | None, dialect: sa.Dialect) -> datetime | None:
        """Turn milliseconds into an aware datetime in UTC."""
        del dialect
        return moment_of(None if value is None else int(value))


# SQLite numbers its rows by INTEGER only; PostgreSQL wants 64 bits.
RowId = sa.BigInteger().with_variant(sa.Integer, "sqlite")

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text),
    sa.Column("folder", sa.Text),  # the headings it stood under in an imported list, a line each
    sa.Column("shared", sa.Boolean, nullable=False, default=False),  # every workspace reads it
    sa.Column("headline_only", sa.Boolean, nullable=False, default=False),
    sa.Column("state", sa.Text, nullable=False, default="fresh"),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Column("what_to_do", sa.Text, nullable=False, default=""),
    sa.Column("state_since", Moment),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("last_ok_at", Moment),
    sa.Column("failing_since", Moment),
    sa.Column("code", sa.Integer),  # of HTTP, of the last reading; none without an answer
    sa.Column("moved_to", sa.Text),
    sa.Column("moved_times", sa.Integer, nullable=False, default=0),
    sa.Column("next_poll_at", Moment, index=True),
    # What the feed asks for: minutes between readings; hours of UTC and days that are not to be used, a bit
    # each, from midnight and from Monday.
    sa.Column("ttl_minutes", sa.Integer),
    sa.Column("skip_hours", sa.Integer),
    sa.Column("skip_days", sa.Integer),
    sa.Column("created_at", Moment, nullable=False),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("created_at", Moment, nullable=False),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("article_id", sa.Text, nullable=False, unique=True),
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="SET NULL"), index=True),
    sa.Column("private_to", sa.Text),  # "platform:workspace" when one workspace alone may read it
    sa.Column("url", sa.Text),
    sa.Column("canonical_url", sa.Text, index=True),
    sa.Column("guid", sa.Text),
    sa.Column("content_hash", sa.Text, nullable=False, index=True),
    sa.Column("offered_hash", sa.Text),  # of what the source said, where the text came from the page instead
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("keywords", sa.JSON, nullable=False),
    sa.Column("published_at", Moment),
    sa.Column("published_approximate", sa.Boolean, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("when_at", Moment, nullable=False, index=True),  # Article.when, to sort by
    sa.Column("related", sa.JSON, nullable=False),
    sa.Column("image_url", sa.Text),
    sa.Column("headline_only", sa.Boolean, nullable=False),
    sa.UniqueConstraint("feed_id", "guid"),
    sa.Index("ix_articles_feed_id_when_at", "feed_id", "when_at"),  # how many a feed brought, and its latest
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("workspace", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("platform", "workspace", "address"),
)

schedules = sa.Table(
    "schedules",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("channel_id", sa.ForeignKey("channels.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),  # "HH:MM" on the clocks of the zone
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("weekdays", sa.Text, nullable=False),  # ISO numbers, such as "12345"
    sa.Column("skip_dates", sa.JSON, nullable=False),
    sa.Column("holidays", sa.Text),  # "DE" or "DE-BY"
    sa.Column("since", Moment, nullable=False),
    sa.Column("paused", sa.Text),
    sa.Column("ended_at", Moment),
)

slots = sa.Table(
    "slots",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("channel_id", sa.ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    sa.Column("schedule_id", sa.ForeignKey("schedules.id", ondelete="CASCADE")),  # none for an alert
    sa.Column("local_date", sa.Date, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("decided_at", Moment, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),  # "posted", "quiet", "too late", "covered", "alert"
    sa.Column("detail", sa.Text, nullable=False, default=""),
    sa.Column("covers_until", Moment, nullable=False),  # articles up to here are told or passed over
    sa.UniqueConstraint("channel_id", "schedule_id", "local_date"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("slot_id", sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=False),
    sa.Column("channel_id", sa.ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    sa.Column("schedule_id", sa.ForeignKey("schedules.id", ondelete="CASCADE")),  # none for an alert
    sa.Column("local_date", sa.Date, nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("parts", sa.Integer, nullable=False),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # "waiting", "claimed", "sent", "never", "dropped"
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("next_try_at", Moment, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("maybe_posted", sa.Boolean, nullable=False, default=False),  # look before sending
    sa.Column("fence", sa.Integer, nullable=False, default=0),
    sa.Column("lease_until", Moment),
    sa.Column("lease_owner", sa.Text),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Column("platform_ids", sa.JSON, nullable=False),
    sa.Column("sent_at", Moment),
    sa.UniqueConstraint("channel_id", "schedule_id", "local_date", "part"),
    sa.Index("ix_deliveries_open", "state", "next_try_at"),
)

follows = sa.Table(
    "follows",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("channel_id", sa.ForeignKey("channels.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("min_sources", sa.Integer, nullable=False),
    sa.Column("per_day", sa.Integer, nullable=False),
    sa.Column("quiet_from", sa.Text),  # "HH:MM" on the clocks of the zone
    sa.Column("quiet_until", sa.Text),
    sa.Column("zone", sa.Text, nullable=False),
    sqlite_autoincrement=True,  # a removed row's number is not given again: alerts are counted by it
)

told = sa.Table(
    "told",
    metadata,
    sa.Column("channel_id", sa.ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("article_id", sa.Text, primary_key=True),
    sa.Column("slot_id", sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=False, index=True),
)
