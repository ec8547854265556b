"""Everything about human language: words of the site, numbers and dates, safe prose, and the analysis of words.

`words` holds the site's own words, numbers and dates; `prose` turns editors' text into safe HTML;
`analysis` cuts and folds text for the search. Nothing here knows what an evaluation is.
"""

from generator.text.analysis import fold, stem, tokens
from generator.text.prose import entities, html, plain
from generator.text.tables import csv_text
from generator.text.words import LANGUAGES, Words, words

__all__ = ["LANGUAGES", "Words", "csv_text", "entities", "fold", "html", "plain", "stem", "tokens", "words"]
