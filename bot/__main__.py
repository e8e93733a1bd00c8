"""`python -m bot` and `nutgraf`: the way in."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the command line; letters that a terminal lacks are shown as question marks."""
    from bot.cli import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


if __name__ == "__main__":
    main()
