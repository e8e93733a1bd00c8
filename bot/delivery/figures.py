"""What the outbox counts, for whoever watches the bot."""

from __future__ import annotations

from datetime import datetime, timedelta

from prometheus_client import Counter, Histogram

from bot.model.delivery import Delivery

PUNCTUAL = timedelta(minutes=10)
"""A digest that begins to arrive within this time of its hour is not counted as late."""

POSTED = Counter("nutgraf_digests_posted", "Digests and alerts posted to their last part.", ["platform"])
FAILED = Counter("nutgraf_digests_failed", "Digests and alerts with a part that was given up.", ["platform"])
LATE = Counter("nutgraf_digests_late", "Digests posted more than ten minutes after their hour.", ["platform"])
RETRIED = Counter("nutgraf_sends_retried", "Sends that have to be tried again.", ["platform"])
FOUND = Counter(
    "nutgraf_sends_found", "Messages that were found posted when looked up, and not sent again.", ["platform"]
)
FENCED = Counter(
    "nutgraf_claims_lost", "Sends of ours that ended after another process took over.", ["platform"]
)
LATENESS = Histogram(
    "nutgraf_digest_lateness_seconds",
    "From a digest's hour until its last part is posted.",
    ["platform"],
    buckets=(1, 5, 10, 30, 60, 300, 600, 3600, 6 * 3600, 24 * 3600),
)


def count_posted(delivery: Delivery, now: datetime) -> None:
    """Count a part that was posted; the last one stands for its digest."""
    if delivery.part < delivery.parts:
        return
    late = max(now - delivery.due_at, timedelta(0))
    POSTED.labels(delivery.platform).inc()
    LATENESS.labels(delivery.platform).observe(late.total_seconds())
    if late > PUNCTUAL:
        LATE.labels(delivery.platform).inc()
