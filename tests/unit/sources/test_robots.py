from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.robots import rules_for

TEXT = """
# a comment
User-agent: other
User-agent: Nutgraf   # us
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /x*y

User-agent: *
Disallow: /
Sitemap: https://post.example/sitemap.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/privately", False),
        ("/private/open/1", True),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/x/and/y", False),
        ("/xz", True),
    ],
)
def test_the_longest_pattern_decides(path: str, *, allowed: bool) -> None:
    assert rules_for(TEXT, "nutgraf").allow(path) is allowed


def test_groups() -> None:
    assert not rules_for(TEXT, "someone").allow("/")
    assert rules_for("User-agent: other\nDisallow: /", "nutgraf").allow("/")
    assert rules_for("User-agent: *\nDisallow:", "nutgraf").allow("/")
    assert not rules_for(
        "User-agent: nutgraf\nDisallow: /a\n\nUser-agent: nutgraf\nDisallow: /b", "nutgraf"
    ).allow("/b")


def test_allowing_wins_a_draw() -> None:
    assert rules_for("User-agent: *\nDisallow: /a\nAllow: /a", "nutgraf").allow("/a")


@given(st.text(max_size=300), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_file_is_too_odd(text: str, path: str) -> None:
    assert rules_for(f"User-agent: *\nDisallow: {text}", "nutgraf").allow(f"/{path}") in (True, False)


def test_many_stars_take_no_time() -> None:
    assert rules_for(f"User-agent: *\nDisallow: /{'*a' * 2000}b", "nutgraf").allow("/" + "a" * 5000)
