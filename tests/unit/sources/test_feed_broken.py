from __future__ import annotations

import codecs
import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import SourceError
from bot.sources.feed import parse_feed
from tests.unit.sources.feeds import atom, item, rss

CAFE = rss("<item><title>café – naïve</title></item>", prolog='<?xml version="1.0"?>')


def declared(name: str) -> str:
    return CAFE.replace('"1.0"?>', f'"1.0" encoding="{name}"?>')


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (CAFE.encode(), None),
        (codecs.BOM_UTF8 + CAFE.encode(), None),
        (CAFE.encode("cp1252"), None),
        (CAFE.encode("cp1252"), "text/xml; charset=windows-1252"),
        (CAFE.encode("cp1252"), "text/xml; charset=utf-8"),
        (CAFE.encode(), "text/xml; charset=iso-8859-1"),
        (declared("us-ascii").encode(), None),
        (declared("iso-8859-1").encode(), None),
        (declared("iso-8859-1").encode("cp1252"), None),
        (declared("no-such-encoding").encode(), None),
        (declared("utf-16").encode(), None),
        (declared("hex").encode(), "text/xml; charset=zip"),
        (CAFE.encode("utf-16"), None),
        (CAFE.encode("utf-16-le"), None),
        (CAFE.encode("utf-16-be"), None),
    ],
)
def test_encodings_and_their_lies(body: bytes, content_type: str | None) -> None:
    assert parse_feed(body, content_type=content_type).entries[0].title == "café – naïve"


def test_a_multi_byte_encoding() -> None:
    body = rss("<item><title>港が再開</title></item>", prolog='<?xml version="1.0" encoding="shift_jis"?>')
    assert parse_feed(body.encode("shift_jis")).entries[0].title == "港が再開"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("caf&eacute;&nbsp;&mdash;x", "café —x"),
        ("AT&T & co <3", "AT&T & co <3"),
        ("a\x00b\x08c", "abc"),
        ("&#xD800;&#0;&#x1F600;", "��😀"),
        ("&unknown;", "&unknown;"),
        ("<b>bold</b> & more", "bold & more"),
        ("&own;", "our own"),
        ("&file;", "&file;"),
        ("@everyone <!channel> <@U123>", "@everyone <!channel> <@U123>"),
    ],
)
def test_faults_in_a_title_cost_no_word(title: str, wanted: str) -> None:
    prolog = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY own "our own"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
    feed = parse_feed(rss(f"<item><title>{title}</title></item>" + item(2), prolog=prolog).encode())
    assert [entry.title for entry in feed.entries] == [wanted, "Story 2"]


@pytest.mark.parametrize(
    "body",
    [
        "\n\n<br />\n<b>Warning</b>: notice on line 3<br />\n" + rss(item(1) + item(2)),
        rss(item(1) + item(2)) + "<!-- cached --><script>x</script>",
        '<?xml version="1.0"?>' + rss(item(1) + item(2)),
        rss(item(1) + item(2))
        .replace("xmlns:media", "xmlns:other")
        .replace("</guid>", "</guid><media:x/>", 1),
        rss(item(1) + item(2)).replace("</channel>", ""),
        rss(item(1) + item(2, "<p>never closed")),
        rss(item(1) + item(2)).replace("item>", "ITEM>").replace("title>", "TITLE>"),
        rss(item(1) + item(2)).replace("<rss", "<RSS").replace("</rss", "</RSS"),
    ],
)
def test_faults_around_entries_cost_no_entry(body: str) -> None:
    assert [entry.title for entry in parse_feed(body.encode()).entries] == ["Story 1", "Story 2"]


def test_a_document_that_ends_in_the_middle() -> None:
    body = rss(item(1) + item(2) + item(3))
    feed = parse_feed(body[:-90].encode())
    assert (len(feed.entries), feed.cut_off, feed.half_entry) == (3, True, True)
    feed = parse_feed(body[: body.rfind("<item>") + 8].encode())
    assert (len(feed.entries), feed.cut_off, feed.half_entry) == (2, True, False)
    feed = parse_feed(body.removesuffix("</channel></rss>").encode())
    assert (len(feed.entries), feed.cut_off, feed.half_entry) == (3, True, False)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\0", "empty"),
        (b"<!DOCTYPE html><html><title>Login</title><body>captcha</body></html>", "a web page"),
        (b'{"error": "rate limited"}', "JSON, but not a feed"),
        (b"{broken", "JSON is broken"),
        (b"[" * 200_000, "JSON is broken"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"<opml><body/></opml>", "no feed that we know"),
        (b"plain words", "no feed that we know"),
    ],
)
def test_what_is_no_feed(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        parse_feed(body)


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
        + rss("<item><title>&c;</title></item>", prolog=""),
        f'<!DOCTYPE r [<!ENTITY a "{"A" * 50_000}">]>'
        + rss(f"<item><title>{'&a;' * 5000}</title></item>", prolog=""),
        rss(item(1, "<b>" * 50_000 + "</b>" * 50_000)),
        rss(item(1, "<description><![CDATA[" + "<div>" * 50_000 + "x]]></description>")),
        rss(item(1, "<x " + " ".join(f'a{i}="1"' for i in range(20_000)) + "/>")),
        rss(item(1, "<description>" + "&lt;a " * 30_000 + "</description>")),
        rss(item(1, "<description>" + "&lt;iframe&gt;" * 10_000 + "</description>")),
        rss(item(1, f"<pubDate>{'1' * 50_000}</pubDate>")),
        rss(f"<item><title><![CDATA[{'<' * 200_000}]]></title></item>"),
        rss(item(1) * 3000),
        atom("<entry>" * 3000),
    ],
    ids=range(11),
)
def test_harm_is_survived(body: str) -> None:
    feed = parse_feed(body.encode())
    assert feed.entries
    assert len(feed.entries[0].title) < 300_000


@given(st.binary(max_size=120), st.integers(0, 600), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_a_feed_or_an_honest_error(junk: bytes, at: int, lost: int) -> None:
    body = rss(item(1) + item(2)).encode()
    with contextlib.suppress(SourceError):
        assert len(parse_feed(body[:at] + junk + body[at + lost :]).entries) <= 4


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda c: (
            st.lists(c, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["items", "title", "id", "url", "tags", "authors", "attachments", "date_published"]
                ),
                c,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_json_gives_a_feed_or_an_honest_error(document: object) -> None:
    with contextlib.suppress(SourceError):
        assert len(parse_feed(json.dumps({"items": [document], "title": document}).encode()).entries) <= 1
