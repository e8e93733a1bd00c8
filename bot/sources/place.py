"""An address of the web taken apart once: where to connect, and how a request for it begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aiohttp import BasicAuth
from yarl import URL

KEPT = 16_384
"""Addresses remembered, about a kilobyte each: feeds come round again."""


class NoPlaceError(ValueError):
    """Text is no address that can be asked; `scheme` is set where it is one, but not of the web."""

    def __init__(self, scheme: str | None = None) -> None:
        super().__init__("not an address of the web")
        self.scheme = scheme


@dataclass(frozen=True, slots=True)
class Place:
    """An address that can be asked.

    Attributes:
        url: the address.
        text: the address as text.
        host: its host, decoded.
        origin: what a connection belongs to: scheme, host and port.
        start: the first lines of a request, up to and with the Host header (and Authorization where the
            address holds a login).
    """

    url: URL
    text: str
    host: str
    origin: str
    start: bytes


@lru_cache(maxsize=KEPT)
def place_of(text: str) -> Place:
    """Return where an address leads.

    Raises:
        NoPlaceError: it is not one of the web.
    """
    try:
        url = URL(text)
        host, port = url.host, url.port
    except ValueError:
        raise NoPlaceError from None
    if url.scheme not in ("http", "https") or not host:
        raise NoPlaceError(url.scheme or "no scheme")
    lines = [f"GET {url.raw_path_qs} HTTP/1.1", f"Host: {url.host_port_subcomponent}"]
    if (login := BasicAuth.from_url(url)) is not None:
        lines.append(f"Authorization: {login.encode()}")
    return Place(
        url=url,
        text=str(url),
        host=host,
        origin=f"{url.scheme}://{host}:{port}",
        start="".join(f"{line}\r\n" for line in lines).encode(),
    )
