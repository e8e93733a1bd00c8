"""The stages, as fixtures: `stage` is every platform in turn, `network` those that post over a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.contract.stages import NETWORK, STAGES, DiscordStage, SlackStage, Stage


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        stage = STAGES[request.param]()
        await stage.open(stack)
        yield stage


@pytest.fixture(params=NETWORK)
async def network(request: pytest.FixtureRequest) -> AsyncIterator[SlackStage | DiscordStage]:
    async with AsyncExitStack() as stack:
        stage = NETWORK[request.param]()
        await stage.open(stack)
        yield stage
