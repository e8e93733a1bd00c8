"""Who or what a sentence opens with, when the article has introduced it before: "The driver", "Trafny"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from summaries.antecedents import beside_names, is_named, may_mean
from summaries.language import is_everyday, root, stop_words, words
from summaries.nouns import ARTICLES, HONORIFICS, SUFFIXED, SURNAMED, TITLES, is_verb, kinds
from summaries.speech import after_speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST_NAME = 14
"""Words within which the first name of a sentence is looked for: the length of an opening clause."""

PHRASE = 4
"""Words of the opening phrase that are looked at."""

REMEMBERED = 200
"""Sentences back that a name is looked for: more than articles have, so that endless texts take no longer."""

SPEAKER = 6
"""Words behind a quotation within which its speaker is named."""

SHORTEST_NAME = 3
"""Letters of the shortest word that is taken for somebody's name."""

_AGED = re.compile(r"\d+-(?:year-old|[Jj]ährigen?|jarige)$")
_ONE_NAME = re.compile(r"[A-Z][a-z]{2,}, (?:who\b|(?:now |aged )?\d\d,)")
"""``Holm, now 27, won``: a text that has its beginning gives the first name there."""

_WHERE = frozenset({"from", "in", "at"})
_MARKS = "\"'“”‘’„«»‹›「『（([-–— "
_SAYS = "According to "
_AFTER_CLAUSE = re.compile(r"[^,;:.!?()\"“”]{4,100}, the ([^,;:.!?()\"“”]+)")
"""``As Israelis prepare to vote, the answer seems to be``."""

_APPOSITION = re.compile(r", [A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+)+,")
"""``The driver, Ida Holm, had``: who is meant stands beside it."""

_WHICH = re.compile(r", (?:which|whose|where)\b")
"""``The luggage, which was stolen``: it is told of as known."""

_SOME_OF = re.compile(
    r"(?:Some|Many|Most|One|Two|Three|Four|Several|All|None|Each|Both) of t(?=he (?!(?:most|best|world)\b))"
)
"""``Some of the actors were warned`` asks what "The actors" asks."""

_PART = re.compile(r"[^,;:.!?()\"“”«»]+")


class Opening(NamedTuple):
    """Who or what a sentence opens with as if the reader knew.

    Args:
        stem: of the noun or surname; "" when it opens with nothing of the kind.
        told: whether the article gave it before; "the move" may mean what it told in other words.
    """

    stem: str
    told: bool


NOTHING = Opening("", told=False)


