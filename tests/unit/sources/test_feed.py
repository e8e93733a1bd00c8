from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sources.feed import Enclosure, parse_feed
from tests.unit.sources.feeds import atom, item, rss

MORNING = datetime(2026, 5, 12, 1, 0, tzinfo=UTC)


def test_an_item_of_rss_with_all_its_parts() -> None:
    extra = """<dc:creator>Ada Quist</dc:creator>
      <category>Ships</category><category>Storm</category><category>Ships</category>
      <description>Short.</description>
      <content:encoded><![CDATA[<p>First.</p><p>Second &amp; last.</p>]]></content:encoded>
      <media:thumbnail url="/a.jpg"/>
      <enclosure url="https://post.example/a.mp3" type="audio/mpeg" length="99"/>
      <atom:updated>2026-05-12T02:00:00Z</atom:updated>"""
    channel = """<language>en-GB</language><ttl>90</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours>
      <skipDays><day>Sunday</day></skipDays><atom:link rel="hub" href="https://hub.example/"/>
      <atom:link rel="self" href="https://post.example/feed"/>"""
    feed = parse_feed(rss(item(1, extra), channel).encode())
    assert (feed.title, feed.link, feed.language, feed.form) == (
        "Ellery Post",
        "https://post.example/",
        "en-GB",
        "rss",
    )
    assert (feed.hub, feed.self_url, feed.ttl_minutes) == (
        "https://hub.example/",
        "https://post.example/feed",
        90,
    )
    assert (feed.skip_hours, feed.skip_days) == (frozenset({3, 0}), frozenset({7}))
    (entry,) = feed.entries
    assert (entry.title, entry.link, entry.guid) == ("Story 1", "https://post.example/1", "g1")
    assert (entry.published, entry.updated) == (MORNING, MORNING.replace(hour=2))
    assert (entry.text, entry.summary) == ("First.\nSecond & last.", "Short.")
    assert (entry.author, entry.categories) == ("Ada Quist", ("Ships", "Storm"))
    assert entry.image == "https://post.example/a.jpg"
    assert entry.enclosures == (Enclosure("https://post.example/a.mp3", "audio/mpeg", 99),)


def test_an_entry_of_atom_with_all_its_parts() -> None:
    entry_text = """<entry xml:lang="de"><title type="html">The &amp;lt;b&amp;gt; tag &amp;amp; more</title>
      <link rel="edit" href="/edit/1"/><link rel="alternate" type="text/html" href="1.html"/>
      <link rel="enclosure" type="image/png" length="5" href="a.png"/>
      <id>urn:1</id><published>2026-05-12T01:00:00Z</published><updated>2026-05-12T02:00:00Z</updated>
      <author><name>Ada Quist</name></author><author><name>Bo Lind</name></author>
      <category term="ships" label="Ships"/>
      <summary>Short.</summary>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div>
      </content></entry>"""
    feed = parse_feed(atom(entry_text, attributes='xml:base="https://post.example/news/"').encode())
    (entry,) = feed.entries
    assert entry.title == "The <b> tag & more" or entry.title == "The tag & more"
    assert (entry.link, entry.guid, entry.language) == ("https://post.example/news/1.html", "urn:1", "de")
    assert (entry.published, entry.updated) == (MORNING, MORNING.replace(hour=2))
    assert (entry.text, entry.summary) == ("First.\nSecond.", "Short.")
    assert (entry.author, entry.categories) == ("Ada Quist, Bo Lind", ("Ships",))
    assert entry.image == "https://post.example/news/a.png"


def test_plain_titles_of_atom_keep_their_brackets() -> None:
    feed = parse_feed(atom("<entry><title>History of the &lt;b&gt; tag</title></entry>").encode())
    assert feed.entries[0].title == "History of the <b> tag"


