"""What stands on the terminal: at every width, in every script, as plain text and with links."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from bot.model.view import Hit, RelatedView, SearchView, StoryView, View
from bot.platforms.console.render import show, text
from tests.contract.recipes import VIEWS
from tests.contract.views import EXAMPLES, ZONE, card, digest, sentence, source

DIGEST = """\
harbour                                                     Tuesday, 12 May 2026
────────────────────────────────────────────────────────────────────────────────

1  Ferry aground off Port Ellery, all 212 aboard are safe            new  S-4F2K
   The Isa Marrin struck a sandbank at 05:40 on Tuesday, the coastguard said.[1;
   2 more say so] All 212 people aboard were ashore by nine.[2]
   Harbour Post [1] · Coastwire [2] · The Velmora Ledger; 1 copy
   [1] https://news.example/1
   [2] https://news.example/2

Also

·  Library opens on Sundays                                               S-7TT3
   Harbour Post · Coastwire · The Velmora Ledger; 1 copy
   https://news.example/1

212 articles from 18 sources; 2 sources failing.
"""


def drawn(view: View, width: int = 80) -> str:
    """Return what a terminal with colours and links is sent."""
    out = io.StringIO()
    show(view, Console(file=out, width=width, force_terminal=True, color_system="standard", no_color=False))
    return out.getvalue()


def test_a_digest_as_text() -> None:
    view = digest(card(mark="new"), brief=(card("Library opens on Sundays", id="S-7TT3", sentences=()),))
    assert text(view) == DIGEST


@pytest.mark.parametrize("width", [24, 40, 60, 80, 96, 120, 300])
@pytest.mark.parametrize("name", EXAMPLES)
def test_only_an_address_is_wider_than_the_window(name: str, width: int) -> None:
    for line in text(EXAMPLES[name], width=width).splitlines():
        assert cell_len(line) <= width or "https://" in line, line
        assert line == line.rstrip()


@pytest.mark.parametrize("width", [24, 40, 80])
def test_the_id_of_a_story_is_never_broken(width: int) -> None:
    told = card("Counterrevolutionaries " * 9, mark="update")
    assert re.search(r" update  S-4F2K$", text(digest(told), width=width), re.MULTILINE)


@settings(max_examples=60, deadline=None)
@given(view=VIEWS)
def test_any_view_fits_and_commands_nothing(view: View) -> None:
    shown = text(view, width=60)
    assert shown.endswith("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    for line in shown.splitlines():
        assert cell_len(line) <= 60 or "http" in line, line


def test_wide_and_combining_and_right_to_left_letters() -> None:
    told = (
        sentence("漢字仮名交じり文は行の終わりで折り返される。" * 4, number=1),
        sentence("Cafe\u0301 und A\u030angstro\u0308m, dicht gedra\u0308ngt. " * 6, number=2),
        sentence("הספינה עלתה על שרטון ליד הנמל ביום שלישי בבוקר. " * 4, number=3),
    )
    shown = text(digest(card("港の船が座礁した。" * 8, sentences=told)), width=60)
    assert all(cell_len(line) <= 60 or "https://" in line for line in shown.splitlines())
    squeezed = "".join(shown.split())
    for each in told:
        assert "".join(each.text.split()) in squeezed


def test_links_are_hidden_behind_words_where_that_works() -> None:
    shown = drawn(EXAMPLES["digest"])
    assert "\x1b]8;" in shown
    assert "https://news.example/1\x1b\\" in shown
    visible = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", shown)
    assert "https://" not in visible
    assert visible.splitlines() == [line.rstrip() for line in visible.splitlines()]
    assert "\x1b" not in visible


def test_the_number_of_a_sentence_leads_to_the_sentence() -> None:
    told = sentence("The ferry struck a sandbank.")
    assert f"{told.url}\x1b\\" in drawn(digest(card(sentences=(told,))))


def test_a_foreign_escape_never_reaches_the_terminal() -> None:
    evil = "\x1b]8;;https://evil.example\x07bank\x1b]8;;\x07\x1b[2J"
    shown = drawn(digest(card(evil, sentences=(sentence(evil),), sources=(source(evil, evil),))))
    assert "\x1b]8;;https://evil.example" not in shown
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown


def test_one_article_has_one_number() -> None:
    told = (sentence("One.", number=1), sentence("Two.", number=2), sentence("Three.", number=1))
    shown = text(digest(card(sentences=told)))
    assert "One.[1] Two.[2] Three.[1]" in shown
    assert shown.count("[1] https://") == 1


def test_further_sources_are_counted_and_quoted_ones_named() -> None:
    papers = tuple(source(f"Paper {number}", number=number) for number in range(1, 9))
    told = (sentence("It was so.", number=8, name="Paper 8"),)
    shown = text(digest(card(sentences=told, sources=papers)))
    assert "Paper 8 [1] · Paper 1 · Paper 2 · Paper 3 · 4 more\n" in shown


def test_a_publication_is_counted_once() -> None:
    twice = (source(number=1), source(number=2), source("Coastwire", number=3, copy=True))
    assert "   Harbour Post; 1 copy\n" in text(digest(card(sentences=(), sources=twice)))


def test_a_story_by_headline_alone_says_so_and_gives_the_address() -> None:
    shown = text(EXAMPLES["digest, headline only"])
    assert "By its headline only" in shown
    assert "https://news.example/1\n" in shown


def test_a_late_digest_says_when_it_was_due() -> None:
    assert "Late: due at 12 May, 09:00." in text(EXAMPLES["digest, late"])


def test_related_comes_with_its_reasons_in_two_sections() -> None:
    shown = text(EXAMPLES["related"])
    assert shown.index("The same event") < shown.index("The same affair")
    assert "the same event; same names: Isa Marrin, Port Ellery" in shown
    assert "same names: Isa Marrin; 4 days earlier" in shown
    assert "Also: Radio Ellery" in shown


def test_nothing_related_is_an_answer() -> None:
    assert "Nothing is close enough" in text(RelatedView(query="zeppelins", zone=ZONE, results=()))


def test_matches_are_bold() -> None:
    hit = Hit(source=source(), snippet="a sandbank here", marks=((2, 10),))
    shown = drawn(SearchView(words="sandbank", zone=ZONE, hits=(hit,)))
    assert "\x1b[1msandbank\x1b[0m here" in shown


def test_a_story_names_all_its_articles() -> None:
    shown = text(StoryView(story=card(), zone=ZONE))
    told = shown[shown.index("Told by") :]
    assert [line[3:] for line in told.splitlines() if line.startswith("·")] == [
        each.title for each in card().sources
    ]
    assert "Radio Ellery · 12 May, 08:00, 2 hours later · copy" in told
