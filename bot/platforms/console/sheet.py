"""A sheet to draw on: rows, paragraphs and addresses, set to a measure that is easy to read."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

MEASURE = 96
"""Lines longer than about this many columns are tiring to read, however wide the window is."""

INDENT = 3
"""Columns in front of a paragraph: the number of a story and its space stand in them."""

DIM = "dim"
ACCENT = "cyan"
MARKS = {"new": "green", "update": "yellow"}
STATES = {"fresh": "green", "slow": "yellow", "failing": "red", "dead": "red", "blocked": "red"}


class Sheet:
    """Draws on a console, never wider than the measure.

    Attributes:
        width: columns in use.
        linked: the console can hide an address behind words; where it cannot, addresses are printed.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = min(console.width, MEASURE)
        self.linked = console.color_system is not None

    def masthead(self, left: str, right: str) -> None:
        """Draw the title of the whole, what it is of at the right, and a rule below."""
        self.row(None, Text(left, style="bold"), Text(right, style=DIM))
        self.rule()

    def section(self, name: str) -> None:
        """Draw the name of a section."""
        self._draw(Text(name, style=f"bold {ACCENT}"))

    def rule(self) -> None:
        """Draw a line across."""
        self._draw(Rule(style=ACCENT))

    def gap(self) -> None:
        """Leave a line empty."""
        self._console.line()

    def row(self, label: str | None, middle: Text, right: Text | None = None) -> None:
        """Draw a line of a label, a text that may wrap, and an aside at the right edge.

        Args:
            label: stands in the indent; None when the text begins at the left edge.
            middle: wraps within its column.
            right: never wraps.
        """
        grid = Table.grid(expand=True, padding=(0, 1, 0, 0))
        cells: list[RenderableType] = []
        if label is not None:
            grid.add_column(width=INDENT - 1, no_wrap=True, style=ACCENT)
            cells.append(Text(label))
        grid.add_column(ratio=1, overflow="fold")
        cells.append(middle)
        if right:
            grid.add_column(justify="right", no_wrap=True)
            cells.append(Text.assemble(" ", right))
        grid.add_row(*cells)
        self._draw(grid)

    def paragraph(self, text: Text, indent: int = INDENT) -> None:
        """Draw a text that wraps; nothing at all when it is empty."""
        if text:
            text.overflow = "fold"
            self._draw(Padding(text, (0, 0, 0, indent)))

    def address(self, url: str | None, label: str, indent: int = INDENT) -> None:
        """Print an address whole, to be copied, where no word can carry it as a link."""
        if url is not None and not self.linked:
            line = Text(f"{' ' * indent}{label}{url}", style=DIM)
            self._console.print(line, soft_wrap=True)

    def link(self, words: str, url: str | None, style: str = "") -> Text:
        """Return words that lead to an address, where the console can do so."""
        return Text(words, style=f"{style} link {url}".strip() if url and self.linked else style)

    def _draw(self, what: RenderableType) -> None:
        self._console.print(what, width=self.width)
