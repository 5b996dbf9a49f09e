"""What a message of a person can have caused, and an edit of it can revise. Must not know the fold."""

from bot.domain import entries as e
from bot.domain import evidence as proof
from bot.domain import evidence_entries as v

_SAID = (
    e.AnswerGiven,
    e.Noted,
    e.HeaderSet,
    e.Created,
    e.FindingsDecided,
    e.BonusDecided,
    e.MeasureSet,
    e.PopulationSet,
    v.FindingRecorded,
    v.FindingChanged,
    v.EvidenceReceived,
)


def said(entry: e.Entry, found: proof.Found) -> bool:
    """A list of deductions that only follows from what was said of one finding was not said itself."""
    return isinstance(entry.body, _SAID) and (not isinstance(entry.body, e.FindingsDecided) or entry.seq in found)
