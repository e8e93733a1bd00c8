"""`python -m bot` and `nutgraf`: the way in."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from bot.cli import app

    app()


if __name__ == "__main__":
    main()
