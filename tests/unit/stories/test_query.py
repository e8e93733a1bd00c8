"""Whatever is typed into /find is understood or passed over, and the snippet is verbatim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stories.codes import ALPHABET, codes, story_id
from bot.stories.query import keys_of, parse
from bot.stories.snippet import LENGTH, snippet

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)


def test_words_phrases_and_fields_are_told_apart() -> None:
    query = parse(
        'ferry "Port Ellery" -tram -"old quay" source:"Velmora Ledger" lang:en'
        " since:3d until:2026-05-11 by:date",
        now=NOW,
        languages=["en"],
    )
    assert [one.words for one in query.wanted] == [(("ferri", "ferry"),), (("port",), ("elleri", "ellery"))]
    assert [len(one.words) for one in query.unwanted] == [1, 2]
    assert query.source == "velmora ledger"
    assert query.language == "en"
    assert query.since == NOW - timedelta(days=3)
    assert query.until == datetime(2026, 5, 11, tzinfo=UTC)
    assert query.by_date
    assert query.problem is None


def test_a_time_nobody_understands_is_named() -> None:
    assert "since:soon" in (parse("ferry since:soon", now=NOW, languages=[]).problem or "")
    assert parse("since:2026-13-40", now=NOW, languages=[]).problem


def test_a_stop_word_of_one_language_is_enough() -> None:
    (one,) = parse("the", now=NOW, languages=["en"]).wanted
    assert not one.content
    (other,) = parse("ferry", now=NOW, languages=["en", "de"]).wanted
    assert other.content


def test_the_last_point_of_initials_is_not_missed() -> None:
    (one,) = parse("u.n", now=NOW, languages=["en"]).wanted
    assert (one,) == parse("U.N.", now=NOW, languages=["en"]).wanted
    assert one.words == (("u·n",),)


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("ab \"-*:()^+NEARORTNsource:since:lang:é中\n\\'{}"), max_size=80))
def test_nothing_typed_is_an_error(text: str) -> None:
    query = parse(text, now=NOW, languages=["en", "de"])
    for one in (*query.wanted, *query.unwanted):
        for stems in one.words:
            assert all(stem and '"' not in stem and " " not in stem for stem in stems)


@settings(max_examples=150)
@given(st.text(alphabet="ferry port.\n é中", max_size=900), st.sampled_from(["ferry", "port", "中", "e"]))
def test_a_snippet_is_verbatim_and_its_marks_are_in_order(text: str, word: str) -> None:
    keys = keys_of(parse(word, now=NOW, languages=["en"]).wanted)
    start, end, marks = snippet(text, keys, "en")
    assert 0 <= start <= end <= len(text)
    assert end - start <= LENGTH + 60
    last = 0
    for a, b in marks:
        assert last <= a < b <= end - start
        last = b


def test_the_snippet_shows_the_place_with_most_of_the_words() -> None:
    text = (
        "A ferry left. "
        + "Nothing happened for a while. " * 30
        + "Then the ferry ran aground off Tolm at noon."
    )
    keys = keys_of(parse("ferry aground tolm", now=NOW, languages=["en"]).wanted)
    start, end, marks = snippet(text, keys, "en")
    shown = text[start:end]
    assert shown == "Then the ferry ran aground off Tolm at noon."
    assert [shown[a:b] for a, b in marks] == ["ferry", "aground", "Tolm"]


@given(st.text(max_size=40))
def test_story_ids_are_short_and_read_back_in_any_case(article: str) -> None:
    names = list(codes(article))
    assert len(set(names)) == len(names) == 10
    for name in names:
        assert set(name[2:]) <= set(ALPHABET)
        assert story_id(f" {name.lower()} ") == name


def test_what_is_no_story_id_is_none() -> None:
    assert [story_id(text) for text in ("S-12", "S-4F2I", "hello", "", "S-4F2K; DROP")] == [None] * 5
