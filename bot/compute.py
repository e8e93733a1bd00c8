"""Computing beside the event loop: the one way from a coroutine to a worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def compute(executor: Executor | None, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a plain function with these arguments off the event loop; return and raise what it does.

    It runs in the executor, or in the loop's own threads where there is none, and goes on to its end when the
    waiting for it is given up.
    """
    return await asyncio.get_running_loop().run_in_executor(executor, partial(work, *args, **kwargs))
