"""Sentences without a verb, by the forms that English verbs have: "A durable bench, offering good value"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from summaries.language import words

if TYPE_CHECKING:
    from collections.abc import Sequence

FINITE = frozenset(
    """
    is are was were be been am has have had do does did will would can could may might must shall should
    cannot said say says tell tells told became become began begin bought brought build built came come
    caught chose cut drew drove fell felt fled flew forgot fought found gave get got go grew hear heard hit
    hold hurt keep kept knew know laid lay lead led left lent let lost make made mean meant meet met need
    paid pay put quit ran rang rose saw see sold sent set shook shot showed shut sang sat sit slept spoke
    spend spent stand stood stole struck swam take taught think thought threw want wore won woke wrote broke
    read spread split swept swore understood withdrew beat bet bid burst cast cost dealt dug fed froze hid
    hung knelt lit rode sank sought shone shrank slid sprang stuck stung swung tore wept wound went took
    goes drank ate blew agrees agree argue ask believe call claim contain dominate face fear feel find grow
    happen help hope include lack leave like live look love move offer plan play produce remain represent
    require rise run seek seem serve show start stay suffer support tend try turn use wait walk watch win
    work worry write i we you they he she who upheld begins consider mention outnumber view check reach die
    kill visit talk underwent overcame overtook undertook withstood foresaw arose awoke forbade forgave misled
    outdid rebuilt rewrote strove leapt learnt crept clung flung stank bore overthrew oversaw retook undid
    """.split()  # noqa: SIM905  # a list of a hundred quoted words is harder to read
)
"""Forms of verbs that no ending gives away, and the pronouns that have a verb beside them."""

_ENDINGS = ("n't", "'re", "'ve", "'ll", "'d", "'m")
_SHORT_IS = frozenset(
    {"it's", "that's", "there's", "here's", "he's", "she's", "who's", "what's", "where's", "how's", "let's"}
)

_PAST = re.compile(
    r"(?<!\band )(?<!\bor )(?<!\ban )(?<!\ba )(?<!\bthe )(?<!\bof )(?<!\bvery )"
    r"\b(?!(?:designed to|aimed at|located in|situated in|intended to|equipped with|seen through|based in)\b)"
    r"(?!(?:related|linked|dedicated|devoted|based|advanced|aged|red|bed|need|speed|seed|feed|unlimited)\b)"
    r"\w{2,}ed\b(?! by\b)"
)
"""``battered yachts`` may be what happened; "related to", "made by", "and advanced" say what a thing is."""

_MAY_BE_VERB = re.compile(
    r"(?:^\W*[A-Z]\w+s|(?<![\w-])[a-zà-ÿ]{2,}s|(?:\b[Pp]eople|\b[Pp]olice|men|\b[Cc]hildren)) "
    r"(?!(?:and|or|of|for|&|that|which|who|such)\b|[a-z]{2,}ing\b)[\w\"'“‘$£€]"
)
"""A word in -s with another right behind it: "powers the laptop", "Dealers expect"; not "pirates sailing"."""


_BROKEN_OFF = re.compile(r"(?:\.\.\.|…)[\"'”’)]*$")
_BEGUN_BEFORE = re.compile(r"[a-z]{2,}(?![\w-]*[A-Z])\b(?!-).*[A-Z].*[.!]$")
"""``is a project of mine``: a page set its first words apart; "eBay" and "al-Arabiya" begin small."""

_RELATIVE = re.compile(
    r"(?:An?|Two|Three|Four|Some|Several|\d+) (?:[\w'’-]+ ){0,2}[\w'’-]+"
    r"(?<!ed)(?<!said)(?<!says) (?:that|which|who|whose) "
)
_DONE_TO = re.compile(
    r"(?:An?|Two|Three|Four|Some|Several|\d+) (?:[\w'’-]+ ){1,3}"
    r"(?:killed|arrested|charged|accused|convicted|injured|wounded|jailed|sentenced|suspected|kidnapped) "
    r"(?:in|by|during|with|of|on|at|after|for|to|near|outside|while) (?P<rest>.*)$"
)
"""``A man killed during a robbery in Oslo.``: to whom it was done, and no verb of his own."""

_CLAUSE = re.compile(r" (?:that|which|who|whose|when|while|because|if|where) ")
"""Each clause has a verb of its own: "A worker whose life ended in Oslo" has no other."""

_GERUND = re.compile(r"[A-Z]\w+ing (?:you|us|them|people|users|customers|readers|visitors) ")
_SPEAKERS = frozenset({"i", "we", "you", "they", "he", "she"})
"""``Enabling you to control the heating remotely.``: the pronoun has no verb of its own here."""


def _has_no_subject(sentence: str, lowered: Sequence[str]) -> bool:
    if not _GERUND.match(sentence) or "," in sentence:
        return False
    verbs = (at for at, word in enumerate(lowered) if word in FINITE and word not in _SPEAKERS)
    return all(lowered[at - 1] == "to" for at in verbs) and not any(
        word in _SHORT_IS or word.endswith(_ENDINGS) for word in lowered
    )


_EVER = re.compile(r"(?:The|An?) (?:[\w’'-]+ ){1,8}ever \w+(?:ed|en|de|lt|ught)[.!]*$")
"""``The most advanced lamp ever created.``"""

_CAPTION = re.compile(
    r"(?:[A-Z]\w+ ){2}.{0,60}?\b(?:poses?|celebrates?|smiles?|arrives?|waves?|sits?|looks? on|shakes? hands|"
    r"greets?|serves?|hugs?|kisses|gestures?|performs?|attends?) (?:.{1,60} )?"
    r"(?:during|outside|alongside|in front of|at|with|after|in|on) "
)
"""``Ida Holm serves food during a party in May 2011.``"""


def _is_caption(sentence: str) -> bool:
    return _CAPTION.match(sentence) is not None and not _TELLS.search(sentence)


_TELLS = re.compile(
    r"\b(?:\w+ed|said|says|is|are|was|were|has|have|had|will|would|can|could|may|might|must|that|who|which)\b"
)


def _lowered(found: Sequence[str]) -> list[str]:
    """The words in lower case, but for the month that is a verb: "in May"."""
    return [word if word == "May" else word.lower().replace("’", "'") for word in found]


def _count_of_verbs(sentence: str, found: Sequence[str]) -> int:
    finite = sum(word in FINITE or word.endswith(_ENDINGS) for word in _lowered(found)) - (
        " who " in sentence
    )
    return finite + len(_PAST.findall(sentence)) + len(_MAY_BE_VERB.findall(sentence))


def _telling(lowered: Sequence[str]) -> Sequence[str]:
    """The words that do not stand behind "to": "to get there" tells nothing."""
    if "to" not in lowered:
        return lowered
    return [word for before, word in pairwise(("", *lowered)) if before != "to"]


def is_fragment(sentence: str, found: Sequence[str], language: str | None) -> bool:
    """Whether an English sentence has nothing that could be its verb; where in doubt, it has one.

    Args:
        sentence: as it stands.
        found: its words.
        language: ISO 639-1; of other languages nothing is said.
    """
    if language != "en" or not found:
        return False
    if (
        _BROKEN_OFF.search(sentence)
        or _BEGUN_BEFORE.match(sentence)
        or _is_caption(sentence)
        or _EVER.match(sentence)
    ):
        return True
    if _RELATIVE.match(sentence) and _count_of_verbs(sentence, found) <= len(_CLAUSE.findall(sentence)):
        return True
    done_to = _DONE_TO.match(sentence)
    if done_to and not _count_of_verbs(done_to["rest"], words(done_to["rest"])):
        return True
    lowered = _lowered(found)
    if _has_no_subject(sentence, lowered):
        return True
    if not FINITE.isdisjoint(_telling(lowered)) or not _SHORT_IS.isdisjoint(lowered):
        return False  # most have one of these, and are searched no further
    if any(word.endswith(_ENDINGS) for word in lowered):
        return False
    return not (_MAY_BE_VERB.search(sentence) or ("ed" in sentence and _PAST.search(sentence)))
