"""The platforms: each listens, draws views in its own way, and sends."""
