"""What goes into a brief and what comes out of it: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Span(NamedTuple):
    """A stretch of a text, in characters: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doc:
    """One article to be summarised together with others.

    Args:
        id: the caller's name for it; every chosen sentence carries it.
        title: its headline, or "" when it has none.
        text: its body, as stored; offsets count its characters.
        published: Unix seconds, or None when unknown.
    """

    id: str
    title: str
    text: str
    published: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence shown to a reader; always ``text == source[start:end]``.

    Args:
        text: the words, untouched.
        doc: id of the document it stands in ("" when the caller gave none).
        start: offset of its first character in the document's text.
        end: offset one past its last character.
        agreed_by: how many documents say the same, its own included; 1 marks what only one reports.
        parts: with ``explain=True``, each part of its score by name; otherwise None.
    """

    text: str
    doc: str
    start: int
    end: int
    agreed_by: int = 1
    parts: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """The chosen sentences, in the order to show them.

    Args:
        sentences: may be empty; then ``reason`` says why.
        language: ISO 639-1, or None when it could not be told.
        reason: why the brief is empty, in words for a reader; None when it is not.
    """

    sentences: tuple[Sentence, ...]
    language: str | None
    reason: str | None = None

    @property
    def summary(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)
