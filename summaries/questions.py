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


def asks(sentence: str) -> bool:
    """Whether the sentence is a question."""
    return sentence.rstrip("\"'”’»」』)* ").endswith(("?", "？", "؟", "՞")) or (
        sentence.endswith(";") and "\u0370" <= sentence[:1] <= "\u03ff"
    )
