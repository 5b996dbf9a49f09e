"""What becomes of a person's assessments when they are forgotten: those that go, are left, stay, or hold them back.

Must not know how any of it looks, or how it is done.
"""

import hashlib
from dataclasses import dataclass

from bot.service import noted
from bot.service.case import Case
from bot.service.talk import Talk
from bot.view.forget import ForgetFacts


@dataclass(frozen=True, slots=True)
class Sorted:
    """The person's assessments by what becomes of them."""

    drafts: tuple[Case, ...]
    panels: tuple[Case, ...]
    kept: tuple[Case, ...]
    led: tuple[Case, ...]

    @property
    def left(self) -> tuple[Case, ...]:
        """Those whose record stays."""
        return (*self.panels, *self.kept, *self.led)


def facts(talk: Talk) -> ForgetFacts:
    """What would become of what is theirs."""
    found = sort(talk)
    return ForgetFacts(
        drafts=_names(found.drafts),
        panels=_names(found.panels),
        kept=_names(found.kept),
        led=_names(found.led),
        leads=tuple(case.listed.ref for case in found.led),
        notes=sum(len(noted.own(case)) for case in found.left),
        sign=sign(found),
        numbered=talk.unit.erasing.numbered(talk.person.id),
    )


def sign(found: Sorted) -> str:
    """Eight signs that change with what would become of what: an old card asks again."""
    kinds = (found.drafts, found.panels, found.kept, found.led)
    told = repr([sorted(case.listed.ref for case in some) for some in kinds])
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def sort(talk: Talk) -> Sorted:
    """Also the archived ones."""
    cases = [talk.cases.open(one) for one in (*talk.cases.listed(), *talk.cases.listed(archived=True))]
    kinds: dict[str, list[Case]] = {"drafts": [], "panels": [], "kept": [], "led": []}
    for case in cases:
        kinds[_kind(talk, case)].append(case)
    return Sorted(**{kind: tuple(some) for kind, some in kinds.items()})


def _kind(talk: Talk, case: Case) -> str:
    others = [person for person in talk.unit.assessments.roles(case.listed.id) if person != talk.person.id]
    if others:
        return "led" if case.actor.role == "lead" else "panels"
    if case.actor.role != "lead":
        return "panels"
    worked = any(sheet.person != talk.person.id for sheet in case.state.sheets.values())
    return "kept" if case.state.closed or worked else "drafts"


def _names(cases: tuple[Case, ...]) -> tuple[str, ...]:
    return tuple(case.seen.name for case in cases)
