"""Telling Discord of the commands, only when it has others: it counts 200 new ones a day."""

from __future__ import annotations

from typing import cast

from bot.model.delivery import JSON, Payload
from bot.platforms.discord import outcome
from bot.platforms.discord.commands import Tree
from bot.platforms.discord.rest import Rest, UnreachableError

_SAME_WHEN_ABSENT: dict[str, JSON] = {
    "type": 1,
    "required": False,
    "autocomplete": False,
    "nsfw": False,
    "options": [],
    "choices": [],
    "default_member_permissions": None,
    "contexts": None,
}


async def sync(rest: Rest, tree: Tree, application: int) -> str | None:
    """Register the commands when Discord has others.

    Returns:
        What went wrong, in words; None when Discord has them.
    """
    wanted = [cast("Payload", command.to_dict(tree)) for command in tree.get_commands()]
    path = ("applications", str(application), "commands")
    try:
        held = await rest.call("GET", path)
        if held.ok and isinstance(held.body, list) and same(wanted, held.body):
            return None
        put = await rest.call("PUT", path, json=cast("JSON", wanted))
    except UnreachableError as error:
        return f"Discord could not be reached: {error.reason}"
    return None if put.ok else outcome.said(put)


def same(wanted: list[Payload], held: list[JSON]) -> bool:
    """Whether two lists of commands are the same to people, in whatever order; ids and versions aside."""
    ours = {str(command.get("name")): _essence(command) for command in wanted}
    theirs = {str(command.get("name")): _essence(command) for command in held if isinstance(command, dict)}
    return ours == theirs and len(held) == len(wanted)


_TOLD = ("name", "description", "value", "max_length", "min_length", *_SAME_WHEN_ABSENT)


def _essence(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_essence(item) for item in value]
    if not isinstance(value, dict):
        return value
    essence: Payload = {}
    for name in _TOLD:
        default = _SAME_WHEN_ABSENT.get(name)
        told = value.get(name)
        essence[name] = default if told is None else _essence(told)
    if essence["default_member_permissions"] is not None:
        # discord.py gives a number, Discord a text.
        essence["default_member_permissions"] = str(essence["default_member_permissions"])
    return essence
