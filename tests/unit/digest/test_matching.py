"""Filters find whole words and phrases in any language, whatever their case and accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.matching import fold, holds, readable


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("ferry", "The FERRY came late."),
        ("ferry", "(ferry)"),
        ("harbour bridge", "The Harbour-Bridge is closed"),
        ("harbour  bridge", "the harbour\nbridge"),
        ("cafe", "Un café fermé"),
        ("CAFÉ", "a cafe"),
        ("straße", "in der STRASSE"),
        ("münchen", "MUNCHEN und Mu\u0308nchen"),
        ("lodz", "w Łodzi? Łódź!"),
        ("ırmak", "IRMAK"),
        ("выборы", "ВЫБОРЫ в городе"),
        ("елка", "ёлка"),
        ("αθηνα", "στην Αθήνα"),
        ("السلام", "السَّلَام عليكم"),
        ("שלום", "שָׁלוֹם"),
        ("東京", "今日の東京は雨"),
        ("กรุงเทพ", "ฝนตกในกรุงเทพวันนี้"),
        ("서울", "서울 날씨"),
        ("हिन्दी", "यह हिन्दी है"),
        ("u.s.", "the U.S. said"),
        ("l'oréal", "chez L’Oréal"),
        ("ferr*", "two ferries"),
        ("covid 19", "COVID-19 again"),
    ],
)
def test_held(words: str, text: str) -> None:
    assert holds(fold(text), words)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("ferry", "the ferryman"),
        ("art", "a party, an article"),
        ("ferr*", "offerry"),
        ("harbour bridge", "the bridge of the harbour"),
        ("harbour bridge", "harbour bridges"),
        ("us", "buses, bonus"),
        ("が", "かれ"),
        ("हिन्द", "यह हिन्दी है"),
        ("ü", "uber"),
        ("...", "what ... ever"),
        ("", "anything"),
        ("*", "anything"),
    ],
)
def test_not_held(words: str, text: str) -> None:
    assert not holds(fold(text), words)


WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=8)


@given(before=st.lists(WORD, max_size=3), phrase=st.lists(WORD, min_size=1, max_size=3), after=st.text())
def test_a_phrase_is_found_in_its_text_in_any_case(before: list[str], phrase: list[str], after: str) -> None:
    words = " ".join(phrase)
    for text in (words, words.upper(), words.lower(), words.title()):
        # "ŉ" and its like fall into two words when they are folded.
        assert holds(fold(" ".join([*before, text]) + "\n" + after), words) or not readable(words)


@given(text=st.text(), words=st.text(max_size=20))
def test_any_text_is_taken(text: str, words: str) -> None:
    assert fold(fold(text)) == fold(fold(fold(text)))
    holds(fold(text), words)
    assert holds(fold(words), words) is readable(words)
