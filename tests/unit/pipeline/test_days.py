"""Days in the life of a channel: punctual, late, asleep, the clock jumping; one digest a date, none lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.archive import Archive
from bot.clock import ManualClock
from bot.commands.hours import put
from bot.commands.when import When, read
from bot.delivery.outbox import Outbox
from bot.model.article import Article
from bot.model.channel import Channel, ChannelSettings
from bot.model.delivery import Payload
from bot.model.view import DigestView, View
from bot.pipeline import Pipeline
from bot.store import channels, outbox
from bot.store.database import Database
from tests.fakes.board import Board

EVENTS = {
    "harbour": ("Mayor Ada Quist", "Tolm", "an ice-free basin for forty trawlers", "eleven million crowns"),
    "orchard": (
        "Count Ulric Vane",
        "Pell",
        "six hundred pear trees behind the abbey",
        "a single silver coin",
    ),
    "tramway": ("Engineer Bo Larsk", "Krays", "nine green carriages on the coast road", "two years of tolls"),
    "museum": ("Doctor Iva Stenn", "Orrin", "a whale skeleton found by schoolchildren", "gifts from abroad"),
    "quarry": ("Foreman Jan Holt", "Durn", "white marble for the new law courts", "a loan from the miners"),
    "library": ("Poet Mira Sandt", "Vexley", "a reading room under a dome of glass", "the estate of a baker"),
}
TEXTS = {
    "Post": "On Monday {person} opened the {subject} of {place}, which offers {offer}. Its builders needed "
    "seven winters. Schools were closed for the day, and fireworks are planned for the evening.",
    "Courier": "Two thousand people watched {person} cut a ribbon in {place}. The {subject} was paid for "
    "with {price}. A brass band from the mountains played until rain drove everybody home.",
}
SUBJECTS = tuple(EVENTS)


@dataclass
class Town:
    """A bot with one channel on a notice board."""

    database: Database
    archive: Archive
    pipeline: Pipeline
    clock: ManualClock
    board: Board
    views: list[DigestView]
    channel: Channel

    async def tick(self) -> int:
        """Let the bot look for what is due, and send it."""
        made = await self.pipeline.enqueue_due({"board": self.render})
        box = Outbox(self.database, self.board, clock=self.clock, owner="test", pace_s=0)
        await box.deliver_due()
        return made

    def render(self, view: View) -> tuple[Payload, ...]:
        """Keep the view, draw one message."""
        if isinstance(view, DigestView):
            self.views.append(view)
        return ({"text": "digest"},)

    async def publish(self, subject: str, *, hours_ago: float = 1, source: str = "Post") -> str:
        """Have an article appear."""
        when = self.clock.now() - timedelta(hours=hours_ago)
        person, place, offer, price = EVENTS[subject]
        one = Article(
            id=f"{subject}-{when:%m%d%H%M}-{source}",
            title=f"The {subject} of {place} opens",
            text=TEXTS[source].format(subject=subject, person=person, place=place, offer=offer, price=price),
            seen_at=self.clock.now(),
            published_at=when,
            source=source,
            language="en",
        )
        await self.archive.add([one])
        return one.id

    async def decisions(self) -> Mapping[str, str]:
        """Return what was decided, by local date."""
        async with self.database.read() as connection:
            rows = await outbox.decisions(connection)
        return {str(row["local_date"]): str(row["decision"]) for row in rows}

    async def schedule(self, words: str) -> None:
        """Set the channel's hours."""
        when = read(words, "UTC")
        assert isinstance(when, When)
        async with self.database.write() as connection:
            await put(connection, self.channel, when, self.clock.now())

    async def set(self, **settings: object) -> None:
        """Change the channel's settings."""
        async with self.database.write() as connection:
            await channels.save_settings(connection, self.channel.id, replace(ChannelSettings(), **settings))  # type: ignore[arg-type]


@pytest.fixture
async def town(database: Database) -> AsyncIterator[Town]:
    """A town whose channel gets its digest at 8:00 in Berlin (6:00 UTC), on the evening of 11 May 2026."""
    clock = ManualClock(datetime(2026, 5, 11, 20, 0, tzinfo=UTC))
    with ThreadPoolExecutor(1) as executor:
        archive = Archive(database, clock=clock, executor=executor)
        pipeline = Pipeline(database, archive, clock=clock, executor=executor)
        async with database.write() as connection:
            channel = await channels.save_channel(
                connection, platform="board", workspace="W", address="news", name="news", now=clock.now()
            )
        place = Town(database, archive, pipeline, clock, Board(), [], channel)
        await place.schedule("08:00 Europe/Berlin")
        yield place


