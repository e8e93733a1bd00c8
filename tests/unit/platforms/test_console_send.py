"""What becomes of a digest that is printed: kept apart from what can no longer be known."""

from __future__ import annotations

import asyncio
import errno
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.model.delivery import (
    CannotTell,
    Delivery,
    HeldBack,
    Later,
    Never,
    NeverReason,
    NotThere,
    Payload,
    Sent,
)
from bot.platforms.console.app import ConsolePlatform
from tests.contract.stages import START, ConsoleStage, answer
from tests.contract.views import EXAMPLES


class FullDisk(io.StringIO):
    """A stream on a disk that is full after a little, until there is room again."""

    full = True

    def write(self, text: str) -> int:
        if not self.full:
            return super().write(text)
        super().write(text[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def platform(out: io.TextIOBase | io.StringIO) -> ConsolePlatform:
    assert isinstance(out, io.StringIO | io.TextIOWrapper)
    return ConsolePlatform(answer=answer, clock=ManualClock(START), out=out)


def delivery(key: str = "digest-1", attempts: int = 0) -> Delivery:
    stage = ConsoleStage()
    stage.platform = platform(io.StringIO())
    return stage.delivery(stage.platform.render(EXAMPLES["digest"])[0], key, attempts=attempts)


async def test_a_digest_is_printed_and_remembered() -> None:
    out = io.StringIO()
    terminal = platform(out)
    sent = await terminal.send(delivery())
    assert sent == Sent(("20260101T000000Z-1",))
    assert out.getvalue() == f"{delivery().payload['text']}\n"
    assert await terminal.find(delivery(attempts=1)) == sent
    assert await terminal.send(delivery("digest-2")) == Sent(("20260101T000000Z-2",))


async def test_what_is_no_longer_ours_when_its_turn_comes_is_not_printed() -> None:
    out = io.StringIO()
    terminal = platform(out)
    first = []

    def still_ours() -> bool:
        first.append(out.getvalue())
        return False

    async with asyncio.TaskGroup() as group:
        group.create_task(terminal.send(delivery("digest-1")))
        late = group.create_task(terminal.send(delivery("digest-2"), still_ours))
    assert late.result() == HeldBack()
    assert first == [out.getvalue()] != [""]  # asked behind the one before it, and printed nothing


async def test_what_nobody_began_is_not_there() -> None:
    assert await platform(io.StringIO()).find(delivery()) == NotThere()


async def test_what_an_earlier_run_began_nobody_can_tell() -> None:
    found = await platform(io.StringIO()).find(delivery(attempts=1))
    assert isinstance(found, CannotTell)
    assert found.for_good


async def test_a_closed_stream_is_gone_for_good() -> None:
    out = io.StringIO()
    out.close()
    terminal = platform(out)
    outcome = await terminal.send(delivery())
    assert isinstance(outcome, Never)
    assert outcome.reason == NeverReason.CHANNEL_GONE
    assert await terminal.find(delivery(attempts=1)) == NotThere()
    assert isinstance(await terminal.find(delivery(attempts=2)), CannotTell)


async def test_a_pipe_that_nobody_reads_is_gone_for_good() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    out = io.TextIOWrapper(os.fdopen(writer, "wb", buffering=0), write_through=True)
    try:
        outcome = await platform(out).send(delivery())
    finally:
        out.close()
    assert isinstance(outcome, Never)
    assert outcome.reason == NeverReason.CHANNEL_GONE


async def test_a_full_disk_may_have_taken_a_part() -> None:
    out = FullDisk()
    terminal = platform(out)
    outcome = await terminal.send(delivery())
    assert isinstance(outcome, Later)
    assert outcome.unknown
    assert "No space left on device" in outcome.reason
    assert isinstance(await terminal.find(delivery(attempts=1)), CannotTell)
    out.full = False
    assert isinstance(await terminal.send(delivery(attempts=1)), Sent)


async def test_a_message_without_text_is_refused() -> None:
    outcome = await platform(io.StringIO()).send(replace(delivery(), payload={"text": 5}))
    assert isinstance(outcome, Never)
    assert outcome.reason == NeverReason.REFUSED


async def test_digests_due_at_once_are_printed_one_after_the_other() -> None:
    out = io.StringIO()
    terminal = platform(out)
    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(terminal.send(delivery(f"digest-{number}")))
    assert out.getvalue() == f"{delivery().payload['text']}\n" * 5


async def test_a_pipe_whose_reader_dozes_holds_up_nobody_else() -> None:
    reader, writer = os.pipe()
    out = io.TextIOWrapper(os.fdopen(writer, "wb"))
    text: Payload = {"text": "x" * 200_000}  # more than a pipe holds
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(platform(out).send(replace(delivery(), payload=text)))
        await asyncio.sleep(0)
        assert not sending.done()  # and yet we are here
        got = 0
        while got < 200_001:
            got += len(await asyncio.to_thread(os.read, reader, 65_536))
    assert isinstance(sending.result(), Sent)
    out.close()
    os.close(reader)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
async def test_every_encoding_takes_every_digest(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "screen"
    with path.open("w", encoding=encoding) as out:
        assert isinstance(
            await platform(out).send(replace(delivery(), payload={"text": "“漢” – a · b…"})), Sent
        )
    shown = path.read_text(encoding=encoding)
    assert shown == {"ascii": '"?" - a - b...\n', "latin-1": '"?" - a - b...\n'}.get(
        encoding, "“漢” – a · b…\n"
    )
