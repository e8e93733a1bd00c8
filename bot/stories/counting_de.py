"""What news counts in German, and the phrases that say so; see `bot.stories.counting`."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.stories.phrases import Phrases, numbers, words

_GERMAN_NUMBERS = numbers(2, "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
_LEUTE = r"(?:\s+(?:weitere|andere))?(?:\s+(?P<whom>[A-ZÄÖÜ][^\W\d_]+))?"
_SEHR = r"(?:\s+(?:schwer|leicht|lebensgefährlich|teils|zum Teil))?"

_MENGE = r"(?:Menschen|Demonstranten|Leute|Personen|Teilnehmer|Bürger)"

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
            "taking part": (
                (
                    rf"<N>\s+{_MENGE}\s+(?:\w+\s+){{0,4}}?(?:demonstrierten|protestierten|zogen|gingen"
                    rf"|versammelten|kamen)\b"
                ),
                (
                    rf"\b(?:demonstrierten|protestierten|versammelten sich"
                    rf"|zogen)\s+(?:\w+\s+){{0,3}}?<N>\s+{_MENGE}\b"
                ),
                r"<N>\s+(?:Demonstranten|Teilnehmer|Teilnehmern|Teilnehmende)\b",
            ),
            "jobs cut": (
                (
                    r"<N>\s+(?:Stellen|Arbeitsplätze|Jobs)\s+(?:\w+\s+){0,4}?(?:streichen|gestrichen"
                    r"|abbauen|abgebaut|ab|weg)\b"
                ),
                (
                    r"\b(?:streicht|streichen|baut|bauen|strich"
                    r"|strichen)\s+(?:\w+\s+){0,4}?<N>\s+(?:Stellen|Arbeitsplätze|Jobs)\b"
                ),
                r"\b(?:Abbau|Wegfall|Streichung) von\s+<N>\s+(?:Stellen|Arbeitsplätzen|Jobs)\b",
            ),
            "homes without power": (r"<N>\s+(?:Haushalte|Haushalten|Kunden)\s+(?:\w+\s+){0,3}?ohne Strom\b",),
            "hectares burned": (
                r"<N>\s+Hektar\s+(?:\w+\s+){0,4}?(?:verbrannt|verbrannten|abgebrannt|zerstört|vernichtet)\b",
                (
                    r"\b(?:verbrannten|vernichtete|vernichteten|zerstörte"
                    r"|zerstörten)\s+(?:\w+\s+){0,4}?<N>\s+Hektar\b"
                ),
            ),
            "damage": (
                r"\b(?:Schaden|Sachschaden)\s+(?:\w+\s+){0,6}?(?:auf|von|bei)\s+<M>",
                r"<M>\s+(?:Schaden|Sachschaden)\b",
            ),
            "magnitude": (r"\bStärke\s+(?:von\s+)?<N>",),
        }
    ),
    about=r"mindestens|wenigstens|mehr als|über|rund|etwa|ungefähr|knapp|fast|bis zu|gut|circa|ca\.|an die|"
    r"nahezu",
    words=MappingProxyType(_GERMAN_NUMBERS),
    scales=MappingProxyType(
        {"tausend": 1e3, "millionen": 1e6, "million": 1e6, "milliarden": 1e9, "milliarde": 1e9}
    ),
    whom=_LEUTE,
    people=frozenset({"", "menschen", "personen", "opfer", "leute"}),
    elsewhere=re.compile(
        r"\b(?:letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?|nächste[nrsm]?|jede[rsnm]?|pro"
        r"|durchschnittlich|jährlich|seit|"
        r"bislang größte[nr]?|früher|damals|weiteren Vorfall|ähnliche[nrsm]?|vor (?:\w+) Jahren"
        r"|Jahrzehnt|Jahrhundert)\b",
        re.IGNORECASE,
    ),
    unreal=re.compile(
        r"\b(?:würde[n]?|könnte[n]?|falls|wenn|nicht|kein[e]?|niemand|drohte[n]?|geplant[e]?)\b",
        re.IGNORECASE,
    ),
    clause=re.compile(r";|,\s(?:und|aber|während|doch|obwohl)\s|\s(?:aber|doch)\s", re.IGNORECASE),
    part=re.compile(r"(?:\b(?:der|von den|aller|alle|beide|(?:Vater|Mutter) von)|[$€£#])\s*$", re.IGNORECASE),
    units=words(
        "jahre jahren monate monaten wochen tage tagen stunden minuten mal kilometer meter prozent euro"
    ),
    months=re.compile(
        r"\b(?:[Ii]m|[Vv]om) (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
        r"|Dezember)\b"
    ),
    decimal=",",
    money=MappingProxyType(
        {
            "euro": "euros",
            "dollar": "dollars",
            "franken": "francs",
            "pfund": "pounds",
            "kronen": "crowns",
            "yen": "yen",
            "yuan": "yuan",
        }
    ),
)
