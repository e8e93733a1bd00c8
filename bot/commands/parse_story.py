"""What stands after /story and /nutgraf story, read into typed requests."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.request import RULINGS, STORY_VIEWS, Request, RulingRequest, StoryRequest
from bot.model.view import Problem
from bot.stories.codes import story_id

USAGE = {
    "merge": "“/nutgraf story merge S-4F2K S-9XQ7” makes two stories one.",
    "split": "“/nutgraf story split S-4F2K article” takes an article out of a story: name it by its id, "
    "link or publication; “into S-9XQ7” behind it says where it belongs.",
    "undo": "“/nutgraf story undo S-4F2K” takes back the latest decision on a story.",
    "show": "“/nutgraf story show S-4F2K” tells what was decided on a story.",
}


def story(words: str) -> Request | Problem:
    """Read `S-4F2K [view]`; the words of /nutgraf story are understood here too."""
    if not words:
        return Problem(
            what="/story needs a story.", next="Give its id as the digest shows it: “/story S-4F2K”."
        )
    first, *rest = words.split()
    if first.lower() in RULINGS:
        return ruling(first.lower(), rest)
    view = rest[0].lower() if rest else STORY_VIEWS[0]
    if len(rest) > 1 or view not in STORY_VIEWS:
        return Problem(
            what=f"/story does not know “{' '.join(rest)[:80]}”.",
            next=f"After the story’s id comes nothing, or one of: {', '.join(STORY_VIEWS)}.",
        )
    return StoryRequest(first, view)


def ruling(action: str, words: Sequence[str]) -> Request | Problem:
    """Read what follows `/nutgraf story merge`, `split`, `undo` or `show`."""
    match action, list(words):
        case "merge", [one, other]:
            return RulingRequest("merge", one, other=other)
        case "split", [name, *article, ("into" | "to"), other] if article:
            return RulingRequest("split", name, other=other, article=" ".join(article))
        case "split", [name, *article, other] if article and story_id(other):
            return RulingRequest("split", name, other=other, article=" ".join(article))
        case "split", [name, *article] if article:
            return RulingRequest("split", name, article=" ".join(article))
        case (("undo" | "show"), [name]):
            return RulingRequest(action, name)
        case _ if action in USAGE:
            return Problem(what=f"/nutgraf story {action} needs to know more.", next=USAGE[action])
        case _:
            what = f"/nutgraf story does not know “{action[:40]}”." if action else "/nutgraf story does what?"
            return Problem(what=what, next=" ".join(USAGE.values()))
