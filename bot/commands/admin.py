"""What managers set for a channel beside its hours: filters, lengths, and what to do on quiet days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from bot.commands.context import Context
from bot.digest.matching import fold, readable
from bot.model.channel import Channel, ChannelSettings
from bot.model.request import Asker, ChannelRequest, FilterRequest
from bot.model.view import Notice, Problem, View
from bot.model.words import count
from bot.store import channels

CHOICES = {
    "sections": ("none", "topic", "source"),
    "quiet_day": ("say", "silent"),
    "on_unknown": ("skip", "resend"),
    "notices": ("on", "off"),
}
NUMBERS = {
    "stories": (1, 30),
    "minutes": (0, 30),
    "sentences": (1, 10),
    "min_sources": (1, 20),
    "max_late_hours": (1, 72),
}
MAX_FILTER_WORDS = 50

MOST_SHOWN = 10
"""Headlines on each side of a trial."""


async def filters(context: Context, asker: Asker, request: FilterRequest) -> View:
    """Set, show or try the words that stories must or must not hold."""
    if request.action == "show":
        channel = await context.channel(asker) or context.visitor(asker)
        return _filters_of(channel.settings)
    words = _merged((), [word.strip() for word in request.words.split(",")])
    if request.action != "clear" and not words:
        return Problem(
            what=f"/nutgraf filter {request.action} needs words.",
            next=f"Separate them by commas: “/nutgraf filter {request.action} football, harbour bridge”.",
        )
    if request.action == "try":
        return await _trial(context, asker, words)
    channel = await context.made_channel(asker)
    old = channel.settings
    if request.action == "include":
        new = replace(old, include=_merged(old.include, words))
    elif request.action == "exclude":
        new = replace(old, exclude=_merged(old.exclude, words))
    else:
        new = replace(old, include=(), exclude=())
    await _keep(context, channel, new)
    return _filters_of(new)


async def _trial(context: Context, asker: Asker, words: tuple[str, ...]) -> Notice:
    """Show which of the stories of the day hold one of these words; nothing is changed."""
    channel = await context.channel(asker) or context.visitor(asker)
    held, others = await context.pipeline.trial(channel, words, context.clock.now())
    if not held and not others:
        return Notice(title="There is no news to try a filter on at present.")
    asked = ", ".join(words)
    return Notice(
        title=f"{len(held)} of {count(len(held) + len(others), 'story', 'stories')} at present hold one of: "
        f"{asked}. Nothing is changed.",
        lines=(
            *_side("exclude", "include", held),
            *_side("include", "exclude", others),
        ),
    )


def _side(dropping: str, keeping: str, titles: tuple[str, ...]) -> list[str]:
    """Return the stories that one kind of filter would drop and the other keep."""
    if not titles:
        return [f"“{dropping}” would drop none."]
    number = count(len(titles), "story", "stories")
    lines = [f"“{dropping}” would drop and “{keeping}” keep {number}:", *titles[:MOST_SHOWN]]
    if len(titles) > MOST_SHOWN:
        lines.append(f"and {len(titles) - MOST_SHOWN} more")
    return lines


async def channel(context: Context, asker: Asker, request: ChannelRequest) -> View:
    """Show the channel's settings, or set one of them."""
    if request.action == "show":
        known = await context.channel(asker) or context.visitor(asker)
        return _settings_of(known.settings)
    name, _, value = request.words.partition(" ")
    name, value = name.lower().replace("-", "_"), value.strip().lower()
    checked = _checked(name, value)
    if isinstance(checked, Problem):
        return checked
    place = await context.made_channel(asker)
    new = replace(place.settings, **checked)
    await _keep(context, place, new)
    return _settings_of(new)


async def _keep(context: Context, place: Channel, settings: ChannelSettings) -> None:
    async with context.database.write() as connection:
        await channels.save_settings(connection, place.id, settings)


def _merged(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return both, each once whatever its case and accents, spelled as at first."""
    spelled: dict[str, str] = {}
    for words in (*old, *new):
        spelled.setdefault(fold(words), words)
    return tuple(words for words in spelled.values() if readable(words))[:MAX_FILTER_WORDS]


def _filters_of(settings: ChannelSettings) -> Notice:
    if not settings.include and not settings.exclude:
        return Notice(title="No filter is set: this channel's digest may tell any story.")
    lines = []
    if settings.include:
        lines.append(f"Only stories that hold one of: {', '.join(settings.include)}")
    if settings.exclude:
        lines.append(f"No stories that hold one of: {', '.join(settings.exclude)}")
    return Notice(title="The filters of this channel's digest:", lines=tuple(lines))


def _settings_of(settings: ChannelSettings) -> Notice:
    shown = [field.name for field in fields(settings) if field.name in (*NUMBERS, *CHOICES)]
    return Notice(
        title="The settings of this channel:",
        lines=tuple(f"{name} {getattr(settings, name) or 'off'}" for name in shown),
    )


def _checked(name: str, value: str) -> dict[str, Any] | Problem:
    """Return a setting as it is kept, or what is wrong with it."""
    if name in NUMBERS:
        low, high = NUMBERS[name]
        if value.isascii() and value.isdigit() and low <= int(value) <= high:
            return {name: int(value)}
        return Problem(
            what=f"{name} is a number from {low} to {high}.", next=f"“/nutgraf channel set {name} {low}”"
        )
    if name in CHOICES:
        if value in CHOICES[name]:
            return {name: value}
        options = " or ".join(CHOICES[name])
        return Problem(what=f"{name} is {options}.", next=f"“/nutgraf channel set {name} {CHOICES[name][0]}”")
    return Problem(what=f"There is no setting “{name[:40]}”.", next="“/nutgraf channel show” lists them.")
