from __future__ import annotations

import asyncio

from aiohttp.base_protocol import BaseProtocol
from aiohttp.http import HttpResponseParser
from aiohttp.http_exceptions import HttpProcessingError
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sources.wire import not_modified

NAMES = ("ETag", "Last-Modified", "Cache-Control", "Expires", "Retry-After", "Connection")
LINES = st.one_of(
    st.builds(
        lambda name, space, value: name + b":" + space + value,
        st.sampled_from([*(n.encode() for n in NAMES), b"etag", b"X-Other", b"X Y", b""]),
        st.sampled_from([b"", b" ", b"\t", b"  "]),
        st.one_of(st.sampled_from([b'"1"', b"max-age=5", b"close ", b""]), st.binary(max_size=12)),
    ),
    st.binary(max_size=12),
)


async def parsed(data: bytes) -> tuple[int, dict[str, str]] | None:
    """Return what aiohttp reads: the code, and the first value of each header that matters."""
    loop = asyncio.get_running_loop()
    parser = HttpResponseParser(BaseProtocol(loop), loop, 2**16, auto_decompress=False)
    try:
        messages, _, _ = parser.feed_data(data)
    except HttpProcessingError:
        return None
    if len(messages) != 1:
        return None
    message = messages[0][0]
    return message.code, {name: message.headers[name] for name in NAMES if name in message.headers}


@given(st.lists(LINES, max_size=6), st.sampled_from([b"304 Not Modified", b"304", b"200 OK", b"304 \xff"]))
@example([b"ETag: 1", b"etag: 2"], b"304 Not Modified")
@example([b"Connection:close", b"", b"ETag: 1"], b"304 Not Modified")
def test_the_short_way_reads_what_the_parser_reads_or_nothing(lines: list[bytes], status: bytes) -> None:
    data = b"\r\n".join([b"HTTP/1.1 " + status, *lines, b"", b""])
    short = not_modified(data)
    if short is not None:
        assert asyncio.run(parsed(data)) == (304, short)


def test_a_plain_answer_goes_the_short_way() -> None:
    data = b'HTTP/1.1 304 Not Modified\r\nDate: today\r\netag: W/"1" \r\nCONNECTION: Keep-Alive\r\n\r\n'
    assert not_modified(data) == {"ETag": 'W/"1"', "Connection": "Keep-Alive"}
    assert not_modified(data[:-2]) is None
    assert not_modified(data + b"HTTP/1.1 200 OK\r\n\r\n") is None
