"""A followed topic reaches its channel once for each story, through the same outbox as digests."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.alerting import Alerts
from bot.archive import Archive
from bot.clock import ManualClock
from bot.commands.answer import Answers
from bot.commands.context import Context
from bot.delivery.outbox import Outbox
from bot.model.article import Article
from bot.model.request import Asker, FollowRequest
from bot.model.view import Notice, Problem
from bot.pipeline import Pipeline
from bot.sources.entry import Feed
from bot.sources.fetch import Fetcher
from bot.store.database import Database
from tests.conftest import both_engines
from tests.fakes.board import Board
from tests.fakes.no_sources import no_page

pytestmark = both_engines

TEXT = (
    "The harbour bridge of Velm was closed on Monday after a crack of two metres was found in its main span."
)


async def nothing(_body: bytes, _content_type: str | None, _base_url: str) -> Feed:
    """Read no feed: none is asked for here."""
    return Feed()


async def test_followed_from_chat_and_told_once(database: Database, clock: ManualClock) -> None:
    with ThreadPoolExecutor(1) as executor:
        archive = Archive(database, clock=clock, executor=executor)
        pipeline = Pipeline(database, archive, clock=clock, executor=executor)
        alerts = Alerts(database, archive, pipeline, clock=clock)
        fetcher = Fetcher(user_agent="test", clock=clock)
        answers = Answers(
            Context(
                database=database,
                archive=archive,
                pipeline=pipeline,
                fetcher=fetcher,
                parse=nothing,
                page=no_page,
                clock=clock,
                executor=executor,
            )
        )
        manager = Asker(platform="board", workspace="W", channel="news", user="u", manager=True)
        reader = Asker(platform="board", workspace="W", channel="news", user="v")
        add = FollowRequest("add", "Harbour bridge sources:1")
        assert isinstance(await answers(reader, add), Problem)
        assert isinstance(await answers(manager, add), Notice)
        listed = await answers(reader, FollowRequest("list"))
        assert isinstance(listed, Notice)
        assert listed.lines == ("harbour bridge, when 1 source or more carry it; at most 3 alerts a day",)

        clock.advance(timedelta(hours=1))
        one = Article(
            id="a",
            title="Bridge closed",
            text=TEXT,
            seen_at=clock.now(),
            published_at=clock.now(),
            source="Post",
        )
        await archive.add([one])
        board = Board()
        assert await alerts.enqueue_due({"board": board.render}) == 1
        assert await alerts.enqueue_due({"board": board.render}) == 0
        box = Outbox(database, board, clock=clock, owner="w", pace_s=0)
        await box.deliver_due()
        (posted,) = board.posted
        assert posted.key.startswith("alert-")
        gone = await answers(manager, FollowRequest("remove", "harbour bridge"))
        assert isinstance(gone, Notice)
