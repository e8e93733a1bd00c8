"""The slash commands, the same words as on every platform; each becomes a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import discord
from discord import app_commands

from bot.model.request import (
    STORY_VIEWS,
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

Interaction: TypeAlias = "discord.Interaction[discord.Client]"
Tree: TypeAlias = "app_commands.CommandTree[discord.Client]"
Ask: TypeAlias = Callable[[Interaction, Request], Awaitable[None]]

_VIEWS = [app_commands.Choice(name=view, value=view) for view in STORY_VIEWS]
_LENGTHS = [app_commands.Choice(name=length, value=length) for length in ("short", "normal", "long")]


# Reading works in direct messages too; managing does not, or any stranger could have the bot fetch addresses.
_SERVERS = app_commands.AppCommandContext(guild=True)


def add(tree: Tree, ask: Ask) -> None:
    """Put every command into a tree; `ask` answers each."""
    _add_reading(tree, ask)
    tree.add_command(_following(ask))
    tree.add_command(_saving(ask))
    tree.add_command(_managing(ask))


def _add_reading(tree: Tree, ask: Ask) -> None:
    @tree.command(name="brief", description="What matters, in sentences from its sources")
    @app_commands.describe(
        topic="What it should be about; everything when left out",
        since="Such as 24h, 3d, monday or 2026-05-11; the last day when left out",
        length="How much to tell",
    )
    @app_commands.choices(length=_LENGTHS)
    async def brief(
        interaction: discord.Interaction,
        topic: str | None = None,
        since: str | None = None,
        length: str | None = None,
    ) -> None:
        await ask(interaction, BriefRequest(topic, since, length))

    @tree.command(name="related", description="What belongs to a story, a link or a text, and why")
    @app_commands.describe(query="A story's id such as S-4F2K, a link, or some words")
    async def related(interaction: discord.Interaction, query: str) -> None:
        await ask(interaction, RelatedRequest(query))

    @tree.command(name="story", description="One story from all its sources")
    @app_commands.describe(
        story="The story's id, such as S-4F2K", view="What of it to show; its sentences when left out"
    )
    @app_commands.choices(view=_VIEWS)
    async def story(interaction: discord.Interaction, story: str, view: str = STORY_VIEWS[0]) -> None:
        await ask(interaction, StoryRequest(story, view))

    @tree.command(name="find", description="Search everything that was read")
    @app_commands.describe(words="The words to look for")
    async def find(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, FindRequest(words))

    @tree.command(name="catchup", description="A longer brief of what you missed")
    @app_commands.describe(since="Such as 24h, 3d, monday or 2026-05-11; the last day when left out")
    async def catchup(interaction: discord.Interaction, since: str | None = None) -> None:
        await ask(interaction, BriefRequest(since=since, length="long"))

    @tree.command(name="why", description="Why a story is told where it is")
    @app_commands.describe(story="The story's id, such as S-4F2K")
    async def why(interaction: discord.Interaction, story: str) -> None:
        await ask(interaction, WhyRequest(story))

    @tree.command(name="sources", description="What is read, and how it fares")
    async def sources(interaction: discord.Interaction) -> None:
        await ask(interaction, SourcesRequest())


def _following(ask: Ask) -> app_commands.Group:
    """Return /follow: everybody may see what a channel follows, managers change it."""
    follow = app_commands.Group(
        name="follow", description="What this channel hears of at once", allowed_contexts=_SERVERS
    )

    @follow.command(name="list", description="What this channel follows")
    async def show(interaction: discord.Interaction) -> None:
        await ask(interaction, FollowRequest("list"))

    @follow.command(name="add", description="Hear at once of stories with these words; for managers")
    @app_commands.describe(
        words="Words or a story's id; then, if you like: sources:3 daily:2 quiet:22:00-07:00"
    )
    async def add_follow(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, FollowRequest("add", words))

    @follow.command(name="remove", description="Follow these words no more; for managers")
    @app_commands.describe(words="The words, as the list shows them")
    async def remove_follow(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, FollowRequest("remove", words))

    return follow


def _saving(ask: Ask) -> app_commands.Group:
    """Return /saved: what everybody keeps for themselves."""
    saved = app_commands.Group(name="saved", description="The stories you keep for yourself")

    @saved.command(name="list", description="What you keep, and which of it had news since")
    async def show(interaction: discord.Interaction) -> None:
        await ask(interaction, SavedRequest())

    @saved.command(name="add", description="Keep a story for yourself")
    @app_commands.describe(story="The story's id, such as S-4F2K")
    async def add_saved(interaction: discord.Interaction, story: str) -> None:
        await ask(interaction, SavedRequest("add", story))

    @saved.command(name="remove", description="Keep a story no longer")
    @app_commands.describe(story="The story's id, as the list shows it")
    async def remove_saved(interaction: discord.Interaction, story: str) -> None:
        await ask(interaction, SavedRequest("remove", story))

    return saved


def _managing(ask: Ask) -> app_commands.Group:
    """Return /nutgraf: shown to those who may manage the server; their right is read anew with each use."""
    nutgraf = app_commands.Group(
        name="nutgraf",
        description="Set Nutgraf up",
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=_SERVERS,
    )

    @nutgraf.command(name="help", description="What one can ask for")
    async def show_help(interaction: discord.Interaction) -> None:
        await ask(interaction, HelpRequest())

    _add_feed(nutgraf, ask)
    _add_digest(nutgraf, ask)
    _add_filter(nutgraf, ask)
    _add_channel(nutgraf, ask)
    _add_story(nutgraf, ask)
    return nutgraf


def _add_feed(nutgraf: app_commands.Group, ask: Ask) -> None:
    feed = app_commands.Group(name="feed", description="The sources that are read", parent=nutgraf)

    @feed.command(name="add", description="Read a source")
    @app_commands.describe(address="The address of a feed or a page")
    async def add_feed(interaction: discord.Interaction, address: str) -> None:
        await ask(interaction, FeedRequest("add", address))

    @feed.command(name="remove", description="Stop reading a source")
    @app_commands.describe(address="The address of the feed")
    async def remove_feed(interaction: discord.Interaction, address: str) -> None:
        await ask(interaction, FeedRequest("remove", address))

    @feed.command(name="page", description="Keep the article of one web page")
    @app_commands.describe(address="The address of the page")
    async def keep_page(interaction: discord.Interaction, address: str) -> None:
        await ask(interaction, FeedRequest("page", address))

    @feed.command(name="list", description="The sources and how they fare")
    async def list_feeds(interaction: discord.Interaction) -> None:
        await ask(interaction, FeedRequest("list"))


def _add_digest(nutgraf: app_commands.Group, ask: Ask) -> None:
    digest = app_commands.Group(name="digest", description="When this channel gets a digest", parent=nutgraf)

    @digest.command(name="set", description="Post the digest here at these hours and no others")
    @app_commands.describe(words="Times, then a zone and days if you like: 08:00 Europe/Berlin mon-fri")
    async def set_digest(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, DigestRequest("set", words))

    @digest.command(name="add", description="Post a further digest here at another hour")
    @app_commands.describe(words="A time, then a zone and days if you like: 17:00 Europe/Berlin mon-fri")
    async def add_digest(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, DigestRequest("add", words))

    @digest.command(name="skip", description="Leave out dates or holidays")
    @app_commands.describe(words="Dates such as 2026-12-24, “holidays DE-BY”, or “nothing”")
    async def skip_digest(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, DigestRequest("skip", words))

    @digest.command(name="off", description="Post no more digests here")
    async def no_digest(interaction: discord.Interaction) -> None:
        await ask(interaction, DigestRequest("off"))

    @digest.command(name="next", description="When the coming digests are due")
    async def next_digests(interaction: discord.Interaction) -> None:
        await ask(interaction, DigestRequest("next"))

    @digest.command(name="preview", description="Today's digest as it would be, for your eyes only")
    async def preview_digest(interaction: discord.Interaction) -> None:
        await ask(interaction, DigestRequest("preview"))


def _add_filter(nutgraf: app_commands.Group, ask: Ask) -> None:
    words_of = app_commands.Group(
        name="filter", description="What this channel's digest leaves out", parent=nutgraf
    )

    @words_of.command(name="include", description="Tell only stories with one of these words")
    @app_commands.describe(words="Words and phrases, with commas between them")
    async def include(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, FilterRequest("include", words))

    @words_of.command(name="exclude", description="Never tell stories with one of these words")
    @app_commands.describe(words="Words and phrases, with commas between them")
    async def exclude(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, FilterRequest("exclude", words))

    @words_of.command(name="try", description="What these words would keep or drop today; changes nothing")
    @app_commands.describe(words="Words and phrases, with commas between them")
    async def try_words(interaction: discord.Interaction, words: str) -> None:
        await ask(interaction, FilterRequest("try", words))

    @words_of.command(name="clear", description="Tell every story again")
    async def clear(interaction: discord.Interaction) -> None:
        await ask(interaction, FilterRequest("clear"))

    @words_of.command(name="show", description="The words that are set")
    async def show(interaction: discord.Interaction) -> None:
        await ask(interaction, FilterRequest("show"))


def _add_channel(nutgraf: app_commands.Group, ask: Ask) -> None:
    channel = app_commands.Group(name="channel", description="This channel's settings", parent=nutgraf)

    @channel.command(name="show", description="The settings as they are")
    async def show(interaction: discord.Interaction) -> None:
        await ask(interaction, ChannelRequest("show"))

    @channel.command(name="set", description="Change a setting")
    @app_commands.describe(name="The setting, as the list of settings names it", value="Its new value")
    async def change(interaction: discord.Interaction, name: str, value: str) -> None:
        await ask(interaction, ChannelRequest("set", f"{name} {value}"))


def _add_story(nutgraf: app_commands.Group, ask: Ask) -> None:
    stories = app_commands.Group(name="story", description="Which articles are one story", parent=nutgraf)

    @stories.command(name="merge", description="Make two stories one, for good")
    @app_commands.describe(story="A story's id, such as S-4F2K", other="The other story's id")
    async def merge(interaction: discord.Interaction, story: str, other: str) -> None:
        await ask(interaction, RulingRequest("merge", story, other=other))

    @stories.command(name="split", description="Take an article out of a story, for good")
    @app_commands.describe(
        story="The story's id",
        article="The article's id, its link, or its publication",
        into="The story it belongs to; one of its own when left out",
    )
    async def split(
        interaction: discord.Interaction, story: str, article: str, into: str | None = None
    ) -> None:
        await ask(interaction, RulingRequest("split", story, other=into, article=article))

    @stories.command(name="undo", description="Take back the latest decision on a story")
    @app_commands.describe(story="The story's id")
    async def undo(interaction: discord.Interaction, story: str) -> None:
        await ask(interaction, RulingRequest("undo", story))

    @stories.command(name="show", description="What was decided on a story")
    @app_commands.describe(story="The story's id")
    async def show(interaction: discord.Interaction, story: str) -> None:
        await ask(interaction, RulingRequest("show", story))
