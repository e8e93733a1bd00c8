from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sources.identity import ID_LENGTH, article_id, canonical_url, content_hash


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://Post.Example/a?utm_source=rss&utm_medium=x#top", "https://post.example/a"),
        ("https://post.example/a?id=5&fbclid=abc&b=", "https://post.example/a?id=5&b="),
        ("HTTPS://post.example:443/", "https://post.example"),
        ("http://post.example:8080/a/", "http://post.example:8080/a"),
        ("https://post.example/#!/story/5", "https://post.example#!/story/5"),
        ("https://post.example/A?Q=A", "https://post.example/A?Q=A"),
        (" https://post.example/a ", "https://post.example/a"),
        ("not an address", "not an address"),
        ("http://[::1", "http://[::1"),
        ("", ""),
    ],
)
def test_canonical_addresses(url: str, wanted: str) -> None:
    assert canonical_url(url) == wanted


@given(
    st.text(max_size=60)
    | st.from_regex(r"https?://\w{1,9}\.\w{2,5}(/\w{0,5}){0,3}(\?\w{0,5}=\w{0,5}){0,2}", fullmatch=True)
)
@settings(max_examples=150, deadline=None)
def test_canonical_addresses_stay_what_they_are(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(
    st.from_regex(r"https?://[a-z0-9.-]{1,9}(/[ -~]{0,12})?", fullmatch=True),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20),
)
@example("http://post.example//a//", "utm_source=x&b=?/&&UTM_x=1&")
@example("http://post.example/?#", "")
def test_the_short_way_and_the_long_way_agree(url: str, query: str) -> None:
    site, slash, path = url.partition("://")[2].partition("/")
    if not site.strip("."):
        return
    scheme = url.partition("://")[0]
    port = {"http": 80, "https": 443}[scheme]
    rest = f"{slash}{path.strip()}?{query}"
    assert canonical_url(f"{scheme}://{site}{rest}") == canonical_url(f"{scheme}://{site}:{port}{rest}")


def test_an_address_is_one_article_however_it_is_written() -> None:
    ids = {
        article_id(url=url)
        for url in (
            "https://www.post.example/a",
            "http://post.example/a/",
            "https://post.example/a?utm_source=x",
        )
    }
    assert len(ids) == 1
    assert all(len(name) == ID_LENGTH for name in ids)


def test_what_tells_articles_apart() -> None:
    names = [
        article_id(url="https://post.example/a"),
        article_id(url="https://post.example/b"),
        article_id(feed_url="https://post.example/feed", guid="1"),
        article_id(feed_url="https://other.example/feed", guid="1"),
        article_id(source="A", title="T", text="x"),
        article_id(source="B", title="T", text="x"),
        article_id(source="A", title="T x", text=""),
        article_id(source="A T", title="x", text=""),
    ]
    assert len(set(names)) == len(names)


def test_white_space_and_case_do_not_count_in_words() -> None:
    assert content_hash("A  b", "c\nd") == content_hash("a B", "C d")
    assert content_hash("a", "b c") != content_hash("a b", "c")
    assert article_id(title="\ud800", text="x") == article_id(title="\ud800", text="x")
