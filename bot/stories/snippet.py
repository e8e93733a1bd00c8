"""The place in a text that answers a search best: verbatim, with the words found marked."""

from __future__ import annotations

import re

from bot.stories.terms import places

LENGTH = 220
"""Characters of a snippet: two lines in chat."""

READ = 200_000
"""Characters of a text that are searched for the best place."""

_BREAK = re.compile(r"\n|(?<=[.!?…])\s")


def snippet(
    text: str, keys: frozenset[int], language: str | None, stems: frozenset[str] = frozenset()
) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """Return where the best place starts and ends, and the found words in it as offsets into the place.

    The best place holds the most different words looked for; of equals, the first. It starts with its
    sentence where that is near. Keys and stems are as `bot.stories.terms.places` takes them.
    """
    hits = list(places(text[:READ], keys, language, stems))
    if not hits:
        end = _cut(text, min(len(text), LENGTH))
        return 0, end, ()
    best, most = 0, 0
    for at, (start, _, _) in enumerate(hits):
        different: set[int] = set()
        for other in hits[at:]:
            if other[1] > start + LENGTH or len(different) == len(keys):
                break
            different.add(other[2])
        if len(different) > most:
            best, most = at, len(different)
    start = _start(text, hits[best][0])
    end = _cut(text, min(len(text), max(start + LENGTH, hits[best][1])))
    merged: list[tuple[int, int]] = []
    for a, b, _ in hits:
        if start <= a and b <= end:
            if merged and a < merged[-1][1] + start:  # pairs of characters overlap
                merged[-1] = (merged[-1][0], b - start)
            else:
                merged.append((a - start, b - start))
    return start, end, tuple(merged)


def _start(text: str, hit: int) -> int:
    """Return where to start: at the sentence, or at a word not far before the hit."""
    low = max(0, hit - LENGTH // 2)
    breaks = [match.end() for match in _BREAK.finditer(text, low, hit)]
    if breaks:
        return breaks[-1]
    if low == 0:
        return len(text) - len(text.lstrip()) if not text[:hit].strip() else 0
    space = text.find(" ", low, hit)
    return space + 1 if space >= 0 else low


def _cut(text: str, end: int) -> int:
    """Return the end moved back to the end of a word."""
    if end >= len(text) or not text[end - 1 : end + 1].isalnum():
        return len(text[:end].rstrip())
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    return space if space > end - 40 and space > 0 else end
