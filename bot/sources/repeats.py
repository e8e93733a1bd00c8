"""Documents that come again as they were: many servers never say "not modified", and send the whole feed."""

from __future__ import annotations

from bot.sources.fetch import Fetched

MOST_FEEDS = 20_000
"""Feeds remembered, some hundred bytes each; above that all are forgotten, and read in full once more."""


class Repeats:
    """Remembers what each feed sent last, for as long as the process lives."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def has(self, feed_id: int, fetched: Fetched) -> bool:
        """Say whether a feed sent the same when it was last kept."""
        return feed_id in self._known and self._known[feed_id] == _digest(fetched)

    def keep(self, feed_id: int, fetched: Fetched) -> None:
        """Remember what a feed sent, once all of it is stored as that feed's."""
        if len(self._known) >= MOST_FEEDS:
            self._known.clear()
        self._known[feed_id] = _digest(fetched)

    def forget(self, feed_id: int) -> None:
        """Have the next document of a feed read in full."""
        self._known.pop(feed_id, None)


def _digest(fetched: Fetched) -> int:
    """Return the hash of a document and of what it is read by; one that was reckoned is kept."""
    return hash((fetched.body, fetched.content_type, fetched.link, fetched.final_url))
