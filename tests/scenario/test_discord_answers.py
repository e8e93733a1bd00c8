"""Answers on Discord: what the person sees when things go wrong, and buttons that outlive the bot."""

from __future__ import annotations

import asyncio

import pytest

from bot.model.request import FindRequest, RelatedRequest
from bot.model.view import Notice, Problem
from bot.platforms.discord import limits
from tests.fakes import discord_rules
from tests.fakes.discord_newsroom import Newsroom, listening, platform_of
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_state import Asked, Fault, Json, cut, error, rate_limit, refusal


def words(asked: Asked) -> str:
    return "\n".join(
        part["content"]
        for message in asked.messages
        for part in discord_rules.walk(message["components"])
        if part["type"] == 10
    )


def labels(message: Json) -> list[str]:
    return [part["label"] for part in discord_rules.walk(message["components"]) if "label" in part]


async def test_a_failure_in_the_bot_ends_the_thinking() -> None:
    room = Newsroom()
    room.broken = True
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("brief")
            await discord.answered(asked)
            assert "something went wrong" in words(asked)
            assert "on fire" not in words(asked)
            room.broken = False
            room.view = Problem(what="There is no story S-0.", next="Use /brief.")
            asked = await discord.command("brief")
            await discord.answered(asked)
            room.view, room.broken = None, True
            pressed = await discord.press(await shown(discord, room), "Related")
            await discord.answered(pressed)
    assert "something went wrong" in words(pressed)
    assert labels(asked.messages[0]) == []  # a problem is nothing to share


async def shown(discord: FakeDiscord, room: Newsroom) -> Json:
    """The message of an answer to /related."""
    broken, room.broken = room.broken, False
    asked = await discord.command("related", {"query": "ferry"})
    await discord.answered(asked)
    room.broken = broken
    return asked.messages[0]


PASSING = {
    "cut before": cut(accepted=False),
    "cut after": cut(accepted=True),
    "500": error(500),
    "503": error(503),
    "rate limit": rate_limit(2.0),
}


@pytest.mark.parametrize("name", PASSING)
async def test_passing_faults_do_not_keep_the_answer_from_the_person(name: str) -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            discord.fail("answer", PASSING[name])
            asked = await discord.command("brief")
            await discord.answered(asked)
            await discord.until(lambda: not discord.state.faults["answer"])
    assert "You asked" in words(asked)


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("broken", [True, False])
async def test_a_line_cut_while_it_is_acknowledged_leaves_nobody_thinking(
    accepted: bool, broken: bool
) -> None:
    room = Newsroom()
    room.broken = broken
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            discord.fail("callback", cut(accepted=accepted))
            asked = await discord.command("brief")
            await discord.answered(asked)
    assert ("went wrong" if broken else "You asked") in words(asked)
    assert len(room.asked) == 1


async def test_a_rate_limit_that_lasts_is_not_waited_for() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            discord.fail("answer", rate_limit(300))
            await discord.command("brief")
            await discord.until(lambda: not discord.state.faults["answer"])
            asked = await discord.command("brief")
            await discord.answered(asked)
    assert 300 not in room.waits


async def test_an_answer_that_discord_refuses_is_replaced_by_a_sentence() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            discord.fail("answer", refusal(400, 50035, "Invalid Form Body"))
            asked = await discord.command("brief")
            await discord.answered(asked)
    assert "Discord refused it" in words(asked)


@pytest.mark.parametrize("when", ["before it is acknowledged", "while it is answered"])
async def test_an_expired_interaction_harms_nobody_else(when: str) -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            if when == "before it is acknowledged":
                discord.fail("callback", refusal(404, 10062, "Unknown interaction"))
            else:
                room.gate.clear()
            late = await discord.command("brief")
            await discord.until(lambda: room.asked or ("POST", callback(late)) in discord.state.calls)
            late.expired = True
            room.gate.set()
            asked = await discord.command("related", {"query": "ferry"})
            await discord.answered(asked)
    assert not late.answered


def callback(asked: Asked) -> str:
    return f"/api/v10/interactions/{asked.id}/{asked.token}/callback"


async def test_a_long_answer_comes_in_several_messages_all_private_and_in_order() -> None:
    room = Newsroom()
    room.view = Notice(title="Numbers", lines=tuple(f"line {number} " + "x" * 300 for number in range(40)))
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        async with listening(discord, room):
            discord.fail("followup", rate_limit(1))
            asked = await discord.command("brief")
            await discord.until(lambda: "line 39" in words(asked))
    assert len(asked.messages) > 2
    assert asked.private
    assert channel.messages == []
    text = words(asked)
    assert sorted(range(40), key=lambda number: text.index(f"line {number} ")) == list(range(40))


