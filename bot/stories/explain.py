"""Why an article is related, in words that stand in the text of the question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.model.story import Reason
from bot.stories.likeness import Likeness
from bot.stories.terms import Term, terms
from bot.stories.vector import NAME, NUMBER, Vector

MOST_WORDS = 5
"""Shared names or words shown in one reason."""

MOST_NUMBERS = 3
"""Shared numbers shown: the first few are telling, a 20 or a 40 further down stands in any two reports."""


class Surfaces:
    """The words of a question as they are written, and which of its names stand beside each other.

    Attributes:
        stems: number -> stem of every word that tells what the question is about.
    """

    def __init__(self, texts: Iterable[tuple[str, str | None]]) -> None:
        self.stems: dict[int, str] = {}
        self._words: dict[int, str] = {}
        self._names: list[tuple[tuple[int, ...], str]] = []
        self._numbers: set[int] = set()
        for text, language in texts:
            run: list[Term] = []
            for term in terms(text, language):
                if not term.content:
                    self._close(text, run)
                    run = []
                    continue
                self.stems[term.key] = term.stem
                self._words.setdefault(term.key, text[term.start : term.end])
                if term.number:
                    self._numbers.add(term.key)
                if run and (not term.capital or text[run[-1].end : term.start] not in {" ", "-"}):
                    self._close(text, run)
                    run = []
                if term.capital:
                    run.append(term)
            self._close(text, run)

    def _close(self, text: str, run: Sequence[Term]) -> None:
        if run:
            self._names.append((tuple(t.key for t in run), text[run[0].start : run[-1].end]))

    def names(self, keys: Sequence[int], names: set[int]) -> tuple[tuple[str, ...], set[int]]:
        """Return the shared names, whole where all their words are shared, and the keys they use."""
        shared = set(keys)
        place = {key: at for at, key in enumerate(keys)}
        whole: dict[tuple[int, ...], str] = {}
        for run, written in self._names:
            if shared.issuperset(run) and names.intersection(run):
                whole.setdefault(run, written)
        chosen: list[tuple[int, str]] = []
        used: set[int] = set()
        for run, written in sorted(whole.items(), key=lambda item: (-len(item[0]), place[item[0][0]])):
            if not used.issuperset(run):
                chosen.append((min(place[key] for key in run), written))
                used.update(run)
        return tuple(written for _, written in sorted(chosen)[:MOST_WORDS]), used

    def written(self, keys: Iterable[int]) -> tuple[str, ...]:
        """Return words as they stand in the question, at most a handful, each once."""
        found = dict.fromkeys(self._words[key] for key in keys if key in self._words)
        return tuple(found)[:MOST_WORDS]


def reasons(
    surfaces: Surfaces,
    like: Likeness,
    vector: Vector,
    *,
    same_event: bool,
    hours: float | None,
    listed: bool,
) -> tuple[Reason, ...]:
    """Return why an article is related, the strongest first; never empty.

    Args:
        surfaces: the words of the question.
        like: how alike it is.
        vector: of the article.
        same_event: it reports the same event.
        hours: how much later it is than what was asked about; None when nobody knows.
        listed: the page of the article asked about lists it.
    """
    flags = dict(zip(vector.keys.tolist(), vector.flags.tolist(), strict=True))
    shared = [int(key) for key in like.shared]
    found = [Reason(kind="event")] if same_event else []
    capitals = {key for key in shared if flags[key] & NAME}
    names, used = surfaces.names(shared, capitals)
    if names:
        found.append(Reason(kind="names", words=names))
    numbers = surfaces.written(key for key in shared if flags[key] & NUMBER)[:MOST_NUMBERS]
    words = surfaces.written(key for key in shared if key not in used and not flags[key] & NUMBER)
    if words and (len(names) < MOST_WORDS or not names):
        found.append(Reason(kind="words", words=words))
    if numbers:
        found.append(Reason(kind="numbers", words=numbers))
    if hours is not None:
        found.append(Reason(kind="time", hours=hours))
    if listed:
        found.append(Reason(kind="listed"))
    return tuple(found) or (Reason(kind="words"),)
