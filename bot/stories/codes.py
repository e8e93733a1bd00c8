"""Story ids that people read aloud and type: "S-4F2K"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No 0/O, 1/I/L, and no vowels, so that no id spells a word; U and Y look like V."""

SHORTEST = 4

_CODE = re.compile(f"[sS]-([{ALPHABET}{ALPHABET.lower()}]{{{SHORTEST},13}})")


def codes(article_id: str) -> Iterator[str]:
    """Yield the ids that a story founded by this article may get, shortest first; take the first free one."""
    number = int.from_bytes(hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).digest()[:12], "big")
    letters = ""
    while len(letters) < 13:
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
        if len(letters) >= SHORTEST:
            yield f"S-{letters}"


def story_id(text: str) -> str | None:
    """Return what people typed as a story id in its proper form; None when it is none."""
    match = _CODE.fullmatch(text.strip())
    return f"S-{match[1].upper()}" if match else None
