"""What news counts, and the phrases that say so: English, German, Vietnamese.

`<N>` stands for a number with what may stand before it ("at least"), `<W>` for whom it counts. A phrase is
listed when it can hardly mean anything else; each language has a row for every kind that readers compare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, eq=False)
class Phrases:
    """The phrases of a language.

    Attributes:
        counted: what is counted -> patterns.
        about: what makes a number inexact.
        words: numbers in words.
        scales: words that multiply.
        whom: pattern of the words between a number and what happened to them, with the group "whom".
        people: words of `whom` that mean people in general.
        elsewhere: marks sentences about another time, another event, or what might be.
        part: what stands before a number that counts a part of some others: "two of the".
        units: words of `whom` that are no people: "seven times".
        months: names of months, each in the first group, where they say when something was.
        decimal: what stands before decimals, "." or ",".
    """

    counted: MappingProxyType[str, tuple[str, ...]]
    about: str
    words: MappingProxyType[str, float]
    scales: MappingProxyType[str, float]
    whom: str
    people: frozenset[str]
    elsewhere: re.Pattern[str]
    part: re.Pattern[str]
    units: frozenset[str]
    months: re.Pattern[str]
    decimal: str

    def month(self, name: str) -> int:
        """Return the number of a month, 1..12; 0 when it is none."""
        names = MONTHS.get(name[:3].lower())
        return names or 0

    def value(self, written: str, scale: str) -> float | None:
        """Return a number as written, "1,000" or "twelve" or "1.5" "million"; None when it is none."""
        lowered = written.lower()
        times = self.scales.get(scale.lower(), 1.0)
        if lowered in self.words:
            return self.words[lowered] * times
        thousands = "," if self.decimal == "." else "."
        whole, _, rest = lowered.partition(self.decimal)
        groups = whole.split(thousands)
        if len(groups) > 1 and not all(len(group) == 3 for group in groups[1:]):
            return None
        digits = "".join(groups)
        if not digits.isascii() or not digits.isdigit() or (rest and not rest.isdigit()):
            return None
        return float(f"{digits}.{rest or 0}") * times


_ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"

MONTHS = MappingProxyType(
    {
        **{name: at for at, name in enumerate(_ENGLISH_MONTHS.split(), 1)},
        "mär": 3,
        "mai": 5,
        "okt": 10,
        "dez": 12,
    }
)
"""The first three letters of each month, in the languages whose months have names."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbers(first: int, words: str) -> dict[str, float]:
    return {word: float(number) for number, word in enumerate(words.split(), first)}


