# SPDX-License-Identifier: GPL-2.0
"""The published schema of the program's JSON, to hold answers against."""
import copy
import json
import pathlib

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parent.parent.parent / "Documentation/iowarden.schema.json"


class Schema:
    """The published schema, and a strict one that takes no key it does not name."""

    def __init__(self):
        published = json.loads(SCHEMA.read_text())
        jsonschema.Draft202012Validator.check_schema(published)
        strict = copy.deepcopy(published)
        for definition in strict["$defs"].values():
            if definition.get("type") == "object":
                definition["unevaluatedProperties"] = False
        self.published, self.strict = published, strict

    def complaints(self, name, answer, strict):
        schema = dict(self.strict if strict else self.published)
        del schema["anyOf"]
        schema["$ref"] = f"#/$defs/{name}"
        errors = jsonschema.Draft202012Validator(schema).iter_errors(answer)
        return "\n".join(f"{error.json_path}: {error.message}" for error in errors)
