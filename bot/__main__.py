"""`python -m bot` and `nutgraf`: the way in."""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run the command line; letters that a terminal lacks are shown as question marks."""
    # NumPy's threads wait for each other by going round in circles: on small matrices, which are all that we
    # have, they take several times the processor time of one. Read when NumPy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 - no setting of ours: a library's
    from bot.cli import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


if __name__ == "__main__":
    main()
