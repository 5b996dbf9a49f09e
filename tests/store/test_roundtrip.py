from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.record import verify_body, verify_chain
from bot.domain.scheme import QuestionId
from bot.store.memberships import repeat
from bot.store.tables import PersonRow
from bot.store.unit import Store, Unit
from bot.store.values import Listed
from tests.store.making import NOON, begun, meta, open_file, store_on

_TEXT = st.text(max_size=40)
_RATIO = st.fractions(0, 1, max_denominator=10_000)
_ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.builds(Rated, _RATIO, st.sampled_from(["ratio", "alpha", "level"]), _TEXT),
    st.builds(NotApplicable, _TEXT),
    st.builds(Veto, st.booleans()),
)
_NAME = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=20)
_CARRIED = st.builds(
    p.CarriedRow, st.builds(QuestionId, _NAME, _NAME), st.lists(_ANSWERS, max_size=2).map(tuple), st.integers(0, 2**31)
)
_ROWS = st.builds(
    p.BasisRow,
    st.builds(QuestionId, _NAME, _NAME),
    st.lists(_ANSWERS, max_size=2).map(tuple),
    st.lists(_TEXT, max_size=2).map(tuple),
)
_TEXTS = st.lists(_TEXT, max_size=4).map(tuple)
_BODIES: dict[type[e.Body], st.SearchStrategy[e.Body]] = {
    e.Created: st.builds(e.Created, _TEXT, st.sampled_from(["self", "audit"]), _TEXT),
    e.HeaderSet: st.builds(e.HeaderSet, st.sampled_from(e.HEADER_FIELDS), _TEXT),
    e.SheetOpened: st.builds(e.SheetOpened, _TEXT, _TEXTS),
    e.AnswerGiven: st.builds(e.AnswerGiven, _ANSWERS),
    e.Noted: st.builds(e.Noted, _TEXT),
    e.NoteRevised: st.builds(e.NoteRevised, st.integers(1, 2**31), _TEXT),
    e.Postponed: st.builds(e.Postponed, st.booleans()),
    e.Flagged: st.builds(e.Flagged, st.booleans()),
    e.GateDecided: st.builds(e.GateDecided, _TEXT, st.booleans()),
    e.FindingsDecided: st.builds(e.FindingsDecided, _TEXTS),
    e.BonusDecided: st.builds(e.BonusDecided, st.fractions(), _TEXT),
    e.MeasureSet: st.builds(e.MeasureSet, _TEXT, _TEXT, st.integers(0, 10**9), st.integers(0, 10**9)),
    e.PopulationSet: st.builds(e.PopulationSet, st.integers(1, 10**9)),
    e.SheetSubmitted: st.just(e.SheetSubmitted()),
    e.SheetSetAside: st.builds(e.SheetSetAside, _TEXT),
    e.Closed: st.builds(e.Closed, _TEXT, st.dictionaries(_TEXT, _TEXT, max_size=3)),
    e.WordingAdopted: st.builds(e.WordingAdopted, st.just("d" * 64)),
    e.Exported: st.builds(e.Exported, _TEXT, _TEXT, st.integers(0, 2**31)),
    e.Erased: st.builds(e.Erased, _TEXT),
    e.TextErased: st.builds(e.TextErased, st.integers(1, 2**31), _TEXT),
    p.MemberJoined: st.builds(p.MemberJoined, st.just("p3"), st.sampled_from(["assessor", "viewer"]), _TEXT),
    p.MemberRemoved: st.builds(p.MemberRemoved, st.just("p3"), _TEXT),
    p.LeadHandedOver: st.builds(p.LeadHandedOver, st.just("p2")),
    p.ReconsiderationAsked: st.builds(p.ReconsiderationAsked, _TEXT),
    p.RatingUpheld: st.builds(p.RatingUpheld, _TEXT),
    p.EvidenceDemanded: st.builds(p.EvidenceDemanded, st.none() | _RATIO.filter(bool)),
    p.Reopened: st.builds(p.Reopened, _TEXT, _TEXTS),
    p.Sealed: st.builds(p.Sealed, st.integers(1, 2**31), _TEXT, st.integers(0, 2**42), _TEXT, _TEXT),
    p.BasisTaken: st.builds(
        p.BasisTaken,
        *(_TEXT, st.integers(1, 2**31), _TEXT, _TEXT, st.sampled_from(["shown", "hidden"])),
        st.lists(_ROWS, max_size=3).map(tuple),
    ),
    p.CarriedOver: st.builds(
        p.CarriedOver,
        *(_TEXT, st.integers(1, 2**31), _TEXT, st.sampled_from(["self", "audit"]), _TEXT, st.integers(0, 2**42)),
        *(st.lists(_CARRIED, max_size=3).map(tuple), _TEXTS),
    ),
    v.FindingRecorded: st.builds(v.FindingRecorded, st.sampled_from(v.FINDING_KINDS), _TEXT, _TEXT),
    v.FindingChanged: st.builds(v.FindingChanged, st.integers(1, 2**31), st.sampled_from(["text", "due"]), _TEXT),
    v.FindingWithdrawn: st.builds(v.FindingWithdrawn, st.integers(1, 2**31), _TEXT),
    v.EvidenceReceived: st.builds(
        v.EvidenceReceived,
        *(st.sampled_from(["photo", "location"]), _TEXT, st.integers(0, 2**40)),
        *(_TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT, st.integers(0, 2**31)),
    ),
    v.EvidenceStored: st.builds(v.EvidenceStored, st.integers(1, 2**31), _TEXT, st.integers(0, 2**40), _TEXT, _TEXT),
    v.EvidenceLost: st.builds(v.EvidenceLost, st.integers(1, 2**31), _TEXT),
    v.EvidenceCaptioned: st.builds(v.EvidenceCaptioned, st.integers(1, 2**31), _TEXT, _TEXT),
    v.EvidenceRemoved: st.builds(v.EvidenceRemoved, st.integers(1, 2**31), _TEXT),
}
_EXAMPLES: list[e.Body] = [
    e.Created("bjkb-006", "self", "某公司"),
    e.HeaderSet("period", "2026"),
    e.SheetOpened("第一次", ("management", "service")),
    e.AnswerGiven(Rated(Fraction(48, 50), "ratio", "48/50")),
    e.AnswerGiven(Rated(Fraction(4, 5), "level")),
    e.AnswerGiven(NotApplicable("无此项")),
    e.AnswerGiven(Veto(raised=False)),
    e.Noted("好\n坏 😀 \0 \u202e"),
    e.NoteRevised(3, ""),
    e.Postponed(on=True),
    e.Flagged(on=False),
    e.GateDecided("conformity", met=False),
    e.FindingsDecided(("a", "b")),
    e.BonusDecided(Fraction(1), "x"),
    e.MeasureSet("A", "2026-10", 48, 50),
    e.PopulationSet(9),
    e.SheetSubmitted(),
    e.SheetSetAside("x"),
    e.Closed("five-star", {"total": "4345/52"}),
    e.WordingAdopted("d" * 64),
    e.Exported("pdf", "en", 17),
    e.Erased("x"),
    e.TextErased(3, "x"),
    p.MemberJoined("p2", "viewer", "terms-1"),
    p.MemberRemoved("p3", "left"),
    p.LeadHandedOver("p2"),
    p.ReconsiderationAsked("x"),
    p.RatingUpheld("x"),
    p.EvidenceDemanded(Fraction(4, 5)),
    p.Reopened("x", ("s1",)),
    p.Sealed(3, "ab", 1, "cd", "ef"),
    p.BasisTaken("a", 3, "ab", "某公司", "hidden", (p.BasisRow(QuestionId("1", "total"), (), ("好",)),)),
    p.CarriedOver("a", 3, "ab", "audit", "某公司", 0, (p.CarriedRow(QuestionId("1", "total"), (), 2),), ("9/total",)),
    v.FindingRecorded("strength", "好", ""),
    v.FindingChanged(3, "state", "corrected"),
    v.FindingWithdrawn(3, "x"),
    v.EvidenceReceived("location", "", 0, "", "", "", place="39.9,116.4"),
    v.EvidenceStored(3, "ab", 1, "image/png", ""),
    v.EvidenceLost(3, "gone"),
    v.EvidenceCaptioned(3, "x", "2026-05-01"),
    v.EvidenceRemoved(3, "x"),
]


