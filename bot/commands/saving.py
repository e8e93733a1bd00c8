"""/saved: the stories that somebody keeps, to find them again and to see what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.context import Context, scope_of
from bot.commands.telling import no_story
from bot.digest.card import card, headline
from bot.model.request import Asker, SavedRequest
from bot.model.story import Story
from bot.model.view import Notice, Problem, SavedView, StoryCard, View
from bot.store import saved
from bot.store.saved import Saved
from bot.stories.codes import story_id

MOST = 50
"""Stories that one person may keep: more is an archive, which `/find` searches better."""

NOTHING = "You have saved nothing yet. “/saved add S-4F2K” keeps a story; the digest shows each story's id."


async def saved_stories(context: Context, asker: Asker, request: SavedRequest) -> View:
    """Keep a story, let go of one, or list what the asker keeps; nobody else sees that."""
    match request.action:
        case "add":
            return await _add(context, asker, request.story)
        case "remove":
            return await _remove(context, asker, request.story)
        case _:
            return await _list(context, asker)


async def _add(context: Context, asker: Asker, name: str) -> View:
    found = await context.archive.story(name, scope_of(asker))
    if found is None:
        return no_story(name)
    title = await context.compute(headline, found, ())
    async with context.database.write() as connection:
        known = {one.story for one in await saved.saved_by(connection, asker)}
        if found.id not in known and len(known) >= MOST:
            return Problem(
                what=f"You keep {MOST} stories already, and no more can be kept.",
                next="“/saved” lists them; “/saved remove S-4F2K” lets one go.",
            )
        await saved.save_story(connection, asker, Saved(found.id, title, context.clock.now()))
    return Notice(
        title=f"“{title}” was saved already." if found.id in known else f"“{title}” is saved for you.",
        lines=("“/saved” lists what you keep, and marks what had news since.",),
    )


async def _remove(context: Context, asker: Asker, name: str) -> View:
    kept = await _kept(context, asker)
    now = await _as_they_are(context, asker, kept)
    wanted = story_id(name)
    shown = {saved_as: story.id for saved_as, story in now.items()}  # the list shows the id that it has now
    mine = [one for one in kept if wanted in (one.story, shown.get(one.story, one.story))]
    if not mine:
        return Problem(what=f"You have not saved “{name[:40]}”.", next="“/saved” lists what you keep.")
    async with context.database.write() as connection:
        await saved.forget_stories(connection, asker, [one.story for one in mine])
    return Notice(title=f"“{mine[0].title}” is no longer saved.")


async def _list(context: Context, asker: Asker) -> View:
    kept = await _kept(context, asker)
    now = await _as_they_are(context, asker, kept)
    gone = [one for one in kept if one.story not in now]
    return SavedView(
        stories=await context.compute(_cards, kept, now),
        note="; ".join(f"“{one.title}” ({one.story}) is here no longer" for one in gone) or None,
        nothing=None if kept else NOTHING,
    )


async def _kept(context: Context, asker: Asker) -> tuple[Saved, ...]:
    async with context.database.read() as connection:
        return await saved.saved_by(connection, asker)


async def _as_they_are(context: Context, asker: Asker, kept: Sequence[Saved]) -> dict[str, Story]:
    """Return the stories as they are now, by the ids that they were saved under; none for what is gone."""
    found = {one.story: await context.archive.story(one.story, scope_of(asker)) for one in kept}
    return {name: story for name, story in found.items() if story is not None}


def _cards(kept: Sequence[Saved], now: Mapping[str, Story]) -> tuple[StoryCard, ...]:
    """Return the stories as headlines, those that are one by now once; this computes."""
    cards: dict[str, StoryCard] = {}
    for one in kept:
        if one.story in now:
            story = now[one.story]
            mark = "update" if story.last_at > one.saved_at else ""
            cards.setdefault(story.id, replace(card(story, ()), mark=mark))
    return tuple(cards.values())
