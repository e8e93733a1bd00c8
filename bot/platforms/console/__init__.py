"""The terminal, a platform like the others; and the web page of a digest."""