_TENS = _numbers(2, "twenty thirty forty fifty sixty seventy eighty ninety")
_UNITS = _numbers(1, "one two three four five six seven eight nine")
_ENGLISH_NUMBERS = {
    **_UNITS,
    **_numbers(10, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
    **{ten: value * 10 for ten, value in _TENS.items()},
    **{f"{ten}-{unit}": value * 10 + one for ten, value in _TENS.items() for unit, one in _UNITS.items()},
}

_WERE = (
    r"(?:\s+(?:were|was|are|is|have been|has been|had been|have|has|had|being))?"
    r"(?:\s+(?:also|already|now|reported|confirmed|reportedly|believed|known|feared|left))?"
)
_WHERE = r"(?=\s*(?:[.,;:)\"”]|$|(?:and|in|on|at|after|when|as|during|since|across|while|from|near|by)\b))"
_DAMAGED = r"(?:houses|homes|buildings|apartments|flats|shops|schools|mosques|cars|vehicles)"

ENGLISH = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                rf"<N><W>{_WERE}\s+(?:killed|dead|died|slain)\b",
                r"\b(?:killed|killing|kills|kill|claimed|claiming)\s+<N>(?:\s+lives|<W>)" + _WHERE,
                r"\bdeath toll\s+(?:\w+\s+){0,5}?(?:to|at|of|is|was|reached|stood at|stands at)\s+<N>",
                r"\b<N>\s+(?:deaths|fatalities)\b",
                r"\bdeaths? of\s+<N><W>" + _WHERE,
            ),
            "injured": (
                r"\b(?:number of|the) (?:injured|wounded)\s+(?:\w+\s+){0,3}?(?:to|at|of)\s+<N>",
                rf"<N><W>{_WERE}\s+(?:\w+ly\s+)?(?:injured|wounded|hurt)\b",
                r"\b(?:injured|injuring|wounded|wounding|hurt|hurting)\s+<N><W>" + _WHERE,
            ),
            "missing": (rf"<N><W>{_WERE}\s+(?:missing|unaccounted for)\b",),
            "arrested": (
                rf"<N><W>{_WERE}\s+(?:arrested|detained|taken into custody)\b",
                r"\b(?:arrested|detained)\s+<N><W>" + _WHERE,
            ),
            "rescued": (
                rf"<N><W>{_WERE}\s+rescued\b",
                rf"<N><W>{_WERE}\s+(?:brought|taken) ashore\b",
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
    whom=r"(?:\s+other|\s+more|\s+additional)?(?:\s+(?!(?:were|was|are|is|have|has|had|being|dead|died|killed|injured|"
    r"wounded|hurt|missing|arrested|rescued|lives|and|or|in|on|at|of|to|with|for|the|a|an|after|by|from|per|percent)\b)"
    r"(?P<whom>[^\W\d_]+(?:['’-][^\W\d_]+)*))?",
    people=frozenset({"", "people", "persons", "person", "victims", "others", "lives", "souls", "humans"}),
    elsewhere=re.compile(
        r"\b(?:last|previous|past|earlier|next|every|each|per|average|annual|annually|yearly|ago|since|until|"
        r"decade|century|history|another|separate|similar|would|could|can|might|may|should|if|unless|not|never|deny|denied|"
        r"threatened|plot|planned|usually|often|typically|world war)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    part=re.compile(
        r"(?:\b(?:of the|out of|all|both|no\s?-?|(?:father|mother|parent|dad|mum|mom)s? (?:of|to)"
        r"|(?:man|woman|boy|girl) of)|[$€£#])\s*$",
        re.IGNORECASE,
    ),
    units=_words(
        "else times time years year months weeks days hours minutes seconds miles kilometers kilometres "
        "km meters metres feet percent points dollars rounds shots more fewer counts "
        "dlrs mln bln pct cts cents basis shares"
    ),
    months=re.compile(
        r"\b(?:[Ii]n|of) (January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\b"
    ),
    decimal=".",
)

_GERMAN_NUMBERS = _numbers(2, "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
_LEUTE = r"(?:\s+(?:weitere|andere))?(?:\s+(?P<whom>[A-ZÄÖÜ][^\W\d_]+))?"
_SEHR = r"(?:\s+(?:schwer|leicht|lebensgefährlich|teils|zum Teil))?"

GERMAN = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                r"<N>\s+(?-i:Tote|Toten|Todesopfer|Todesopfern|Todesfälle)\b",
                r"<N><W>\s+(?:starben|sterben|getötet|tot)\b",
                r"\b(?:kamen|kommen)\s+(?:\w+\s+){0,2}?<N><W>\s+(?:\w+\s+){0,4}?ums Leben\b",
                r"<N><W>\s+(?:kamen|sind|kommen)\s+(?:\w+\s+){0,6}?ums Leben\b",
                r"<N><W>\s+(?:wurden|sind|seien)\s+(?:\w+\s+){0,4}?getötet\b",
                r"\b(?:wurden|sind)\s+(?:\w+\s+){0,2}?<N><W>\s+(?:\w+\s+){0,4}?getötet\b",
                r"\bZahl der (?:Toten|Todesopfer)\s+(?:\w+\s+){0,5}?auf\s+<N>",
            ),
            "injured": (
                r"<N>" + _SEHR + r"\s+(?-i:Verletzte|Verletzten|Schwerverletzte)\b",
                r"<N><W>\s+(?:wurden|sind|seien)\s+(?:\w+\s+){0,4}?verletzt\b",
                r"\b(?:wurden|sind)\s+(?:\w+\s+){0,2}?<N><W>\s+(?:\w+\s+){0,4}?verletzt\b",
                r"\bZahl der Verletzten\s+(?:\w+\s+){0,5}?auf\s+<N>",
            ),
            "missing": (
                r"<N>\s+(?-i:Vermisste|Vermissten)\b",
                r"<N><W>\s+(?:werden\s+|galten\s+als\s+)?vermisst\b",
            ),
            "arrested": (
                r"<N>\s+Festnahmen\b",
                r"<N><W>\s+(?:wurden|sind)\s+(?:\w+\s+){0,3}?festgenommen\b",
                r"\bnahm(?:en)?\s+<N><W>\s+(?:\w+\s+){0,3}?fest\b",
            ),
            "rescued": (r"<N><W>\s+(?:wurden|sind)\s+(?:\w+\s+){0,4}?gerettet\b",),
            "evacuated": (r"<N><W>\s+(?:wurden|mussten)\s+(?:\w+\s+){0,4}?(?:evakuiert|evakuieren)\b",),
            "aboard": (r"<N><W>\s+(?:waren\s+|befanden\s+sich\s+)?an Bord\b",),
            "magnitude": (r"\bStärke\s+(?:von\s+)?<N>",),
        }
    ),
    about=r"mindestens|wenigstens|mehr als|über|rund|etwa|ungefähr|knapp|fast|bis zu|gut|circa|ca\.|an die|"
    r"nahezu",
    words=MappingProxyType(_GERMAN_NUMBERS),
    scales=MappingProxyType(
        {"tausend": 1e3, "Millionen": 1e6, "Million": 1e6, "millionen": 1e6, "million": 1e6}
    ),
    whom=_LEUTE,
    people=frozenset({"", "menschen", "personen", "opfer", "leute"}),
    elsewhere=re.compile(
        r"\b(?:letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?|nächste[nrsm]?|jede[rsnm]?|pro|durchschnittlich|jährlich|seit|"
        r"bislang größte[nr]?|früher|damals|weiteren Vorfall|ähnliche[nrsm]?|würde[n]?|könnte[n]?|falls|wenn|"
        r"nicht|kein[e]?|niemand|vor (?:\w+) Jahren|Jahrzehnt|Jahrhundert)\b",
        re.IGNORECASE,
    ),
    part=re.compile(r"(?:\b(?:der|von den|aller|alle|beide|(?:Vater|Mutter) von)|[$€£#])\s*$", re.IGNORECASE),
    units=_words(
        "jahre jahren monate monaten wochen tage tagen stunden minuten mal kilometer meter prozent euro"
    ),
    months=re.compile(
        r"\b(?:[Ii]m|[Vv]om) (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
        r"|Dezember)\b"
    ),
    decimal=",",
)

