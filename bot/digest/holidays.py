"""Public holidays of countries and their parts, by the `holidays` library; computed, never fetched."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from bot import log

_log = log.get(__name__)


def is_holiday(day: date, calendar: str) -> bool:
    """Tell whether a date is a public holiday.

    Args:
        day: the local date.
        calendar: ISO 3166 code of a country ("DE") or of a part of it ("DE-BY"), as `known` accepts it.
    """
    return day in _days(calendar, day.year)


def known(calendar: str) -> str | None:
    """Return the proper name of a calendar, however it is cased; None when there is no such one."""
    from holidays import list_supported_countries

    country, _, part = calendar.upper().partition("-")
    parts = list_supported_countries().get(country)
    if parts is None or (part and part not in parts):
        return None
    return f"{country}-{part}" if part else country


@lru_cache(maxsize=64)
def _days(calendar: str, year: int) -> Collection[date]:
    from holidays import country_holidays

    country, _, part = calendar.partition("-")
    try:
        return frozenset(country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError:  # the library of today no longer has it
        _log.error("this holiday calendar is not known: no day is left out; set it anew", calendar=calendar)
        return frozenset()
