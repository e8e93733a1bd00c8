"""Dates as feeds and pages write them: RFC 822, ISO 8601, epochs, and the forms that people make up."""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

LONGEST = 80
"""No date is longer, in characters; what is longer is not read, so that nobody can make us read long."""

_MONTHS = {
    # First letters of the months, folded and without accents, in the languages that feeds are written in.
    1: "jan gen ene sty led sij янв ιαν",
    2: "feb fev lut uno helmi fevr фев φεβ",
    3: "mar maa mrz mrt marz brez мар μαρ",
    4: "apr avr abr kwi dub huhti trav апр απρ",
    5: "may mai maj mei mag kve touko мая маи μαι",
    6: "jun juin giu cze kesa juni июн ιουν",
    7: "jul juil lug lip heina июл ιουλ",
    8: "aug aou ago sie srp elo авг αυγ",
    9: "sep set wrz zar syys сен σεπ",
    10: "oct okt out ott paz rij loka окт οκτ",
    11: "nov lis marras ноя νοε",
    12: "dec dez dic des dek gru pro joulu дек δεκ",
}
_MONTH_OF = {word: number for number, words in _MONTHS.items() for word in words.split()}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "ist": 330, "cet": 60, "met": 60,
    "cest": 120, "mest": 120, "mesz": 120, "mez": 60, "eet": 120, "eest": 180, "sast": 120, "msk": 180,
    "trt": 180, "pkt": 300, "wib": 420, "ict": 420, "hkt": 480, "sgt": 480, "awst": 480, "jst": 540,
    "kst": 540, "aest": 600, "aedt": 660, "acst": 570, "nzst": 720, "nzdt": 780, "brt": -180, "art": -180,
    "ast": -240, "adt": -180, "edt": -240, "est": -300, "et": -300, "cdt": -300, "cst": -360, "mdt": -360,
    "mst": -420, "pdt": -420, "pst": -480, "pt": -480, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
"""Minutes east of Greenwich; RFC 822 names the American ones, the rest is what feeds use."""

_TIME = r"(?P<H>\d{1,2}):(?P<M>\d{1,2})(?::(?P<S>\d{1,2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?(?![a-z]))?"
_ZONE = r"\s*(?P<zone>(?:gmt|utc)?\s*[+-]\d{1,2}:?(?:\d{2})?|\(?[a-z]{1,5}\)?(?![a-z]))?.{0,20}"
_AFTER = rf"(?:(?:\s*[,t]\s*|\s+(?:at\s+|um\s+|kl\.?\s+|à\s+|a\s+las\s+)?|\s*[-–|·]\s*){_TIME}{_ZONE})?"
_WEEKDAY = r"(?:[^\W\d_](?:[^\W\d_]|[ -]){1,20}(?:\.?,\s*|\.?\s+))?"  # "segunda-feira, ", "Thu,"
_WORD = r"(?P<b>[^\W\d_]{3,12})\.?"

_ISO = re.compile(
    rf"(?P<Y>\d{{4}})(?:-(?P<m>\d{{1,2}})(?:-(?P<d>\d{{1,2}}))?)?(?:(?:t|\s+|\s*[,]\s*){_TIME}{_ZONE})?",
    re.ASCII,
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Thu, 01 Jan 2026 00:00:00 GMT; 1 de enero de 2026; 05-janv.-26
        (
            rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+|-|/)(?:de\s+|of\s+)?"
            rf"{_WORD}(?:\s+|-|/|,\s*)(?:de\s+)?(?P<Y>\d{{4}}|\d{{2}}){_AFTER}"
        ),
        # January 1st, 2026 10:00 pm
        rf"{_WEEKDAY}{_WORD}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<Y>\d{{4}}){_AFTER}",
        # Thu Jan  1 00:00:00 GMT 2026
        (
            rf"(?:[^\W\d_]{{2,12}},?\s+)?{_WORD}\s+(?P<d>\d{{1,2}}),?\s+{_TIME}"
            r"\s*(?P<zone>[a-z]{1,5}|[+-]\d{4})?\s+(?P<Y>\d{4})"
        ),
        # 2026/01/05 10:00; 2026.01.05; 2026. 1. 5.
        rf"(?P<Y>\d{{4}})(?P<sep>[/.])\s?(?P<m>\d{{1,2}})(?P=sep)\s?(?P<d>\d{{1,2}})\.?{_AFTER}",
        # 05.01.2026, 05-01-2026: day first everywhere that dots and dashes are written
        (
            rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?P<sep>[.-])\s?(?P<m>\d{{1,2}})(?P=sep)\s?(?P<Y>\d{{4}}|\d{{2}})"
            rf"{_AFTER}"
        ),
        # 2026年1月5日
        (
            rf"(?P<Y>\d{{4}})\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일]"
            rf"(?:\s*\(?[^\W\d_]{{1,4}}\)?)?(?:\s*{_TIME})?"
        ),
        # 2026-005T10:00:00Z: ISO 8601's days of the year
        rf"(?P<Y>\d{{4}})-?(?P<j>\d{{3}})(?:t{_TIME}{_ZONE})?",
        # 20260105T100000Z, 20260105
        (
            r"(?P<Y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"
            r"(?:t?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?(?P<zone>z|[+-]\d\d:?\d\d)?)?"
        ),
    )
)
_SLASHED = re.compile(rf"{_WEEKDAY}(?P<a>\d{{1,2}})/(?P<b2>\d{{1,2}})/(?P<Y>\d{{4}}|\d{{2}}){_AFTER}")
_ENGLISH = {
    name: n
    for n, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
    )
}
_USUAL = re.compile(r".{3}, (\d\d) (.{3}) ((?:19|20)\d\d) (\d\d):(\d\d):(\d\d)(.*)", re.ASCII | re.DOTALL)
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d{2})?")


