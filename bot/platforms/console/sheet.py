"""A sheet to draw on: rows, paragraphs and addresses, set to a measure that is easy to read."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

MEASURE = 96
"""Lines longer than about this many columns are tiring to read, however wide the window is."""

INDENT = 3
"""Columns in front of a paragraph: the number of a story and its space stand in them."""

NARROW = 12
"""Columns that a headline needs at least beside an aside."""

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
        """Draw the name of a section, which may be long."""
        self.paragraph(Text(name, style=f"bold {ACCENT}"), indent=0)

    def rule(self) -> None:
        """Draw a line across."""
        self._draw(Text("─" * self.width, style=ACCENT))

    def gap(self) -> None:
        """Leave a line empty."""
        self._console.line()

    def row(self, label: str | None, middle: Text, right: Text | None = None) -> None:
        """Draw a line of a label, a text that may wrap, and an aside at the right edge.

        Args:
            label: stands in the indent; None when the text begins at the left edge.
            middle: wraps within its column.
            right: does not wrap; in a narrow window it stands below.
        """
        indent = 0 if label is None else INDENT
        room = self.width - indent
        beside = right if right and room - right.cell_len >= NARROW else None
        lines = middle.wrap(self._console, room - (beside.cell_len + 2 if beside else 0), overflow="fold")
        for number, line in enumerate(lines):
            line.rstrip()
            drawn = Text(f"{label if label and not number else '':<{indent}}", style=ACCENT)
            drawn = Text.assemble(drawn, line)
            if beside and number == 0:
                drawn.append(" " * (self.width - drawn.cell_len - beside.cell_len))
                drawn.append_text(beside)
            self._draw(drawn)
        if right and not beside:
            self.paragraph(right, indent)

    def paragraph(self, text: Text, indent: int = INDENT) -> None:
        """Draw a text that wraps; nothing at all when it is empty."""
        for line in text.wrap(self._console, self.width - indent, overflow="fold") if text else ():
            line.rstrip()
            self._draw(Text.assemble(" " * indent, line))

    def address(self, url: str | None, label: str, indent: int = INDENT) -> None:
        """Print an address whole, to be copied, where no word can carry it as a link."""
        if url is not None and not self.linked:
            self._draw(Text(f"{' ' * indent}{label}{url}", style=DIM))

    def link(self, words: str, url: str | None, style: str = "") -> Text:
        """Return words that lead to an address, where the console can do so."""
        return Text(words, style=f"{style} link {url}".strip() if url and self.linked else style)

    def _draw(self, line: Text) -> None:
        """Print one line as it is: no padding, no further wrapping."""
        self._console.print(line, soft_wrap=True)
