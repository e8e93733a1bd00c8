"""Texts made safe, cut and typed; buttons that carry requests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.request import (
    BriefRequest,
    FeedRequest,
    FindRequest,
    RelatedRequest,
    Request,
    SourcesRequest,
    StoryRequest,
)
from bot.platforms.slack import buttons, mrkdwn
from bot.platforms.slack.payload import command, press, typed
from tests.fakes import slack_hostile as hostile
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
    assert buttons.decode('[1,"feed","remove","https://a.example"]') is None


@some
@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str))
def test_any_value_is_read_without_a_fault(value: str) -> None:
    buttons.decode(value)


bodies = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("actions", "user", "team", "channel", "id", "value", "action_id", "response_url")
            ),
            inner,
            max_size=5,
        )
    ),
)


@some
@given(bodies)
def test_any_payload_is_read_without_a_fault(body: object) -> None:
    if isinstance(body, dict):
        press(body)
        command(body)
