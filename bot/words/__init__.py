"""Catalogues of both languages, forms of numbers and dates, the one Jinja environment.

Must not know screens, storage, or who is spoken to beyond language and time zone.
"""

from bot.words.forms import percent, points, shown_total, total
from bot.words.words import COMMANDS, Words

__all__ = ["COMMANDS", "Words", "percent", "points", "shown_total", "total"]
