from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.jsonl import read_array, read_lines
from tests.unit.sources.pages import CAPTURED


def test_a_full_line_is_kept_as_it_is() -> None:
    row = {
        "id": "a-1",
        "url": "https://post.example/1",
        "title": "Harbour  opens",
        "text": " First.\r\n\tSecond.\u2028Third.\n",
        "published_at": "2026-05-12T08:00:00+02:00",
        "source": "Ellery Post",
        "author": "Ada Quist",
        "language": "en",
        "keywords": ["harbour", "storm"],
        "event": "passed over",
    }
    lines = read_lines(json.dumps(row, ensure_ascii=False), captured_at=CAPTURED)
    (article,) = lines.articles
    assert lines.notes == ()
    assert (article.id, article.text, article.title) == ("a-1", row["text"], "Harbour opens")
    assert article.published_at == datetime(2026, 5, 12, 6, tzinfo=UTC)
    assert not article.published_approximate
    assert (article.url, article.source, article.author) == (row["url"], "Ellery Post", "Ada Quist")
    assert (article.language, article.keywords) == ("en", ("harbour", "storm"))
    assert article.seen_at == CAPTURED


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "expecting property name"),
        ("[1]", "it is not a JSON object"),
        ('"text"', "it is not a JSON object"),
        ("{}", "it has neither a title nor a text"),
        ('{"title": " ", "text": "\\n"}', "it has neither a title nor a text"),
        ('{"title": 5}', "its title is not text"),
        ('{"title": "a", "text": ["b"]}', "its text is not text"),
        ('{"title": "a", "id": true}', "its id is neither text nor a number"),
        ('{"title": "a", "keywords": "b"}', "its keywords are not a list of texts"),
        ('{"title": "a\\u0000"}', "its title holds a NUL character"),
        ('{"title": "a", "text": "\\ud83d"}', "its text holds half of a surrogate pair"),
        ("[" * 100_000, "it is nested too deeply"),
        (json.dumps({"title": "a", "id": "x" * 201}), "its id is longer than 200 characters"),
    ],
)
def test_a_bad_line_is_told_by_its_number_while_the_rest_loads(line: str, reason: str) -> None:
    lines = read_lines(f'{{"title": "one"}}\n\n{line}\n{{"title": "two"}}\n', captured_at=CAPTURED)
    assert [article.title for article in lines.articles] == ["one", "two"]
    (note,) = lines.notes
    assert note.startswith("line 3 is not an article: ")
    assert reason in note


def test_a_last_line_that_was_cut() -> None:
    lines = read_lines('{"title": "one"}\n{"title": "tw', captured_at=CAPTURED)
    assert lines.notes == ("line 2 is cut off: the file seems to be half-written; skipped",)


def test_a_date_that_nobody_can_read_costs_the_date_only() -> None:
    lines = read_lines('{"title": "one", "published_at": "soon"}', captured_at=CAPTURED)
    assert lines.articles[0].published_at is None
    assert lines.notes == ("line 1: its date 'soon' is not one; loaded without a date",)


def test_an_id_given_twice() -> None:
    text = '{"id": 7, "title": "one"}\n{"id": "7", "title": "one"}\n{"id": 7, "title": "other"}'
    lines = read_lines(text, captured_at=CAPTURED)
    assert [article.id for article in lines.articles] == ["7"]
    assert lines.notes == ("line 3 has the id of line 1 (7) but says something else; skipped",)


def test_a_text_without_a_title_gets_its_first_line() -> None:
    lines = read_lines(json.dumps({"id": 1, "text": "word " * 40 + "\nnext"}), captured_at=CAPTURED)
    title = lines.articles[0].title
    assert title.startswith("word word")
    assert title.endswith("word…")
    assert 95 <= len(title) <= 100


def test_an_address_of_another_scheme_is_no_address() -> None:
    lines = read_lines('{"title": "a", "url": "javascript:alert(1)"}', captured_at=CAPTURED)
    assert lines.articles[0].url is None


ROWS = st.fixed_dictionaries(
    {
        "id": st.integers() | st.text("abc-_", min_size=1, max_size=20),
        "text": st.text(min_size=1, max_size=80),
    },
    optional={"title": st.text(max_size=30), "keywords": st.lists(st.text(max_size=5), max_size=3)},
)


@given(st.lists(ROWS, max_size=6, unique_by=lambda row: str(row["id"])))
@settings(max_examples=100, deadline=None)
def test_texts_come_back_character_for_character(rows: list[dict[str, object]]) -> None:
    good = [
        r for r in rows if "\0" not in json.dumps(r, ensure_ascii=False) and "\\u0000" not in json.dumps(r)
    ]
    good = [row for row in good if str(row["text"]).strip() or str(row.get("title", "")).split()]
    text = "\n".join(json.dumps(row, ensure_ascii=len(str(row)) % 2 == 0) for row in good)
    lines = read_lines(text, captured_at=CAPTURED)
    assert lines.notes == ()
    assert {a.id: a.text for a in lines.articles} == {str(row["id"]): row["text"] for row in good}


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    lines = read_lines(text, captured_at=CAPTURED)
    assert len(lines.articles) + len(lines.notes) <= text.count("\n") + 1


def test_an_array_numbers_its_items() -> None:
    lines = read_array([{"title": "one"}, 3], captured_at=CAPTURED)
    assert lines.notes == ("item 2 is not an article: it is not a JSON object; skipped",)