def at(town: Town, day: int, hour: int, minute: int = 0) -> None:
    town.clock.set(datetime(2026, 5, day, hour, minute, tzinfo=UTC))


async def test_a_punctual_digest_comes_once(town: Town) -> None:
    await town.publish("harbour")
    at(town, 12, 5, 59)
    assert await town.tick() == 0
    at(town, 12, 6, 0)
    assert await town.tick() == 1
    assert await town.tick() == 0
    (view,) = town.views
    assert view.late_since is None
    assert view.day.isoformat() == "2026-05-12"
    assert [story.title for story in view.stories] == ["The harbour of Tolm opens"]


@pytest.mark.parametrize("hours", [1, 8, 19])
async def test_asleep_for_hours_it_comes_once_marked_late(town: Town, hours: int) -> None:
    await town.publish("harbour")
    at(town, 12, 6)
    town.clock.advance(timedelta(hours=hours))
    await town.tick()
    await town.tick()
    (view,) = town.views
    assert view.late_since == datetime(2026, 5, 12, 6, 0, tzinfo=UTC)


async def test_down_for_five_days_one_late_digest_covers_the_gap(town: Town) -> None:
    for day, subject in enumerate(SUBJECTS[:5], 12):
        at(town, day, 5)
        await town.publish(subject)
    at(town, 16, 7)
    assert await town.tick() == 1
    assert len(town.board.posted) == 1
    assert (await town.decisions()) == {
        "2026-05-12": "covered",
        "2026-05-13": "covered",
        "2026-05-14": "covered",
        "2026-05-15": "covered",
        "2026-05-16": "posted",
    }
    (view,) = town.views
    assert view.late_since is not None


async def test_too_late_it_is_skipped_with_a_record_and_nothing_is_lost(town: Town) -> None:
    await town.set(max_late_hours=2)
    await town.publish("harbour")
    at(town, 12, 9)
    assert await town.tick() == 0
    assert await town.decisions() == {"2026-05-12": "too late"}
    at(town, 13, 6)
    await town.tick()
    assert [story.title for story in town.views[0].stories] == ["The harbour of Tolm opens"]


async def test_what_a_skipped_digest_would_have_covered_is_told_by_the_next(town: Town) -> None:
    await town.set(max_late_hours=2)
    await town.publish(
        "orchard", hours_ago=12.5
    )  # on the 11th, 7:30: a day and more before the digest skipped
    at(town, 12, 9)
    await town.tick()
    at(town, 13, 6)
    await town.tick()
    assert [story.title for story in town.views[0].stories] == ["The orchard of Pell opens"]


async def test_the_clock_jumps_ahead_and_back(town: Town) -> None:
    await town.publish("harbour")
    at(town, 12, 3)
    await town.tick()
    town.clock.advance(timedelta(hours=3))  # 6:00: due, although the true time is 3:00
    assert await town.tick() == 1
    town.clock.advance(timedelta(hours=-3))
    assert await town.tick() == 0
    at(town, 12, 6, 1)
    assert await town.tick() == 0, "today's was posted"
    town.clock.advance(timedelta(hours=-2))
    assert await town.tick() == 0
    at(town, 13, 6)
    assert await town.tick() == 1
    assert len(town.board.posted) == 2


async def test_a_new_zone_at_noon_brings_no_second_digest_that_date(town: Town) -> None:
    await town.publish("harbour")
    at(town, 12, 6)
    await town.tick()
    at(town, 12, 10)
    await town.schedule("20:00 America/New_York")
    at(town, 13, 0, 30)  # 20:30 on the 12th in New York
    assert await town.tick() == 0
    await town.publish("orchard")
    at(town, 14, 0, 30)
    assert await town.tick() == 1
    assert [view.day.day for view in town.views] == [12, 13]


async def test_switched_off_and_on_again_on_one_day_it_comes_once(town: Town) -> None:
    at(town, 12, 6)
    await town.tick()
    async with town.database.write() as connection:
        (plan,) = await channels.schedules_of(connection, town.channel.id)
        await channels.end_schedule(connection, plan.id, town.clock.now())
    at(town, 12, 7)
    await town.schedule("10:00 Europe/Berlin")
    at(town, 12, 8, 1)
    assert await town.tick() == 0


