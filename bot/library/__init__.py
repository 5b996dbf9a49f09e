"""Scheme files and answers files -> domain values, or problems with their places.

The only part that knows YAML and pydantic. Must not know words of screens, storage, people or Telegram. What reads and
checks files is loaded for a file that is not known yet: see kept.py.
"""

from bot.library.problems import Problem
from bot.library.shelf import Library

__all__ = ["Library", "Problem"]
