"""What a text is about, in a few terms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from summaries.detection import detect_language
from summaries.language import stem, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Callable


def keywords(
    text: str,
    n: int = 10,
    *,
    title: str = "",
    language: str | None = None,
    document_frequency: Callable[[str], float] | None = None,
) -> list[str]:
    """Up to ``n`` terms, best first, cased as in the text.

    Args:
        text: the article.
        n: how many at most.
        title: its headline, whose words weigh more.
        language: ISO 639-1; detected when None.
        document_frequency: the share (0..1) of the corpus's documents that hold a stem.
    """
    code = language or detect_language(text)
    stop = stop_words(code)
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for word in words(f"{title}\n{text}"):
        lowered = word.lower()
        if lowered in stop or len(word) < 3 or word.isdigit():
            continue
        key = stem(lowered, code or "")
        counts[key] += 1
        shown.setdefault(key, word)
    weigh = document_frequency or (lambda _: 0.0)
    best = sorted(counts, key=lambda key: -counts[key] * (1 - weigh(key)))
    return [shown[key] for key in best[:n]]


def hashtags(text: str, n: int = 5, *, title: str = "", language: str | None = None) -> list[str]:
    """Up to ``n`` hashtags, best first: keywords with their words run together, each opened by a capital."""
    tags = []
    for keyword in keywords(text, n, title=title, language=language):
        parts = words(keyword)
        tags.append("#" + "".join(part[:1].upper() + part[1:] for part in parts))
    return tags
