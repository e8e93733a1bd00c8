from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import SourceError
from bot.sources.opml import FeedAddress, read_opml, write_opml

SHARED = Path(__file__).parents[4] / "shared" / "data" / "opml"


def test_folders_titles_and_odd_spellings() -> None:
    body = b"""<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>
      <outline text="News"><outline title="World"><outline text="A &amp; B" type="rss"
        xmlURL=" https://a.example/feed "
        htmlUrl="https://a.example/"/></outline></outline>
      <outline text="C" xmlUrl="feed://c.example/rss"/>
      <outline text="again" xmlUrl="https://a.example/feed"/>
      <outline text="D" type="rss" url="https://d.example/"/>
      <outline text="not one" xmlUrl="javascript:alert(1)"/></body></opml>"""
    assert read_opml(body) == (
        FeedAddress("https://a.example/feed", "A & B", "https://a.example/", ("News", "World")),
        FeedAddress("http://c.example/rss", "C"),
        FeedAddress("https://d.example/", "D"),
    )


def test_a_list_that_is_not_quite_xml() -> None:
    body = b'<opml><body><outline text="A&B" xmlUrl="https://a.example/?x=1&y=2"/><outline text="C"'
    assert [feed.url for feed in read_opml(body)] == ["https://a.example/?x=1&y=2"]


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"text", b"\xff\xfe<"])
def test_what_is_no_list(body: bytes) -> None:
    with pytest.raises(SourceError, match="not an OPML list"):
        read_opml(body)


def test_entities_reach_no_file() -> None:
    body = b"""<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
      <opml><body><outline text="&x;" xmlUrl="https://a.example/"/></body></opml>"""
    assert all("root" not in feed.title for feed in read_opml(body))


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zs", "Zl", "Zp")), max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6), WORDS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(rows: list[tuple[str, str]], title: str) -> None:
    feeds = [
        FeedAddress(f"https://{n}.example/?a=1&b=<>\"'", name or f"{n}", None, (folder,) if folder else ())
        for n, (name, folder) in enumerate(rows)
    ]
    found = read_opml(write_opml(feeds, title=title).encode())
    assert {feed.url: feed for feed in found} == {feed.url: feed for feed in feeds}


@pytest.mark.skipif(not SHARED.exists(), reason="the research data is not here")
def test_research_lists_hold_feeds() -> None:
    for path in sorted(SHARED.glob("awesome-rss-feeds/*.opml")):
        assert read_opml(path.read_bytes()), path.name
