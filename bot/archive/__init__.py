"""The archive: articles in, stories kept, questions answered; joins `store` and `stories`."""

from bot.archive.answers import Added, FindAnswer, Hit, RelatedAnswer
from bot.archive.archive import Archive

__all__ = ["Added", "Archive", "FindAnswer", "Hit", "RelatedAnswer"]
