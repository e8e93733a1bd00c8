"""Managers are told once of an illness and once of its end, of many feeds together, and never in a flood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.feed import Mark, Watched
from bot.model.view import SourceState
from bot.sources.notices import ALL, GAP, LISTED, SETTLED, TRIED, Telling, news, outage

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=2)


def feed(number: int, state: str = "fresh", *, since: datetime | None = LONG_AGO) -> Watched:
    ill = state not in ("fresh", "slow")
    reason = "" if state == "fresh" else "the server does not know the address (404)"
    step = "" if state == "fresh" else "See whether its address has changed."
    told = SourceState(
        name=f"Paper {number}",
        url=f"https://{number}.example/f",
        state=state,
        reason=reason,
        since=since,
        what_to_do=step,
    )
    return Watched(
        id=number,
        state=told,
        failing_since=since if ill else None,
    )


def told(telling: Telling | None) -> tuple[str, tuple[str, ...]]:
    assert telling is not None
    assert telling.view is not None
    return telling.view.title, telling.view.lines


def marks(
    telling: Telling | None, before: dict[int, Mark] | None = None, at: datetime = NOW
) -> dict[int, Mark]:
    assert telling is not None
    kept = {number: mark for number, mark in (before or {}).items() if number not in telling.states}
    return kept | {number: Mark(state, at) for number, state in telling.states.items() if state}


def test_one_that_falls_ill_is_told_once_and_once_when_it_is_well() -> None:
    first = news([feed(1, "failing"), feed(2)], {}, NOW, total=10, down_since=None)
    assert told(first) == (
        "Paper 1 cannot be read.",
        ("The server does not know the address (404).", "See whether its address has changed."),
    )
    known = marks(first)
    later = NOW + 2 * GAP
    assert news([feed(1, "failing"), feed(2)], known, later, total=10, down_since=None) is None
    well = news([feed(1), feed(2)], known, later, total=10, down_since=None)
    assert told(well) == ("Paper 1 is read again.", ())
    assert marks(well, known) == {}


def test_silence_is_told_and_a_worse_illness_after_it_too() -> None:
    silent = news([feed(1, "slow")], {}, NOW, total=10, down_since=None)
    assert told(silent)[0] == "Paper 1 has fallen silent."
    worse = news([feed(1, "blocked")], marks(silent), NOW + GAP, total=10, down_since=None)
    assert told(worse)[0] == "Paper 1 does not let the bot in."
    assert (
        news([feed(1, "dead")], marks(worse, marks(silent)), NOW + 3 * GAP, total=10, down_since=None) is None
    )


def test_what_passes_within_half_an_hour_is_not_told() -> None:
    short = feed(1, "blocked", since=NOW - SETTLED + timedelta(seconds=1))
    assert news([short], {}, NOW, total=10, down_since=None) is None
    assert news([short], {}, NOW + timedelta(seconds=1), total=10, down_since=None) is not None


def test_several_are_told_in_one_message() -> None:
    before = {3: Mark("failing", LONG_AGO)}
    title, lines = told(
        news([feed(1, "failing"), feed(2, "dead"), feed(3)], before, NOW, total=10, down_since=None)
    )
    assert title == "2 feeds need a look, 1 feed is read again."
    assert len(lines) == 3
    assert lines[0].startswith("Paper 1 cannot be read. The server does not know")


def test_most_at_once_are_told_by_their_reasons() -> None:
    watched = [feed(number, "failing" if number < 8 else "fresh") for number in range(1, 11)]
    title, lines = told(news(watched, {}, NOW, total=10, down_since=None))
    assert title == "7 of 10 feeds cannot be read."
    assert lines[0] == "7 feeds: the server does not know the address (404)."


def test_a_long_list_is_cut() -> None:
    watched = [feed(number, "slow") for number in range(1, 41)]
    _, lines = told(news(watched, {}, NOW, total=10, down_since=None))
    assert len(lines) == LISTED
    assert lines[-1] == f"And {41 - LISTED} more: “/sources” shows them."


def test_nothing_is_told_within_an_hour_of_the_last_notice() -> None:
    known = {1: Mark("failing", NOW - GAP + timedelta(seconds=1))}
    both = [feed(1, "failing"), feed(2, "failing")]
    assert news(both, known, NOW, total=10, down_since=None) is None
    assert news(both, known, NOW + timedelta(seconds=1), total=10, down_since=None) is not None


def test_a_feed_that_is_read_no_longer_is_forgotten_silently() -> None:
    telling = news([feed(2)], {1: Mark("dead", LONG_AGO)}, NOW, total=10, down_since=None)
    assert telling == Telling(None, {1: None})


def test_an_outage_is_told_once_and_its_end_once() -> None:
    began = NOW - SETTLED
    lost = [feed(number, "failing", since=began) for number in range(1, 6)]
    assert news(lost, {}, NOW - timedelta(seconds=1), total=10, down_since=began) is None, "it may pass"
    down = news(lost, {}, NOW, total=10, down_since=began)
    assert told(down)[0] == "No feed can be read since 07:30 UTC."
    known = marks(down)
    assert news(lost, known, NOW + timedelta(hours=9), total=10, down_since=began) is None
    back = [feed(9), *lost[1:]]
    up = news(back, known, NOW, total=10, down_since=None)
    assert told(up)[0] == "Feeds can be read again."
    assert up is not None
    assert up.retry == {2, 3, 4, 5}
    known = marks(up, known)
    assert news(back, known, NOW + GAP - timedelta(seconds=1), total=10, down_since=None) is None
    rest = news(back, known, NOW + GAP, total=10, down_since=None)
    assert told(rest)[0] == "4 feeds need a look.", "what is still ill after that is told by its name"


def test_a_few_feeds_without_an_answer_are_no_outage() -> None:
    assert outage(TRIED - 1, LONG_AGO) is None
    assert outage(TRIED, LONG_AGO) == LONG_AGO


STATES = st.sampled_from(["fresh", "slow", "failing", "blocked", "dead"])


@given(st.lists(st.lists(STATES, min_size=6, max_size=6), max_size=12))
def test_whatever_happens_each_feed_is_told_ill_and_well_in_turn(days: list[list[str]]) -> None:
    known: dict[int, Mark] = {}
    now = NOW
    for states in days:
        now += timedelta(hours=2)
        watched = [
            feed(number, state, since=now - timedelta(hours=1)) for number, state in enumerate(states, 1)
        ]
        telling = news(watched, known, now, total=10, down_since=None)
        if telling is not None:
            known = marks(telling, known, now)
        assert ALL not in known
        assert {number for number, mark in known.items()} == {
            number for number, state in enumerate(states, 1) if state != "fresh"
        }
        assert news(watched, known, now + GAP, total=10, down_since=None) is None, "told once"
