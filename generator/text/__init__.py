"""Everything about human language: words of the site, numbers and dates, safe prose, and the analysis of words.

`words` holds the site's own words, numbers and dates; `prose` turns editors' text into safe HTML;
`analysis` cuts, folds and stems text for the search, `compounds` finds the words inside words by what `learning` knows.
Nothing here knows what an evaluation is.
"""

from generator.text.analysis import browser_tables, carrying, fold, rough, spellings, stem, stemmed, tokens
from generator.text.compounds import Lexicon
from generator.text.learning import Learnt, learnt
from generator.text.parts import Cuts, cut_otherwise, cuts
from generator.text.prose import entities, html, plain
from generator.text.tables import csv_text
from generator.text.words import LANGUAGES, Words, words

__all__ = [
    "LANGUAGES",
    "Cuts",
    "Learnt",
    "Lexicon",
    "Words",
    "browser_tables",
    "carrying",
    "csv_text",
    "cut_otherwise",
    "cuts",
    "entities",
    "fold",
    "html",
    "learnt",
    "plain",
    "rough",
    "spellings",
    "stem",
    "stemmed",
    "tokens",
    "words",
]
