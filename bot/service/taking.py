"""A self-assessment in the hands of an auditor: what was handed over, and the audit that begins on it.

The auditor is no member of it: what they get is what its lead handed over, as of the entry that was the last then.
Must not know how it came to be offered (`handing.py`), or screens.
"""

from datetime import datetime, timedelta

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.basis import basis_of, told
from bot.domain.blind import visible
from bot.domain.commands import Actor
from bot.domain.entries import HeaderField
from bot.domain.panel_entries import BasisTaken
from bot.domain.refusals import StandardGone, UnknownAssessment
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, fold
from bot.service.membership import ms
from bot.service.talk import Outcome, Talk
from bot.store.unit import Unit
from bot.store.values import Invite, Listed
from bot.view import basis_lines as lines
from bot.view import places
from bot.view.basis_facts import HandedFacts
from bot.view.payload import BadPayload

WITHIN = timedelta(days=30)
"""An audit begins so soon after it was handed over, or not at all: the copy would be of no use, and stay about."""
COPIED: tuple[HeaderField, ...] = ("scope", "sites", "period")


def waiting(unit: Unit, person: str, now: datetime) -> tuple[Invite, ...]:
    """What was handed to this person and can still be used, the newest first."""
    return tuple(one for one in unit.invites.handed(person=person) if usable(unit, one, now))


def usable(unit: Unit, invite: Invite, now: datetime) -> bool:
    """Whether an audit can begin on it."""
    fresh = invite.settled_at is not None and now < invite.settled_at + WITHIN
    return invite.outcome == "admitted" and invite.led_to is None and fresh and unit.invites.lead(invite.id) is not None


def facts(talk: Talk, ref: str) -> HandedFacts:
    """What this person may read of it. BadPayload where nothing of that name was handed to them, or it is over."""
    invite = _mine(talk, ref)
    listed, seen, head = _source(talk, invite)
    basis = basis_of(seen, listed.id, invite.upto, head, "shown" if invite.shown else "hidden")
    rated, notes = told(basis)
    return HandedFacts(
        ref=ref,
        scheme=_shown_standard(talk, listed),
        organisation=basis.organisation,
        fields=tuple((field, seen.header.get(field, "")) for field in COPIED),
        ratings=basis.ratings,
        rated=rated,
        notes=notes,
        at=ms(invite.settled_at),
        until=0 if invite.settled_at is None else ms(invite.settled_at + WITHIN),
        audit=_audit(talk, invite),
    )


def begin(talk: Talk, ref: str) -> Outcome:
    """A new audit by the same standard, with a snapshot beside it; once. BadPayload, StandardGone."""
    invite = _mine(talk, ref)
    if audit := _audit(talk, invite):
        before = lines.audit_begun_before(talk.words)
        return Outcome(places.Head(audit), line=before, toast=before)
    listed, seen, head = _source(talk, invite)
    basis: BasisTaken = basis_of(seen, listed.id, invite.upto, head, "shown" if invite.shown else "hidden")
    scheme, text = _standard(talk, listed)
    case = talk.cases.start(scheme, "audit", basis.organisation, talk.stamp(), text)
    for field in COPIED:
        if value := seen.header.get(field, ""):
            case, _ = talk.cases.act(case, c.SetHeader(field, value), talk.stamp())
    case, _ = talk.cases.act(case, k.TakeBasis(basis), talk.stamp())
    talk.unit.invites.lead_to(invite.id, case.listed.id)
    talk.stay()
    line = lines.audit_begun(talk.words)
    return Outcome(places.Head(case.listed.ref), line=line, toast=line)


def _mine(talk: Talk, ref: str) -> Invite:
    """Authority is that it was handed to this very person; a name alone opens nothing."""
    found = next((one for one in talk.unit.invites.handed(person=talk.person.id) if one.ref == ref), None)
    if found is None or not (usable(talk.unit, found, talk.now) or _audit(talk, found)):
        raise BadPayload
    return found


def _audit(talk: Talk, invite: Invite) -> str:
    """The public name of the audit that began on it, where the person still belongs to it; ''."""
    try:
        return talk.cases.by_id(invite.led_to).listed.ref if invite.led_to else ""
    except UnknownAssessment:
        return ""


def _source(talk: Talk, invite: Invite) -> tuple[Listed, AssessmentState, str]:
    """The assessment, what its lead saw of it when it was handed over, and the hash of the last entry then.

    Whatever came later is not in it, nor what was erased since. BadPayload where it was deleted.
    """
    unit = talk.unit
    lead = unit.invites.lead(invite.id)
    listed = unit.assessments.find_id(lead, invite.assessment) if lead else None
    if lead is None or listed is None:
        raise BadPayload
    entries = (entry for entry in unit.entries.after(listed.id, 0) if entry.seq <= invite.upto)
    head = unit.entries.recorded(listed.id, invite.upto)[-1].hash
    return listed, visible(fold(AssessmentState(), entries), Actor(lead, "lead")), head


def _shown_standard(talk: Talk, listed: Listed) -> Scheme | None:
    try:
        return _standard(talk, listed)[0]
    except StandardGone:
        return None  # said once they want to begin


def _standard(talk: Talk, listed: Listed) -> tuple[Scheme, str]:
    """The text that it is pinned to; where that is gone, the one on offer that scores alike. StandardGone."""
    library = talk.world.library
    try:
        text = talk.unit.schemes.text(listed.scheme_digest)
        return library.pinned(listed.scheme_digest, lambda _: text), text
    except (LookupError, ValueError):
        newest = library.get(listed.scheme_id)
        if newest is None or newest.scoring_digest != listed.scoring_digest:
            raise StandardGone from None
        return newest, library.text(newest.digest)
