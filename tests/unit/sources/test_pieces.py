from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.sources.pieces import pieces_of
from tests.unit.sources.feeds import atom, item, rss

BODY = rss("\n ".join(item(n) for n in range(3))).encode()


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        atom("<entry><title>a</title></entry> <entry></entry>").encode(),
        b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='r'><channel/><items/><item></item></rdf:RDF>",
    ],
)
def test_a_feed_is_cut_at_its_entries(body: bytes) -> None:
    pieces = pieces_of(body)
    assert pieces is not None
    whole = pieces.head + b"".join(pieces.entries) + pieces.tail
    assert whole.split() == body.replace(b"> <", b"><").replace(b">\n <", b"><").split()
    assert all(entry.startswith((b"<item>", b"<entry>")) for entry in pieces.entries)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss><channel></channel></rss>",
        b"<html><item></item></html>",
        BODY.decode().encode("utf-16"),
        BODY.replace(b"<rss", b"<!DOCTYPE rss><rss", 1),
        b"<?xml version='1.0' encoding='iso-2022-jp'?>" + BODY[BODY.index(b"<rss") :],
        BODY.replace(b"<rss", b"<!-- <rss> --><rss", 1),
        BODY.replace(b"</item>", b"</item >"),
        BODY.replace(b"</item>", b"</item> and", 1),
        BODY.replace(b"<item>", b"<item/><item>", 1),
        BODY.replace(b"</item>", b"<item></item></item>", 1),
        BODY.replace(b"</item>", b"<x><![CDATA[</item>]]></x></item>", 1),
        BODY.replace(b"<item>", b"<!-- <item> --><item>", 1),
        BODY.replace(b"</item>", b"<![CDATA[</item><item>]]></item>", 1),
        BODY.replace(b"</item>", b"<!-- </item><item> --></item>", 1),
        BODY.replace(b"</item>", b"<?p </item><item> ?></item>", 1),
        BODY.replace(b"</channel>", b"<!-- <item> --></channel>", 1),
    ],
)
def test_what_is_in_doubt_is_not_cut(body: bytes) -> None:
    assert pieces_of(body) is None


def test_what_bears_on_entries_ends_with_the_tag_of_the_channel() -> None:
    pieces = pieces_of(
        b'<?xml version="1.0"?>\n<rss xml:lang="de">\n<channel>\n<title>a</title><item></item>'
    )
    assert pieces is not None
    assert pieces.head[: pieces.outside].endswith(b'<rss xml:lang="de">\n<channel>\n')


INNER = st.lists(
    st.sampled_from(
        [
            "<title>One</title>", "<![CDATA[ </item> ]]>", "<![CDATA[<item>]]>", "<![CDATA[", "]]>",
            "<!-- ", " -->", "<!-- <item> -->",
            "<![CDATA[</item><item>]]>", "<!-- </item> <item> -->", "<?p </item><item> ?>",
            "<!-- </item> -->", "<?p </item> ?>", "<?p", "?>",
            "<item/>", "<item >", "</item>", "<items/>", "<link>x</link>", "&amp;", "a", " ", "<x y='>'/>",
        ]
    ),
    max_size=5,
).map("".join)  # fmt: skip


@given(
    st.lists(INNER, max_size=4), st.sampled_from(["", " ", "\n", "x", "<!-- -->", "<y/>"]), INNER, st.data()
)
def test_a_well_formed_document_stays_one_without_any_of_its_entries(
    inner: list[str], between: str, head: str, data: st.DataObject
) -> None:
    items = between.join(f"<item n='{n}'>{text}</item>" for n, text in enumerate(inner))
    body = f"<rss><channel>{head}{items}</channel></rss>".encode()
    pieces = pieces_of(body)
    if pieces is None:
        return
    try:
        whole = etree.fromstring(body)
    except etree.XMLSyntaxError:
        return
    kept = data.draw(st.lists(st.booleans(), min_size=len(pieces.entries), max_size=len(pieces.entries)))
    left = [entry for entry, keep in zip(pieces.entries, kept, strict=True) if keep]
    cut = etree.fromstring(b"".join([pieces.head, *left, pieces.tail]))
    items_of = [etree.tostring(one, with_tail=False) for one in whole.iter("item")]
    assert len(items_of) == len(pieces.entries)
    assert [etree.tostring(one, with_tail=False) for one in cut.iter("item")] == [
        one for one, keep in zip(items_of, kept, strict=True) if keep
    ]
