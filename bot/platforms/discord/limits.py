"""Discord's limits, each under the page that states it; lengths are in UTF-16 units, the larger count."""

from __future__ import annotations

# https://discord.com/developers/docs/components/reference
COMPONENTS = 40
"""Components in a message, nested ones counted."""
TEXT = 4000
"""All text of a message's components together."""
CUSTOM_ID = 100
BUTTON_LABEL = 80
LINK_URL = 512
"""The address behind a link button."""

# https://discord.com/developers/docs/resources/message
NONCE = 25
HISTORY_PAGE = 100
"""Messages in one answer about a channel's history."""
EPHEMERAL = 1 << 6
COMPONENTS_V2 = 1 << 15

# https://discord.com/developers/docs/topics/gateway: a bot may begin so many sessions a day; see `app`.
IDENTIFY_WAIT_S = 5.0
"""One session may be begun in so many seconds."""

LINK_IN_TEXT = 1000
"""Ours: a longer address is not linked, so that one link never fills a message."""
PIECE = 1500
"""Ours: a longer line is broken, so that it fits into a message beside other things."""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units: characters outside the basic plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
