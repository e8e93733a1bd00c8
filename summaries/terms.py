"""The terms of a text, counted: single words, whole names, and word pairs that go together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from summaries.clean import prose
from summaries.language import clauses, everyday, stem, stems, stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONNECTORS = frozenset(
    {"of", "de", "du", "da", "do", "dos", "del", "van", "von", "der", "bin", "al", "el", "la", "og"}
)
"""Small words that may stand inside a name ("Bank of England"), never at its ends."""

LONGEST_NAME = 4
"""Words of the longest name kept whole; a longer run of capitals is a headline."""

SHOUTED = 0.6
"""Share of capitalised words from which a line is a headline in Title Case and its capitals say nothing."""

READ_LIMIT = 400_000
"""Characters looked at: what a text is about shows long before."""

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(slots=True)
class Term:
    """One word, or several that belong together.

    Args:
        name: whether it was seen as a run of capitalised words inside a sentence.
        count: how often it stands in the text.
        first: where it stands first, as a share of the text's words, 0 to 1.
        capitals: how often it is written with a capital inside a sentence.
        forms: its spellings with their counts.
    """

    name: bool = False
    count: int = 0
    first: float = 1.0
    capitals: int = 0
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def form(self) -> str:
        """Its commonest spelling."""
        return self.forms.most_common(1)[0][0]


Key = tuple[str, ...]
"""The stems of a term's words, in order."""


def read_terms(text: str, title: str, language: str | None) -> dict[Key, Term]:
    """Every term of a text by its stems; the title counts as its first sentence."""
    text = text[:READ_LIMIT]
    sentences = [text[start:end] for start, end, *_ in prose(text, language, lenient=True)]
    if title:
        sentences.insert(0, title)
    split = [clauses(sentence) for sentence in sentences]
    total = sum(len(clause) for sentence in split for clause in sentence) or 1
    small = {word for sentence in split for clause in sentence for word in clause if word.islower()}
    found: dict[Key, Term] = {}
    seen = 0
    for sentence in split:
        capitals = sum(word[:1].isupper() for clause in sentence for word in clause)
        shouted = capitals > SHOUTED * sum(map(len, sentence))
        for number, clause in enumerate(sentence):
            names = [] if shouted else list(_names(clause, small, language))
            for at, size, key in _spans(clause, names, language):
                term = found.setdefault(key, Term())
                form = (
                    " ".join(key)
                    if language == "ko"
                    else _POSSESSIVE.sub("", " ".join(clause[at : at + size]))
                )
                term.count += 1
                term.first = min(term.first, (seen + at) / total)
                term.name = term.name or (at, size) in names
                term.capitals += (at > 0 or number > 0) and form[:1].isupper() and not shouted
                term.forms[form] += 1
            seen += len(clause)
    return found


def _spans(
    sentence: Sequence[str], names: Sequence[tuple[int, int]], language: str | None
) -> Iterator[tuple[int, int, Key]]:
    """(start, words, stems) of each single word, pair of neighbours and longer name in a sentence."""
    stems = [_stem(word, language) for word in sentence]
    for at, single in enumerate(stems):
        if single:
            yield at, 1, (single,)
            if at + 1 < len(stems) and stems[at + 1] and language != "ko":  # a particle stood between
                yield at, 2, (single, stems[at + 1])
    for at, size in names:
        if size > 2:
            yield at, size, tuple(stems[at + i] or sentence[at + i].lower() for i in range(size))


def _names(sentence: Sequence[str], small: set[str], language: str | None) -> Iterator[tuple[int, int]]:
    """(start, words) of each run of capitalised words, connectors inside it allowed.

    A word that the text also writes small is no part of a name at the head of a sentence.
    """
    at = 0
    while at < len(sentence):
        end = at
        while end < len(sentence) and _is_capital(sentence[end], language):
            end += 1
            if _POSSESSIVE.search(sentence[end - 1]):
                break
            inside = language != "de" and end + 1 < len(sentence) and sentence[end] in CONNECTORS
            if inside and _is_capital(sentence[end + 1], language):
                end += 1
        start = at + 1 if at == 0 and sentence[0].lower() in small else at
        if 2 <= end - start <= LONGEST_NAME:
            yield start, end - start
        at = max(end, at + 1)


def _is_capital(word: str, language: str | None) -> bool:
    return word[:1].isupper() and bool(_stem(word, language))


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str | None) -> str:
    """The stem of a word that can be a term, "" for any other."""
    bare = _POSSESSIVE.sub("", word)
    lowered = bare.lower()
    if lowered in stop_words(language) or lowered in everyday() or not any(map(str.isalpha, bare)):
        return ""
    if len(bare) < 3 and not (len(bare) == 2 and bare.isupper()) and bare.isascii():
        return ""
    if language == "ko":
        return next(iter(stems([lowered], language)), "")
    return stem(lowered, language or "")
