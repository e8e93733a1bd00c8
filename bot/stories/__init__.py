"""Which articles tell of one event, which are related, and why; pure."""
