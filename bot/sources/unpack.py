"""Bodies as they come in: unpacked piece by piece, and never beyond the limit."""

from __future__ import annotations

import zlib

_GZIP = b"\x1f\x8b"

STEP = 256 * 1024
"""Bytes unpacked at a time: about a millisecond of work, so that the event loop is never held up."""


class TooLargeError(Exception):
    """A body is larger than the limit, after unpacking."""


class UnpackError(Exception):
    """A body is not packed as its header says, or in a way that was not asked for."""


class Unpacker:
    """Collects a body.

    Args:
        encoding: the Content-Encoding header.
        limit: the most bytes after unpacking.
    """

    def __init__(self, encoding: str, *, limit: int) -> None:
        name = encoding.strip().lower()
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._pending = b""
        self._raw_allowed = name == "deflate"
        self._stream: zlib._Decompress | None = None
        if name in ("gzip", "x-gzip"):
            self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        elif name == "deflate":
            self._stream = zlib.decompressobj()
        elif name not in ("", "identity"):
            raise UnpackError(f"packed with {name[:20]}, which was not asked for")

    def feed(self, data: bytes) -> bool:
        """Take some bytes; return whether there is more to unpack before the next: then call `more`.

        Raises:
            TooLargeError: the limit is passed.
            UnpackError: the bytes cannot be unpacked.
        """
        if self._stream is None:
            self._keep(data)
            return False
        self._pending = data
        return self.more()

    def more(self) -> bool:
        """Unpack a further step of what was taken; return whether there is still more."""
        if self._stream is None or not self._pending:
            return False
        if self._stream.eof:  # gzip may come in several members; anything else after the end is passed over
            if self._pending[:2] != _GZIP:
                return False
            self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            piece = self._stream.decompress(self._pending, STEP)
        except zlib.error as fault:
            if self._raw_allowed and not self._size:  # some servers send deflate without its header
                self._raw_allowed = False
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
                return True
            raise UnpackError("the body is not packed as its header says") from fault
        self._keep(piece)
        self._pending = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return bool(self._pending)

    def body(self) -> bytes:
        """Return all that was unpacked.

        Raises:
            UnpackError: the packed stream ended in the middle.
        """
        if self._stream is not None and not self._stream.eof and self._size:
            raise UnpackError("the packed body broke off")
        return b"".join(self._parts)

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise TooLargeError
        self._parts.append(data)