def _drafts(sheet: str) -> st.SearchStrategy[e.Draft]:
    part = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=20)
    question = st.none() | st.builds(QuestionId, part, part)
    return st.builds(e.Draft, st.one_of(*_BODIES.values()), st.just(sheet), question, st.integers(0, 10**6))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Listed, str]]:
    path: Path = tmp_path_factory.mktemp("roundtrip")
    engine = open_file(path / "gradewalk.db")
    store = store_on(engine)
    _, listed, sheet = begun(store)
    with store.write() as unit:
        for name in ("p", "p2", "p3"):
            nobody = {"id": name, "name": "", "language": "", "timezone": "", "created_at": NOON}
            unit.people._work.write(insert(PersonRow), nobody)
        _belong(unit, listed.id, "p", "p2")
    yield store, listed, sheet.id
    engine.dispose()


def _belong(unit: Unit, assessment: str, *people: str) -> None:
    for name in people:
        repeat(unit.people._work, assessment, "", NOON, p.MemberJoined(name, "assessor", ""))


def test_every_kind_is_tried() -> None:
    assert set(_BODIES) == set(get_args(e.Body)) == set(e.KINDS.values()) == {type(body) for body in _EXAMPLES}


@pytest.mark.parametrize("body", _EXAMPLES, ids=e.kind_of)
def test_every_kind_comes_back(place: tuple[Store, Listed, str], body: e.Body) -> None:
    store, listed, sheet = place
    with store.write() as unit:
        found = unit.assessments.for_operator(listed.id)
        assert found is not None
        draft = e.Draft(body, sheet, QuestionId("x", "y"), found.seq + 2_000_000)
        appended = unit.entries.append(listed.id, [draft], meta())
    with store.read() as unit:
        assert unit.entries.after(listed.id, found.seq) == appended
    assert appended[0].body == body
    assert type(appended[0].body) is type(body)