class Introduced:
    """What an article has told the reader, sentence by sentence; looked into only where it is asked about.

    Nothing is asked before the whole article is told.
    """

    def __init__(self, language: str | None, headline: Iterable[str] = ()) -> None:
        """Start with what the reader has seen above the brief.

        Args:
            language: ISO 639-1 or None.
            headline: the stems of the headline.
        """
        self.headline = frozenset(headline)
        self._language = language or ""
        self._articles = ARTICLES.get(self._language, frozenset())
        self._stop = stop_words(language)
        self._sentences: list[str] = []
        self._stems: list[Sequence[str]] = []
        self._first: dict[str, int] = {}
        self._read = 0
        self._found: dict[int, list[str]] = {}
        self._given: dict[int, frozenset[str]] = {}
        self._giving: dict[tuple[str, int], tuple[list[int], int]] = {}

    def tell(self, sentence: str, stems: Sequence[str]) -> None:
        """Add the article's next sentence and its stems."""
        self._sentences.append(sentence)
        self._stems.append(stems)

    def words_of(self, number: int) -> list[str]:
        """The words of a sentence that was told, by its number; each is looked through once."""
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = words(self._sentences[number])
        return found

    def opens(self, order: int) -> Opening:
        """What a sentence opens with that the reader should know from before.

        "The driver" points back at a driver met before, "Trafny" at a Deven Trafny, "The victim" and "While
        the move" at what was told in other words; "The Virgin Group" and "Police" stand by themselves.

        Args:
            order: the sentence's number, from 0.
        """
        sentence = self._sentences[order]
        speaker = words(after_speech(sentence))[:SPEAKER]
        if speaker and speaker[0].lower() in self._articles:  # "…," the report says
            return self._thing(speaker[1 : PHRASE + 1], order)
        if speaker and self._language in SURNAMED:
            return Opening(self._surname(["", *speaker], order), told=True)
        opening = sentence.lstrip(_MARKS).removeprefix(_SAYS)[:120]
        opening = _SOME_OF.sub("T", opening, count=1) if self._language == "en" else opening
        part = _PART.match(opening)
        phrase = words(part.group())[: PHRASE + 2] if part else []
        if not phrase:
            return NOTHING
        if phrase[0].lower() in kinds(f"{self._language} from"):
            phrase = phrase[1:] if phrase[1:] and phrase[1].lower() in self._articles else phrase
        thing = self._opening_thing(phrase, opening, part.end() if part else 0, order)
        if thing.stem:
            return thing
        name = _bare(phrase[0])
        following = phrase[1] if len(phrase) > 1 else ""
        known = self._is_surname(name, order) or (name not in self._stop and self._is_first_name(name, order))
        known = known or (self._language == "en" and _ONE_NAME.match(opening) is not None)
        if not following[:1].isupper() and known:
            return Opening(root(name.lower()), told=True)
        if self._language not in SURNAMED:
            return NOTHING
        return Opening(self._surname(self.words_of(order)[:FIRST_NAME], order), told=True)

    def _opening_thing(self, phrase: Sequence[str], opening: str, end: int, order: int) -> Opening:
        """What the opening phrase means with its article, or the main clause behind it with its own.

        Args:
            phrase: its words.
            opening: the beginning of the sentence.
            end: where the phrase ends in it.
            order: the sentence's number.
        """
        first = phrase[0].lower()
        if self._language in SUFFIXED and self._is_kind(first, named=False):
            beside = len(phrase) > 1 and phrase[1][0].isupper()  # "Skuespilleren Ida Holm"
            return NOTHING if beside or self._is_told(phrase[1:3]) else Opening(root(first), told=False)
        if first in self._articles:
            thing = self._thing(phrase[1 : PHRASE + 1], order)
            if thing.stem and not _APPOSITION.match(opening, end):
                return thing
            if order and self._language == "en" and _WHICH.match(opening, end) and phrase[-1].islower():
                return NOTHING if phrase[-1] in kinds("en alone") else Opening(root(phrase[-1]), told=False)
        after = _AFTER_CLAUSE.match(opening) if self._language == "en" else None
        if after:
            before = words(opening[: after.start(1)])[:-1]
            if before[0] in {"A", "An"} or self._sentences[order].startswith(_SAYS):
                before = []  # "An odd collection of songs, the album": that is the album itself
            thing = self._thing(words(after.group(1))[:PHRASE], order)
            if thing.stem and not thing.told and not may_mean(before, kinds("en who"), somebody=True):
                return thing
        return NOTHING

    def within(self, order: int) -> tuple[str, ...]:
        """The stems of those whom a sentence names inside as if known: "notes to Roy", "the hackers".

        Names alone that a sentence before gave with another one beside them; in English also nouns for people
        and what was told of, where "the" stands before them and nothing behind them says which.

        Args:
            order: the sentence's number, from 0.
        """
        found = self.words_of(order)
        names = self._names_within(found, order) if self._language in SURNAMED else []
        sentence = self._sentences[order]
        nouns = self._nouns_within(found, order, sentence) if self._language == "en" else []
        return tuple(stem for stem in dict.fromkeys(names + nouns) if stem not in self.headline)

    def _names_within(self, found: Sequence[str], order: int) -> list[str]:
        full = {
            _bare(word)
            for pair in pairwise(found)
            if pair[1][0].isupper() and pair[0][0].isupper() and pair[0] not in TITLES
            for word in pair
        }
        names = [_bare(word) for word in found[1:] if word[0].isupper()]
        called = {_bare(word) for title, word in pairwise(found) if title in TITLES}
        return [
            root(name.lower())
            for name in names
            if len(name) >= SHORTEST_NAME
            and name[1:].islower()
            and name not in full
            and name not in HONORIFICS
            and name.lower() not in self._stop
            and not is_everyday(name)
            and (name in called or self._is_surname(name, order) or self._is_first_name(name, order))
        ]

    def _nouns_within(self, found: Sequence[str], order: int, sentence: str) -> list[str]:
        """The stems of nouns, one adjective before them or none, that only "the" stands for."""
        lowered = [word.lower() for word in found]
        articles = [at for at in range(1, len(found) - 1) if lowered[at] == "the"]
        if not articles:
            return []
        beside = beside_names(sentence)
        people = kinds("en who")
        heads = [root(_bare(word)) for word in lowered]
        stems = []
        for article in articles:
            for at in range(article + 1, min(article + 3, len(found))):
                if lowered[at] in self._stop or found[at][0].isupper():
                    break
                following = lowered[at + 1] if at + 1 < len(found) else ""
                owner = _bare(lowered[at]) != lowered[at]
                if following and not owner and following not in self._stop and not is_verb(following):
                    continue  # an adjective
                somebody = lowered[at] in people or _AGED.match(lowered[at]) is not None
                kind = somebody or lowered[at] in kinds("en what")
                told = self._is_known(heads[at], order)
                plain = heads[at] in heads[:at] or lowered[at] in kinds("en alone") or lowered[at] in beside
                if (kind or told) and not plain and not self._is_told(found[at + 1 : at + 3]):
                    named = is_named(sentence, found[at], somebody=somebody)
                    if not named and (told or not may_mean(found[:article], people, somebody=somebody)):
                        stems.append(heads[at])
                break
        return stems

    def _is_first_name(self, name: str, order: int) -> bool:
        """Whether the first sentence before that has the name gives a second one behind it: "Roy Holm"."""
        for number in range(max(0, order - REMEMBERED), order):
            if name not in self._sentences[number]:
                continue
            found = self.words_of(number)
            if name in found[:-1]:
                at = found.index(name)
                after_article = at > 0 and found[at - 1].lower() in self._articles
                return _are_capital(name, found[at + 1]) and found[at + 1][1:].islower() and not after_article
            return False
        return False

    def _surname(self, found: Sequence[str], order: int) -> str:
        """The stem of the first surname among the words that was introduced before; "" if there is none.

        "Not wanting to wait, Elliott left" and "When Ms Jenner denied that" ask who Elliott and Jenner are.
        """
        for at in range(1, len(found)):
            word = found[at]
            small = word.lower() in self._stop or is_everyday(word)
            if not word[:1].isupper() or small or word in HONORIFICS:
                continue
            before = found[at - 1] if at > 1 or found[0] in TITLES else ""
            following = found[at + 1] if at + 1 < len(found) else ""
            joined = before[:1].isupper() and before not in HONORIFICS and before.lower() not in self._stop
            if joined or following[:1].isupper():
                continue
            called = before in TITLES and _bare(word) not in found[: at - 1]
            if called or self._is_surname(_bare(word), order):
                return root(_bare(word).lower())
        return ""

    def _thing(self, phrase: Sequence[str], order: int) -> Opening:
        """The noun after an article: one that was told of before, or one of the kinds that point back."""
        named = False
        people = kinds(f"{self._language} who")
        for at, word in enumerate(phrase):
            lowered = word.lower()
            if lowered in self._stop:
                break
            if word[:1].isupper() and self._language != "de":
                if self._is_demonym(lowered, phrase[at + 1] if at + 1 < len(phrase) else ""):
                    return Opening(root(lowered), told=False)
                named = True
                continue
            head = root(_bare(lowered))
            following = phrase[at + 1] if at + 1 < len(phrase) else ""
            if following in people or following[:-1] in people:
                continue  # "The rescue workers": the second is the noun
            aged = _AGED.match(lowered) is not None and following in _WHERE  # where from is not who
            told = self._is_told(phrase[at + 1 : at + 3]) and not aged
            if not named and not told and self._is_known(head, order):
                return Opening(head, told=True)
            if not at and order and self._is_bare(lowered, following):
                return Opening(head, told=False)
            if self._is_kind(lowered, named=named) and not told:
                if following[:1].isupper() and self._language != "de":
                    return NOTHING  # "The actor Jon Berg"
                return Opening(head, told=False)
        return NOTHING

    def _is_told(self, behind: Sequence[str]) -> bool:
        """Whether the two words behind a noun begin to say which one: "of the bank", "she knew", "led by"."""
        following = behind[0].lower() if behind else ""
        if following in kinds(f"{self._language} told"):
            return True
        if self._language != "en":
            return False
        return following.endswith("ing") or [word.lower() for word in behind[1:]] == ["by"]

    def _is_bare(self, noun: str, following: str) -> bool:
        """Whether a verb follows at once on what is not the only one of its kind: "The push came"."""
        return self._language == "en" and is_verb(following) and noun not in kinds("en alone")

    def _is_demonym(self, noun: str, following: str) -> bool:
        """Whether "The Swede" is somebody, and not the Swedish something."""
        return noun in kinds(f"{self._language} who") and (not following or following in self._stop)

    def _is_kind(self, noun: str, *, named: bool) -> bool:
        """Whether a noun points back; after a name ("The Scottish striker") only one for people does."""
        if noun in kinds(f"{self._language} who") or _AGED.match(noun):
            return True
        return not named and noun in kinds(f"{self._language} what")

    def _is_known(self, stem: str, order: int) -> bool:
        """Whether the stem stands in a sentence before."""
        while self._read < order:
            for heard in self._stems[self._read]:
                self._first.setdefault(heard, self._read)
            self._read += 1
        return self._first.get(stem, order) < order

    def _is_surname(self, name: str, order: int) -> bool:
        """Whether a sentence before gave that name after a first name."""
        if not name[:1].isupper():
            return False
        since = max(0, order - REMEMBERED)
        return any(
            since <= number < order
            for block in range(since // REMEMBERED, order // REMEMBERED + 1)
            for number in self._gave(name, block, order)
        )

    def _gave(self, name: str, block: int, order: int) -> list[int]:
        """Which sentences of a block gave that name, those before ``order`` at least.

        A name that all of them open with is looked for once in each.
        """
        begin = block * REMEMBERED
        end = min(order, begin + REMEMBERED)
        found, read = self._giving.get((name, block), ([], begin))
        if read < end:
            found += [
                at
                for at in range(read, end)
                if self._sentences[at].find(name, 1) > 0 and name in self._surnames(at)
            ]
            self._giving[name, block] = (found, end)
        return found

    def _surnames(self, number: int) -> frozenset[str]:
        """The names that a sentence gives after a first name; each sentence is looked through once."""
        known = self._given.get(number)
        if known is None:
            found = self.words_of(number)
            known = self._given[number] = frozenset(
                _bare(word)
                for first, word in pairwise(found)
                if word[0].isupper() and first[0].isupper() and first.lower() not in self._stop
            )
        return known


def _are_capital(first: str, second: str) -> bool:
    return first[0].isupper() and second[0].isupper()


def _bare(word: str) -> str:
    """The word without a possessive ending."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word
