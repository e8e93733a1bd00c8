"""Lines that somebody types, read without holding up the event loop."""

from __future__ import annotations

import asyncio
import codecs
import os
import stat
from collections.abc import AsyncGenerator
from typing import TextIO

CHUNK = 65_536
"""Bytes read at once; a line longer than this many characters is taken in pieces."""


async def read_lines(inp: TextIO) -> AsyncGenerator[str, None]:
    """Yield what is typed, a line at a time without its end, until there is no more.

    A terminal or a pipe is read only when the system says that something is there, so no thread is left
    waiting for a key when the program wants to end. A file, or text in memory, never waits.
    """
    descriptor = _waits(inp)
    if descriptor is None:
        for line in inp:
            yield line.rstrip("\r\n")
        return
    decoder = codecs.getincrementaldecoder(inp.encoding or "utf-8")("replace")
    begun = ""
    while True:
        await _something_there(descriptor)
        chunk = os.read(descriptor, CHUNK)
        *whole, begun = (begun + decoder.decode(chunk, final=not chunk)).split("\n")
        for line in whole:
            yield line.rstrip("\r")
        if not chunk or len(begun) > CHUNK:
            if begun:
                yield begun
            begun = ""
        if not chunk:
            return


def _waits(inp: TextIO) -> int | None:
    """Return the descriptor of an input that one may have to wait for; None for files and for memory."""
    try:
        descriptor = inp.fileno()
    except OSError:  # text in memory has no descriptor
        return None
    kind = os.fstat(descriptor).st_mode
    return None if stat.S_ISREG(kind) or stat.S_ISDIR(kind) else descriptor


async def _something_there(descriptor: int) -> None:
    """Wait until a descriptor can be read, and watch it no longer than that."""
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    loop.add_reader(descriptor, there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(descriptor)
