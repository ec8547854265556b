"""The help that an editor gets while typing: a JSON schema (draft-07) of an evaluation file, made from the model.

It says what a value may be and which editions, topics and municipalities exist. What must agree between values is not
for a schema; that is for `checks`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from generator.editing.fields import fields, meaning, records, required
from generator.model import Archive, Evaluation
from generator.text import words

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_LIMITS = {"ge": "minimum", "le": "maximum"}
_NOT_FOR_EDITORS = ("title", "default", "description", "properties")


class _Plain(GenerateJsonSchema):
    """Pydantic's own schema, with the patterns of our values and the keys of our mappings, and without null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """What is not known is left out, never null."""
        return self.generate_inner(schema["schema"])

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> Schema:
        """A value with a pattern, if that is what its validator holds."""
        made = super().function_after_schema(schema)
        test: Any = schema["function"]["function"]
        held = test.args[:1] if isinstance(test, partial) else ()
        return {**made, "pattern": f"^(?:{held[0].pattern})$"} if held and isinstance(held[0], re.Pattern) else made

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """A mapping that names its keys by a pattern: the numbers of areas or of questions.

        Not as `properties`: the editors' language server takes `1:` for another key than `"1"` and would refuse it.
        """
        keys = self.generate_inner(schema["keys_schema"])
        numbers = "|".join(map(str, range(keys["ge"], keys["le"] + 1))) if keys["type"] == "integer" else ""
        pattern = f"^(?:{numbers})$" if numbers else keys["pattern"]
        value = self.generate_inner(schema["values_schema"])
        return {"type": "object", "additionalProperties": False, "patternProperties": {pattern: value}}


def schema(archive: Archive, language: str = "sv") -> Schema:
    """The schema of an evaluation file that belongs to this archive."""
    made = Evaluation.model_json_schema(schema_generator=_Plain, ref_template="#/definitions/{model}")
    definitions = {name: _cleaned(each) for name, each in sorted(made.pop("$defs").items())}
    whole = _cleaned(made)
    _say(whole, definitions, language)
    _choose(whole, definitions, archive)
    return {"$schema": DRAFT, "title": words(language)("schema.title"), **whole, "definitions": definitions}


def schema_text(archive: Archive, language: str = "sv") -> str:
    """The schema as the file `schema.json` holds it."""
    return json.dumps(schema(archive, language), ensure_ascii=False, indent=2) + "\n"


def _cleaned(node: Any) -> Any:
    """The schema without pydantic's own titles and defaults, its limits under their proper names."""
    if isinstance(node, list):
        return [_cleaned(each) for each in node]
    if not isinstance(node, dict):
        return node
    # Under `properties` the keys are names of fields, of which `title` is one.
    own = {name: _cleaned(each) for name, each in node.get("properties", {}).items()}
    rest = {_LIMITS.get(key, key): _cleaned(each) for key, each in node.items() if key not in _NOT_FOR_EDITORS}
    return {**rest, **({"properties": own} if own else {})}


def _say(whole: Schema, definitions: Schema, language: str) -> None:
    """Put what the fields mean beside them, and leave out what the path says."""
    t = words(language)
    for record in records():
        made = whole if record is Evaluation else definitions[record.__name__]
        made["properties"] = {name: _described(made["properties"][name], meaning(t, record, name))
                              for name in fields(record)}
        needed = [name for name in fields(record) if required(record, name)]
        made.pop("required", None)
        if needed:
            made["required"] = needed


def _described(made: Schema, text: str) -> Schema:
    """With a description; beside `$ref` draft-07 would not see it."""
    return {"description": text, **({"allOf": [made]} if "$ref" in made else made)}


def _choose(whole: Schema, definitions: Schema, archive: Archive) -> None:
    """Name the editions, topics and municipalities that there are."""
    whole["properties"]["edition"]["enum"] = [*sorted(archive.editions), "unknown"]
    definitions["topic"] = _enum(archive.topics)
    definitions["municipality"] = _enum(archive.municipalities)
    for record in records():
        made = whole if record is Evaluation else definitions[record.__name__]
        for name, each in made["properties"].items():
            if name == "topics":
                each["items"] = {"$ref": "#/definitions/topic"}
            elif name == "municipality":
                each.pop("pattern")
                each["allOf"] = [{"$ref": "#/definitions/municipality"}]


def _enum(known: Iterable[str]) -> Schema:
    return {"type": "string", "enum": sorted(known)}
