"""Which signs make up a word, by script: classes to be used in patterns; pure."""

from __future__ import annotations

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han."""

UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{IDEOGRAPHS}"
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces, so no sign shows where a word ends."""

LETTER = f"\\w\u0900-\u0963\u0966-\u0dff\u0f71-\u0fbc{UNSPACED}"
"""Letters and digits of any script; vowel signs of India, Tibet and Indochina are no `\\w` but belong."""
