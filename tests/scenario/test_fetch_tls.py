"""Answers over TLS come whole: asyncio fills a buffer for them in several goes."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest

from bot.sources.place import place_of
from bot.sources.wire import Wire

SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
BODY = b"".join(b"%06d." % n for n in range(40_000))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate of 127.0.0.1 and its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    path = tmp_path / "both.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=127.0.0.1"
        f" -addext subjectAltName=IP:127.0.0.1 -days 3650 -keyout {tmp_path / 'key'} -out {tmp_path / 'cert'}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    path.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "cert").read_bytes())
    return path


async def whole(_headers: Mapping[str, str], content: aiohttp.StreamReader) -> bytes:
    return await content.read()


async def test_an_answer_of_many_records_comes_whole_and_the_connection_is_kept(certificate: Path) -> None:
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY)
                writer.write(SAME if b"/same" in head else length + BODY)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    theirs = ssl.create_default_context(cafile=str(certificate))
    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ours) as server:
        port = server.sockets[0].getsockname()[1]
        wire = Wire(aiohttp.TCPConnector(limit=0, ssl=theirs), connect_s=5)
        for path in ("big", "same", "big", "same"):
            place = place_of(f"https://127.0.0.1:{port}/{path}")
            got = await wire.get(place, place.start + b"\r\n", whole, total_s=20)
            assert (got.code, got.body) == ((304, b"") if path == "same" else (200, BODY))
        await wire.close()
    assert connections == 1
