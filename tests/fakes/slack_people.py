"""What people do in the fake Slack, as the payloads that Slack makes of it, and what they get back."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack_state import Message, Workspace


@dataclass(slots=True)
class Reply:
    """What came back for one command or press.

    Attributes:
        id: of the interaction.
        url: its response_url, good for five messages.
        acknowledged: an acknowledgement came; `acknowledgements` says how many.
        payload: what the last acknowledgement carried.
        messages: what was posted to the response_url, in order.
    """

    id: str
    url: str
    user: str
    channel: str
    uses: int = 5
    acknowledgements: int = 0
    payload: Any = None
    messages: list[Message] = field(default_factory=list)
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acknowledged(self) -> bool:
        """Whether it was acknowledged."""
        return self.acknowledgements > 0

    def take(self, message: Message) -> None:
        """Note a message posted to the response_url."""
        self.messages.append(message)
        self._came.set()

    async def message(self, number: int = 1) -> Message:
        """Return the message of that number, waiting for it up to ten seconds."""
        async with asyncio.timeout(10):
            while len(self.messages) < number:
                self._came.clear()
                await self._came.wait()
        return self.messages[number - 1]


def command_body(slack: Workspace, reply: Reply, command: str, text: str) -> dict[str, Any]:
    """Return the payload of a slash command."""
    room = slack.rooms[reply.channel]
    return {
        "token": "deprecated",
        "team_id": slack.team,
        "team_domain": "made-up",
        "channel_id": room.id,
        "channel_name": room.name,
        "user_id": reply.user,
        "user_name": reply.user.lower(),
        "command": command,
        "text": text,
        "api_app_id": "A0APP",
        "is_enterprise_install": "false",
        "response_url": reply.url,
        "trigger_id": f"1.{reply.id}",
    }


def press_body(slack: Workspace, reply: Reply, message: Message, button: dict[str, Any]) -> dict[str, Any]:
    """Return the payload of a pressed button; like Slack, it shows the app no private message again."""
    room = slack.rooms[reply.channel]
    private = message.to is not None
    body: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": slack.team, "domain": "made-up"},
        "user": {"id": reply.user, "team_id": slack.team, "name": reply.user.lower()},
        "api_app_id": "A0APP",
        "trigger_id": f"1.{reply.id}",
        "container": {"type": "message", "message_ts": message.ts, "is_ephemeral": private},
        "channel": {"id": room.id, "name": room.name},
        "response_url": reply.url,
        "actions": [{**button, "block_id": "b1", "action_ts": message.ts}],
    }
    if not private:
        body["message"] = {**message.body, "ts": message.ts}
    return json.loads(json.dumps(body))  # type: ignore[no-any-return]  # a copy, as over the wire
