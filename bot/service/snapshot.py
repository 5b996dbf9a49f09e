"""What a file is made from: an assessment up to and with one entry, as one person may see it.

Who may not see all of it yet gets the part that they may see (domain/blind.py). Must not know formats or chats.
"""

from typing import TYPE_CHECKING

from bot.domain.blind import visible
from bot.domain.commands import Actor
from bot.domain.scales import Language
from bot.domain.state import AssessmentState, fold
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Listed, Recorded

if TYPE_CHECKING:
    from bot.export import ReportInputs

_AGREED = frozenset({"gate-decided", "findings-decided", "bonus-decided", "measure-set"})
_COMMON = frozenset({"created", "header-set", "population-set"})
"""Entries of no sheet whose history a part shows: of decisions too, but not to a viewer."""


def inputs(
    world: World,
    unit: Unit,
    listed: Listed,
    how: tuple[Language, str],
    last: int,
    reader: Actor | None = None,
    at: int = 0,
) -> "ReportInputs":
    """What a report is made from, up to and with entry `last`. how: language and zone.

    reader: who is to have it, None for the operator. at: when it was ordered, UTC in ms; 0: with the last entry.
    """
    from bot.export import ReportInputs, people  # noqa: PLC0415  the bot starts without what makes files

    records = unit.entries.recorded(listed.id, last)
    whole = fold(AssessmentState(), (entry for entry in unit.entries.after(listed.id, 0) if entry.seq <= last))
    state = whole if reader is None else visible(whole, reader)
    partial = state is not whole
    shown = tuple(one for one in records if _shown(one, state, reader)) if partial and reader else records
    named = people(shown)
    language, zone = how
    return ReportInputs(
        scheme=world.library.pinned(listed.scheme_digest, unit.schemes.text),
        state=state,
        assessment_id=listed.id,
        records=shown,
        names=unit.people.names(named),
        language=language,
        zone=zone,
        upto=last,
        scheme_text=unit.schemes.text(listed.scheme_digest),
        made_at=at or records[-1].header.at,
        partial=partial,
        gone=named & {one.person for one in unit.erasing.forgotten()},
    )


def _shown(record: Recorded, state: AssessmentState, reader: Actor) -> bool:
    """Whether an entry belongs to the part that is seen: those of sheets in it, and what is everybody's."""
    header = record.header
    if header.sheet:
        return header.sheet in state.sheets
    return header.kind in _COMMON or (header.kind in _AGREED and reader.role != "viewer")
