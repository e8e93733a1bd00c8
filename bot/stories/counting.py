"""What news counts, and the phrases that say so, by language.

In a phrase, `<N>` stands for a number with what may stand before it ("at least"), `<W>` for whom it counts,
`<M>` for an amount of money. A phrase is listed when it can hardly mean anything else; what is counted has
the same name in every language.
"""

from __future__ import annotations

from types import MappingProxyType

from bot.stories.counting_de import GERMAN
from bot.stories.counting_en import ENGLISH
from bot.stories.counting_es import SPANISH
from bot.stories.counting_fr import FRENCH
from bot.stories.counting_vi import VIETNAMESE

LANGUAGES = MappingProxyType({"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "vi": VIETNAMESE})
