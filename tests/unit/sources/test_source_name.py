from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.feed import articles, parse_feed
from bot.sources.source_name import source_name
from tests.unit.sources.feeds import item, rss
from tests.unit.sources.test_shortening import NOW

SITE = "https://www.post.example/world"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ellery Post", "Ellery Post"),
        ("  Ellery   Post ", "Ellery Post"),
        ("Ellery Post RSS Feed", "Ellery Post"),
        ("Ellery Post (RSS)", "Ellery Post"),
        ("Ellery feed", "Ellery"),
        ("RSS feed of Ellery Post", "Ellery Post"),
        ("Ellery Post | All stories", "Ellery Post"),
        ("Home - Ellery Post", "Ellery Post"),
        ("Ellery Post > World News", "Ellery Post: World News"),
        ("World news | Ellery Post", "Ellery Post: World news"),
        ("Ellery Post - Sport - Football", "Ellery Post: Sport, Football"),
        ("World", "post.example: World"),
        ("Arts & Culture", "post.example: Arts & Culture"),
        ("News", "post.example"),
        ("Latest", "post.example"),
        ("News - RSS Feed", "post.example"),
        ("Startseite", "post.example"),
        ("", "post.example"),
        ("https://feeds.post.example/world.xml", "post.example"),
        ("post.example/feed", "post.example"),
        ("The Nation - Top Stories", "The Nation"),
        ("Ada & Bo: a weblog", "Ada & Bo: a weblog"),
        ("Post: " + "on ships and those who mend them " * 3, "Post"),
        ("On ships and those who sail them – every day of the week – Post", "Post"),
        ("RSS Advisory Board", "RSS Advisory Board"),
        ("Nutfeed", "Nutfeed"),
        ("Node.js", "Node.js"),
        ("Co-op", "Co-op"),
        ("Col·legi", "Col·legi"),
    ],
)
def test_names(title: str, name: str) -> None:
    assert source_name(title, link=SITE, feed_url="https://feeds.elsewhere.example/1") == name


@pytest.mark.parametrize(
    ("link", "host"),
    [
        (None, "elsewhere.example"),
        ("/", "elsewhere.example"),
        ("https://[bad", "elsewhere.example"),
        (SITE, "post.example"),
    ],
)
def test_the_feeds_own_host_stands_in_for_that_of_its_page(link: str | None, host: str) -> None:
    assert source_name("World", link=link, feed_url="https://feeds.elsewhere.example/1") == f"{host}: World"


TITLES = st.lists(
    st.sampled_from(["World", "News", "Ellery Post", "RSS", "feed", "of", "|", ":", "»", "(", ")", " ", "é"])
    | st.text(max_size=5)
)  # fmt: skip


@given(TITLES.map(" ".join) | TITLES.map("".join))
def test_a_name_is_one_line_and_says_nothing_that_the_title_does_not(title: str) -> None:
    name = source_name(title, link=SITE, feed_url="")
    assert name == " ".join(name.split()) != ""
    assert set(name) - set("post.example: ,") <= set(title)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, "post.example: World"),
        ("World", "post.example: World"),
        ("Our world", "Our world"),
        ("News", "News"),
    ],
)
def test_what_people_call_a_feed_wins_over_what_it_calls_itself(given: str | None, shown: str) -> None:
    feed = parse_feed(rss(item(1)).replace("Ellery Post", "World").encode())
    (article,) = articles(feed, feed_url="https://post.example/feed", seen_at=NOW, name=given)
    assert article.source == shown
