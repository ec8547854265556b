"""What helps an editor beside the checks: a new file, the help while typing, and the fixes that are certain.

Everything here is text made from the model, the archive or a text; nothing is read or written.
"""

from generator.editing.draft import draft, unfilled
from generator.editing.fixes import Fixed, difference, fixed
from generator.editing.guide import with_tables
from generator.editing.schema import schema, schema_text
from generator.editing.wanted import Wanted, wanted

__all__ = [
    "Fixed",
    "Wanted",
    "difference",
    "draft",
    "fixed",
    "schema",
    "schema_text",
    "unfilled",
    "wanted",
    "with_tables",
]
