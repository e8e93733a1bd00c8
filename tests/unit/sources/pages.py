"""A copied page of an aggregator, invented for these tests, and the ways in which such pages differ."""

from __future__ import annotations

from datetime import UTC, datetime

CAPTURED = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)

TITLE = "Harbour of Port Ellery reopens after the storm"
PARAGRAPHS = (
    "The harbour of Port Ellery opened again on Monday, four days after the storm broke its northern mole.",
    'Harbour master Ada Quist said that "the first nine ships" had berthed by noon, two of them with grain.',
    "Ferries follow",
    "The ferry to Lamb Island is to sail from Wednesday, the company said, though without cars for a week.",
)
FURNITURE = (
    "Hashtags",
    "",
    "Try Our AI Features",
    "Explore what Daily8 AI can do for you:",
    "Comments",
    "No comments yet...",
)
CARDS = (
    (
        "Ellery Post",
        "3 hours ago",
        "Grain ships wait outside the harbour",
        "Four ships with grain lay at anchor off Port Ellery on Sunday, until the channel was sounded.",
    ),
    (
        "The Lamb Courier",
        "2 days ago",
        "Islanders share a last loaf of bread",
        "LAMB ISLAND - The shop of the island sold its last bread on Saturday. Boats are expected.",
    ),
)


def page(
    *,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    furniture: tuple[str, ...] = FURNITURE,
    heading: str | None = "Related Articles",
    cards: tuple[tuple[str, ...], ...] = CARDS,
    gap: int = 2,
) -> str:
    """Return the page; a card is (source, age, headline, excerpt...)."""
    lines = ["", TITLE, *paragraphs, *furniture]
    if heading is not None:
        lines.append(heading)
    for source, age, *rest in cards:
        lines += [""] * gap + [source, age, f"- {source}", *rest]
    return "\n".join(lines)
