"""Nutgraf, a briefing bot for Slack and Discord: the bot itself."""
