"""The texts of schemes that assessments are pinned to. Must not know what such a text says."""

from typing import Final

from sqlalchemy import bindparam, insert, select

from bot.store.errors import StoreConflict
from bot.store.tables import SchemeTextRow
from bot.store.tables.base import table_of
from bot.store.work import Work

_TEXTS: Final = table_of(SchemeTextRow)
_GET: Final = select(_TEXTS.c.scheme_id, _TEXTS.c.text).where(_TEXTS.c.digest == bindparam("digest"))
_KEEP: Final = insert(_TEXTS).values({name: bindparam(name) for name in ("digest", "scheme_id", "text")})


class Schemes:
    """Part of a unit of work: scheme texts by digest."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def keep(self, digest: str, scheme_id: str, text: str) -> None:
        """Keep the text for ever; again is nothing. StoreConflict where the digest stands for another text."""
        kept = self._work.read(_GET, {"digest": digest}).one_or_none()
        if kept is None:
            self._work.write(_KEEP, {"digest": digest, "scheme_id": scheme_id, "text": text})
        elif tuple(kept) != (scheme_id, text):
            raise StoreConflict(f"{digest}: kept with another text")

    def text(self, digest: str) -> str:
        """The text as it was kept. LookupError where there is none."""
        kept = self._work.read(_GET, {"digest": digest}).one_or_none()
        if kept is None:
            raise LookupError(digest)
        return str(kept.text)
