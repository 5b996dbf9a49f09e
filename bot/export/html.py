"""The report as one HTML file that needs nothing else: to read on a phone, to print, to keep.

No script, and a content policy that forbids everything but its own style. Must not know scores beyond the report.
"""

import base64
import hashlib

from bot.export.clock import clock_for
from bot.export.parts import Report
from bot.words import Words

TEMPLATE = "transcript.html.j2"
_STYLE_HASH = "STYLE-HASH"


def render(report: Report) -> bytes:
    """The file, UTF-8, in the report's language and zone."""
    clock = clock_for(report.zone, [report.made_at, *(entry.header.at for entry in report.log)])
    page = Words.of(report.language, report.zone).render(
        TEMPLATE, report=report, scheme=report.scheme, clock=clock, style_hash=_STYLE_HASH
    )
    return page.replace(_STYLE_HASH, _hash_of_style(page), 1).encode()


def _hash_of_style(page: str) -> str:
    """What the policy allows: exactly the text of the style element. Ours is the only one, as all else is escaped."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
