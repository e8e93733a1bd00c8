"""Discord through the front door: the real discord.py against a small honest Discord on loopback."""

from __future__ import annotations

import pytest

from bot.model.request import (
    BriefRequest,
    ChannelRequest,
    DigestRequest,
    FeedRequest,
    FilterRequest,
    FindRequest,
    FollowRequest,
    HelpRequest,
    RelatedRequest,
    Request,
    RulingRequest,
    SavedRequest,
    SourcesRequest,
    StoryRequest,
    WhyRequest,
)
from tests.fakes.discord_newsroom import Newsroom, listening
from tests.fakes.discord_server import FakeDiscord


async def test_related_is_acknowledged_then_answered_privately() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("related", {"query": "ferry"}, user="42", locale="de")
            await discord.answered(asked)
    assert asked.type == 5
    assert asked.private
    text = str(asked.messages[0]["components"])
    assert "Ferry \\\\*aground\\\\*" in text
    assert "the same event" in text
    assert asked.messages[0]["allowed_mentions"] == {"parse": []}
    asker, request = room.asked[0]
    assert request == RelatedRequest("ferry")
    assert (asker.platform, asker.user, asker.language) == ("discord", "42", "de")
    assert (asker.workspace, asker.channel, asker.channel_name) == (channel.guild_id, channel.id, "news")


COMMANDS: list[tuple[str, dict[str, str], Request]] = [
    ("brief", {}, BriefRequest()),
    ("brief", {"topic": "ships", "since": "3d", "length": "short"}, BriefRequest("ships", "3d", "short")),
    ("story", {"story": "S-4F2K"}, StoryRequest("S-4F2K")),
    ("story", {"story": "S-4F2K", "view": "timeline"}, StoryRequest("S-4F2K", "timeline")),
    ("find", {"words": "sand bank"}, FindRequest("sand bank")),
    ("catchup", {"since": "3d"}, BriefRequest(None, "3d", "long")),
    ("why", {"story": "S-4F2K"}, WhyRequest("S-4F2K")),
    ("follow list", {}, FollowRequest("list")),
    ("follow add", {"words": "ice sources:3"}, FollowRequest("add", "ice sources:3")),
    ("follow remove", {"words": "ice"}, FollowRequest("remove", "ice")),
    ("saved list", {}, SavedRequest()),
    ("saved add", {"story": "S-4F2K"}, SavedRequest("add", "S-4F2K")),
    ("saved remove", {"story": "S-4F2K"}, SavedRequest("remove", "S-4F2K")),
    ("sources", {}, SourcesRequest()),
    ("nutgraf help", {}, HelpRequest()),
    (
        "nutgraf story merge",
        {"story": "S-4F2K", "other": "S-2222"},
        RulingRequest("merge", "S-4F2K", other="S-2222"),
    ),
    (
        "nutgraf story split",
        {"story": "S-4F2K", "article": "a1"},
        RulingRequest("split", "S-4F2K", article="a1"),
    ),
    ("nutgraf story undo", {"story": "S-4F2K"}, RulingRequest("undo", "S-4F2K")),
    ("nutgraf story show", {"story": "S-4F2K"}, RulingRequest("show", "S-4F2K")),
    ("nutgraf feed add", {"address": "https://a.example"}, FeedRequest("add", "https://a.example")),
    ("nutgraf feed remove", {"address": "https://a.example"}, FeedRequest("remove", "https://a.example")),
    ("nutgraf feed list", {}, FeedRequest("list")),
    ("nutgraf digest set", {"words": "08:00 Europe/Berlin"}, DigestRequest("set", "08:00 Europe/Berlin")),
    ("nutgraf digest add", {"words": "17:00"}, DigestRequest("add", "17:00")),
    ("nutgraf digest skip", {"words": "nothing"}, DigestRequest("skip", "nothing")),
    ("nutgraf digest off", {}, DigestRequest("off")),
    ("nutgraf digest next", {}, DigestRequest("next")),
    ("nutgraf digest preview", {}, DigestRequest("preview")),
    ("nutgraf filter include", {"words": "ships"}, FilterRequest("include", "ships")),
    ("nutgraf filter exclude", {"words": "ships"}, FilterRequest("exclude", "ships")),
    ("nutgraf filter clear", {}, FilterRequest("clear")),
    ("nutgraf filter show", {}, FilterRequest("show")),
    ("nutgraf channel show", {}, ChannelRequest("show")),
    ("nutgraf channel set", {"name": "stories", "value": "7"}, ChannelRequest("set", "stories 7")),
]


async def test_every_command_becomes_its_request() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            for path, options, _ in COMMANDS:
                asked = await discord.command(path, options)
                await discord.answered(asked)
                assert asked.private
    assert [request for _, request in room.asked] == [request for _, _, request in COMMANDS]


@pytest.mark.parametrize(
    ("rights", "manager"), [(0, False), (1 << 5, True), (1 << 3, True), (1 << 13, False), (1 << 4, False)]
)
async def test_who_may_manage_is_read_from_discord_each_time(rights: int, manager: bool) -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("nutgraf digest off", rights=rights)
            await discord.answered(asked)
    assert room.asked[0][0].manager is manager


async def test_in_direct_messages_everybody_is_alone_and_manages_nothing() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        channel = discord.add_channel(direct=True)
        async with listening(discord, room):
            asked = await discord.command("brief", user="42", channel=channel)
            await discord.answered(asked)
    asker = room.asked[0][0]
    assert (asker.workspace, asker.channel, asker.manager) == ("dm:42", channel.id, False)


async def test_managing_is_shown_to_managers_only_and_reading_to_all() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            pass
        commands = {command["name"]: command for command in discord.state.commands}
    assert set(commands) == {
        *("brief", "related", "story", "find", "catchup", "why", "sources"),
        *("follow", "saved", "nutgraf"),
    }
    assert commands["nutgraf"]["default_member_permissions"] == "32"
    assert commands["nutgraf"]["contexts"] == [0]
    assert commands["brief"]["default_member_permissions"] is None
    assert "contexts" not in commands["brief"]


async def test_commands_are_registered_once_and_again_when_they_differ() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        for _ in range(2):
            async with listening(discord, Newsroom()):
                pass
        assert discord.state.command_writes == 1
        discord.state.commands[0]["description"] = "Something else"
        async with listening(discord, Newsroom()):
            pass
        assert discord.state.command_writes == 2


async def test_only_the_guilds_intent_is_asked_for() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            assert discord.gateway.intents == 1
