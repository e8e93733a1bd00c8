"""What news counts in French, and the phrases that say so; see `bot.stories.counting`."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.stories.phrases import Phrases, numbers, words

_FRENCH_NUMBERS = {
    **numbers(2, "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"),
    **numbers(17, "dix-sept dix-huit dix-neuf vingt"),
    "trente": 30.0,
    "quarante": 40.0,
    "cinquante": 50.0,
    "soixante": 60.0,
    "cent": 100.0,
}
_ONT_ETE = r"(?:\s+(?:ont|avaient) été|\s+sont|\s+étaient)?(?:\s+(?:également|déjà|grièvement|légèrement))?"
_GENS = (
    r"(?:\s+(?:autres))?(?:\s+(?!(?:ont|sont|étaient|avaient|morts?|tuée?s?|blessée?s?|et|ou|de|des|du"
    r"|dans|à|en|euros?|millions?|milliards?)\b)(?P<whom>[^\W\d_]+(?:['’-][^\W\d_]+)*))?"
)
_JOUR = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_OU = rf"(?=\s*(?:[.,;:)»\"”]|$|(?:et|dans|à|au|aux|en|sur|après|lors|{_JOUR})\b))"
_FOULE = r"(?:personnes|manifestants|manifestantes)"

FRENCH = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                r"<N>\s+(?:morts|mortes|tués|tuées|décès)\b",
                rf"<N><W>{_ONT_ETE}\s+(?:tuée?s|mortes?|morts|décédée?s)\b",
                r"<N><W>\s+ont (?:péri|perdu la vie|trouvé la mort)\b",
                r"\b(?:a|ont|avait|avaient) tué\s+<N><W>" + _OU,
                r"\btuant\s+<N><W>" + _OU,
                r"\bcoûté la vie à\s+<N><W>" + _OU,
            ),
            "injured": (
                r"<N>\s+(?:\w+\s+)?blessée?s\b",
                rf"<N><W>{_ONT_ETE}\s+(?:\w+ment\s+)?blessée?s\b",
                r"\b(?:a|ont|avait|avaient) blessé\s+<N><W>" + _OU,
                r"\bblessant\s+<N><W>" + _OU,
            ),
            "missing": (
                r"<N>\s+(?:disparus|disparues)\b",
                rf"<N><W>{_ONT_ETE}(?:\s+portée?s)?\s+(?:disparus|disparues|introuvables)\b",
            ),
            "arrested": (
                r"<N>\s+(?:arrestations|interpellations)\b",
                rf"<N><W>{_ONT_ETE}\s+(?:arrêtée?s|interpellée?s|placée?s en garde à vue)\b",
                r"\b(?:a|ont) (?:arrêté|interpellé)\s+<N><W>" + _OU,
            ),
            "rescued": (
                rf"<N><W>{_ONT_ETE}\s+(?:secourue?s|sauvée?s)\b",
                r"\b(?:a|ont) (?:secouru|sauvé)\s+<N><W>" + _OU,
            ),
            "evacuated": (
                rf"<N><W>{_ONT_ETE}\s+(?:évacuée?s|déplacée?s)\b",
                r"\b(?:a|ont) évacué\s+<N><W>" + _OU,
            ),
            "aboard": (
                r"<N><W>\s+(?:étaient\s+|se trouvaient\s+)?à bord\b",
                r"\btransport(?:ait|ant)\s+<N>(?P<whom>\s+passagers)\b",
            ),
            "taking part": (
                rf"<N>\s+{_FOULE}\s+(?:ont |avaient )?(?:manifesté|défilé|participé|se sont rassemblée?s)\b",
                r"\b(?:rassemblé|réuni)\s+<N>\s+" + _FOULE,
                r"<N>\s+manifestants\b",
            ),
            "jobs cut": (
                r"\b(?:supprimer|supprime|supprimera|suppression de)\s+<N>\s+(?:emplois|postes)\b",
                r"<N>\s+(?:emplois|postes)\s+(?:seront |vont être |sont )?supprimés\b",
            ),
            "homes without power": (
                r"<N>\s+(?:foyers|clients)\s+(?:\w+\s+){0,2}?(?:sans|privés d['’])\s?électricité\b",
            ),
            "hectares burned": (
                (
                    r"<N>\s+hectares\s+(?:de\s+(?:\w+\s+){1,3}?)?(?:ont été |sont |ont )?(?:brûlés|brûlé"
                    r"|détruits|ravagés|partis)\b"
                ),
                r"\b(?:brûlé|détruit|ravagé|parcouru)\s+<N>\s+hectares\b",
            ),
            "damage": (r"\b(?:dégâts|dommages)\s+(?:\w+\s+){0,4}?(?:à|de)\s+<M>",),
            "magnitude": (r"\bmagnitude\s+(?:de\s+)?<N>",),
        }
    ),
    about=r"au moins|plus de|moins de|près de|environ|quelque|quelques|autour de|jusqu['’]à|presque",
    words=MappingProxyType(_FRENCH_NUMBERS),
    scales=MappingProxyType(
        {"mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9}
    ),
    whom=_GENS,
    people=frozenset({"", "personnes", "personne", "victimes", "autres", "gens"}),
    elsewhere=re.compile(
        r"\b(?:derni(?:er|ère)s?|précédente?s?|prochaine?s?|chaque|par an|par jour|en moyenne|annuel(?:le)?s?"
        r"|depuis|il y a"
        r"|décennies?|siècle|histoire|une autre|un autre|similaires?|souvent|guerre mondiale)\b",
        re.IGNORECASE,
    ),
    unreal=re.compile(
        r"\b(?:pourraient|pourrait|aurait|auraient|serait|seraient|devrait|devraient|risque|risquent|si"
        r"|sinon|ne|pas|aucune?"
        r"|jamais|menacé)\b|\b[ns]['’]",
        re.IGNORECASE,
    ),
    clause=re.compile(r";|,\s(?:et|mais|tandis|alors|bien)\s|\s(?:mais|et que)\s", re.IGNORECASE),
    part=re.compile(
        r"(?:\b(?:des|parmi les|tous les|toutes les|les|père de|mère de)|[$€£#])\s*$", re.IGNORECASE
    ),
    units=words(
        "fois ans an années mois semaines jours heures minutes secondes kilomètres km mètres pour "
        "points euros"
    ),
    months=re.compile(
        r"\b(?:en|de|d['’]|fin|début|mi-)\s?(janvier|février|mars|avril|mai|juin|juillet|août|septembre"
        r"|octobre|novembre"
        r"|décembre)\b",
        re.IGNORECASE,
    ),
    decimal=",",
    money=MappingProxyType(
        {
            "euros": "euros",
            "dollars": "dollars",
            "francs": "francs",
            "livres": "pounds",
            "couronnes": "crowns",
        }
    ),
)
