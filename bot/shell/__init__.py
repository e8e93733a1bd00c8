"""The commands of the shell, a family a file: they print, and exit 0 (done), 1 (could not) or 2 (usage)."""
