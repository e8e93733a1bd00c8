"""What the bot asks a server for: the least that it can work with, and the address that invites it."""

from __future__ import annotations

# https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
READ_MESSAGE_HISTORY = 1 << 16
SEND_MESSAGES_IN_THREADS = 1 << 38

PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | SEND_MESSAGES_IN_THREADS

GUILDS_INTENT = 1 << 0
"""https://discord.com/developers/docs/topics/gateway#gateway-intents"""


def url(application_id: str) -> str:
    """Return the address at which somebody who manages a server lets the bot in."""
    return (
        "https://discord.com/oauth2/authorize"
        f"?client_id={application_id}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )
