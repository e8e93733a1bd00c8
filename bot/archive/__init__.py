"""The archive: articles in, stories kept, questions answered; joins `store` and `stories`."""

from bot.archive.answers import Added, FindAnswer, Hit, RelatedAnswer, Ruled
from bot.archive.archive import Archive
from bot.archive.ruling import Judge, RefusedError

__all__ = ["Added", "Archive", "FindAnswer", "Hit", "Judge", "RefusedError", "RelatedAnswer", "Ruled"]
