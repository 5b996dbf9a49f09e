"""The texts of schemes that assessments are pinned to. Must not know what such a text says."""

from bot.store.errors import StoreConflict
from bot.store.tables import SchemeTextRow
from bot.store.work import Work


class Schemes:
    """Part of a unit of work: scheme texts by digest."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def keep(self, digest: str, scheme_id: str, text: str) -> None:
        """Keep the text for ever; again is nothing. StoreConflict where the digest stands for another text."""
        kept = self._work.session.get(SchemeTextRow, digest)
        if kept is None:
            self._work.session.add(SchemeTextRow(digest=digest, scheme_id=scheme_id, text=text))
            self._work.session.flush()
        elif (kept.scheme_id, kept.text) != (scheme_id, text):
            raise StoreConflict(f"{digest}: kept with another text")

    def text(self, digest: str) -> str:
        """The text as it was kept. LookupError where there is none."""
        kept = self._work.session.get(SchemeTextRow, digest)
        if kept is None:
            raise LookupError(digest)
        return kept.text