def test_rdf() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Ellery Post</title>
      <items><rdf:Seq><rdf:li resource="https://post.example/1"/></rdf:Seq></items></channel>
      <item rdf:about="https://post.example/1"><title>One</title><link>https://post.example/1</link>
      <dc:date>2026-05-12T03:00:00+02:00</dc:date></item></rdf:RDF>"""
    feed = parse_feed(body.encode())
    assert (feed.title, feed.form, len(feed.entries)) == ("Ellery Post", "rdf", 1)
    assert (feed.entries[0].guid, feed.entries[0].published) == ("https://post.example/1", MORNING)


def test_json_feed() -> None:
    body = """{"version": "https://jsonfeed.org/version/1.1", "title": "Ellery Post",
      "home_page_url": "https://post.example/",
      "hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "language": "en", "items": [
      {"id": 1, "url": "/1", "title": "One <b>", "content_html": "<p>First.</p><p>Second.</p>",
       "summary": "Short.",
       "date_published": "2026-05-12T01:00:00Z", "authors": [{"name": "Ada Quist"}], "tags": ["Ships"],
       "image": "/a.jpg",
       "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}]},
      {"id": "2", "content_text": "x < y", "date_published": 17}, null, "text", {}]}"""
    feed = parse_feed(body.encode())
    assert (feed.title, feed.link, feed.hub, feed.form) == (
        "Ellery Post",
        "https://post.example/",
        "https://hub.example/",
        "json",
    )
    first, second, third = feed.entries
    assert (first.title, first.link, first.guid, first.text) == (
        "One <b>",
        "https://post.example/1",
        "1",
        "First.\nSecond.",
    )
    assert (first.published, first.author, first.categories) == (MORNING, "Ada Quist", ("Ships",))
    assert (first.image, first.enclosures[0].length) == ("https://post.example/a.jpg", 9)
    assert (second.text, second.guid, third.guid) == ("x < y", "2", None)


@pytest.mark.parametrize(
    ("extra", "wanted"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<link>\n https://a.example/1\n</link>", "https://a.example/1"),
        ("<link>/1</link>", "https://post.example/1"),
        ("<link>//a.example/1</link>", "https://a.example/1"),
        ("<link>post.example/1</link>", "https://post.example/1"),
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', None),
        ("<link/><atom:link href='https://a.example/1'/>", "https://a.example/1"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>data:text/html,x</link>", None),
        ("<link>http://[</link>", "http://["),
        ("<atom:link rel='self' href='https://a.example/1'/>", None),
    ],
)
def test_links(extra: str, wanted: str | None) -> None:
    feed = parse_feed(rss(f"<item><title>a</title>{extra}</item>").encode())
    assert feed.entries[0].link == wanted


def test_the_address_of_the_document_is_the_last_base() -> None:
    body = rss("<item><link>1.html</link></item>").replace("<link>https://post.example/</link>", "")
    assert (
        parse_feed(body.encode(), base_url="https://b.example/x/feed").entries[0].link
        == "https://b.example/x/1.html"
    )
    assert parse_feed(body.encode()).entries[0].link == "1.html"


def test_the_longest_text_wins() -> None:
    extra = "<description>A long description of the matter.</description><content:encoded>x</content:encoded>"
    assert parse_feed(rss(item(1, extra)).encode()).entries[0].text == "A long description of the matter."


def test_the_longer_summary_of_a_podcast_wins() -> None:
    extra = (
        "<description>On the mole...</description><itunes:summary>On the mole and its storm.</itunes:summary>"
    )
    entry = parse_feed(rss(item(1, extra)).encode()).entries[0]
    assert (entry.text, entry.summary) == ("On the mole and its storm.", "On the mole...")


def test_media_groups_and_podcasts() -> None:
    extra = """<media:group><media:title>Clip</media:title>
      <media:description>What it shows.</media:description>
      <media:content url="https://v.example/a.mp4" type="video/mp4"/>
      <media:thumbnail url="https://v.example/a.jpg"/>
      </media:group><itunes:author>Ada</itunes:author>"""
    entry = parse_feed(rss(f"<item>{extra}</item>").encode()).entries[0]
    assert (entry.title, entry.text, entry.image, entry.author) == (
        "Clip",
        "What it shows.",
        "https://v.example/a.jpg",
        "Ada",
    )


def test_update_period() -> None:
    channel = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert parse_feed(rss(channel=channel).encode()).ttl_minutes == 360


def test_an_entry_under_the_name_of_another_form_is_one() -> None:
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><item><title>Gates hung</title></item></feed>"
    rss = b"<rss version='2.0'><channel><entry><title>Gates hung</title></entry></channel></rss>"
    assert [entry.title for body in (atom, rss) for entry in parse_feed(body).entries] == ["Gates hung"] * 2
