"""A name taken out of the messages that still wait to be sent to others. Must not know why they were written.

Texts are small HTML: only what stands between tags is looked at, and as it will be read.
"""

import html
import json
import re
from itertools import takewhile

from sqlalchemy import select, update

from bot.store.tables import NoticeRow
from bot.store.tables.base import table_of
from bot.store.work import Work

_NOTICE = table_of(NoticeRow)
NOBODY = "…"
_SHORT, _CUT = 2, 24
"""One letter names nobody; of long names a text may hold the beginning alone."""
_TAG = re.compile(r"(<[^>]*>)")


def unname(work: Work, name: str) -> None:
    """What waits says NOBODY in place of it; what was sent is emptied by whoever calls."""
    if len(name) < _SHORT:
        return
    waiting = select(_NOTICE.c.id, _NOTICE.c.content).where(_NOTICE.c.state == "waiting")
    for number, said in work.read(waiting).all():
        content = json.loads(said)
        told = {key: without(str(content[key]), name) for key in ("text", "caption") if content.get(key)}
        if any(content[key] != text for key, text in told.items()):
            anew = json.dumps({**content, **told}, ensure_ascii=False)
            work.write(update(_NOTICE).where(_NOTICE.c.id == number).values(content=anew))


def without(text: str, name: str) -> str:
    """The HTML with NOBODY wherever the name is read. Words that only begin or end like a Latin name stay."""
    return "".join(part if part.startswith("<") else _plain(part, name) for part in _TAG.split(text))


def _plain(part: str, name: str) -> str:
    read = html.unescape(part)
    left = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
    right = r"(?![A-Za-z0-9])" if name[-1].isascii() and len(name) <= _CUT else ""
    kept, end = [], 0
    for found in re.finditer(left + re.escape(name[:_CUT]) + right, read):
        kept += [read[end : found.start()], NOBODY]
        same = takewhile(lambda pair: pair[0] == pair[1], zip(read[found.start() :], name, strict=False))
        end = found.start() + sum(1 for _ in same)
    return html.escape("".join([*kept, read[end:]]), quote=False) if kept else part
