"""What news counts in Spanish, and the phrases that say so; see `bot.stories.counting`."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.stories.phrases import Phrases, numbers, words

_SPANISH_NUMBERS = {
    **numbers(2, "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"),
    **numbers(17, "diecisiete dieciocho diecinueve veinte"),
    "treinta": 30.0,
    "cuarenta": 40.0,
    "cincuenta": 50.0,
    "sesenta": 60.0,
    "cien": 100.0,
}
_HAN_SIDO = r"(?:\s+(?:han|habían) (?:sido|resultado)|\s+fueron|\s+resultaron|\s+quedaron|\s+están)?"
_GENTE = (
    r"(?:\s+(?:otras|otros))?(?:\s+(?!(?:han|habían|fueron|resultaron|quedaron|murieron|muertos|muertas"
    r"|heridos"
    r"|heridas|y|o|de|en|a|millones|mil|euros)\b)(?P<whom>[^\W\d_]+(?:['’-][^\W\d_]+)*))?"
)
_DONDE = r"(?=\s*(?:[.,;:)»\"”]|$|(?:y|en|a|al|tras|durante|cuando|cerca|este|el)\b))"
_MULTITUD = r"(?:personas|manifestantes)"

SPANISH = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                r"<N>\s+(?:muertos|muertas|fallecidos|fallecidas|muertes|víctimas mortales)\b",
                rf"<N><W>{_HAN_SIDO}\s+(?:muertos|muertas|asesinados|asesinadas|fallecidos|fallecidas)\b",
                (
                    r"<N><W>\s+(?:han |habían )?(?:murieron|muerto|fallecieron|fallecido|perecieron"
                    r"|perdido la vida"
                    r"|perdieron la vida)\b"
                ),
                r"\b(?:murieron|fallecieron|perecieron)\s+<N><W>" + _DONDE,
                r"\b(?:mató|mataron|ha matado|han matado) a\s+<N><W>" + _DONDE,
                r"\bcobrado la vida de\s+<N><W>" + _DONDE,
            ),
            "injured": (
                r"<N>\s+(?:heridos|heridas|lesionados|lesionadas)\b",
                rf"<N><W>{_HAN_SIDO}\s+(?:heridos|heridas|lesionados|lesionadas)\b",
                r"\b(?:hirió|hirieron) a\s+<N><W>" + _DONDE,
            ),
            "missing": (
                r"<N>\s+(?:desaparecidos|desaparecidas)\b",
                rf"<N><W>{_HAN_SIDO}(?:\s+siguen)?\s+(?:desaparecidos|desaparecidas)\b",
            ),
            "arrested": (
                r"<N>\s+(?:detenidos|detenidas|detenciones|arrestos)\b",
                rf"<N><W>{_HAN_SIDO}\s+(?:detenidos|detenidas|arrestados|arrestadas)\b",
                r"\b(?:detuvo|detuvieron|arrestó|arrestaron) a\s+<N><W>" + _DONDE,
            ),
            "rescued": (
                rf"<N><W>{_HAN_SIDO}\s+(?:rescatados|rescatadas)\b",
                r"\b(?:rescató|rescataron) a\s+<N><W>" + _DONDE,
            ),
            "evacuated": (
                rf"<N><W>{_HAN_SIDO}\s+(?:evacuados|evacuadas|desplazados|desplazadas)\b",
                r"\b(?:evacuó|evacuaron) a\s+<N><W>" + _DONDE,
            ),
            "aboard": (
                r"<N><W>\s+(?:iban\s+|viajaban\s+|estaban\s+)?a bordo\b",
                r"\btransportaba\s+(?:a\s+)?<N>(?P<whom>\s+pasajeros)\b",
            ),
            "taking part": (
                (
                    rf"<N>\s+{_MULTITUD}\s+(?:\w+\s+)?(?:marcharon|protestaron|participaron|se manifestaron"
                    rf"|salieron)\b"
                ),
                r"<N>\s+manifestantes\b",
            ),
            "jobs cut": (
                (
                    r"\b(?:recortar|recortará|eliminar|eliminará|suprimir|suprimirá|despedir a"
                    r"|despedirá a)\s+<N>\s+(?:empleos|puestos"
                    r"|trabajadores|empleados)\b"
                ),
            ),
            "homes without power": (r"<N>\s+(?:hogares|clientes)\s+(?:\w+\s+)?sin (?:luz|electricidad)\b",),
            "hectares burned": (
                (
                    r"<N>\s+hectáreas\s+(?:de\s+(?:\w+\s+){1,3}?)?(?:han sido |fueron )?(?:quemadas"
                    r"|calcinadas|arrasadas)\b"
                ),
                r"\b(?:quemado|calcinado|arrasado|arrasó|calcinó|quemó)\s+<N>\s+hectáreas\b",
            ),
            "damage": (r"\bdaños\s+(?:\w+\s+){0,4}?(?:en|por|de)\s+<M>",),
            "magnitude": (r"\bmagnitud\s+(?:de\s+)?<N>",),
        }
    ),
    about=r"al menos|por lo menos|más de|menos de|cerca de|unos|unas|alrededor de|casi|hasta|aproximadamente",
    words=MappingProxyType(_SPANISH_NUMBERS),
    scales=MappingProxyType({"mil": 1e3, "millón": 1e6, "millones": 1e6, "mil millones": 1e9}),
    whom=_GENTE,
    people=frozenset({"", "personas", "persona", "víctimas", "otros", "otras"}),
    elsewhere=re.compile(
        r"\b(?:pasad[oa]s?|últim[oa]s?|anterior(?:es)?|próxim[oa]s?|cada|por año|al año|anual(?:es)?"
        r"|promedio|desde|hace"
        r"|décadas?|siglo|historia|otro ataque|similar(?:es)?|suelen|guerra mundial)\b",
        re.IGNORECASE,
    ),
    unreal=re.compile(
        r"\b(?:podría|podrían|habría|habrían|sería|serían|debería|si|no|nunca|ningun[oa]?|ningún"
        r"|amenazó|riesgo)\b",
        re.IGNORECASE,
    ),
    clause=re.compile(r";|,\s(?:y|pero|mientras|aunque)\s|\s(?:pero|y que)\s", re.IGNORECASE),
    part=re.compile(
        r"(?:\b(?:de l[oa]s|entre l[oa]s|tod[oa]s l[oa]s|l[oa]s|padre de|madre de)|[$€£#])\s*$", re.IGNORECASE
    ),
    units=words(
        "veces años año meses semanas días horas minutos segundos kilómetros km metros por puntos "
        "euros dólares"
    ),
    months=re.compile(
        r"\b(?:en|de) (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
        r"|diciembre)\b",
        re.IGNORECASE,
    ),
    decimal=",",
    money=MappingProxyType(
        {"euros": "euros", "dólares": "dollars", "pesos": "pesos", "libras": "pounds", "soles": "soles"}
    ),
)
