"""Whom or what a noun inside an English sentence may mean that the sentence itself names before it."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from summaries.ahead import INDEFINITE
from summaries.language import is_everyday, stop_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_BESIDE_A_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: \([^)]{1,40}\))?, the ((?:[\w’'-]+ ){0,3}[\w’'-]+)")
"""``Ida Holm, the former pilot slain on Friday``: who is meant stands before the comma."""

_NAME_BEHIND = re.compile(r", [A-ZÀ-Þ][\w.'’-]+ [A-ZÀ-Þ][\w’'-]+")
_TITLE = re.compile(r"[\"“'‘][A-ZÀ-Þ][^\"“”]{1,60}[\"”'’]")

_NEW = INDEFINITE["en"] | frozenset(
    {"some", "several", "many", "one", "another", "dozens", "hundreds", "thousands"}
)
"""What introduces somebody or something: "three schoolgirls", "some hackers"."""


_PLACES = frozenset({"the", "in", "at", "of", "from", "near"})


def beside_names(sentence: str) -> str:
    """The words, parted by spaces, that "the" joins to a name right before it; "" for none."""
    if ", the " not in sentence:
        return ""
    small = stop_words("en")
    phrases = [phrase.lower().split() for phrase in _BESIDE_A_NAME.findall(sentence)]
    return " ".join(word for phrase in phrases for word in takewhile(lambda word: word not in small, phrase))


def is_named(sentence: str, noun: str, *, somebody: bool) -> bool:
    """Whether a name stands right behind a noun ("the victim, Ida Holm,"), or a title in quotes before it.

    Args:
        sentence: as it stands.
        noun: as written in it.
        somebody: whether it means people, whom no title stands for.
    """
    at = sentence.find(f" {noun}") + 1
    if somebody:
        return _NAME_BEHIND.match(sentence, at + len(noun)) is not None
    return _TITLE.search(sentence, 0, at) is not None


def may_mean(before: Sequence[str], people: Collection[str], *, somebody: bool) -> bool:
    """Whether the words before a noun name somebody or something new that it may stand for.

    Args:
        before: the words of the sentence up to "the".
        people: nouns for people.
        somebody: whether the noun means people; a name will do for these, and for a thing only what is new
            in the sentence: "a video" before "the footage".
    """
    for at, word in enumerate(before):
        following = before[at + 1] if at + 1 < len(before) else ""
        if (
            (word.lower() in _NEW or word.isdigit())
            and following
            and following.lower() not in stop_words("en")
            and (somebody or not any(one.lower() in people for one in before[at + 1 : at + 3]))
        ):
            return True
        placed = at > 0 and before[at - 1].lower() in _PLACES  # "the San Francisco court": a place, nobody
        told = at > 0 and before[at - 1].lower() == "the"  # "one of the group": who they are is asked as well
        if somebody and ((word.lower() in people and not told) or (not placed and _is_name(word, following))):
            return True
    return False


def _is_name(word: str, following: str) -> bool:
    """Whether two words with capitals, or one all in capitals, name somebody: "Ida Holm", "ISIS"."""
    if not word[0].isupper() or is_everyday(word):
        return False
    if word.isupper() and len(word) > 2:
        return True
    return following[:1].isupper() and not is_everyday(following) and word.lower() not in stop_words("en")
