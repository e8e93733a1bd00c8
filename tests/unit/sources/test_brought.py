from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.sources.brought import PIECE, Sheet, read_feed, read_feeds
from bot.sources.errors import SourceError
from bot.sources.feed import articles, parse_feed
from bot.sources.identity import content_hash
from bot.sources.workers import Workers
from tests.unit.sources.feeds import item, rss

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
URL = "https://post.example/feed"
BODY = rss("".join(item(n) for n in range(2 * PIECE + 3))).encode()
UNDATED = rss("<item><title>One</title></item>").encode()


async def test_articles_come_over_as_they_are_and_only_those_that_are_wanted() -> None:
    made = articles(parse_feed(BODY, base_url=URL), feed_url=URL, seen_at=NOW)
    async with Workers() as workers:
        brought = await workers.run(read_feed, Sheet(BODY, None, URL, URL, NOW, NOW))
    assert brought.offers == {one.id: content_hash(one.title, one.text) for one in made}
    assert await brought.unpacked(brought.offers) == made
    wanted = (made[0], made[PIECE - 1], made[PIECE], made[-1])
    assert await brought.unpacked({one.id for one in wanted}) == wanted
    assert await brought.unpacked(()) == ()
    assert (brought.feed.title, brought.feed.entries) == (parse_feed(BODY).title, ())


async def test_what_has_no_date_is_no_news_when_a_feed_is_new_and_headlines_stay_headlines() -> None:
    past = NOW - timedelta(days=3)
    brought = read_feed(Sheet(UNDATED, None, URL, URL, NOW, past, headline_only=True))
    (plain,) = articles(parse_feed(UNDATED, base_url=URL), feed_url=URL, seen_at=NOW)
    assert await brought.unpacked(brought.offers) == (replace(plain, seen_at=past, headline_only=True),)


def test_what_is_no_feed_costs_the_others_nothing() -> None:
    good, bad = Sheet(BODY, None, URL, URL, NOW, NOW), Sheet(b"<html>", None, URL, URL, NOW, NOW)
    first, second, third = read_feeds([good, bad, good])
    assert first == third == read_feed(good)
    assert isinstance(second, SourceError)
