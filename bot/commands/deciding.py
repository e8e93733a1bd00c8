"""What managers decide about stories: /nutgraf story merge, split, undo, show."""

from __future__ import annotations

from bot.archive import Judge, RefusedError, Ruled
from bot.commands.context import Context, scope_of
from bot.model.request import Asker, RulingRequest
from bot.model.view import Notice, Problem, View
from bot.model.words import clock_time, count
from bot.store.rulings import Decision

SHOWN = 5
"""Headlines of moved articles, and decisions, that are listed."""


async def decide(context: Context, asker: Asker, request: RulingRequest) -> View:
    """Make two stories one, take an article out of one, take that back, or tell what was decided."""
    judge = Judge(scope_of(asker), asker.user)
    archive = context.archive
    try:
        match request.action:
            case "merge":
                return _merged(await archive.merge(request.story, request.other or "", judge))
            case "split":
                return _parted(
                    await archive.split(request.story, request.article or "", request.other, judge)
                )
            case "undo":
                return _undone(await archive.undo(request.story, judge))
            case _:
                story, made = await archive.decided(request.story, judge)
                return _shown(story.id, made, await context.zone(asker))
    except RefusedError as refused:
        return Problem(what=refused.what, next=refused.next)


def _merged(ruled: Ruled) -> Notice:
    young = ruled.others[0]
    return Notice(
        title=f"{young} is part of {ruled.story} now, and stays so.",
        lines=(*_moved(ruled), f"“/nutgraf story undo {ruled.story}” takes this back."),
    )


def _parted(ruled: Ruled) -> Notice:
    new = ruled.others[0]
    what = count(len(ruled.titles), "article")
    where = f"now {new}, a story of {'its' if len(ruled.titles) == 1 else 'their'} own" if ruled.own else new
    verb = "is" if len(ruled.titles) == 1 else "are"
    return Notice(
        title=f"{what} of {ruled.story} {verb} {where if ruled.own else f'part of {new} now'}, "
        "and no arrival joins the two again.",
        lines=(*_moved(ruled), f"“/nutgraf story undo {new}” takes this back."),
    )


def _undone(ruled: Ruled) -> Notice:
    if ruled.kind == "undo merge":
        others = ", ".join(ruled.others)
        title = f"{ruled.story} is a story of its own again{f', beside {others}' if others else ''}."
    else:
        title = f"{ruled.story} holds again what was taken out of it."
    return Notice(title=title, lines=("From now on, new arrivals are grouped by their words again.",))


def _moved(ruled: Ruled) -> list[str]:
    lines = list(ruled.titles[:SHOWN])
    more = len(ruled.titles) - len(lines)
    return lines + ([f"and {count(more, 'more article', 'more articles')}"] if more else [])


def _shown(name: str, made: list[Decision], zone: str) -> Notice:
    if not made:
        return Notice(title=f"Nothing was decided on {name}: its articles were grouped by their words.")
    verbs = {"merge": "joined with another story", "split": "taken out of a story"}
    lines = [
        f"{clock_time(one.at, zone)}: {count(len(one.moves), 'article')} {verbs[one.kind]}, "
        + (f"by {one.by}" if one.workspace else "at the machine")
        for one in made[:SHOWN]
    ]
    return Notice(title=f"What was decided on {name}, the latest first:", lines=tuple(lines))
