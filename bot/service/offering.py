"""Which files a person may have, and how large they will be. Must not know how any file is made."""

from typing import TYPE_CHECKING

from bot.domain.entries import Exported
from bot.service import files
from bot.service.case import Case
from bot.service.talk import Talk
from bot.service.weights import Kind
from bot.view.exporting import Offer

if TYPE_CHECKING:
    from bot.export.sizes import Counted


def offers(talk: Talk, case: Case) -> tuple[Offer, ...]:
    """Those that this person may have now, in the order of the table.

    A size is exact where just this file was made before; taken from the last one where that was all but the same; else
    estimated, from what the person may see alone.
    """
    from bot.export.sizes import counted  # noqa: PLC0415  the bot starts without what makes files

    text = talk.unit.schemes.text(case.listed.scheme_digest)
    told = counted(case.scheme, case.seen, text, talk.world.store.vault.size)
    return tuple(_offer(talk, case, name, told) for name in files.offered(talk.world, case))


def _offer(talk: Talk, case: Case, name: str, told: "Counted") -> Offer:
    from bot.export.sizes import estimate, files_of  # noqa: PLC0415  see offers

    volumes = files_of(name, told)
    known = None if case.blind or volumes > 1 else talk.world.weights.of(Kind(case.listed.id, name, talk.language))
    if known is not None and known.upto == case.state.seq:
        return Offer(name, known.size, exact=True)
    if known is not None and _exports_alone(talk, case, known.upto):
        return Offer(name, known.size)
    return Offer(name, estimate(name, told), volumes=volumes)


def _exports_alone(talk: Talk, case: Case, upto: int) -> bool:
    """Whether nothing came after this entry but that files were handed out: a line or two of the record."""
    later = talk.unit.entries.after(case.listed.id, upto)
    return all(isinstance(entry.body, Exported) for entry in later)
