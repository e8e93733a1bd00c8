"""The outbox: messages on their way, sent once, whatever dies."""
