"""Publishes Kommunkompassen evaluations as a static site.

The way through, one room after the other:

    load      strict YAML → model, or problems with their place
    checks    rules within and across evaluations
    analysis  what we compute: trends, averages beside, comparability
    charts    specification, table and sentence of a figure, from the same printed figures
    search    the records and the index that the browser searches
    pages     views and templates → Markdown, one text per address
    publish   writes: the builder's folder, the builder, figures inline, the gate, the swap

`model` and `problems` lie under everything; `text` holds the words. `__main__` puts the rooms together.
"""
