"""One person who leads and rates alone: the state after some entries, and what their commands make of it."""

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Rated
from bot.domain.commands import Actor
from bot.domain.entries import Drafts
from bot.domain.interview import decide
from bot.domain.refusals import (
    Refused,
)
from bot.domain.scheme import VETO, Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.build import KEPT, F, entry

LEAD = Actor("p1", "lead")


def opened(scheme: Scheme, *entries: e.Entry) -> AssessmentState:
    """One person, one sheet over everything, then the entries (their numbers from 3 on)."""
    head = entry(1, e.Created(scheme.id, "self", "甲公司"), sheet="")
    return fold(AssessmentState(), [head, entry(2, e.SheetOpened("", tuple(scheme.dimensions))), *entries])


def answered(scheme: Scheme, value: str, *, sheet: str = "s1", without: str = "") -> list[e.Entry]:
    """The same rating everywhere save `without`; no veto raised."""
    return [
        entry(
            10 + n,
            e.AnswerGiven(KEPT if ask.dimension == VETO else Rated(F(value), scheme.scale_of(ask).kind)),
            question=str(ask),
            sheet=sheet,
        )
        for n, ask in enumerate(scheme.questions)
        if str(ask) != without
    ]


def only(drafts: Drafts) -> e.Draft:
    assert len(drafts) == 1
    return drafts[0]


def refused(scheme: Scheme, state: AssessmentState, command: c.Command) -> type[Refused]:
    with pytest.raises(Refused) as found:
        decide(scheme, state, LEAD, command)
    return type(found.value)
