"""The one Jinja environment, and one for templates of others. Must not know languages or what a template is about.

Autoescape is always on: texts of people and of schemes are values, never template source.
"""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.paths import templates_dir

TagError, UnknownTag = TemplateError, UndefinedError
"""What a tag in somebody else's template can be: wrong in some way; the name of a thing that is not there."""


@cache
def environment() -> Environment:
    """Made once."""
    return Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a template never changes while we run; asking the disk costs more than rendering
    )


@cache
def sandbox() -> Environment:
    """For templates that others made: no files, no way behind a value, an error for what is not there. Made once."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
