from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import shortening
from bot.sources.brought import Brought, Sheet, read_feed
from bot.sources.fetch import Fetched
from bot.sources.shortening import Document, Shortening
from tests.unit.sources.feeds import item, rss

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
URL = "https://post.example/feed"


class Reader:
    """Reads the editions of a feed as the poller does, and stores what is new."""

    def __init__(self, *, shorten: bool = True) -> None:
        self.memory = Shortening()
        self.stored: dict[str, str] = {}
        self.sizes: list[int] = []
        self._shorten = shorten

    def read(self, body: bytes, now: datetime = NOW, *, store: bool = True) -> None:
        """Read an edition; the bytes that were parsed for it join `sizes`."""
        fetched = Fetched(status="ok", final_url=URL, body=body, content_type="text/xml")
        if not self._shorten:
            self.memory.forget(1)
        document = self.memory.of(1, fetched, now)
        brought = self._brought(document)
        if not document.fits(brought):
            document = self.memory.of(1, fetched, now)
            brought = self._brought(document)
            self.sizes.append(-1)
        self.sizes.append(len(document.body))
        if store:
            self.stored |= brought.offers
        well = {name for name, words in brought.offers.items() if self.stored.get(name) == words}
        self.memory.keep(1, document, brought, well)

    def _brought(self, document: Document) -> Brought:
        now = document.now
        return read_feed(Sheet(document.body, "text/xml", URL, URL, now, now, left_out=document.left_out))


def edition(*numbers: int, extra: str = "") -> bytes:
    return rss("\n".join(item(n) for n in numbers) + extra).encode()


def test_known_entries_are_left_out_and_changed_ones_are_read() -> None:
    reader = Reader()
    reader.read(edition(1, 2, 3))
    reader.read(edition(4, 1, 2, 3))
    assert reader.sizes[1] < len(edition(4, 1))
    assert len(reader.stored) == 4
    before = dict(reader.stored)
    reader.read(edition(4, 1, 2, 3).replace(b"Story 2", b"Story two"))
    assert reader.sizes[2] < len(edition(4, 1))
    assert reader.stored.keys() == before.keys()
    assert [name for name in before if before[name] != reader.stored[name]] != []
    reader.read(edition(3, 2))
    assert reader.sizes[3] < len(edition(3, 2)), "the second entry is again as it was before it changed"


def test_what_was_not_stored_is_read_again() -> None:
    reader = Reader()
    reader.read(edition(1, 2), store=False)
    reader.read(edition(1, 2))
    assert reader.sizes == [len(edition(1, 2))] * 2
    assert len(reader.stored) == 2


def test_a_day_later_the_feed_is_read_whole() -> None:
    reader = Reader()
    reader.read(edition(1, 2))
    reader.read(edition(1, 2), NOW + timedelta(hours=23))
    reader.read(edition(1, 2), NOW + timedelta(hours=24))
    reader.read(edition(1, 2), NOW + timedelta(hours=25))
    whole, *later = reader.sizes
    assert [size == whole for size in later] == [False, True, False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<rss", b"<rss xml:base='https://other.example/'"),
        (b"<title>", b"<title>The new "),
        (b"<rss", b"<?style sheet?><rss"),
    ],
)
def test_another_frame_has_all_read(old: bytes, new: bytes) -> None:
    reader = Reader()
    reader.read(edition(1, 2))
    changed = edition(1, 2).replace(old, new, 1)
    reader.read(changed)
    assert reader.sizes[-1] == len(changed)


@pytest.mark.parametrize("shared", ["<link>https://post.example/1</link>", "<guid>1</guid>"])
def test_an_entry_that_shares_its_page_or_guid_with_a_known_one_is_not_taken_for_it(shared: str) -> None:
    first = f"<item><title>One</title>{shared}</item>"
    second = f"<item><title>Two</title>{shared}</item>"
    readers = Reader(), Reader(shorten=False)
    for reader in readers:
        reader.read(rss(first).encode())
        reader.read(rss(second + first).encode())
    assert readers[0].stored == readers[1].stored
    assert -1 in readers[0].sizes


def test_what_is_not_well_formed_is_not_remembered() -> None:
    reader = Reader()
    body = edition(1, 2, extra="<item><title>caf&eacute;</title></item>")
    reader.read(body)
    reader.read(body)
    assert reader.sizes == [len(body)] * 2
    good = edition(1, 2)
    reader.read(good)
    reader.read(good.replace(b"<item>", b"<item><title>caf&eacute;</title></item><item>", 1))
    assert reader.sizes[-2] == -1, "a new entry with a fault has all read as leniently as ever"


def test_it_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortening, "MOST_ENTRIES", 5)
    memory = Shortening()
    fetched = Fetched(status="ok", final_url=URL, body=edition(1, 2), content_type="text/xml")
    left = []
    for feed in (1, 2, 3, 1, 2, 3):
        document = memory.of(feed, fetched, NOW)
        brought = read_feed(Sheet(document.body, "text/xml", URL, URL, NOW, NOW, left_out=document.left_out))
        memory.keep(feed, document, brought, set(brought.offers))
        left.append(sum(memory.of(n, fetched, NOW).known is not None for n in (1, 2, 3)))
    assert max(left) <= 2


EDITIONS = st.lists(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from("abc")), unique_by=lambda one: one[0], max_size=6),
    min_size=1,
    max_size=6,
)


@given(EDITIONS, st.lists(st.sampled_from(["Post", "News"]), min_size=6, max_size=6))
def test_editions_are_read_as_if_nothing_were_left_out(
    editions: list[list[tuple[int, str]]], titles: list[str]
) -> None:
    readers = Reader(), Reader(shorten=False)
    for entries, title in zip(editions, titles, strict=False):
        made = "".join(item(n, f"<category>{word}</category><title>{word}{n}</title>") for n, word in entries)
        body = rss(made, f"<title>{title}</title>").encode()
        for reader in readers:
            reader.read(body)
        assert readers[0].stored == readers[1].stored
