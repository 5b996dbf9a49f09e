"""JSON Schema of the scheme-file format, for completion and checks in editors. Must not know any scheme.

Add to the head of a scheme file, for editors with the YAML language server: `# yaml-language-server: $schema=…`.
"""

from typing import Any

from bot.library.format import SchemeFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema of a whole file. It knows the shape; `schemes check` knows whether the scheme is sound."""
    return {"$schema": _DIALECT, **SchemeFile.model_json_schema(), "title": "Gradewalk scheme file, format 1"}
