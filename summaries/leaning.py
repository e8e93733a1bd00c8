"""The forms by which English sentences lean on the one before, beyond the words that open them."""

from __future__ import annotations

import re

from summaries.ahead import points_ahead
from summaries.language import is_everyday, stop_words, words

_WHEN = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter)\b"
)
_LATE_SUBJECT = re.compile(
    rf"(?:At|From|In|On|With|By|For|Under|During|Since|Until) (?:[^,;:A-Z\"“]|{_WHEN}){{1,100}}, "
    r"(?:they |he |she |it['’]s (?:an?|the) |"
    r"it (?!is\b|was\b|has been|seems|appears|will be|would be|takes|took|remains|can be|may be))"
)
"""``At first glance, it does not look``, ``Since May, it has``: no name stands before the pronoun."""

_DONE_IT = re.compile(
    r"(?!When|Then|Even|Often|According|During|Following|Including|Regarding|Depending)"
    r"[A-Z][a-z]+(?:ed|en|ing|wn|ilt) [^;:\"“]{4,160}?, "
    r"it (?!is\b|was\b|has been|seems|appears|will be|would be|took|takes|may be|can be)"
)
"""``Hidden behind a door, in a dull building, it could be taken for a school``: what could?"""

_THEREUPON = re.compile(r"(?:There|Then|Here|Now|So|Again|Alas|Granted|True), ")
"""``There, controllers directed``: with a comma it points back, without one it only begins."""

_SOME_OF_THEM = re.compile(
    r"(?:Some|Many|Most|Several|Few|A few|Two|Three|Four|Five|Six|Both|All|None|Each|Others|Half|Not all) "
    r"(?:(?:also|even|still|now|never|often|just|simply|have|had|then|later|already|only) )*"
    r"(?:are|is|were|was|have|has|had|will|would|can|could|may|might|must|do|does|did|say|said|think|thought|"
    r"believe|fear|feel|felt|argue|claim|want|wonder|hope|worry|see|saw|go|went|come|came|took|take|got|get|made|make|"
    r"left|told|fled|spoke|speak|wrote|chose|choose|discover|doubt|agree|disagree|reject|remain|live|work|use|"
    r"died|were|lost|won|found|find|know|knew|fell|held|seem|appear|point|describe|call|[a-z]+ed)\b"
)
"""``Some discover it at university``, ``Two managed to flee``, but not "Some folks"."""

_ONE_OF_SOME = re.compile(
    r"The (?:first|second|third|last|other|latest) (?:is|was|one|ones)\b|(?:To cite|Take) (?:one|an) |"
    r"[A-Z][a-z]+ing the \w+ (?:is|are|was|were) |If (?:true|so|confirmed|convicted|approved|found guilty), "
)
"""``The first is``, ``To cite one example``, ``Leading the challenge was``: of what?"""

_THE_TWO = re.compile(
    r"(?:\S+ ){0,7}[Tt]he (?:two|three|four|five|six|latter|former) "
    r"(?:are|were|have|had|will|would|met|also|did|[a-z]+ed)\b"
    r"|(?:\S+ ){1,6}(?:against|of|with|from|for) both (?:are|were|have|had|will|would)\b"
    r"|(?:\S+ ){1,4}(?:has|have|had|was|were|is|are) (?:[a-z]+ed )?there\b"
)
"""``Reports say the two settled out of court.``"""

_BESIDES = re.compile(
    r"(?:[A-Z]\w+, )?(?:(?:At least|About|Around|Some|Nearly|Up to) )?"
    r"(?:[Ss]everal |[Mm]any |Some |Most |All |No |Any |The |Numerous |\d+ |"
    r"There (?:are|is|were|was) (?:\w+ )?|"
    r"(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve) )?"
    r"(?:[Oo]ther|[Ff]urther|[Aa]dditional) (?!than\b|than that\b)[a-zA-Z]"
    r"|[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?['’]s? other [a-z]|There (?:are|were) others\b"
)
"""``Several other providers were present``, ``There are two further reasons``: beside whom?"""

