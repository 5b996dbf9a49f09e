"""Scheme files and answers files -> domain values, or problems with their places.

The only part that knows YAML and pydantic. Must not know words of screens, storage, people or Telegram.
"""

from bot.library.answers_file import Submission, read_answers_file
from bot.library.canonical import canonical_text, from_canonical
from bot.library.jsonschema import schema
from bot.library.load import load_file, load_folder, load_text
from bot.library.problems import Problem, render
from bot.library.shelf import Library
from bot.library.show import show

__all__ = [
    "Library",
    "Problem",
    "Submission",
    "canonical_text",
    "from_canonical",
    "load_file",
    "load_folder",
    "load_text",
    "read_answers_file",
    "render",
    "schema",
    "show",
]
