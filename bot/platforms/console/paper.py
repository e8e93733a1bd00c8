"""The stream that everything is printed on: whole texts, one after the other, in its own encoding."""

from __future__ import annotations

import asyncio
from typing import TextIO

from bot.delivery.port import StillOurs, always

PLAINER = str.maketrans({"─": "-", "·": "-", "“": '"', "”": '"', "’": "'", "‘": "'", "…": "...", "–": "-"})
"""Signs for a terminal that has ASCII or Latin-1 only; what else it lacks becomes a question mark."""


class Paper:
    """Prints on a stream off the event loop: a pipe whose reader dozes holds up nobody else."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._one_at_a_time = asyncio.Lock()

    async def print(self, text: str, still_ours: StillOurs = always) -> bool:
        """Write a text and flush it, when its turn has come.

        Args:
            text: what to write.
            still_ours: asked when its turn has come, since the text before it may have taken long.

        Returns:
            Whether it still was ours to print, and was written.

        Raises:
            BrokenPipeError: nobody reads the stream any more.
            OSError: the stream refused, for instance on a full disk; part of the text may be written.
            ValueError: the stream was closed; nothing was written.
        """
        async with self._one_at_a_time:
            if not still_ours():
                return False
            await asyncio.to_thread(self._write, text)
            return True

    def _write(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.translate(PLAINER).encode(encoding, "replace").decode(encoding)
        self._out.write(text)
        self._out.flush()
