"""Choose sentences to a budget, from one article or from many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.brief import Brief, Doc, Sentence, Span
from summaries.language import base_language, detect_language, size, tokens
from summaries.rank import rank
from summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_SENTENCES = 3


def summarise(
    text: str,
    *,
    title: str = "",
    sentences: int | None = None,
    words: int | None = None,
    language: str | None = None,
    ranker: str = "lexrank",
    explain: bool = False,
    doc: str = "",
) -> Brief:
    """The sentences that tell an article in short, verbatim, in the article's order."""
    return summarise_many(
        [Doc(doc, title, text)],
        sentences=sentences,
        words=words,
        language=language,
        explain=explain,
        ranker=ranker,
    )


def summarise_many(
    docs: Sequence[Doc],
    *,
    sentences: int | None = None,
    words: int | None = None,
    language: str | None = None,
    since: float | None = None,
    explain: bool = False,
    ranker: str = "lexrank",
) -> Brief:
    """One brief across articles on one event."""
    if since is not None:
        docs = [doc for doc in docs if doc.published is None or doc.published >= since]
    code = base_language(language) or detect_language("\n".join(doc.text[:1500] for doc in docs))
    if sentences is None and words is None:
        sentences = DEFAULT_SENTENCES
    candidates: list[tuple[Doc, Span, int]] = []
    for doc in docs:
        candidates += [(doc, span, i) for i, span in enumerate(split_sentences(doc.text, code))]
    candidates.sort(key=lambda item: item[2])
    token_lists = [tokens(doc.text[span.start : span.end], code) for doc, span, _ in candidates[:200]]
    scores = rank(token_lists, ranker)
    order = sorted(range(len(scores)), key=lambda i: -scores[i] / (1 + candidates[i][2]))
    chosen: list[int] = []
    seen: list[set[str]] = []
    left = words
    for i in order:
        doc, span, _ = candidates[i]
        mine = set(token_lists[i])
        length = size(doc.text[span.start : span.end])
        if len(mine) < 3 or any(len(mine & other) > 0.5 * len(mine | other) for other in seen):
            continue
        if left is not None and length > left:
            continue
        if sentences is not None and len(chosen) >= sentences:
            break
        left = None if left is None else left - length
        chosen.append(i)
        seen.append(mine)
    picked = tuple(
        Sentence(
            doc.text[span.start : span.end],
            doc.id,
            span.start,
            span.end,
            parts={"rank": scores[i]} if explain else None,
        )
        for i in sorted(chosen)
        for doc, span, _ in [candidates[i]]
    )
    return Brief(picked, code, None if picked else "There is no sentence that fits.")
