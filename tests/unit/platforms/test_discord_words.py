"""Custom ids, nonces, answers and the list of commands: small formats with one right reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.delivery import JSON, Later, Never, Payload
from bot.model.request import Request
from bot.platforms.discord import commands, custom_id, history, invite, limits, outcome, sync
from bot.platforms.discord.commands import Interaction
from bot.platforms.discord.rest import Reply
from tests.fakes.discord_hostile import TEXT
from tests.fakes.discord_newsroom import Newsroom, delivery, platform_of
from tests.fakes.discord_server import FakeDiscord

WORDS = TEXT.filter(bool)
PRESS = (
    st.just(custom_id.Share())
    | WORDS.map(custom_id.Related)
    | WORDS.map(custom_id.Save)
    | st.builds(custom_id.More, WORDS, st.integers(1, 10**8))
)


@given(PRESS, st.integers(0, 40))
def test_a_custom_id_is_read_back_or_not_written(press: custom_id.Press, place: int) -> None:
    written = custom_id.write(press, place)
    if written is not None:
        assert limits.units(written) <= limits.CUSTOM_ID
        assert custom_id.read(written) == press


@given(st.text(max_size=30) | st.text(":0123456789n1morelatdsh", max_size=20).map(lambda text: f"n1:{text}"))
def test_any_custom_id_is_read_without_failing(text: str) -> None:
    custom_id.read(text)


@settings(max_examples=50)
@given(TEXT, TEXT)
def test_nonce_and_mark_are_the_parts_own_and_fit(key: str, other: str) -> None:
    platform = platform_of(FakeDiscord(), Newsroom())
    one = delivery("1", platform, key=key.encode(errors="ignore").decode())
    assert len(history.nonce(one)) <= limits.NONCE
    assert 2**30 <= history.mark(one) < 2**31
    for another in (replace(one, address="2"), replace(one, key=f"{one.key}{other!r}")):
        assert history.nonce(another) != history.nonce(one)
        assert history.mark(another) != history.mark(one)
    assert history.nonce(replace(one, attempts=3, fence=9)) == history.nonce(one)


SECONDS = st.floats() | st.integers() | st.text(max_size=5) | st.none() | st.booleans() | st.just("1e999")


@given(st.integers(300, 599), SECONDS, SECONDS, st.booleans())
def test_no_answer_makes_us_wait_for_ever_or_fail(
    status: int, told: JSON, header: JSON, as_json: bool
) -> None:
    body: Payload = {"retry_after": told, "message": "no", "code": 0}
    reply = Reply(status, {"retry-after": str(header)}, body if as_json else None, "")
    result = outcome.of_reply(reply)
    if isinstance(result, Later):
        assert 0 <= result.after_s <= 86_400
        assert result.unknown == (status >= 500 or status == 408)
    else:
        assert isinstance(result, Never)


@pytest.mark.parametrize(
    ("headers", "told", "whole"),
    [
        ({}, {"retry_after": 1.5, "global": True}, True),
        ({"x-ratelimit-scope": "global"}, {"retry_after": 1.5}, True),
        ({"x-ratelimit-scope": "shared"}, {"retry_after": 1.5, "global": False}, False),
    ],
)
def test_a_rate_limit_says_whom_it_is_for(headers: dict[str, str], told: Payload, whole: bool) -> None:
    result = outcome.of_reply(Reply(429, headers, told, ""))
    assert isinstance(result, Later)
    assert (result.after_s, result.whole_platform) == (1.5, whole)


def _commands() -> list[Payload]:
    """The commands as discord.py tells Discord of them."""
    # Not at the top: the library warns when it is imported, and our package knows which warnings to let pass.
    import discord
    from discord import app_commands

    async def ask(_: Interaction, __: Request) -> None:
        return

    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    commands.add(tree, ask)
    return [command.to_dict(tree) for command in tree.get_commands()]


def _with_options(told: JSON) -> Iterator[Payload]:
    for each in told if isinstance(told, list) else []:
        assert isinstance(each, dict)
        yield each
        yield from _with_options(each.get("options"))


def test_the_list_of_commands_is_within_discords_limits() -> None:
    told = list(_with_options([*_commands()]))
    assert len(told) > 30
    for each in told:
        name, description = str(each["name"]), str(each["description"])
        assert 1 <= len(name) <= 32
        assert name == name.lower()
        assert 1 < len(description) <= 100, name  # discord.py puts "…" for one that was forgotten


def test_every_difference_between_lists_of_commands_is_seen() -> None:
    ours = _commands()
    theirs: list[JSON] = [
        {**command, "id": "1", "version": "2", "name_localizations": None} for command in ours
    ]
    assert sync.same(ours, theirs)
    assert sync.same(ours, theirs[::-1])
    assert not sync.same(ours, theirs[1:])
    assert not sync.same(ours, [*theirs, {"name": "old", "description": "x"}])
    changes: list[Payload] = [
        {"description": "other"},
        {"default_member_permissions": "8"},
        {"options": [{"name": "x"}]},
    ]
    for change in changes:
        assert not sync.same(ours, [{**ours[0], **change}, *theirs[1:]])


GUIDE = Path(__file__).parents[3] / "docs" / "discord.md"


def test_the_guide_invites_with_the_rights_that_are_needed() -> None:
    guide = GUIDE.read_text()
    assert invite.url("APPLICATION_ID") in guide
    from discord import Permissions

    named = Permissions(
        view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
    )
    assert named.value == invite.PERMISSIONS
    for right in ("View Channels", "Send Messages", "Send Messages in Threads", "Read Message History"):
        assert f"| {right} |" in guide


@pytest.mark.parametrize("command", ["/brief", "/related", "/story", "/find", "/sources", "/nutgraf help"])
def test_the_guide_names_every_command(command: str) -> None:
    assert f"| `{command}" in GUIDE.read_text()
