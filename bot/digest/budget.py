"""How long a text takes to read, and a budget of reading time; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from bot.digest.scripts import IDEOGRAPHS, LETTER, UNSPACED

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction by adults: M. Brysbaert, “How many words do we read per minute?”, Journal of
Memory and Language 109 (2019), 104047."""

_WORD = re.compile(
    f"[{IDEOGRAPHS}]"  # a sign counts as a word
    f"|[{UNSPACED}]{{1,5}}"  # Thai, Lao, Burmese, Khmer: some five signs for a word
    f"|(?:(?![{UNSPACED}])[{LETTER}])+"
)
"""What counts as a word. Chinese and Japanese are read at 255 to 357 signs a minute (S. Trauzettel-Klosinski
and K. Dietz, Investigative Ophthalmology & Visual Science 53 (2012), 5452), close to the words of others."""


def word_count(texts: Iterable[str]) -> int:
    """Count the words of texts, in any script."""
    return sum(1 for text in texts for _ in _WORD.finditer(text))


def minutes_to_read(words: int) -> int:
    """Return whole minutes, rounded up; 0 only for no words at all."""
    return ceil(words / WORDS_A_MINUTE)


@dataclass(slots=True)
class Budget:
    """Reading time that is spent.

    Attributes:
        minutes: how much there is; 0 for no bound.
        words: how many words were taken so far.
    """

    minutes: int
    words: int = 0

    def take(self, words: int) -> bool:
        """Spend time on so many words if it is there; the first are always taken, however many.

        Returns:
            Whether they were taken.
        """
        if self.minutes and self.words and self.words + words > self.minutes * WORDS_A_MINUTE:
            return False
        self.words += words
        return True
