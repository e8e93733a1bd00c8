"""How much may be shown: so many sentences, so many words, or both."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_SENTENCES = 3

FULL = 0.75
"""Share of a budget of words after which one article needs no more: what fits into the last gap would be
chosen for its length and not for what it says."""

ONE_SENTENCE = 40
"""Words up to which a budget holds about one sentence of news, which has 20 to 25."""


@dataclass(slots=True)
class Budget:
    """What is left to spend.

    Args:
        sentences: how many more may be shown; None for any number.
        words: how many more words; None for any number.
    """

    sentences: int | None
    words: int | None
    _enough: float = 0.0

    def __post_init__(self) -> None:
        """Without any limit, the usual one holds; below zero there is nothing to spend."""
        if self.sentences is None and self.words is None:
            self.sentences = DEFAULT_SENTENCES
        self.sentences = None if self.sentences is None else max(0, self.sentences)
        self.words = None if self.words is None else max(0, self.words)
        self._enough = (1 - FULL) * (self.words or 0)

    def fits(self, sentences: int, words: int) -> bool:
        """Whether so much can still be shown."""
        return (self.sentences is None or sentences <= self.sentences) and (
            self.words is None or words <= self.words
        )

    def spend(self, sentences: int, words: int) -> None:
        """Take it from what is left."""
        if self.sentences is not None:
            self.sentences -= sentences
        if self.words is not None:
            self.words -= words

    @property
    def spent(self) -> bool:
        """Whether nothing more can be shown."""
        return 0 in (self.sentences, self.words)

    @property
    def nearly_spent(self) -> bool:
        """Whether there is no use in looking for more."""
        return self.spent or (self.words is not None and self.words < self._enough)

    @property
    def for_one(self) -> bool:
        """Whether no more than about one sentence can be shown."""
        return self.sentences == 1 or (self.words is not None and self.words <= ONE_SENTENCE)
