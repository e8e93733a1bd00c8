"""The web page of a digest: whole, valid, and deaf to what foreign text would have it do."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from bot.model.view import DigestView, View
from bot.platforms.console.html import page
from bot.platforms.console.plain import clean
from tests.contract.recipes import DIGESTS, every_kind
from tests.contract.test_views import HOSTILE, TAME, squeezed
from tests.contract.views import EXAMPLES, card, digest, sentence

VOID = {"meta", "br"}


class Reading(HTMLParser):
    """A page as a browser builds it: which elements, which text; every element closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


def digest_of(view: View) -> DigestView:
    assert isinstance(view, DigestView)
    return view


@settings(max_examples=40, deadline=None)
@given(view=DIGESTS)
def test_any_digest_is_a_whole_page(view: DigestView) -> None:
    html = page(view)
    html.encode()
    assert html == page(view)
    reading = Reading(html)
    assert all(link.startswith(("http://", "https://")) for link in reading.links)
    assert reading.headings[0] == "h1"
    sections = sum(bool(clean(part.name).strip()) for part in view.sections)
    assert reading.headings.count("h2") == len(view.stories) + bool(view.brief) + sections
    text = squeezed(reading.text)
    for told in view.stories:
        for each in told.sentences:
            assert squeezed(each.text) in text


def test_the_name_of_an_agency_is_cleaned_as_all_names_are() -> None:
    view = digest_of(EXAMPLES["digest"])
    story = view.stories[0]
    copy = replace(story.sources[0], copy=True, agency="A\ud800\x1bP")
    html = page(replace(view, stories=(replace(story, sources=(*story.sources, copy)),)))
    html.encode()
    assert "\x1b" not in html
    assert "wire copy (A" in html


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_foreign_words_make_no_element(hostile: str) -> None:
    tame = Reading(page(digest_of(every_kind(TAME)["digest"])))
    reading = Reading(page(digest_of(every_kind(hostile)["digest"])))
    assert reading.elements == tame.elements
    assert reading.links == tame.links
    assert squeezed(hostile.replace("\ud83d", "")) in squeezed(reading.text)


def test_an_attribute_cannot_be_left() -> None:
    evil = '" onmouseover="alert(1)'
    html = page(digest(card(evil, sentences=(sentence(evil, name=evil),))))
    names = {name for _, attributes in Reading(html).elements for name in attributes}
    assert not {name for name in names if name.startswith("on")}


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = page(digest_of(EXAMPLES["digest"]))
    tags = {tag for tag, _ in Reading(html).elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base", "video", "source"}
    assert "url(" not in html
    assert "@import" not in html
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest_of_style = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert len(style) == 1
    assert f"default-src 'none'; style-src 'sha256-{digest_of_style}'" in html
    assert "style=" not in html


def test_a_sentence_names_its_place() -> None:
    told = sentence("It was so.", number=3)
    html = page(digest(card(sentences=(told,))))
    assert '<span dir="auto" data-doc="a3" data-start="0" data-end="10">It was so.</span>' in html
    assert f'href="{told.url}"' in html


def test_what_the_day_was_like_is_said() -> None:
    assert "Late: due at 12 May, 09:00." in page(digest_of(EXAMPLES["digest, late"]))
    assert "Nothing new since yesterday." in page(digest_of(EXAMPLES["digest, quiet"]))
    assert "Nothing to tell today." in page(digest())
    assert '<time datetime="2026-05-12">Tuesday, 12 May 2026</time>' in page(digest())
    assert "212 articles from 18 sources; 2 sources failing" in page(digest())
