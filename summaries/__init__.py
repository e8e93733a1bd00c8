"""Text in, verbatim sentences out: briefs, keywords and likeness; knows no feed and no chat."""

from summaries.brief import Brief, Doc, Sentence, Span
from summaries.detection import detect_language
from summaries.extract import summarise, summarise_many
from summaries.keywords import hashtags, keywords
from summaries.language import tokens
from summaries.sentences import split_sentences
from summaries.similarity import similarity

__all__ = [
    "Brief",
    "Doc",
    "Sentence",
    "Span",
    "detect_language",
    "hashtags",
    "keywords",
    "similarity",
    "split_sentences",
    "summarise",
    "summarise_many",
    "tokens",
]
