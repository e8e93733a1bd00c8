from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.answer import Validators, max_age_s, retry_after_s, validators_of

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("999999999", 86_400.0),
        ("Tue, 12 May 2026 07:10:00 GMT", 600.0),
        ("Tue, 12 May 2026 06:00:00 GMT", 0.0),
        ("Fri, 31 Dec 2099 00:00:00 GMT", 86_400.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_every_kind_of_retry_after(value: str, wanted: float | None) -> None:
    assert retry_after_s({"Retry-After": value}, NOW) == wanted


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600.0),
        ({"Cache-Control": "MAX-AGE = 600"}, 600.0),
        ({"Cache-Control": "s-maxage=5"}, None),
        ({"Cache-Control": "no-cache", "Expires": "Tue, 12 May 2026 08:00:00 GMT"}, None),
        ({"Cache-Control": "max-age=999999999999"}, 86_400.0),
        ({"Expires": "Tue, 12 May 2026 08:00:00 GMT"}, 3600.0),
        ({"Expires": "0"}, None),
        ({"Expires": "-1"}, None),
        ({}, None),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], wanted: float | None) -> None:
    assert max_age_s(headers, NOW) == wanted


def test_validators_are_kept_as_the_server_wrote_them() -> None:
    given_ = validators_of({"ETag": ' W/"a b" ', "Last-Modified": "odd date"})
    assert given_ == Validators('W/"a b"', "odd date")
    assert given_.headers() == {"If-None-Match": 'W/"a b"', "If-Modified-Since": "odd date"}
    assert Validators().headers() == {}
    assert validators_of({"ETag": "new"}, given_) == Validators("new", "odd date")


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_header_is_too_odd(value: str, other: str) -> None:
    for seconds in (
        retry_after_s({"Retry-After": value}, NOW),
        max_age_s({"Cache-Control": value, "Expires": other}, NOW),
    ):
        assert seconds is None or 0 <= seconds <= 86_400


@pytest.mark.parametrize("etag", ['"\udce9"', '"a\r\nb"', '"\0"'])
def test_what_no_database_keeps_and_no_header_holds_is_no_validator(etag: str) -> None:
    assert validators_of({"ETag": etag, "Last-Modified": "then"}) == Validators(None, "then")
    assert validators_of({"ETag": etag}, Validators('"1"', "then")) == Validators('"1"', "then")
    assert Validators(etag, "then").headers() == {"If-Modified-Since": "then"}
