"""What Nutgraf speaks of: frozen dataclasses without I/O."""