@settings(deadline=None, max_examples=50)  # each example waits for the disk
@given(data=st.data())
def test_what_is_appended_is_read_back_equal(place: tuple[Store, Listed, str], data: st.DataObject) -> None:
    store, listed, sheet = place
    drafts = data.draw(st.lists(_drafts(sheet), max_size=6, unique_by=lambda draft: (draft.question, draft.revision)))
    with store.write() as unit:
        lead = unit.people.find("telegram", "1001")
        assert lead is not None
        fresh = unit.assessments.create("bjkb-006", "d" * 64, "", "self", lead.id, listed.created_at)
        _belong(unit, fresh.id, "p2")
        other = unit.assessments.open_sheet(fresh.id, lead.id, "", ())
        drafts = [e.Draft(draft.body, other.id, draft.question, draft.revision) for draft in drafts]
        # decisions carry no question: two equal revisions of them would rightly be refused
        drafts = [e.Draft(draft.body, draft.sheet, draft.question, n) for n, draft in enumerate(drafts)]
        appended = unit.entries.append(fresh.id, drafts, meta(lead, "31"))
    with store.read() as unit:
        recorded = unit.entries.recorded(fresh.id)
        assert unit.entries.after(fresh.id, 0) == appended
    assert [(entry.body, entry.sheet, entry.question, entry.revision) for entry in appended] == [
        (draft.body, draft.sheet, draft.question, draft.revision) for draft in drafts
    ]
    verify_chain([one.header for one in recorded], fresh.id)
    for one in recorded:
        verify_body(one.header, one.salt or b"", one.body or {})
