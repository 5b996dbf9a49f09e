"""The one Jinja environment. Must not know languages or what a template is about.

Autoescape is always on: texts of people and of schemes are values, never template source.
"""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.paths import templates_dir


@cache
def environment() -> Environment:
    """Made once."""
    return Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
