"""Discord."""

from __future__ import annotations

import warnings

# discord.py imports this module of the standard library for voice, which Nutgraf has none of.
warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