_HOWEVER = re.compile(
    r"(?!(?:While|Although|Though|If|When|Unlike|Despite|After|Before)\b)[^;\"“]+, "
    r"(?:however|moreover|furthermore|nevertheless|nonetheless|therefore|meanwhile), "
)
"""``The strangest part of the plan is, however, that``: against what?"""

_THAT_KIND = re.compile(
    r"(?:[^\"“;]* )?(?:[Tt]hat (?:kind|sort|type) of |[Tt]his (?:kind|sort|type) of thing\b)"
    r"|[^\"“;]* knows? (?:that|this) (?:better|well)\b"
)
"""``For a sailor, that kind of delay is nothing new``, ``Nobody knows that better than``."""

_COMPARE = re.compile(
    r"(?:Compare|Contrast|Add|Combine|Couple|Consider|Imagine) (?:that|this|it|them|these|those)\b"
)
"""``Compare that to the price of a ticket``: what?"""

_ASKED_ABOUT = re.compile(
    r"(?:Reflecting|Commenting|Reacting|Responding|Referring|Replying|Speaking|Asked|Questioned|Pressed) "
    r"(?:on|about|to|after|before|during|following|at) the (?:[a-z’'-]+ ){0,1}[a-z-]+, "
)
"""``Reflecting on the incident, Ida Holm said``: on which?"""

_TOO = re.compile(
    r"(?:, (?:either|too|though|anyway|however|as well)|\b(?:it|them|him|her|one|people) too)[.!]?[\"”’']*$"
)
_TOO_ENDS = ("either", "too", "though", "anyway", "however", "as well")
_ALSO = re.compile(
    r"(?:As many as |At least |More than |About |Some |Up to |Nearly )?(?:[\d,]+|[A-Z]?[a-z]+) "
    r"(?:[a-z]+ ){0,2}(?:was|were|are|have|had|has) also [a-z]+ed\b"
)
"""``As many as 80 people were also wounded``: besides what? A name before it would say."""

_TO_THEM = re.compile(r"(?!.*['’])[A-Z]\S*,? (?:\S+ ){1,4}(?:them|him|her)[.!]$")
"""``On Sunday, the rebels released them.``: a short sentence has nobody else to mean."""

_HOPES_NOT = re.compile(r"\b(?:hope|think|believe|suppose|says?|said) (?:so|not)[,.]")
"""``Ida Holm will hope not, after she``: what not?"""

_IN_PLACE_OF = re.compile(
    r"(?!.*(?:\bnot\b|n['’]t\b|\bno\b|\bnever\b|\brather\b|\bfail|\brefus|\bwithout\b|\bbut\b))"
    r"(?:.*\b(?:should|could|can|must|might|would|will) instead\b(?! of\b)|.* instead[.!][\"”’']*$)"
)
"""``Apple should instead make it the rule``: in the place of what? Where something is denied, of that."""

_ITS = re.compile(
    r"(?:Although|Though|While|When|As|If|Since|Because|From|With|For|In|At|On|After|Before|Despite|Given|"
    r"Thanks to|Due to|Like|Unlike|Through|By|Under) (?:[a-z]+ly )?(?:its|their) [^,]+(?P<rest>(?:, .*)?$)"
)
_NAMED_SOON = re.compile(r", (?:\S+ ){0,5}?(?!(?:It|They|He|She|I|There|This|That)\b)[A-Z][\w’'-]+")
"""``Although its flagship looked different, it was``, but ``Despite its name, Holm Ltd was``."""

_ADVERB_IT = re.compile(r"(?:[A-Z]\w+ly|Today|Now|Often|Sometimes|Always|Again),? (?P<it>it\b.*)")
"""``Increasingly it is being used``, but not "Sadly, it is hard to"."""

_SINCE = re.compile(r"In the (?:\w+ ){0,2}\w+ since,|(?:Like|Unlike|As with) the (?!(?:rest|most|other)\b)")
"""``In the years since, the town``, ``Like the Egyptians, the workers``."""

