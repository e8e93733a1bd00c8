"""nutgraf digest and nutgraf channel: previews, and where digests are posted."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, Literal

import typer
from rich.console import Console

from bot.commands.hours import put
from bot.commands.when import describe, read
from bot.core import Core
from bot.model.channel import Channel
from bot.model.delivery import JSON
from bot.model.view import DigestView
from bot.platforms.console import html
from bot.platforms.console.data import data
from bot.platforms.console.render import show
from bot.shell.printing import AsJson, ShellError, fail, moment, print_json, say, warn, with_core
from bot.store import channels

Form = Literal["text", "json", "slack", "discord", "html"]

channel_commands = typer.Typer(no_args_is_help=True, help="Where digests are posted, and when.")


def digest(
    channel: Annotated[
        str, typer.Argument(help="A channel's name or address; any name previews the defaults.")
    ],
    at: Annotated[str | None, typer.Option(help="As of this moment (2026-05-12T07:00Z).")] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = "text",
    as_json: AsJson = False,
) -> None:
    """Preview a channel's digest; nothing is sent."""
    when = moment(at)

    async def work(core: Core) -> None:
        place, zone = await _place(core, channel)
        view = await core.pipeline.preview(place, zone, when or core.clock.now())
        newest = await core.archive.newest()
        if when is None and view.quiet and newest is not None:
            # An archive that was imported ends in the past: its last day says more than an empty page.
            view = await core.pipeline.preview(place, zone, newest + timedelta(seconds=1))
            warn(f"Nothing new at present: this is the digest as of {newest:%Y-%m-%d %H:%M} UTC.")
        _print(view, "json" if as_json else form)

    with_core(work)


def _print(view: DigestView, form: Form) -> None:
    """Print a digest in a form; the native ones as JSON Lines, a message a line."""
    match form:
        case "text":
            show(view, Console())
        case "json":
            print_json(data(view))
        case "html":
            say(html.page(view))
        case "slack":
            from bot.platforms.slack.render import render as slack

            for payload in slack(view):
                say(json.dumps(payload, ensure_ascii=False))
        case "discord":
            from bot.platforms.discord.render import render as discord

            for payload in discord(view):
                say(json.dumps(payload, ensure_ascii=False))


async def _place(core: Core, name: str) -> tuple[Channel, str]:
    """Return the channel of a name and its zone; one that is not known, with the defaults."""
    async with core.database.read() as connection:
        found = await channels.channels_called(connection, name)
        running = await channels.schedules_of(connection, found[0].id) if found else ()
    if len(found) > 1:
        names = ", ".join(f"{place.platform}:{place.address}" for place in found)
        raise ShellError(f"“{name}” may mean {names}. Say which.")
    if found:
        return found[0], running[0].zone if running else "UTC"
    plain = name.removeprefix("#")
    return Channel(id=0, platform="console", workspace="local", address=plain, name=plain), "UTC"


@channel_commands.command("add")
def add_channel(
    platform: Annotated[str, typer.Argument(help="slack, discord or console.")],
    address: Annotated[str, typer.Argument(help="The platform's id of the channel, such as C0123456789.")],
    name: Annotated[str | None, typer.Option(help="As people call it.")] = None,
    workspace: Annotated[str, typer.Option(help="The platform's id of the workspace or server.")] = "local",
    at: Annotated[str, typer.Option(help="“08:00 Europe/Berlin mon-fri”")] = "",
    since: Annotated[
        str | None, typer.Option(help="Digests due before this moment are not owed; default: now.")
    ] = None,
) -> None:
    """Have a digest posted to a channel; the same as “/nutgraf digest set” typed there."""
    if platform not in ("slack", "discord", "console"):
        fail(f"There is no platform “{platform}”: use slack, discord or console.", 2)
    when = read(at, "UTC") if at else None
    if isinstance(when, str):
        fail(when, 2)
    start = moment(since)

    async def work(core: Core) -> None:
        now = core.clock.now()
        async with core.database.write() as connection:
            place = await channels.save_channel(
                connection,
                platform=platform,
                workspace=workspace,
                address=address,
                name=(name or address).removeprefix("#"),
                now=now,
            )
            if when is not None:
                await put(connection, place, when, start or now)
        say(f"{place.platform}:{place.address} ({place.name}) is set up.")

    with_core(work)


@channel_commands.command("list")
def list_channels(as_json: AsJson = False) -> None:
    """List the channels and their hours."""

    async def work(core: Core) -> None:
        async with core.database.read() as connection:
            places = await channels.all_channels(connection)
            running = await channels.all_schedules(connection)
        for place in places:
            hours = describe([schedule for schedule in running if schedule.channel_id == place.id])
            if as_json:
                row: dict[str, JSON] = {
                    "platform": place.platform,
                    "workspace": place.workspace,
                    "address": place.address,
                    "name": place.name,
                    "digests": hours or None,
                }
                print_json(row)
            else:
                say(f"{place.platform}:{place.address}  {place.name}  {hours or 'no digest'}")

    with_core(work)
