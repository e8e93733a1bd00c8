"""Whose eyes: which articles a question may see, so that tenants stay apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """One workspace of one platform; it sees shared articles and those of the feeds it subscribed to."""

    platform: str
    workspace: str

    @property
    def key(self) -> str:
        """The name under which articles of this workspace alone are kept."""
        return f"{self.platform}:{self.workspace}"


MACHINE = Scope("console", "local")
"""The terminal of the machine: whoever sits there owns the database, and is nobody's tenant."""
