"""Words that people type become moments and schedules, or one sentence on what was not understood."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.parse import parse
from bot.commands.since import moment
from bot.commands.when import When, read
from bot.model.request import (
    BriefRequest,
    DigestRequest,
    FeedRequest,
    HelpRequest,
    RelatedRequest,
    SavedRequest,
)
from bot.model.view import Problem

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12h", "2026-05-11T19:00"),
        ("3d", "2026-05-09T07:00"),
        ("today", "2026-05-11T22:00"),
        ("yesterday", "2026-05-10T22:00"),
        ("monday", "2026-05-10T22:00"),
        ("tuesday", "2026-05-04T22:00"),
        ("2026-05-01", "2026-04-30T22:00"),
    ],
)
def test_moments(words: str, expected: str) -> None:
    assert moment(words, NOW, "Europe/Berlin") == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(st.text(max_size=30))
def test_any_words_give_a_moment_in_the_past_or_none(words: str) -> None:
    found = moment(words, NOW, "Pacific/Apia")
    assert found is None or found <= NOW


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("08:00", When((time(8),), "UTC", frozenset(range(1, 8)))),
        ("8.30 europe/berlin mon-fri", When((time(8, 30),), "Europe/Berlin", frozenset(range(1, 6)))),
        ("7:15 sat,sun Asia/Kolkata", When((time(7, 15),), "Asia/Kolkata", frozenset({6, 7}))),
        ("7:15 fri-mon", When((time(7, 15),), "UTC", frozenset({5, 6, 7, 1}))),
        ("17:00,8:00", When((time(8), time(17)), "UTC", frozenset(range(1, 8)))),
        ("every 12h Europe/Rome", When((time(0), time(12)), "Europe/Rome", frozenset(range(1, 8)))),
        ("cron 30 8,17 * * 1-5", When((time(8, 30), time(17, 30)), "UTC", frozenset(range(1, 6)))),
        ("cron 0 */8 * * sun Asia/Tokyo", When((time(0), time(8), time(16)), "Asia/Tokyo", frozenset({7}))),
        ("7:15 weekdays", When((time(7, 15),), "UTC", frozenset(range(1, 6)))),
    ],
)
def test_schedules(words: str, expected: When) -> None:
    assert read(words, "UTC") == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "mon-fri",
        "25:00",
        "08:60",
        "08:00 Atlantis",
        "08:00 ../../etc/passwd",
        "every 5h",
        "every",
        "cron 0 8",
        "cron 0 8 1 * *",
        "cron 0 99 * * *",
        "cron * * * * *",
    ],
)
def test_what_is_no_schedule_is_said_in_a_sentence(words: str) -> None:
    assert isinstance(read(words, "UTC"), str)


@pytest.mark.parametrize(
    ("command", "text", "expected"),
    [
        ("/brief", "", BriefRequest()),
        ("brief", "harbour bridge 3d long", BriefRequest("harbour bridge", "3d", "long")),
        ("brief", "harbour since monday", BriefRequest("harbour", "monday", None)),
        ("related", " S-4F2K ", RelatedRequest("S-4F2K")),
        ("saved", "", SavedRequest()),
        ("saved", "list", SavedRequest()),
        ("saved", "S-4F2K", SavedRequest("add", "S-4F2K")),
        ("saved", "Remove s-4f2k", SavedRequest("remove", "s-4f2k")),
        ("nutgraf", "", HelpRequest()),
        ("nutgraf", "feed add https://a.example/f", FeedRequest("add", "https://a.example/f")),
        ("nutgraf", "digest set 08:00 UTC", DigestRequest("set", "08:00 UTC")),
    ],
)
def test_commands(command: str, text: str, expected: object) -> None:
    assert parse(command, text) == expected


@given(
    st.sampled_from(["brief", "related", "find", "nutgraf", "story", "sources", "nonsense"]),
    st.text(max_size=80),
)
def test_any_text_is_a_request_or_a_problem_with_a_way_out(command: str, text: str) -> None:
    answer = parse(command, text)
    if isinstance(answer, Problem):
        assert answer.what
        assert answer.next
