from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.unpack import TooLargeError, Unpacker, UnpackError
from tests.fakes.web_server import deflate, gzip_bomb, members


def unpack(encoding: str, body: bytes, *, limit: int = 10_000_000, piece: int = 1000) -> bytes:
    unpacker = Unpacker(encoding, limit=limit)
    for at in range(0, len(body), piece):
        more = unpacker.feed(body[at : at + piece])
        while more:
            more = unpacker.more()
    return unpacker.body()


@given(st.binary(max_size=3000), st.integers(1, 4000))
@settings(max_examples=60, deadline=None)
def test_every_packing_gives_back_what_was_packed(body: bytes, piece: int) -> None:
    assert unpack("", body, piece=piece) == body
    assert unpack("gzip", gzip.compress(body), piece=piece) == body
    assert unpack("deflate", deflate(body, raw=False), piece=piece) == body
    assert unpack("gzip", members(body, b"and more"), piece=piece).startswith(body)


def test_deflate_without_its_header() -> None:
    assert unpack("deflate", deflate(b"words " * 500, raw=True)) == b"words " * 500


def test_several_members_and_what_stands_after_them() -> None:
    assert unpack("gzip", members(b"a", b"b", b"c") + b"\0" * 50, piece=100_000) == b"abc"
    assert unpack("gzip", members(*[b"a"] * 5000), piece=200_000) == b"a" * 5000


def test_a_bomb_is_stopped_at_the_limit() -> None:
    bomb = gzip_bomb(30)
    assert len(bomb) < 100_000
    with pytest.raises(TooLargeError):
        unpack("gzip", bomb, limit=1_000_000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_what_was_not_asked_for(encoding: str) -> None:
    with pytest.raises(UnpackError, match="not asked for"):
        Unpacker(encoding, limit=10)


def test_lies_and_halves() -> None:
    with pytest.raises(UnpackError, match="not packed as its header says"):
        unpack("gzip", b"<rss></rss>")
    with pytest.raises(UnpackError, match="broke off"):
        unpack("gzip", gzip.compress(b"words that do not repeat 123" * 50)[:-12])
