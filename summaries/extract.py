"""The front door: an article or many in, a brief within its budget out, or an empty one with the reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from summaries.article import choose, score
from summaries.brief import Brief, Doc, Sentence
from summaries.budget import Budget
from summaries.candidate import SHORTEST_WORDS, Candidate, read
from summaries.detection import SAMPLE, detect_language, plain_language
from summaries.language import base_language, roots
from summaries.language import words as listed
from summaries.rank import RANKERS
from summaries.story import CAP, Story, outdated, says_the_same
from summaries.vectors import Weights

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_RANKER = "lexrank"


def summarise(
    text: str,
    *,
    title: str = "",
    sentences: int | None = None,
    words: int | None = None,
    language: str | None = None,
    ranker: str = DEFAULT_RANKER,
    explain: bool = False,
    doc: str = "",
) -> Brief:
    """The sentences that tell an article in short, verbatim, in the article's order.

    Args:
        text: the article; any string at all.
        title: its headline, "" for none.
        sentences: at most so many; 3 when neither this nor ``words`` is given.
        words: at most so many words; a sentence longer than that is passed over, never cut.
        language: ISO 639-1; told from the text when None.
        ranker: one of ``summaries.rank.RANKERS``.
        explain: whether each sentence carries the parts of its score.
        doc: the article's id, given back with each sentence.

    Raises:
        ValueError: no ranker has that name.
    """
    _check(ranker)
    code = base_language(language) or detect_language(text)
    article = Doc(doc, title, text)
    headline = roots(listed(title.lower()), code)
    candidates: list[Candidate] = []
    for lenient, shortest in ((False, SHORTEST_WORDS), (True, 0)):
        candidates = read(article, 0, code, lenient=lenient, headline=headline)
        weights = Weights([candidate.stems for candidate in candidates])
        budget = Budget(sentences, words)
        parts = score(candidates, weights, headline, ranker, alone=budget.for_one)
        scores = [sum(part.values()) for part in parts]
        chosen = choose(candidates, weights, scores, budget, shortest)
        if chosen:
            shown = tuple(_shown(candidates[i], [article], 1, parts[i] if explain else None) for i in chosen)
            return Brief(shown, code)
    return Brief((), code, _why_empty([article], candidates, words))


def summarise_many(
    docs: Sequence[Doc],
    *,
    sentences: int | None = None,
    words: int | None = None,
    language: str | None = None,
    since: float | None = None,
    ranker: str = DEFAULT_RANKER,
    explain: bool = False,
) -> Brief:
    """One brief across articles on one event: what most of them say first, then what one alone reports.

    Copies of one article count once; where a newer article gives other numbers, the old ones are not shown.
    Of articles in several languages, those in the language of most are quoted.

    Args:
        docs: the articles; their order breaks ties.
        sentences: as for ``summarise``.
        words: as for ``summarise``.
        language: ISO 639-1; told from the texts when None.
        since: Unix seconds; only what articles published then or later say, and earlier ones did not.
            An article without a date counts as new.
        ranker: as for ``summarise``.
        explain: as for ``summarise``.

    Raises:
        ValueError: no ranker has that name.
    """
    _check(ranker)
    spoken = [base_language(language) or plain_language(doc.text) for doc in docs]
    code = _main_language(docs, spoken, since)
    if len(docs) == 1 and since is None:
        doc = docs[0]
        return summarise(
            doc.text, title=doc.title, sentences=sentences, words=words, language=code, ranker=ranker,
            explain=explain, doc=doc.id,
        )  # fmt: skip
    titles = [roots(listed(doc.title.lower()), code) for doc in docs]
    candidates: list[Candidate] = []
    barred: frozenset[int] = frozenset()
    for lenient, shortest in ((False, SHORTEST_WORDS), (True, 0)):
        candidates = _capped([read(doc, n, spoken[n] or code, lenient=lenient) for n, doc in enumerate(docs)])
        barred = outdated(candidates, [doc.published for doc in docs]) | _old(candidates, docs, since)
        barred |= {n for n, candidate in enumerate(candidates) if candidate.language != code}
        story = Story(candidates, ranker, titles)
        chosen = story.choose(Budget(sentences, words), barred | story.off_topic(), shortest)
        chosen = chosen or story.choose(Budget(sentences, words), barred, shortest)
        if chosen:
            return Brief(_in_order(story, chosen, docs, explain=explain), code)
    if since is not None and len(barred) == len(candidates) and candidates:
        return Brief((), code, "Nothing new has been reported since then.")
    return Brief((), code, _why_empty(docs, candidates, words))


def _check(ranker: str) -> None:
    if ranker not in RANKERS:
        raise ValueError(f"No ranker is called {ranker!r}. There are: {', '.join(RANKERS)}.")


def _main_language(docs: Sequence[Doc], spoken: Sequence[str | None], since: float | None) -> str | None:
    """The language of most of the articles that may be quoted; of two as frequent, that of the first."""
    new = [code for doc, code in zip(docs, spoken, strict=True) if code and not _is_old(doc, since)]
    if new:
        return Counter(new).most_common(1)[0][0]
    share = SAMPLE // max(1, min(len(docs), 10))
    return detect_language("\n".join(doc.text[:share] for doc in docs[:10]))


def _is_old(doc: Doc, since: float | None) -> bool:
    return since is not None and doc.published is not None and doc.published < since


def _capped(articles: list[list[Candidate]]) -> list[Candidate]:
    """The candidates of all articles, no more than can be compared: the first of each, in equal shares."""
    longest = max((len(article) for article in articles), default=0)
    if sum(map(len, articles)) > CAP:
        share = max(1, CAP // len(articles))
        longest = min(longest, share)
    return [candidate for article in articles for candidate in article[:longest]]


def _old(candidates: Sequence[Candidate], docs: Sequence[Doc], since: float | None) -> frozenset[int]:
    """The candidates that stand in articles from before ``since``, or say only what those said."""
    if since is None:
        return frozenset()
    stale = [_is_old(doc, since) for doc in docs]
    before = [candidate for candidate in candidates if stale[candidate.doc]]
    return frozenset(
        index
        for index, candidate in enumerate(candidates)
        if stale[candidate.doc] or any(says_the_same(candidate, old) for old in before)
    )


def _in_order(
    story: Story, chosen: dict[int, dict[str, float]], docs: Sequence[Doc], *, explain: bool
) -> tuple[Sentence, ...]:
    """First what happened, then what several articles say, then what one alone says.

    Of each, what stood on top of its article comes first; sentences that belong together stay so.
    """
    agreed = {index: story.agreed_by(index) for index in chosen}
    groups: list[list[int]] = []
    for index in sorted(chosen):
        if groups and story.candidates[index].hangs and groups[-1][-1] == index - 1:
            groups[-1].append(index)
        else:
            groups.append([index])
    rank_of = {index: number for number, index in enumerate(chosen)}

    def place(group: list[int]) -> tuple[bool, int, int, int]:
        most = max(agreed[index] for index in group)
        return most == 1, story.candidates[group[0]].order, -most, rank_of[group[0]]

    groups.sort(key=place)
    opening = story.opening(group[0] for group in groups if not story.candidates[group[0]].hangs)
    groups.sort(key=lambda group: group[0] != opening)  # what happened is told first
    return tuple(
        _shown(story.candidates[i], docs, agreed[i], chosen[i] if explain else None)
        for group in groups
        for i in group
    )


def _shown(
    candidate: Candidate, docs: Sequence[Doc], agreed_by: int, parts: dict[str, float] | None
) -> Sentence:
    return Sentence(
        candidate.text,
        docs[candidate.doc].id,
        candidate.start,
        candidate.end,
        agreed_by=agreed_by,
        parts=parts,
    )


def _why_empty(docs: Sequence[Doc], candidates: Sequence[Candidate], words: int | None) -> str:
    if not any(doc.text.strip() for doc in docs):
        return "There is no text."
    sound = [candidate.size for candidate in candidates if candidate.sound]
    if sound and words is not None and min(sound) > words:
        return f"No sentence fits: the shortest that can stand alone has {min(sound)} words."
    if candidates:
        return (
            "There is no sentence that can stand alone: only questions, broken quotes, endless lines or "
            "sentences that lean on others."
        )
    return "There are no sentences of an article, only headings, captions or links."
