"""Questions, and the sentences that may answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANSWERS = frozenset(
    {
        "that",
        "this",
        "these",
        "it",
        "it's",
        "that's",
        "yes",
        "no",
        "not",
        "but",
        "so",
        "maybe",
        "perhaps",
        "well",
    }
)


def answers(found: Sequence[str]) -> bool:
    """Whether a sentence may answer the question before it, by its words: "To go? That is what"."""
    return bool(found) and found[0].lower().replace("’", "'") in _ANSWERS


_READER = frozenset({
    "you", "your", "you're", "you've", "you'd", "yours", "yourself", "du", "dein", "deine", "ihnen", "ihre",
    "vous", "votre", "vos", "usted", "ustedes", "tu", "te", "você", "je", "jij", "jou", "jouw", "jullie",
    "din", "ditt", "dig", "deg", "dere", "ni",
})  # fmt: skip
"""Who a page asks what it is about to sell: "Looking for a guide to all your questions?"."""


def asks_reader(found: Sequence[str]) -> bool:
    """Whether a question is put to the reader, by its words; what answers it is a plea."""
    return any(word.lower().replace("’", "'") in _READER for word in found)


def asks(sentence: str) -> bool:
    """Whether the sentence is a question."""
    return sentence.rstrip("\"'”’»」』)* ").endswith(("?", "？", "؟", "՞")) or (
        sentence.endswith(";") and "\u0370" <= sentence[:1] <= "\u03ff"
    )
