from __future__ import annotations

import pytest

from bot.sources import repeats
from bot.sources.fetch import Fetched
from bot.sources.repeats import Repeats

SENT = Fetched(status="ok", final_url="https://post.example/feed", body=b"<rss/>", content_type="text/xml")


@pytest.mark.parametrize(
    "other",
    [
        SENT._replace(body=b"<rss />"),
        SENT._replace(content_type="text/xml; charset=latin1"),
        SENT._replace(final_url="https://new.example/feed"),
        SENT._replace(link='<https://hub.example/>; rel="hub"'),
    ],
)
def test_what_is_read_otherwise_is_no_repeat(other: Fetched) -> None:
    known = Repeats()
    assert not known.has(1, SENT)
    known.keep(1, SENT)
    assert known.has(1, SENT._replace(max_age_s=60.0))
    assert not known.has(1, other)
    assert not known.has(2, SENT)
    known.forget(1)
    assert not known.has(1, SENT)


def test_it_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "MOST_FEEDS", 3)
    known = Repeats()
    for feed in range(10):
        known.keep(feed, SENT)
    assert sum(known.has(feed, SENT) for feed in range(10)) <= 3
    assert known.has(9, SENT)
