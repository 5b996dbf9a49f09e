"""The texts of schemes that assessments are pinned to. Must not know what such a text says."""

from sqlmodel import Session

from bot.store.errors import StoreConflict
from bot.store.tables import SchemeTextRow


class Schemes:
    """Part of a unit of work: scheme texts by digest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, digest: str, scheme_id: str, text: str) -> None:
        """Keep the text for ever; again is nothing. StoreConflict where the digest stands for another text."""
        kept = self._session.get(SchemeTextRow, digest)
        if kept is None:
            self._session.add(SchemeTextRow(digest=digest, scheme_id=scheme_id, text=text))
            self._session.flush()
        elif (kept.scheme_id, kept.text) != (scheme_id, text):
            raise StoreConflict(f"{digest}: kept with another text")

    def text(self, digest: str) -> str:
        """The text as it was kept. LookupError where there is none."""
        kept = self._session.get(SchemeTextRow, digest)
        if kept is None:
            raise LookupError(digest)
        return kept.text
