"""Texts made safe, cut and typed; buttons that carry requests."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.model.request import (
    BriefRequest,
    FeedRequest,
    FindRequest,
    RelatedRequest,
    Request,
    SavedRequest,
    SourcesRequest,
    StoryRequest,
    WhyRequest,
)
from bot.platforms.slack import buttons, mrkdwn
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.payload import command, press, typed
from tests.fakes import slack_hostile as hostile
from tests.fakes.slack_listening import NOON
from tests.fakes.slack_rules import units

some = settings(max_examples=80, deadline=None)


@some
@given(hostile.text, st.integers(10, 500))
def test_pieces_lose_nothing_and_fit(text: str, limit: int) -> None:
    parts = mrkdwn.pieces(text, limit)
    assert "".join(parts) == text
    assert all(1 <= units(mrkdwn.escape(part)) <= limit for part in parts)


@some
@given(hostile.text, st.integers(2, 500))
def test_a_cut_is_a_beginning_with_an_ellipsis(text: str, limit: int) -> None:
    short = mrkdwn.cut(text, limit)
    assert units(mrkdwn.escape(short)) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@some
@given(hostile.text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert mrkdwn.clean(mrkdwn.clean(text)) == mrkdwn.clean(text)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&amp;b=2"),
        ("https://a.example/x|y>z", "https://a.example/x%7Cy%3Ez"),
        ("https://a.example/#:~:text=a%20b", "https://a.example/#:~:text=a%20b"),
        ("https://münchen.example/ö", "https://m%C3%BCnchen.example/%C3%B6"),
        ("HTTPS://A.example/B", "https://A.example/B"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://:80/", None),
        ("https:// a.example", None),
        ("", None),
        (None, None),
        ("https://a.example/" + "y" * 4000, None),
    ],
)
def test_addresses(url: str | None, safe: str | None) -> None:
    assert mrkdwn.address(url) == safe


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("<https://a.example/x|a.example>", "https://a.example/x"),
        ("<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"),
        ("<@U0BOSS|anna> and <#C0NEWS|news>", "anna and news"),
        ("<@U0BOSS>", ""),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("“ferry aground”", '"ferry aground"'),
    ],
)
def test_what_was_typed(sent: str, meant: str) -> None:
    assert typed(sent) == meant


requests: st.SearchStrategy[Request] = st.one_of(
    st.builds(RelatedRequest, hostile.text, st.integers(1, 20)),
    st.builds(BriefRequest, st.none() | hostile.text, st.none() | st.just("3d"), st.none() | st.just("long")),
    st.builds(StoryRequest, hostile.text),
    st.builds(WhyRequest, hostile.text),
    st.builds(SavedRequest, st.just("add"), hostile.text),
    st.builds(FindRequest, hostile.text, st.integers(1, 99)),
    st.just(SourcesRequest()),
)


@some
@given(requests)
def test_a_button_carries_its_request_or_is_not_made(request: Request) -> None:
    value = buttons.encode(request)
    if value is None:
        assert len(repr(request)) > 300 or "\\ud800" in repr(request)
    else:
        assert units(value) <= 2000
        assert buttons.decode(value) == request


def test_no_button_configures_anything() -> None:
    assert buttons.encode(FeedRequest("remove", "https://a.example")) is None
    assert buttons.encode(SavedRequest("remove", "S-4F2K")) is None
    assert buttons.decode('[1,"feed","remove","https://a.example"]') is None


@some
@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str))
def test_any_value_is_read_without_a_fault(value: str) -> None:
    buttons.decode(value)


KEYS = (
    "type", "command", "text", "team_id", "team", "user", "user_id", "channel", "channel_id", "enterprise",
    "actions", "view", "event", "event_id", "trigger_id", "authorizations", "is_enterprise_install",
    "message", "response_url", "callback_id", "id", "value", "action_id", "container", "function_data",
)  # fmt: skip
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=4),
    st.sampled_from(("block_actions", "event_callback", "view_submission", "shortcut", "/brief", "ask:1")),
)
bodies = st.dictionaries(
    st.sampled_from(KEYS),
    st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
        max_leaves=8,
    ),
    max_size=8,
)


@some
@given(bodies)
def test_any_payload_is_read_without_a_fault(body: dict[str, object]) -> None:
    press(body)
    command(body)


@settings(max_examples=150, deadline=None)
@given(bodies)
def test_any_payload_is_acknowledged(body: dict[str, object]) -> None:
    async def take() -> int:
        intake = Intake(bot_token="xoxb-1", api_url="http://127.0.0.1:9/", clock=ManualClock(NOON))
        return (await intake.take("socket_mode", dict(body))).status

    assert asyncio.run(take()) in (200, 500)
