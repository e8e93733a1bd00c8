"""Keywords for scripts without spaces: runs of characters that come again or stand out by script."""

from __future__ import annotations

import re
from collections import Counter

from summaries.clean import prose
from summaries.language import stop_words

UNSPACED = frozenset({"zh", "ja"})

LONGEST = 6
"""Characters of the longest run that counts as one term."""

READ_LIMIT = 20_000
"""Characters looked at; every run inside them is counted."""

_JAPANESE = re.compile("[\u4e00-\u9fff々]{2,}|[\u30a1-\u30fa\u30fc]{2,}|[A-Za-z][A-Za-z0-9]+")
_CHINESE = re.compile("[\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9]+")
_SMALL = re.compile("[的了在是和与及或但为被把将对从于之其等也都就不这那有个以而并]")


def runs(text: str, language: str) -> list[str]:
    """The terms of a Chinese or Japanese text, best first.

    In Japanese a run of kanji or katakana is a word. In Chinese, what comes twice is taken for one: of two
    runs equally frequent the longer.
    """
    text = text[:READ_LIMIT]
    sentences = [text[start:end] for start, end, *_ in prose(text, language, lenient=True)]
    stop = stop_words(language)
    counts: Counter[str] = Counter()
    for sentence in sentences:
        if language == "ja":
            counts.update(run for run in _JAPANESE.findall(sentence) if run not in stop)
        else:
            for run in _CHINESE.findall(sentence):
                counts.update([run] if run.isascii() else _pieces(run))
    if language == "ja":
        return [run for run, _ in counts.most_common()]
    found = [run for run in counts if run.isascii() or counts[run] > 1]
    whole = [run for run in found if run not in stop and not _is_part(run, found, counts)]
    return sorted(whole, key=lambda run: -counts[run] * len(run))


def _is_part(run: str, found: list[str], counts: Counter[str]) -> bool:
    return any(run in other and run != other and counts[run] == counts[other] for other in found)


def _pieces(run: str) -> list[str]:
    """Every stretch of 2 to 6 characters in which no small word stands."""
    return [
        part[at : at + size]
        for part in _SMALL.split(run)
        for size in range(2, LONGEST + 1)
        for at in range(len(part) - size + 1)
    ]
