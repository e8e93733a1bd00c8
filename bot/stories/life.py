"""Where a story stands in its life: new, growing, quiet, over."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from bot.model.story import Life, Story

RECENT = timedelta(hours=12)
"""What happened since yesterday evening is recent to who reads in the morning."""

FAST_SOURCES = 3
"""A story that began recently is new, unless so many sources carry it already: then it is growing."""

OVER = timedelta(days=3)
"""A story that nobody added to for so long is over, unless it is one of those that go slowly."""

SLOW = 2.0
"""A story is over only after a silence this many times its longest pause so far."""

LONGEST_PAUSE = timedelta(days=14)
"""After two such pauses every story is over: what comes then is another one."""


def life(story: Story, now: datetime) -> Life:
    """Return where a story stands at a moment.

    Copies and the future add nothing: what counts are the articles up to `now` that a source wrote itself.

    Args:
        story: with the articles that count.
        now: the moment of asking, aware UTC.
    """
    told = [article for article in story.originals if article.when <= now] or list(story.originals[:1])
    whens = sorted(article.when for article in told)
    silent = max(now - whens[-1], timedelta(0))
    recent = [article for article in told if now - article.when < RECENT]
    voices: dict[str, datetime] = {}
    for article in sorted(told, key=lambda one: one.when):
        voices.setdefault(article.source or "", article.when)
    joined = sum(1 for first in voices.values() if now - first < RECENT)
    pause = min(max((later - earlier for earlier, later in pairwise(whens)), default=OVER), LONGEST_PAUSE)
    if silent >= max(OVER, SLOW * pause if len(whens) > 1 else OVER):
        stage = "over"
    elif not recent:
        stage = "quiet"
    elif now - whens[0] < RECENT and len(voices) < FAST_SOURCES:
        stage = "new"
    else:
        stage = "growing"
    return Life(
        stage=stage,
        sources=len(voices),
        joined=joined,
        reports=len(recent),
        silent_hours=silent / timedelta(hours=1),
    )
