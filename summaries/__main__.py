"""``python -m summaries``: JSON Lines of articles in, JSON Lines of briefs out."""

from __future__ import annotations

import sys

from summaries.stream import main

if __name__ == "__main__":
    sys.exit(main())
