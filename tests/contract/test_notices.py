"""On every platform, a channel reads once that a feed fell ill, and once that it is well again."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import ManualClock
from bot.delivery.noticing import Notices
from bot.delivery.outbox import Outbox
from bot.model.channel import ChannelSettings
from bot.store import channels, feeds
from bot.store.database import Database
from bot.store.schema import feeds as feeds_table
from tests.contract.stages import START, Stage
from tests.contract.views import EXAMPLES

URL = "https://post.example/feed?a=1&b=<2>"


async def fare(database: Database, clock: ManualClock, state: str, reason: str) -> None:
    """Have the feed fare so from now on."""
    async with database.write() as connection:
        values = {
            "state": state,
            "reason": reason,
            "what_to_do": "Look at <it> & *see*.",
            "state_since": clock.now(),
        }
        await connection.execute(feeds_table.update().where(feeds_table.c.url == URL).values(values))


async def test_told_once_when_ill_and_once_when_well(stage: Stage, database: Database) -> None:
    clock = ManualClock(START + timedelta(days=1))
    async with database.write() as connection:
        await feeds.add_feed(connection, URL, title="Post & <Sons>", scope=None, now=clock.now())
        place = await channels.save_channel(
            connection,
            platform=stage.platform.name,
            workspace="T0TEAM",
            address=stage.address,
            name="news",
            now=clock.now(),
        )
        await channels.save_settings(connection, place.id, ChannelSettings(notices="on"))
    box = Outbox(database, stage.platform, clock=clock, owner="w", pace_s=0)
    renders = {stage.platform.name: stage.platform.render}

    async def told() -> str:
        """Let two hours pass; return what a reader saw meanwhile."""
        before = len(stage.posted())
        for _ in range(8):
            clock.advance(timedelta(minutes=15))
            # A process that is started anew knows nothing but what is stored.
            await Notices(database, clock=clock).enqueue_due(renders)
            await box.deliver_due()
        return stage.seen(stage.posted()[before:]).text

    await fare(database, clock, "failing", "the server does not know the address (404)")
    ill = await told()
    assert ill.count("Post & <Sons> cannot be read.") == 1
    assert "The server does not know the address (404)." in ill
    assert "Look at <it> & *see*." in ill
    assert await told() == ""
    await fare(database, clock, "fresh", "")
    assert (await told()).count("Post & <Sons> is read again.") == 1
    assert await told() == ""


async def test_what_each_feed_has_brought_is_shown(stage: Stage) -> None:
    seen = await stage.post(EXAMPLES["sources"])
    assert " ".join(seen.text.split()).count("1,212 articles, the latest 12 May") == 1
