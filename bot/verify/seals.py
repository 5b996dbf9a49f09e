"""The seals of a record: whether they hold, by which key, what they leave open, and the one that was kept elsewhere.

Must not know how a seal reached anybody.
"""

from collections.abc import Iterable, Iterator

from bot.domain.entries import Closed
from bot.domain.panel_entries import Reopened, Sealed
from bot.verify.findings import Check, broken, ok, unknown
from bot.verify.signing import SEAL, fingerprint, holds, sealed
from bot.verify.transcript import Transcript

ASIDE = frozenset({"sealed", "exported"})
"""Entries after a seal that change nothing of what was sealed."""


def seal_checks(file: Transcript) -> Iterator[Check]:
    """Every seal in the record; what no seal covers."""
    seals = _seals(file)
    for seq, seal in seals:
        signed = sealed(file.assessment, seal.upto, seal.head, seal.at)
        fits = seal.upto < seq and file.heads.get(seal.upto) == seal.head
        if not fits or not holds(seal.key, seal.signature, SEAL, signed):
            yield broken("seal", f"{seq}")
            return
    for _, seal in seals:
        yield ok("seal", upto=seal.upto, key=seal.key, fingerprint=fingerprint(seal.key))
    yield from _open(file, seals[-1][1].upto if seals else 0)
    again = sum(1 for body in file.bodies.values() if isinstance(body, Reopened))
    if again:
        yield ok("reopened", times=again)


def _open(file: Transcript, upto: int) -> Iterator[Check]:
    closings = [seq for seq, body in file.bodies.items() if isinstance(body, Closed)]
    if file.state.erased and not closings:
        return
    if not closings:
        yield unknown("no-seal")
    elif upto < closings[-1]:  # reopened since, or not
        yield unknown("unsealed", entry=closings[-1])
    elif later := _later(file, upto):
        yield unknown("later", entries=later, upto=upto)


def _later(file: Transcript, upto: int) -> int:
    """How many entries come after `upto`, but for those that change nothing."""
    return sum(1 for header in file.headers[upto:] if header.kind not in ASIDE)


def key_checks(file: Transcript, manifest: str = "") -> Iterator[Check]:
    """Whether one key signed all of it. manifest: the key of the bundle's manifest, ''."""
    keys = list(dict.fromkeys([*(seal.key for _, seal in _seals(file)), *([manifest] if manifest else [])]))
    if len(keys) > 1:
        yield unknown("keys", keys=len(keys), fingerprints=_listed(fingerprint(key) for key in keys))


def posted_checks(file: Transcript, posted: tuple[int, str] | None) -> Iterator[Check]:
    """The code that was kept elsewhere, where it is at hand. posted: number and head."""
    if posted is None:
        yield unknown("not-posted")
    elif posted[0] > len(file.headers):
        yield broken("posted", f"{posted[0]}", what="short", entries=len(file.headers))
    elif file.heads.get(posted[0]) != posted[1]:
        yield broken("posted", f"{posted[0]}", what="other", entries=len(file.headers))
    else:
        yield ok("posted", upto=posted[0])
        last = max((seal.upto for _, seal in _seals(file)), default=0)
        if last > posted[0]:
            yield unknown("posted-early", upto=posted[0], last=last)
        elif not last and (later := _later(file, posted[0])):  # whoever took its own seal may have added them
            yield unknown("later", entries=later, upto=posted[0])


def _seals(file: Transcript) -> list[tuple[int, Sealed]]:
    return [(seq, body) for seq, body in sorted(file.bodies.items()) if isinstance(body, Sealed)]


def _listed(items: Iterable[str]) -> str:
    return "; ".join(items)
