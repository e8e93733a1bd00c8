from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.plaintext import one_line, plain


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("One line.", "One line."),
        ("One\nparagraph\n\n\nand another", "One paragraph\nand another"),
        ("<p>One</p>\n<p>Two <b>bold</b>\nwords</p>", "One\nTwo bold words"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a b\nc"),
        ("caf&eacute; &amp; bar&nbsp;&#8212; &lt;b&gt;", "café & bar — <b>"),
        ("&amp;lt; &amp;nbsp;", "&lt; &nbsp;"),
        ("a<script>alert('<p>x</p>')</script>b<style>p{}</style>c", "abc"),
        ("a<script>never closed", "a"),
        ("a<iframe src='x'>never closed", "anever closed"),
        ("a<!-- <p>hidden</p> -->b<!-- never closed", "ab"),
        ("<![CDATA[<p>One</p>]]>", "One"),
        ('<img alt="a > b" src="x">After', "After"),
        ('<a title="<b>x</b>">link</a> text', "link text"),
        ("x < y and y > z, 1 <2", "x < y and y > z, 1 <2"),
        ("I <3 feeds", "I <3 feeds"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("<pre>a\n  b</pre>c\nd", "a\nb\nc d"),
        ("<PRE>a\nb</PRE>", "a\nb"),
        ("<DIV>One</DIV><DIV>Two</DIV>", "One\nTwo"),
        ("<xhtml:p>One</xhtml:p><xhtml:p>Two</xhtml:p>", "One\nTwo"),
        ("a\u2028b\u00a0\u00a0c\td", "a\nb c d"),
        ("", ""),
        ("<p></p>", ""),
        ("<svg><text>x</text></svg>a", "a"),
    ],
)
def test_markup_to_text(markup: str, wanted: str) -> None:
    assert plain(markup) == wanted


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("AT&T & co <3", "AT&T & co <3"),
        ("The <em>first</em>\n  ship", "The first ship"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hi", "Hi"),
        ("Use of <T> in code", "Use of <T> in code"),
        ("@everyone <!channel> <@U123>", "@everyone <!channel> <@U123>"),
    ],
)
def test_headlines(markup: str, wanted: str) -> None:
    assert one_line(markup) == wanted


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_the_form_holds_for_any_text(text: str) -> None:
    made = plain(text)
    assert all(line.strip() == line != "" for line in made.split("\n")) or made == ""
    assert "\n" not in one_line(text)


WORDS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=6).map(" ".join)
TAGS = st.sampled_from(
    ["<p>{}</p>", "<div class='a'>{}</div>", "<br/>{}<br/>", '<p data-x="1 > 0">{}</p>', "<li>{}</li>"]
)


@given(st.lists(st.tuples(TAGS, WORDS), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost_and_paragraphs_stay_apart(blocks: list[tuple[str, str]]) -> None:
    made = plain("".join(tag.format(words) for tag, words in blocks))
    assert made.split("\n") == [words for _, words in blocks]


@given(st.text(st.sampled_from("<>/=\"'! -abp\n&;"), max_size=400))
@settings(max_examples=150, deadline=None)
def test_broken_markup_never_fails(text: str) -> None:
    assert re.search(r"\n\n|^\n|\n$", plain(text)) is None
