"""How central each sentence is: sumy's rankers behind one function, the two best ones in NumPy."""

from __future__ import annotations

import warnings
from collections import Counter
from math import log
from typing import TYPE_CHECKING, Any

from summaries.vectors import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summaries.vectors import Matrix

LEXRANK_THRESHOLD = 0.1
LEXRANK_EPSILON = 0.1
TEXTRANK_DAMPING = 0.85
TEXTRANK_EPSILON = 1e-4
TEXTRANK_TINY = 1e-7
"""sumy's own constants, so that its choice of sentences is kept."""

CAPS = {
    "lexrank": 1000,
    "textrank": 1000,
    "luhn": 1000,
    "lsa": 400,
    "kl": 150,
    "sumbasic": 400,
    "reduction": 200,
    "edmundson": 1000,
}
"""Rankers by name, with how many sentences each rates before time or memory grow out of hand: their work
grows with the square, KL's and LSA's faster. Of a longer text those nearest its centre are rated."""

RANKERS = tuple(CAPS)


def rank(
    sentences: Sequence[Sequence[str]], ranker: str = "lexrank", weights: Weights | None = None
) -> list[float]:
    """A score for each sentence, in order; higher is more central, the highest is 1, none is below 0.

    Args:
        sentences: the tokens of each sentence.
        ranker: one of ``RANKERS``.
        weights: of the sentences, if they are weighed already.

    Raises:
        ValueError: no ranker has that name.
    """
    if ranker not in CAPS:
        raise ValueError(f"No ranker is called {ranker!r}. There are: {', '.join(RANKERS)}.")
    kept = list(range(len(sentences)))
    if len(kept) > CAPS[ranker]:
        kept = _nearest_the_centre(sentences, kept, CAPS[ranker])
        weights = None
    rated = _rate([sentences[index] for index in kept], ranker, weights)
    low, high = min(rated, default=0.0), max(rated, default=0.0)
    floor = min(low, 0.0)
    scores = [0.0] * len(sentences)
    for index, score in zip(kept, rated, strict=True):
        scores[index] = (score - floor) / (high - floor) if high > floor else 0.0
    return scores


def _nearest_the_centre(sentences: Sequence[Sequence[str]], kept: list[int], cap: int) -> list[int]:
    """The sentences whose words stand in most other sentences; in order of the text."""
    holding: Counter[str] = Counter()
    for index in kept:
        holding.update(set(sentences[index]))
    weight = {index: sum(holding[term] - 1 for term in set(sentences[index])) for index in kept}
    return sorted(sorted(kept, key=lambda index: -weight[index])[:cap])


def _rate(sentences: list[Sequence[str]], ranker: str, weights: Weights | None) -> list[float]:
    if not any(sentences):
        return [0.0] * len(sentences)
    if len(sentences) == 1:
        return [1.0]
    if ranker == "lexrank":
        return lexrank(sentences, weights)
    if ranker == "textrank":
        return textrank(sentences)
    return stock(sentences, ranker)


def lexrank(sentences: Sequence[Sequence[str]], weights: Weights | None = None) -> list[float]:
    """Sumy's LexRank ratings, with its loops in NumPy."""
    import numpy as np

    weights = Weights(sentences) if weights is None else weights
    likeness = weights.likeness()
    np.fill_diagonal(likeness, weights.alive)
    linked = (likeness > LEXRANK_THRESHOLD).astype(np.float64)
    linked /= np.maximum(linked.sum(axis=1), 1.0)[:, np.newaxis]
    return _settle(linked, LEXRANK_EPSILON, unit=True)


def textrank(sentences: Sequence[Sequence[str]]) -> list[float]:
    """Sumy's TextRank ratings, with its loops in NumPy."""
    import numpy as np

    counted = [Counter(sentence) for sentence in sentences]
    column: dict[str, int] = {}
    for counts in counted:
        for term in counts:
            column.setdefault(term, len(column))
    rows = np.zeros((len(counted), max(1, len(column))))
    for number, counts in enumerate(counted):
        for term, count in counts.items():
            rows[number, column[term]] = count
    shared = rows @ rows.T
    lengths = np.array([log(len(sentence)) if sentence else 0.0 for sentence in sentences])
    scale = lengths[:, np.newaxis] + lengths[np.newaxis, :]
    weights = np.where(np.isclose(scale, 0.0), shared, shared / np.where(scale > 0, scale, 1.0))
    weights /= weights.sum(axis=1)[:, np.newaxis] + TEXTRANK_TINY
    jump = (1.0 - TEXTRANK_DAMPING) / len(counted)
    return _settle(jump + TEXTRANK_DAMPING * weights, TEXTRANK_EPSILON, unit=False)


def _settle(matrix: Matrix, epsilon: float, *, unit: bool) -> list[float]:
    """The power method as sumy runs it; LexRank scales each step to length 1."""
    import numpy as np

    count = len(matrix)
    now = np.full(count, 1.0 / count)
    for _ in range(1000):  # sumy has no bound; its own rankings settle within 50 steps
        after = np.einsum("ij,i->j", matrix, now)  # no thread is woken, as `@` does for a hundred rows
        if unit:
            after /= np.linalg.norm(after) or 1.0
        moved = float(np.linalg.norm(after - now))
        now = after
        if moved <= epsilon:
            break
    scores: list[float] = now.tolist()
    return scores


class _Tokens:
    """A tokenizer to sumy; a sentence's text is its number, so that equal ones keep their own rating."""

    language = "none"

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._sentences = sentences

    def to_words(self, number: str) -> tuple[str, ...]:
        """The tokens of the sentence with that number."""
        return tuple(self._sentences[int(number)])


def stock(sentences: Sequence[Sequence[str]], ranker: str) -> list[float]:
    """The ratings of sumy's own code, for any of its rankers by name."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = _Tokens(sentences)
    document = ObjectDocumentModel([Paragraph([Sentence(str(n), tokenizer) for n in range(len(sentences))])])
    ratings = [0.0] * len(sentences)

    def note(rated: Sequence[object]) -> list[object]:
        for info in rated:
            ratings[info.order] = float(info.rating)  # type: ignore[attr-defined]  # sumy ships no types
        return []

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sumy warns of short texts on standard error; the ratings say it all
        _summarizer(ranker, sentences)(document, note)
    return ratings


def _summarizer(ranker: str, sentences: Sequence[Sequence[str]]) -> Callable[[object, object], object]:
    from importlib import import_module

    module, name = _CLASSES[ranker]
    summarizer: Any = getattr(import_module(f"sumy.summarizers.{module}"), name)()  # sumy ships no types
    if ranker == "edmundson":
        counts = Counter(term for sentence in sentences for term in sentence)
        often = {term for term, count in counts.items() if count > 1}
        summarizer.bonus_words = often or set(counts)
        summarizer.stigma_words = {"\0"}  # sumy wants one of each; the tokens hold no stop words any more
        summarizer.null_words = {"\0"}
    rate: Callable[[object, object], object] = summarizer
    return rate


_CLASSES = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
}