async def test_two_hours_a_day_are_two_digests_and_no_story_twice(town: Town) -> None:
    await town.schedule("08:00,17:00 Europe/Berlin")
    await town.publish("harbour")
    at(town, 12, 6)
    await town.tick()
    await town.publish("orchard")
    at(town, 12, 15)
    await town.tick()
    assert [[story.title for story in view.stories] for view in town.views] == [
        ["The harbour of Tolm opens"],
        ["The orchard of Pell opens"],
    ]


async def test_a_quiet_day_is_said_in_a_line_or_in_silence(town: Town) -> None:
    at(town, 12, 6)
    assert await town.tick() == 1
    assert town.views[0].quiet == "A quiet day: no new articles."
    await town.set(quiet_day="silent")
    at(town, 13, 6)
    assert await town.tick() == 0
    assert await town.decisions() == {"2026-05-12": "posted", "2026-05-13": "quiet"}


async def test_what_was_told_is_told_again_only_when_there_is_more(town: Town) -> None:
    await town.publish("harbour", source="Post")
    at(town, 12, 6)
    await town.tick()
    at(town, 12, 10)
    more = Article(
        id="more",
        title="The harbour of Tolm opens, and closes again",
        text="A crane toppled into the basin at noon, half a day after Mayor Ada Quist opened the harbour "
        "of Tolm. Divers search the wreck, and no trawler may leave before Friday.",
        seen_at=town.clock.now(),
        published_at=town.clock.now(),
        source="Courier",
        language="en",
    )
    await town.archive.add([more])
    at(town, 13, 6)
    await town.tick()
    first, second = town.views
    (story,) = second.stories
    assert story.id == first.stories[0].id
    assert story.mark == "update"
    assert {sentence.article_id for sentence in story.sentences} == {"more"}


async def test_late_arrivals_are_news_and_the_back_catalogue_is_not(town: Town) -> None:
    at(town, 12, 5)
    await town.publish("harbour", hours_ago=20)
    await town.publish("orchard", hours_ago=24 * 30)
    at(town, 12, 6)
    await town.tick()
    told = [story.title for view in town.views for story in (*view.stories, *view.brief)]
    assert told == ["The harbour of Tolm opens"]


async def test_filters_and_minimum_sources(town: Town) -> None:
    await town.set(exclude=("orchard",), min_sources=2)
    for source in ("Post", "Courier"):
        await town.publish("harbour", source=source)
        await town.publish("orchard", source=source)
    await town.publish("museum")
    at(town, 12, 6)
    await town.tick()
    assert [story.title for story in town.views[0].stories] == ["The harbour of Tolm opens"]


async def test_holidays_and_skipped_dates_have_no_digest(town: Town) -> None:
    from datetime import date

    async with town.database.write() as connection:
        (plan,) = await channels.schedules_of(connection, town.channel.id)
        await channels.save_schedule(
            connection, replace(plan, holidays="DE", skip_dates=frozenset({date(2026, 5, 13)}))
        )
    for day in (12, 13, 14):  # 14 May 2026 is Ascension Day
        at(town, day, 6)
        await town.tick()
    assert sorted(await town.decisions()) == ["2026-05-12"]


async def test_a_channel_whose_digest_cannot_be_composed_does_not_cost_the_others_theirs(town: Town) -> None:
    await town.publish("harbour")
    async with town.database.write() as connection:
        other = await channels.save_channel(
            connection, platform="sick", workspace="W", address="x", name="x", now=town.clock.now()
        )
        when = read("07:00 Europe/Berlin", "UTC")
        assert isinstance(when, When)
        await put(connection, other, when, town.clock.now())
    at(town, 12, 6)

    def broken(_view: View) -> tuple[Payload, ...]:
        raise ValueError("cannot draw this")

    assert await town.pipeline.enqueue_due({"sick": broken, "board": town.render}) == 1
    assert await town.decisions() == {"2026-05-12": "posted"}
    assert await town.pipeline.enqueue_due({"sick": town.render}) == 1, "it is owed until it can be composed"


async def test_a_platform_that_does_not_run_keeps_its_digest_owed(town: Town) -> None:
    await town.publish("harbour")
    at(town, 12, 6)
    assert await town.pipeline.enqueue_due({"another": town.render}) == 0
    assert await town.decisions() == {}
    assert await town.tick() == 1
