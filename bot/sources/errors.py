"""The one error that reading a source raises, in words for the person who named the source."""

from __future__ import annotations


class SourceError(Exception):
    """Something could not be read as a source of articles.

    Attributes:
        what: one line: which file or address, and what is wrong with it.
        next: one line: what to do about it.
    """

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(f"{what} {next_step}")
        self.what = what
        self.next = next_step

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str]]:
        """Travel between processes with both lines."""
        return type(self), (self.what, self.next)
