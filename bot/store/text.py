"""Text as both engines store it: PostgreSQL takes no NUL, and half a character is none to either."""

from __future__ import annotations

import re

_UNFIT = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text without what cannot be stored: a space for NUL, U+FFFD for half of a character."""
    if not _UNFIT.search(text):
        return text
    return _UNFIT.sub(lambda match: " " if match[0] == "\0" else "\ufffd", text)
