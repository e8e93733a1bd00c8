"""Invented articles and a feed that `make demo` shows, so that Nutgraf can be tried without a network."""
