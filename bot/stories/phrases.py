"""What a language's phrases are made of that say what a number counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

SIGNS = MappingProxyType({"$": "dollars", "US$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"})
"""Signs of currencies before an amount."""

SHORT_SCALES = MappingProxyType({"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12})
"""What amounts of money are multiplied by, as written behind the number: "$4.2bn"."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def numbers(first: int, text: str) -> dict[str, float]:
    """Return numbers in words that follow each other, from the first on."""
    return {word: float(number) for number, word in enumerate(text.split(), first)}


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
        elsewhere: marks sentences about another time or another event.
        unreal: marks clauses about what might be, or is not.
        clause: where a clause ends that has nothing to do with what follows.
        part: what stands before a number that counts a part of some others: "two of the".
        units: words of `whom` that are no people: "seven times".
        months: names of months, each in the first group, where they say when something was.
        decimal: what stands before decimals, "." or ","; where it is ",", a space may part thousands.
        money: words of currencies -> the currency.
    """

    counted: MappingProxyType[str, tuple[str, ...]]
    about: str
    words: MappingProxyType[str, float]
    scales: MappingProxyType[str, float]
    whom: str
    people: frozenset[str]
    elsewhere: re.Pattern[str]
    unreal: re.Pattern[str]
    clause: re.Pattern[str]
    part: re.Pattern[str]
    units: frozenset[str]
    months: re.Pattern[str]
    decimal: str
    money: MappingProxyType[str, str]

    def month(self, name: str) -> int:
        """Return the number of a month, 1..12; 0 when it is none."""
        lowered = name.lower()
        return MONTHS.get(lowered[:4]) or MONTHS.get(lowered[:3], 0)

    def currency(self, sign: str | None, word: str | None) -> str:
        """Return the currency of an amount by the sign before it or the word behind it; "" for none."""
        return SIGNS.get((sign or "").upper()) or self.money.get((word or "").lower(), "")

    def value(self, written: str, scale: str) -> float | None:
        """Return a number as written, "1,000" or "twelve" or "1.5" "million"; None when it is none."""
        lowered = written.lower()
        times = self.scales.get(scale.lower()) or SHORT_SCALES.get(scale.lower(), 1.0)
        if lowered in self.words:
            return self.words[lowered] * times
        thousands = "," if self.decimal == "." else "."
        whole, _, rest = lowered.partition(self.decimal)
        whole = re.sub(r"\s", thousands, whole)
        groups = whole.split(thousands)
        if len(groups) > 1 and not all(len(group) == 3 for group in groups[1:]):
            return None
        digits = "".join(groups)
        if not digits.isascii() or not digits.isdigit() or (rest and not rest.isdigit()):
            return None
        return float(f"{digits}.{rest or 0}") * times


_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "ene feb mar abr mai juin juil ago sep okt nov dic",
    "jan fév mär avr may jun jul aoû sep oct nov dez",
    "jan fév mar avr mai jun jul aoû sep oct nov déc",
)

MONTHS = MappingProxyType({name: at for row in _MONTHS for at, name in enumerate(row.split(), 1)})
"""How the names of months start, in the languages whose months have names."""