_OBJECT = re.compile(
    r"(?:When|If|Once|While|Before|After|As|Although|Because|Until) (?:you|we|people|users) [a-z]+ "
    r"(?:it|them|this|that)\b"
)
"""``When you give it context``: what?"""

_USE_IT = re.compile(
    r"(?!\S+ (?:make|makes|made|making)\b)[A-Z]\S*(?: [a-z]\S*){0,2} (?!make|made)[a-z]+ it "
    r"(?:to|for|as|with|on|from|because)\b"
)
"""``Estate agents use it to offer tours``: what?"""

_THERE_IS_THE = re.compile(r"There(?: is|['’]s) the \w+[,.;]")
"""``There is the vice, in both senses.``"""

_NOT_JUST = re.compile(
    r"Not (?:just|only|merely|simply|exactly|quite) "
    r"(?!(?:is|are|was|were|do|does|did|has|have|had|will|can|could)\b)"
)
"""``Not just small safes like those at home, but large ones``."""

_LEANING_FORMS = (
    _BESIDES,
    _HOWEVER,
    _THAT_KIND,
    _COMPARE,
    _ASKED_ABOUT,
    _TO_THEM,
    _NOT_JUST,
    _SINCE,
    _OBJECT,
    _THERE_IS_THE,
    _USE_IT,
    _ALSO,
    _LATE_SUBJECT,
    _DONE_IT,
    _THEREUPON,
    _SOME_OF_THEM,
    _THE_TWO,
    _ONE_OF_SOME,
)

_SAID_LAST = re.compile(
    r", (?:he|she|they) (?:says?|said|adds?|added|explain(?:s|ed)?|wrote|writes?|recalled)\.[\"”’']?$"
)
"""``By focusing on few items they sell directly, they say.``"""

_FULL_NAME = re.compile(r"[A-Z][\w.’'-]+ [A-Z][\w’'-]+")
_SUBJECT_AFTER_CLAUSE = re.compile(r"(?P<clause>[A-Z][^,;:\"“]{3,120}), (?:he|she|they)\b")
"""``A favourite with actors and editors alike, he was``: who was is told before."""

_HAS_SUBJECT = frozenset(
    {
        "when",
        "while",
        "after",
        "before",
        "since",
        "because",
        "if",
        "although",
        "though",
        "until",
        "once",
        "as",
    }
)
"""What opens a clause that may have somebody for its subject: "When Holm left, she"."""


def leans(sentence: str) -> bool:
    """The forms that English has for it, beyond the words that open a sentence."""
    if any(form.match(sentence) for form in _LEANING_FORMS):
        return True
    if " instead" in sentence and _IN_PLACE_OF.match(sentence):
        return True
    if sentence.rstrip(".!\"”’'").endswith(_TOO_ENDS) and _TOO.search(sentence):
        return True
    if (" so" in sentence or " not" in sentence) and _HOPES_NOT.search(sentence):
        return True
    adverb = _ADVERB_IT.match(sentence)
    if adverb and not points_ahead(adverb["it"].capitalize(), "en"):
        return True
    its = _ITS.match(sentence)
    if its and not _NAMED_SOON.match(its["rest"]):
        return True
    if _SAID_LAST.search(sentence) and not _FULL_NAME.search(sentence, 1):
        return True
    subject = _SUBJECT_AFTER_CLAUSE.match(sentence)
    if subject is None or _FULL_NAME.match(subject["clause"]):  # "Ida Holm did not only win, she"
        return False
    if words(subject["clause"])[0].lower() not in _HAS_SUBJECT:  # "Speaking to the Daily Courier, he claimed"
        return not points_ahead(sentence, "en")
    return not any(
        word[0].isupper()
        and word[1:2] != "-"
        and not is_everyday(word)
        and word.lower() not in stop_words("en")
        for word in words(subject["clause"])[1:]
    )