async def test_a_further_message_that_may_have_arrived_is_not_sent_twice() -> None:
    room = Newsroom()
    room.view = Notice(title="Numbers", lines=tuple(f"line {number} " + "x" * 300 for number in range(20)))
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            discord.fail("followup", cut(accepted=True))
            asked = await discord.command("brief")
            await discord.until(lambda: len(asked.messages) == 2)
            room.view = None
            later = await discord.command("brief")
            await discord.answered(later)
    assert len(asked.messages) == 2
    assert words(asked).count("line 19 ") == 1


async def test_share_posts_what_the_person_saw_for_all() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        async with listening(discord, room):
            private = await shown(discord, room)
        # The bot that answers the button is another one than the bot that put it there.
        room = Newsroom()
        async with listening(discord, room):
            pressed = await discord.press(private, "Share")
            await discord.answered(pressed)
    (public,) = channel.messages
    assert public["flags"] == limits.COMPONENTS_V2
    assert public["allowed_mentions"] == {"parse": []}
    assert words(pressed) in str(public) or "Ferry" in str(public)
    assert labels(private) == ["Related", "Share"]
    assert labels(public) == ["Related"]
    assert room.asked == []


async def test_what_a_person_saved_is_nothing_to_share() -> None:
    room = Newsroom()
    room.view = Notice(title="“Ferry” is saved for you.", lines=())
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("saved add", {"story": "S-4F2K"})
            await discord.answered(asked)
            other = await discord.command("brief")
            await discord.answered(other)
    assert "saved for you" in words(asked)
    assert labels(asked.messages[0]) == []
    assert labels(other.messages[0]) == ["Share"]


async def test_related_and_more_work_after_a_restart_and_for_other_people() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("find", {"words": "sand: bank"})
            await discord.answered(asked)
        room = Newsroom()
        async with listening(discord, room):
            more = await discord.press(asked.messages[0], "More", user="77", rights=0)
            await discord.answered(more)
            related = await discord.press(more.messages[0], "Related", user="78", rights=0)
            await discord.answered(related)
    assert more.private
    assert related.private
    assert [request for _, request in room.asked] == [FindRequest("sand: bank", 2), RelatedRequest("S-4F2K")]
    assert [(asker.user, asker.manager) for asker, _ in room.asked] == [("77", False), ("78", False)]


@pytest.mark.parametrize(
    "named", ["n0:related:0:S-1", "n1:unknown:0", "n1:more:0:x:y", "vote", "n1:related:0:"]
)
async def test_buttons_of_other_versions_say_what_to_do(named: str) -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            message = await shown(discord, room)
            button = {"type": 2, "style": 2, "label": "Old", "custom_id": named}
            old = {**message, "components": [{"type": 1, "components": [button]}]}
            pressed = await discord.press(old, "Old")
            await discord.answered(pressed)
    assert pressed.private
    assert "older version" in words(pressed)


async def test_a_command_that_discord_still_shows_but_the_bot_has_not_is_answered() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            discord.state.commands.append({"name": "horoscope"})
            asked = await discord.command("horoscope")
            await discord.answered(asked)
    assert asked.private
    assert "could not be answered" in words(asked)


async def test_stopping_waits_for_the_questions_under_way() -> None:
    room = Newsroom()
    room.gate.clear()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("brief")
            await discord.until(lambda: asked.thinking)
            await discord.until(lambda: room.asked)
            discord.state.faults["answer"].append(Fault(status=503, body=""))
            room.gate.set()
    assert asked.answered


async def test_a_question_outlives_the_connection_it_came_by() -> None:
    room = Newsroom()
    room.gate.clear()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            asked = await discord.command("brief")
            await discord.until(lambda: room.asked)
            discord.gateway.down = True
            await discord.gateway.drop()
            await discord.until(lambda: discord.gateway.refusals)
            room.gate.set()
            await discord.answered(asked)
    assert "You asked" in words(asked)


async def test_a_question_that_takes_too_long_at_the_end_is_ended_with_a_word() -> None:
    room = Newsroom()
    room.gate.clear()
    async with FakeDiscord() as discord:
        discord.add_channel()
        platform = platform_of(discord, room, patience_s=0.05)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(platform.run())
            await discord.connected()
            asked = await discord.command("brief")
            await discord.until(lambda: room.asked)
            running.cancel()
        await platform.close()
    assert "was stopped" in words(asked)
