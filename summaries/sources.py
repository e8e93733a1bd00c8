"""Whom a text has its news from, which is not what it is about: "(CNN) --", "told Reuters"."""

from __future__ import annotations

import re
from collections import Counter

from summaries.language import words

TOP = 300
"""Characters at the start of a text within which a dateline gives the agency."""

IN_DATELINE = 1_000_000
"""Counts for what a dateline gives: it is a source, however often it is named."""

MOSTLY = 0.5
"""Share of a name's mentions in which it is the source, from which it is nothing else."""

_WORD = r"[A-Z](?:[\w&.’'-]{0,30}[^\W_.](?<!['’]s))?"
_NAME = rf"(?:[Tt]he )?\b({_WORD}(?: (?:{_WORD}|of)){{0,3}})"

_TOP = re.compile(
    r"^[^.()\n]{0,60}\(([A-Z][\w .&/’'-]{1,30})\)"
    r"|^((?:[A-Z][\w'’.-]+ ){0,3}(?:News|Press|Agency|Times|Post|Herald|Radio|TV|Online)|[A-Z]{3,6}) ?[-–—|]",
    re.MULTILINE,
)
"""``BAGHDAD (Reuters) -``, ``Shafaq News – Damascus``."""

_GIVEN = re.compile(
    rf"\b(?:told|tells|telling|interview with|statement to|speaking to|spoke to|reported by|"
    rf"published by|courtesy of) {_NAME}"
    rf"|{_NAME} (?:has |had |first |also )?(?:reported|reports|quoted|cited)\b"
    r"|\b([A-Z]{3,5})['’]s (?=[A-Z]\w+ [A-Z])"
)
"""``told Reuters``, ``Shafaq News reported``, ``CNN's Ida Holm``."""


def sources(text: str) -> Counter[str]:
    """How often each name is given as a source, in lower case; each word of it counts like the whole.

    Args:
        text: an article.
    """
    found: Counter[str] = Counter()
    for match in _GIVEN.finditer(text):
        _add(found, match, 1)
    for match in _TOP.finditer(text[:TOP]):
        _add(found, match, IN_DATELINE)
    return found


def _add(found: Counter[str], match: re.Match[str], count: int) -> None:
    name = next(filter(None, match.groups()), "").lower()
    for part in {name, *words(name)} - {""}:
        found[part] += count
