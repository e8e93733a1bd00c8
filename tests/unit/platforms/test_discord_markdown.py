from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord import limits, markdown
from tests.fakes.discord_hostile import TEXT
from tests.fakes.discord_markdown import read


@settings(max_examples=100)
@given(TEXT)
def test_foreign_text_shows_itself_and_nothing_else(text: str) -> None:
    seen = read("".join(markdown.plain(text)))
    assert seen.text.replace("\u200b", "") == markdown.clean(text).replace("\u200b", "")
    assert seen.found == set()
    assert seen.links == []


@settings(max_examples=100)
@given(TEXT, st.integers(1, 60), st.sampled_from(["", "> ", "- ", "### ", "-# "]))
def test_broken_lines_keep_every_word_and_begin_nothing_new(text: str, size: int, prefix: str) -> None:
    atoms = markdown.plain(text)
    broken = markdown.lines(prefix, atoms, size)
    assert all(line.startswith(prefix) for line in broken)
    assert "".join(line.removeprefix(prefix) for line in broken) == "".join(atoms)
    assert all(read(line.removeprefix(prefix)).found == set() for line in broken)


@settings(max_examples=100)
@given(TEXT)
def test_bold_is_bold_and_nothing_else(text: str) -> None:
    seen = read("".join(markdown.bold(text)))
    assert seen.found <= {"bold"}
    assert seen.text.replace("\u200b", "") == markdown.clean(text).replace("\u200b", "")


@settings(max_examples=100)
@given(TEXT, TEXT)
def test_a_link_leads_to_web_addresses_only_and_never_breaks_out(text: str, path: str) -> None:
    seen = read("".join(markdown.link(text, f"https://news.example/{path}")))
    assert seen.found == set()
    assert len(seen.links) <= 1
    assert all(url.startswith("https://news.example/") for _, url in seen.links)
    shown = seen.text.replace("\u200b", "").strip()
    assert shown.startswith(markdown.clean(text).replace("\u200b", "").strip())


@given(TEXT)
def test_no_atom_is_longer_than_a_line(text: str) -> None:
    atoms = [*markdown.plain(text), *markdown.bold(text), *markdown.link(text, f"https://a.example/{text}")]
    assert all(limits.units(atom) <= limits.PIECE for atom in atoms)


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("https://a.example/#:~:text=one%20two", "https://a.example/#:~:text=one%20two"),
        ("https://a.example/Tram_(Berlin)", "https://a.example/Tram_%28Berlin%29"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/@everyone", "https://a.example/%40everyone"),
        ("https://medium.example/@writer/a~b", "https://medium.example/@writer/a~b"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("//a.example", None),
        ("https://[::1", None),
        ("https://bank.example@bad.example/", None),
        ("https://a b.example/", None),
        (None, None),
        ("https://a.example/" + "x" * 1000, None),
        ("https://a.example/#" + "x" * 1000, "https://a.example/"),
    ],
)
def test_addresses(given_url: str | None, expected: str | None) -> None:
    assert markdown.address(given_url) == expected