_VIETNAMESE_NUMBERS = _numbers(2, "hai ba bốn năm sáu bảy tám chín mười")
_NGUOI = r"(?:\s+(?P<whom>người|nạn nhân|hành khách|ngôi nhà|căn nhà|nhà))"

VIETNAMESE = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                r"<N><W>(?:\s+(?:đã|bị|được xác nhận))?\s+(?:chết|thiệt mạng|tử vong|tử nạn|mất mạng)",
                r"\bsố (?:người chết|người thiệt mạng|nạn nhân tử vong)\s+(?:\w+\s+){0,4}?(?:lên|là)\s+<N>",
                r"(?:khiến|làm)\s+<N><W>\s+(?:chết|thiệt mạng|tử vong)",
            ),
            "injured": (r"<N><W>(?:\s+(?:khác|đã))*\s+(?:bị thương|bị trọng thương)",),
            "missing": (r"<N><W>(?:\s+(?:khác|vẫn còn|còn|đang|bị))*\s+mất tích",),
            "arrested": (r"bắt giữ\s+<N><W>",),
            "magnitude": (r"\bđộ lớn\s+<N>", r"<N>\s+độ [Rr]ichter"),
        }
    ),
    about=r"ít nhất|hơn|khoảng|gần|trên|tối thiểu|tới|lên tới",
    words=MappingProxyType(_VIETNAMESE_NUMBERS),
    scales=MappingProxyType({"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}),
    whom=_NGUOI,
    people=frozenset({"", "người", "nạn nhân"}),
    elsewhere=re.compile(
        r"(?:năm ngoái|năm trước|trước đây|mỗi|hàng năm|trung bình|nếu|có thể|sẽ|không|chưa|vụ khác|"
        r"tương tự)",
        re.IGNORECASE,
    ),
    part=re.compile(r"(?:trong số|trong tổng số)\s*$", re.IGNORECASE),
    units=frozenset(("lần", "năm", "tháng", "ngày", "giờ", "phút", "km", "mét")),
    months=re.compile(r"(?!)()"),
    decimal=",",
)

LANGUAGES = MappingProxyType({"en": ENGLISH, "de": GERMAN, "vi": VIETNAMESE})
