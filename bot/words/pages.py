"""The one Jinja environment, and one for templates of others. Must not know languages or what a template is about.

Autoescape is always on: texts of people and of schemes are values, never template source.
"""

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from bot.paths import templates_dir

TagError, UnknownTag = TemplateError, UndefinedError
"""What a tag in somebody else's template can be: wrong in some way; the name of a thing that is not there."""


class Pages(Environment):
    """Hands out a template of ours by its name alone, as it was made: looking for changes costs more than rendering."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Jinja's own
        super().__init__(**options)
        self._made: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  so it is called there
    ) -> Template:
        """As Jinja's. Every template that extends or includes another asks too. TemplateNotFound."""
        found = self._made.get(name) if isinstance(name, str) and globals is None else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str) and globals is None:
                self._made[name] = found
        return found


@cache
def environment() -> Environment:
    """Made once."""
    return Pages(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a template never changes while we run; asking the disk costs more than rendering
    )


def escaped(text: str) -> str:
    """As a template of ours writes a value; plain text, to which nothing more happens when it is joined."""
    return str(escape(text))


@cache
def sandbox() -> Environment:
    """For templates that others made: no files, no way behind a value, an error for what is not there. Made once."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
