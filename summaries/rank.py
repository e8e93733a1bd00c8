"""How central each sentence is: sumy's rankers behind one function, the two best ones in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RANKERS = ("lexrank",)


def rank(sentences: Sequence[Sequence[str]], ranker: str = "lexrank") -> list[float]:
    """A score for each sentence, in order; higher is more central.

    Args:
        sentences: the tokens of each sentence.
        ranker: one of ``RANKERS``.

    Raises:
        ValueError: the ranker is not known.
    """
    if ranker not in RANKERS:
        raise ValueError(f"No ranker is called {ranker!r}. There are: {', '.join(RANKERS)}.")
    from sumy.summarizers.lex_rank import LexRankSummarizer

    if not sentences:
        return []
    known = [list(sentence) for sentence in sentences]
    summarizer = LexRankSummarizer()
    tf = summarizer._compute_tf(known)  # noqa: SLF001  (sumy gives its ratings no public way out)
    idf = summarizer._compute_idf(known)  # noqa: SLF001  (as above)
    matrix = summarizer._create_matrix(known, summarizer.threshold, tf, idf)  # noqa: SLF001  (as above)
    return [float(score) for score in summarizer.power_method(matrix, summarizer.epsilon)]
