"""What news counts in English, and the phrases that say so; see `bot.stories.counting`."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.stories.phrases import Phrases, numbers, words

_TENS = numbers(2, "twenty thirty forty fifty sixty seventy eighty ninety")
_UNITS = numbers(1, "one two three four five six seven eight nine")
_ENGLISH_NUMBERS = {
    **_UNITS,
    **numbers(10, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
    **{ten: value * 10 for ten, value in _TENS.items()},
    **{f"{ten}-{unit}": value * 10 + one for ten, value in _TENS.items() for unit, one in _UNITS.items()},
}

_WERE = (
    r"(?:\s+(?:were|was|are|is|have been|has been|had been|have|has|had|being))?"
    r"(?:\s+(?:also|already|now|reported|confirmed|reportedly|believed|known|feared|left))?"
)
_WHERE = r"(?=\s*(?:[.,;:)\"”]|$|(?:and|in|on|at|after|when|as|during|since|across|while|from|near|by)\b))"
_CROWD = r"(?:\s+(?:people|protesters|protestors|demonstrators|marchers|supporters|mourners|fans))"
_DEAL = r"(?:deal|takeover|acquisition|merger|buyout|bid)"
_HOMES = r"(?:homes and businesses|homes|households|customers|properties)"
_PACKAGE = r"(?:package|bailout|bail-out|rescue|loan|aid)"
_DAMAGED = r"(?:houses|homes|buildings|apartments|flats|shops|schools|mosques|cars|vehicles)"

_BURNED = r"(?:burned|burnt|consumed|scorched|charred|devoured|blackened|destroyed|razed)"
_BURNING = r"(?:burning|consuming|scorching|charring|devouring|blackening|destroying|razing)"


def _burned(unit: str) -> tuple[str, ...]:
    """Return the phrases for an area that burned; two units are two numbers."""
    return (
        rf"\b(?:{_BURNED}|{_BURNING})\s+<N>\s+{unit}\b",
        rf"<N>\s+{unit}\s+(?:of\s+(?:\w+\s+){{1,3}}?)?(?:have |had |has |were |was )?(?:been )?{_BURNED}\b",
    )


ENGLISH = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                rf"<N><W>{_WERE}\s+(?:killed|dead|died|slain)\b",
                rf"<N><W>{_WERE}\s+shot dead\b",
                r"<N><W>\s+(?:have |had )?lost their lives\b",
                r"\b(?:shot|shooting) dead\s+<N><W>" + _WHERE,
                r"\bclaim(?:ed|ing|s)? the lives of\s+<N><W>" + _WHERE,
                (
                    r"\bnumber of (?:dead|deaths|fatalities|victims|people killed|those killed)"
                    r"\s+(?:\w+\s+){0,3}?(?:to|at|was|is)\s+<N>"
                ),
                r"\b(?:killed|killing|kills|kill|claimed|claiming)\s+<N>(?:\s+lives|<W>)" + _WHERE,
                (
                    r"\btoll\s+(?:has |had )?(?:risen|rose|rises|climbed|climbs|jumped|grown"
                    r"|grew)(?: again)? to\s+<N>"
                ),
                r"\bdeath toll\s+(?:\w+\s+){0,5}?(?:to|at|of|is|was|reached|stood at|stands at)\s+<N>",
                r"\b<N>\s+(?:deaths|fatalities)\b",
                r"\bdeaths? of\s+<N><W>" + _WHERE,
            ),
            "injured": (
                r"\b(?:number of|the) (?:injured|wounded)\s+(?:\w+\s+){0,3}?(?:to|at|of)\s+<N>",
                rf"<N><W>{_WERE}\s+(?:\w+ly\s+)?(?:injured|wounded|hurt)\b",
                r"\b(?:injured|injuring|wounded|wounding|hurt|hurting)\s+<N><W>" + _WHERE,
            ),
            "taken to hospital": (rf"<N><W>{_WERE}\s+(?:hospitali[sz]ed|taken to (?:a |the )?hospitals?)\b",),
            "bodies found": (
                rf"<N>\s+bodies{_WERE}\s+(?:found|recovered|pulled|retrieved)\b",
                r"\b(?:found|recovered|retrieved|received|pulled)\s+<N>\s+bodies\b",
            ),
            "missing": (rf"<N><W>{_WERE}\s+(?:missing|unaccounted for)\b",),
            "arrested": (
                rf"<N><W>{_WERE}\s+(?:arrested|detained|taken into custody)\b",
                r"\b(?:arrested|detained)\s+<N><W>" + _WHERE,
            ),
            "rescued": (
                rf"<N><W>{_WERE}\s+rescued\b",
                rf"<N><W>{_WERE}\s+(?:brought|taken) ashore\b",
                rf"<N><W>{_WERE}\s+pulled\s+(?:alive\s+)?from\b",
                r"\b(?:pulled|pulling)\s+<N><W>\s+(?:alive\s+)?from\b",
                r"\brescued\s+<N><W>" + _WHERE,
            ),
            "evacuated": (
                rf"<N><W>{_WERE}\s+(?:evacuated|displaced|made homeless|homeless)\b",
                r"\b(?:evacuated|displaced|displacing)\s+<N><W>" + _WHERE,
            ),
            "aboard": (
                r"<N><W>(?:\s+and crew)?(?:\s+(?:who were|that were|were))?\s+(?:on board|aboard)\b",
                r"\bnumber (?:on board|aboard) (?:at|to)\s+<N><W>",
                r"\b(?:carrying|carried|with)\s+<N>(?P<whom>\s+passengers)(?:\s+and crew)?\b",
            ),
            "damaged or destroyed": (
                rf"<N>\s+(?P<whom>{_DAMAGED}){_WERE}\s+(?:damaged|destroyed|collapsed|flattened)\b",
                rf"\b(?:damaged|destroyed|flattened|damaging|destroying)\s+<N>\s+(?P<whom>{_DAMAGED})\b",
            ),
            "taking part": (
                (
                    rf"<N>{_CROWD}?\s+(?:have |had )?(?:marched|demonstrated|rallied|protested|gathered"
                    rf"|turned out"
                    r"|took to the streets|took part|attended)\b"
                ),
                r"\b(?:turnout|crowd)\s+(?:\w+\s+){0,3}?(?:at|of)\s+<N>",
                rf"\b(?:drew|attracted)\s+<N>{_CROWD}",
            ),
            "jobs cut": (
                (
                    r"\b(?:cut|cuts|cutting|shed|shedding|axe|axed|axing|slash|slashed|slashing|eliminate"
                    r"|eliminating|lose"
                    r"|losing)\s+<N>\s+(?:jobs|posts|positions)\b"
                ),
                r"\b(?:lay|laid|laying) off\s+<N>\s+(?:workers|employees|people|staff)\b",
                (
                    r"<N>\s+(?:jobs|posts|positions)\s+(?:will be|are to be|are being|were"
                    r"|have been)\s+(?:cut|lost|axed|shed"
                    r"|eliminated)\b"
                ),
            ),
            "homes without power": (
                rf"<N>\s+{_HOMES}\s+(?:\w+\s+)?without (?:power|electricity)\b",
                rf"\bpower (?:was |had been )?(?:cut|lost|out) (?:to|for|in)\s+<N>\s+{_HOMES}\b",
            ),
            "people without power": (
                r"<N>\s+(?:people|residents)\s+(?:\w+\s+)?without (?:power|electricity)\b",
            ),
            **{f"{unit} burned": _burned(unit) for unit in ("hectares", "acres")},
            "damage": (
                r"\bdamage\s+(?:\w+\s+){0,3}?(?:at|to|of|is|was|totall?ed|exceed(?:s|ed))\s+<M>",
                r"\bcaus(?:ed|es|ing)\s+<M>\s+(?:in|of|worth of)\s+damage\b",
            ),
            "worth of the deal": (
                rf"\b{_DEAL}\s+(?:\w+\s+){{0,3}}?(?:worth|valued at)\s+<M>",
                rf"<M>\s+{_DEAL}\b",
                (
                    r"\b(?:buy|buying|bought|acquire|acquired|acquiring|take over|purchase"
                    r"|purchased)\b[^.;,]{1,60}?\bfor\s+<M>"
                ),
            ),
            "worth of the package": (
                rf"\b{_PACKAGE}\s+(?:\w+\s+){{0,3}}?(?:worth|of|is worth)\s+<M>",
                rf"<M>\s+(?:\w+\s+)?{_PACKAGE}\b",
            ),
            "magnitude": (
                r"\bmagnitude(?:\s+of)?\s*[-–]?\s*<N>",
                r"<N>\s*[- ]\s*magnitude\b",
                r"<N>\s+on the Richter scale\b",
            ),
        }
    ),
    about=r"at least|more than|over|nearly|about|some|around|almost|up to|as many as|an estimated|"
    r"fewer than|less than|approximately|roughly|close to|no fewer than|no less than",
    words=MappingProxyType(_ENGLISH_NUMBERS),
    scales=MappingProxyType({"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}),
    whom=r"(?:\s+other|\s+more|\s+additional)?(?:\s+(?!(?:were|was|are|is|have|has|had|being|dead|died"
    r"|killed|injured|"
    r"wounded|hurt|missing|arrested|rescued|lives|and|or|in|on|at|of|to|with|for|the|a|an|after|by|from"
    r"|per|percent)\b)"
    r"(?P<whom>[^\W\d_]+(?:['’-][^\W\d_]+)*))?",
    people=frozenset({"", "people", "persons", "person", "victims", "others", "lives", "souls", "humans"}),
    elsewhere=re.compile(
        r"\b(?:last(?! night)|previous|past|earlier|next|every|each|per|average|annual|annually|yearly"
        r"|ago|since|until|"
        r"decade|century|history|another|separate|similar|usually|often|typically|world war)\b",
        re.IGNORECASE,
    ),
    unreal=re.compile(
        r"\b(?:would|could|can|might|(?-i:may)|should|if|unless|not|never|deny|denied|threatened|plot"
        r"|planned|"
        r"expected)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    clause=re.compile(
        r";|,\s(?:and|but|while|although|though|which|who)\b|\s(?:but|and that)\s", re.IGNORECASE
    ),
    part=re.compile(
        r"(?:\b(?:of the|out of|all|both|no\s?-?|(?:father|mother|parent|dad|mum|mom)s? (?:of|to)"
        r"|(?:man|woman|boy|girl) of)|[$€£#])\s*$",
        re.IGNORECASE,
    ),
    units=words(
        "else times time years year months weeks days hours minutes seconds miles kilometers kilometres "
        "km meters metres feet percent points dollars rounds shots more fewer counts "
        "dlrs mln bln pct cts cents basis shares bodies"
    ),
    months=re.compile(
        r"\b(?:[Ii]n|of) (January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\b"
    ),
    decimal=".",
    money=MappingProxyType(
        {
            one: one
            for one in words(
                "dollars euros pounds yen yuan rupees rubles roubles francs crowns kronor kroner zloty"
            )
        }
    ),
)
