"""Whom a text has its news from is not what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries import keywords
from summaries.sources import sources

DAM = (
    "The dam of Ostbruck was closed on Monday. A guard told Nordpol News that the water rose. "
    "Engineers of the dam fear more rain, Nordpol News reported. The dam holds back the river Elde. "
    "Ida Holm, who built the dam, told Ida Press that Ostbruck is safe, and Ida Holm should know."
)


def test_who_was_told_is_no_keyword() -> None:
    found = keywords(DAM, 12, language="en")
    assert "dam" in found
    assert "Ostbruck" in found
    assert "Ida Holm" in found
    assert not any("Nordpol" in keyword or keyword == "News" for keyword in found)


def test_what_the_headline_names_is_one() -> None:
    assert any("Nordpol" in word for word in keywords(DAM, 12, title="Nordpol News is sold", language="en"))


def test_the_agency_of_a_dateline_is_none_however_often_it_is_named() -> None:
    text = (
        "OSTBRUCK (Nordpol) - The dam was closed. Nordpol saw the dam. Nordpol saw the river. The river rose."
    )
    assert "Nordpol" not in keywords(text, 10, language="en")
    assert "dam" in keywords(text, 10, language="en")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nordpol News – Ostbruck The dam", "nordpol news"),
        ("OSTBRUCK, June 5 (Nordpol) - The dam", "nordpol"),
        ("He said so, the Ostbruck Post reported.", "ostbruck post"),
        ("NPN's Ida Holm was there.", "npn"),
    ],
)
def test_where_sources_stand(text: str, name: str) -> None:
    assert sources(text)[name] >= 1


def test_one_who_is_told_and_also_acts_is_no_source() -> None:
    text = "Ida Holm told Jon Berg to go. Jon Berg went. Jon Berg came back. Jon Berg slept."
    assert "Jon Berg" in keywords(text, 5, language="en")


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert all(count > 0 for count in sources(text).values())


@pytest.mark.parametrize("piece", ["A.", "ABCDEFGHIJ", "told A", "A of ", "(A"])
def test_a_long_text_takes_time_in_proportion(piece: str) -> None:
    assert sources(piece * 40_000) is not None
