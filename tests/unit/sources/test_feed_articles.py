from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model.article import Article
from bot.sources.feed import articles, parse_feed
from tests.unit.sources.feeds import item, rss

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
FEED = "https://post.example/feed"


def read(items: str, channel: str = "") -> tuple[Article, ...]:
    return articles(parse_feed(rss(items, channel).encode()), feed_url=FEED, seen_at=NOW)


def test_an_entry_becomes_an_article() -> None:
    extra = "<description>&lt;p&gt;One.&lt;/p&gt;</description><dc:creator>Ada</dc:creator>"
    extra += "<category>Ships</category>"
    (article,) = read(item(1, extra), "<language>en-GB</language>")
    assert (article.title, article.text, article.source) == ("Story 1", "One.", "Ellery Post")
    assert (article.url, article.guid, article.author) == ("https://post.example/1", "g1", "Ada")
    assert (article.language, article.keywords, article.seen_at) == ("en", ("Ships",), NOW)
    assert article.published_at == datetime(2026, 5, 12, 1, tzinfo=UTC)
    assert not article.published_approximate


def test_the_same_entry_has_the_same_id_at_every_reading() -> None:
    first = read(item(1) + item(2))
    second = read(item(3) + item(2, "<description>now with a text</description>") + item(1))
    assert [a.id for a in second][1:] == [first[1].id, first[0].id]


def test_a_tracked_link_or_another_guid_is_the_same_article() -> None:
    plain, tracked = read(item(1)), read(item(1).replace("/1<", "/1?utm_source=rss#x<").replace("g1", "z9"))
    assert plain[0].id == tracked[0].id


def test_entries_that_share_their_address_are_told_apart() -> None:
    shared = [item(n).replace(f"/{n}<", "/<") for n in (1, 2)]
    both = read("".join(shared))
    assert len({a.id for a in both}) == 2
    assert read(shared[0])[0].id == both[0].id


def test_entries_that_share_address_and_guid_are_told_apart_by_their_words() -> None:
    found = read(
        "".join(
            f"<item><title>{t}</title><link>https://post.example/1</link><guid>1</guid></item>"
            for t in "abca"
        )
    )
    assert [a.title for a in found] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT", "soon", ""]
)
def test_impossible_dates_are_dropped(date: str) -> None:
    (article,) = read(f"<item><title>a</title><pubDate>{date}</pubDate></item>")
    assert article.published_at is None
    assert article.when == NOW


def test_an_entry_without_a_title_is_named_by_its_text() -> None:
    (article,) = read(
        "<item><description>A short message of many words. " + "word " * 40 + "</description></item>"
    )
    assert article.title.startswith("A short message of many words.")
    assert len(article.title) <= 100
    assert article.title.endswith("…")


def test_an_empty_entry_is_no_article() -> None:
    assert read("<item><guid>1</guid></item>") == ()


def test_an_entry_that_was_cut_waits_for_the_next_reading() -> None:
    body = rss(item(1) + item(2, "<description>A text that is cut in the midd"))
    feed = parse_feed(body[: body.index("midd") + 4].encode())
    assert len(feed.entries) == 2
    assert [a.title for a in articles(feed, feed_url=FEED, seen_at=NOW)] == ["Story 1"]
