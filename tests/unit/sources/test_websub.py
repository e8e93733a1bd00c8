"""Which hub a feed offers, and which pings are believed."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.websub import (
    LEASE,
    LEASE_LONGEST,
    LEASE_SHORTEST,
    METHODS,
    lease,
    links,
    offer,
    retry,
    signed,
)

URL = "https://a.example/feed"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            '<https://hub.example/>; rel="hub", <https://a.example/feed>; rel="self"',
            {"hub": "https://hub.example/", "self": URL},
        ),
        ("</hub>;rel=hub", {"hub": "https://a.example/hub"}),
        (
            '<https://h.example/>; title="a, b; c"; REL="Hub canonical"',
            dict.fromkeys(["hub", "canonical"], "https://h.example/"),
        ),
        ("<https://1.example/>; rel=hub, <https://2.example/>; rel=hub", {"hub": "https://1.example/"}),
        ("<javascript:alert(1)>; rel=hub", {}),
        ("<https://h.example/>", {}),
        ("hub", {}),
    ],
)
def test_the_link_header(header: str, expected: dict[str, str]) -> None:
    assert links(header, URL) == expected


@given(st.text(max_size=200))
def test_any_header_is_read(header: str) -> None:
    assert all(address.startswith(("http://", "https://")) for address in links(header, URL).values())


def test_the_header_counts_before_the_feed() -> None:
    told = offer(
        header="<https://h.example/>; rel=hub",
        hub="https://f.example/",
        self_url="https://a.example/s",
        url=URL,
    )
    assert told == ("https://h.example/", "https://a.example/s")
    assert offer(header=None, hub="https://f.example/", self_url=None, url=URL) == ("https://f.example/", URL)
    assert offer(header="", hub=None, self_url=URL, url=URL) is None


@given(st.binary(max_size=200), st.text(min_size=1, max_size=40), st.sampled_from(METHODS))
def test_what_is_signed_with_the_secret_is_believed_and_nothing_else(
    body: bytes, secret: str, method: str
) -> None:
    secret = secret.encode("utf-8", "replace").decode()
    digest = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    assert signed(secret, body, f"{method}={digest}")
    assert signed(secret, body, f" {method.upper()}={digest.upper()} ")
    assert not signed(secret, body + b"x", f"{method}={digest}")
    assert not signed(secret + "x", body, f"{method}={digest}")
    assert not signed(secret, body, digest)
    assert not signed(secret, body, f"{method}={digest[:-1]}")


@given(st.text(max_size=80))
def test_no_other_header_is_believed(header: str) -> None:
    assert not signed("secret", b"body", header)
    assert not signed("secret", b"body", f"md5={hmac.new(b'secret', b'body', 'md5').hexdigest()}")


@given(st.text(max_size=12) | st.integers(0, 10**9).map(str))
def test_every_lease_has_bounds(text: str) -> None:
    assert LEASE_SHORTEST <= lease(text) <= LEASE_LONGEST


def test_leases_and_retries() -> None:
    assert lease("") == lease("-5") == lease("soon") == LEASE
    assert lease("86400") == timedelta(days=1)
    assert [retry(n) for n in (1, 2, 3)] == [timedelta(hours=h) for h in (1, 2, 4)]
    assert retry(10**6) == timedelta(days=7)
