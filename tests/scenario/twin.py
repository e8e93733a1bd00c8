"""The bot as `nutgraf run` starts it, with claims that hold for as many seconds as the argument says."""

from __future__ import annotations

import asyncio
import sys

from bot import app, config, log

if __name__ == "__main__":
    settings = config.load()
    log.configure(settings.log_level, settings.log_format)
    asyncio.run(app.run(settings, lease_s=float(sys.argv[1])))
