"""What notes, evidence and findings are called in buttons, for an assessor from whom something is hidden still.

Inside they go by the number of their entry, and that tells how busy everybody was (DESIGN 6). Outside, such an
assessor's own are counted, with what is everybody's: findings, and the evidence on those. Translated here alone, in
both directions; a button keeps its meaning when the assessment is closed. Must not know what a screen shows.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.domain.names import called
from bot.domain.refusals import UnknownAssessment
from bot.service.case import Case
from bot.service.talk import Talk
from bot.view import places
from bot.view.evidence_places import ShowTap
from bot.view.findings_places import FindingEmptyTap, FindingStateTap
from bot.view.life_places import EraseTap
from bot.view.payload import BadPayload, Tap, decode, encode
from bot.view.places import Place
from bot.view.screen import Button, Screen

COUNTED: Final = 500_000_000
"""Added to what is counted: no assessment has so many entries, and names of old lists begin further on."""

_FIELDS: Mapping[type[Place | Tap], str] = {
    places.EvidenceItem: "seq",
    places.AskCaption: "seq",
    places.AskClaimed: "seq",
    places.AskDiscard: "seq",
    ShowTap: "seq",
    places.ConfirmErase: "of",
    EraseTap: "of",
    places.FindingItem: "number",
    places.FindingEvidence: "number",
    places.AskFindingField: "number",
    places.ConfirmWithdraw: "number",
    places.AskWithdraw: "number",
    FindingStateTap: "number",
    FindingEmptyTap: "number",
}
_OPS = frozenset(kind.op for kind in _FIELDS)


def inward(talk: Talk, payload: Place | Tap) -> Place | Tap:
    """With the number of the entry. UnknownAssessment; BadPayload where nothing is called so."""
    field = _FIELDS.get(type(payload))
    number = getattr(payload, field) if field else 0
    if field is None or not COUNTED < number < 2 * COUNTED:
        return payload
    case = talk.cases.by_ref(payload.assessment)  # type: ignore[union-attr]
    named = called(case.state.named, talk.person.id)
    seq = next((seq for seq, name in named.items() if name == number - COUNTED), None)
    if seq is None:
        raise BadPayload
    return _with(payload, field, seq)


def outward(talk: Talk, screen: Screen) -> Screen:
    """With buttons as they leave the bot."""
    if _OPS.isdisjoint([_op(button) for row in screen.rows for button in row]):
        return screen
    return replace(screen, rows=tuple(tuple(_outward(talk, button) for button in row) for row in screen.rows))


def _outward(talk: Talk, button: Button) -> Button:
    if _op(button) not in _OPS:
        return button
    payload = decode(button.payload)
    field = _FIELDS[type(payload)]
    try:
        case: Case = talk.cases.by_ref(payload.assessment)  # type: ignore[union-attr]
    except UnknownAssessment:
        return button
    seq = getattr(payload, field)
    counted = called(case.state.named, talk.person.id).get(seq) if case.counts_own else None
    return button if counted is None else button._replace(payload=encode(_with(payload, field, COUNTED + counted)))


def _with(payload: Place | Tap, field: str, number: int) -> Place | Tap:
    return replace(payload, **{field: number})  # type: ignore[arg-type]


def _op(button: Button) -> str:
    return button.payload.split(":", 2)[1]