def parse_date(raw: object) -> datetime | None:
    """Return the moment that a date names, aware UTC, whole seconds; None when it names none.

    A date without a zone is taken as UTC, without hours as midnight. A slashed date is month first unless
    that cannot be. Epochs are seconds (9 to 11 digits) or milliseconds (12 or 13 digits). Never raises.
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _epoch(float(raw))
    if not isinstance(raw, str):
        return None
    text = raw.strip()
    if not text or len(text) > LONGEST:
        return None
    if moment := _usual(text) or _iso(text):
        return moment
    folded = " ".join(text.casefold().split())
    if folded.isascii() and folded.isdigit() and 9 <= len(folded) <= 13:
        return _epoch(float(folded))
    for form in (_ISO, *_FORMS):
        if found := form.fullmatch(folded):
            return _moment(found)
    if found := _SLASHED.fullmatch(folded):
        return _slashed(found)
    return None


def _usual(text: str) -> datetime | None:
    """Return the moment of the form that nine feeds of ten write, without a detour; None for any other.

    "Tue, 12 May 2026 07:00:00 GMT", or with an offset such as "+0200" at the end.
    """
    found = _USUAL.fullmatch(text)
    if found is None:
        return None
    day, name, year, hour, minute, second, zone = found.groups()
    month, shift = _ENGLISH.get(name), _shift(zone)
    if month is None or shift is None:
        return None
    try:
        moment = datetime(
            int(year), month, int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC
        )
        return moment - shift if shift else moment
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)
def _shift(zone: str) -> timedelta | None:
    """Return how far east of Greenwich " +0200" is; None for what is no such zone."""
    if zone in (" GMT", " Z", " UTC"):
        return timedelta(0)
    digits = zone[2:]
    if len(zone) != 6 or zone[:2] not in (" +", " -") or not (digits.isascii() and digits.isdigit()):
        return None
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return shift if zone[1] == "+" else -shift


def _iso(text: str) -> datetime | None:
    """Return the moment of ISO 8601 as Atom writes it, with hours; None for any other form."""
    if len(text) < 19 or text[4:8:3] != "--" or text[10] not in "T " or text[13:17:3] != "::":
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=0) if moment.year >= 1900 else None


def _epoch(number: float) -> datetime | None:
    """Return the moment of an epoch in seconds, or in milliseconds when seconds would lie far ahead."""
    seconds = number / 1000 if abs(number) >= 1e11 else number
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _slashed(found: re.Match[str]) -> datetime | None:
    """Return the moment of 1/5/2026: month first, as the feeds that write so do, unless that cannot be."""
    first, second = int(found["a"]), int(found["b2"])
    month, day = (second, first) if first > 12 else (first, second)
    return _build(found, month, day)


def _of_year(found: re.Match[str]) -> datetime | None:
    """Return the moment of 2026-005T10:00Z; None where the year has no such day."""
    number = int(found["j"])
    first = date(2000 if isleap(int(found["Y"])) else 2001, 1, 1)
    day = first + timedelta(days=number - 1)
    return _build(found, day.month, day.day) if number and day.year == first.year else None


def _moment(found: re.Match[str]) -> datetime | None:
    """Return the moment of a match that names year, perhaps month and day."""
    groups = found.groupdict()
    if groups.get("j"):
        return _of_year(found)
    if (word := groups.get("b")) is not None:
        month = _month(word)
        if month is None:
            return None
    else:
        month = int(groups.get("m") or 1)
    return _build(found, month, int(groups.get("d") or 1))


def _month(word: str) -> int | None:
    """Return the number of a month by its name, in any of the languages known."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    for length in (6, 5, 4, 3):
        if number := _MONTH_OF.get(plain[:length]):
            return number
    return None


def _build(found: re.Match[str], month: int, day: int) -> datetime | None:
    """Put the parts together; None when there is no such moment."""
    groups = found.groupdict()
    year = int(groups["Y"])
    if len(groups["Y"]) == 2:
        year += 2000 if year < 70 else 1900
    if year < 1900:  # "0001-01-01" and the like: a program's word for "no date"
        return None
    hour, minute, second = (int(groups.get(k) or 0) for k in "HMS")
    if half := groups.get("half"):
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    extra = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta(0)
    try:
        moment = datetime(
            year,
            month,
            day,
            0 if extra else hour,
            minute,
            min(second, 59),
            tzinfo=_zone(groups.get("zone") or ""),
        )
        return (moment + extra).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(name: str) -> timezone:
    """Return the zone of a name or offset; UTC when it is not known."""
    name = name.strip(" ()")
    if found := _OFFSET.fullmatch(name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        minutes = min(minutes, 1439)
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    return timezone(timedelta(minutes=_ZONES.get(name, 0)))
