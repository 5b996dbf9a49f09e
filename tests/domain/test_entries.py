"""The JSON form of entries is final: fields may be added, none of the literals below may change."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.record import Json, canonical
from bot.domain.scheme import QuestionId
from bot.domain.written import decode, encode
from tests.domain.build import F, q

PINNED: list[tuple[e.Body, str, str]] = [
    (
        e.Created("jccqb-037", "audit", "甲公司"),
        "created",
        '{"mode":"audit","organisation":"甲公司","scheme":"jccqb-037"}',
    ),
    (e.HeaderSet("scope", "电梯维修"), "header-set", '{"field":"scope","value":"电梯维修"}'),
    (
        e.SheetOpened("一号项目", ("management", "service")),
        "sheet-opened",
        '{"covers":["management","service"],"round":"一号项目"}',
    ),
    (
        e.AnswerGiven(Rated(F(17, 20), "ratio", "８５％")),
        "answered",
        '{"form":"ratio","typed":"８５％","value":"17/20"}',
    ),
    (e.AnswerGiven(Rated(F(1), "alpha")), "answered", '{"form":"alpha","typed":"","value":"1"}'),
    (e.AnswerGiven(Rated(F(4, 5), "level", "四级")), "answered", '{"form":"level","typed":"四级","value":"4/5"}'),
    (e.AnswerGiven(NotApplicable("不外包")), "answered", '{"na":true,"reason":"不外包"}'),
    (e.AnswerGiven(Veto(raised=False)), "answered", '{"veto":false}'),
    (e.AnswerGiven(Veto(raised=True)), "answered", '{"veto":true}'),
    (e.Noted("见照片"), "noted", '{"text":"见照片"}'),
    (e.NoteRevised(7, ""), "note-revised", '{"of":7,"text":""}'),
    (e.Postponed(on=True), "postponed", '{"on":true}'),
    (e.Flagged(on=False), "flagged", '{"on":false}'),
    (e.GateDecided("conformity", met=True), "gate-decided", '{"gate":"conformity","met":true}'),
    (e.FindingsDecided(("投诉未答复", "虚假宣传")), "findings-decided", '{"findings":["投诉未答复","虚假宣传"]}'),
    (e.FindingsDecided(()), "findings-decided", '{"findings":[]}'),
    (e.BonusDecided(F(1, 2), "获奖"), "bonus-decided", '{"reason":"获奖","value":"1/2"}'),
    (
        e.MeasureSet("C", "2026-10", 48, 50),
        "measure-set",
        '{"denominator":50,"measure":"C","month":"2026-10","numerator":48}',
    ),
    (e.PopulationSet(26), "population-set", '{"count":26}'),
    (e.SheetSubmitted(), "sheet-submitted", "{}"),
    (e.SheetSetAside("已离开"), "sheet-set-aside", '{"reason":"已离开"}'),
    (
        e.Closed("four-star", {"management": "4345/52"}),
        "closed",
        '{"outcome":"four-star","totals":{"management":"4345/52"}}',
    ),
    (e.WordingAdopted("ab12"), "wording-adopted", '{"digest":"ab12"}'),
    (e.Exported("pdf", "zh", 42), "exported", '{"format":"pdf","language":"zh","upto":42}'),
    (e.Erased("draft-deleted"), "erased", '{"reason":"draft-deleted"}'),
    (e.TextErased(7, "personal-data"), "text-erased", '{"of":7,"reason":"personal-data"}'),
    (
        p.MemberJoined("p2", "assessor", "terms-1"),
        "member-joined",
        '{"member":"p2","role":"assessor","terms":"terms-1"}',
    ),
    (p.MemberRemoved("p2", "已离开"), "member-removed", '{"member":"p2","reason":"已离开"}'),
    (p.LeadHandedOver("p2"), "lead-handed-over", '{"to":"p2"}'),
    (p.ReconsiderationAsked("请再看"), "reconsideration-asked", '{"reason":"请再看"}'),
    (p.RatingUpheld("看过"), "rating-upheld", '{"reason":"看过"}'),
    (p.EvidenceDemanded(F(4, 5)), "evidence-demanded", '{"above":"4/5"}'),
    (p.EvidenceDemanded(None), "evidence-demanded", '{"above":""}'),
    (p.Reopened("补证据", ("s1",)), "reopened", '{"reason":"补证据","sheets":["s1"]}'),
    (
        p.Sealed(9, "ab", 1, "cd", "ef"),
        "sealed",
        '{"at":1,"head":"ab","key":"cd","signature":"ef","upto":9}',
    ),
    (
        p.BasisTaken("a0", 7, "ab", "甲公司", "shown", (p.BasisRow(q("1.2"), (Rated(F(1, 2), "ratio"),), ("好",)),)),
        "basis-taken",
        (
            '{"assessment":"a0","head":"ab","organisation":"甲公司","ratings":"shown","rows":[{"answers":'
            '[{"form":"ratio","typed":"","value":"1/2"}],"notes":["好"],"question":"1.2/total"}],"upto":7}'
        ),
    ),
    (
        p.CarriedOver(
            "a0", 7, "ab", "self", "甲公司", 1, (p.CarriedRow(q("1.2"), (NotApplicable("无"),), 5),), ("9/t",)
        ),
        "carried-over",
        (
            '{"assessment":"a0","at":1,"gone":["9/t"],"head":"ab","mode":"self","organisation":"甲公司","rows":[{"answers":'
            '[{"na":true,"reason":"无"}],"note":5,"question":"1.2/total"}],"upto":7}'
        ),
    ),
    (
        v.FindingRecorded("major", "缺记录", "1.2"),
        "finding-recorded",
        '{"clause":"1.2","kind":"major","text":"缺记录"}',
    ),
    (v.FindingChanged(4, "due", "2026-12-31"), "finding-changed", '{"field":"due","of":4,"value":"2026-12-31"}'),
    (v.FindingWithdrawn(4, "重复"), "finding-withdrawn", '{"of":4,"reason":"重复"}'),
    (
        v.EvidenceReceived("photo", "AgAC", 12, "image/jpeg", "", "前台", "g1", "2026-05-01", "", 4),
        "evidence-received",
        (
            '{"album":"g1","caption":"前台","claimed":"2026-05-01","file":"AgAC","finding":4,"kind":"photo",'
            '"mime":"image/jpeg","name":"","place":"","size":12}'
        ),
    ),
    (
        v.EvidenceStored(5, "aa", 12, "image/jpeg", "bb"),
        "evidence-stored",
        '{"clean":"bb","mime":"image/jpeg","of":5,"sha256":"aa","size":12}',
    ),
    (v.EvidenceLost(5, "too-large"), "evidence-lost", '{"of":5,"reason":"too-large"}'),
    (v.EvidenceCaptioned(5, "后台", ""), "evidence-captioned", '{"caption":"后台","claimed":"","of":5}'),
    (v.EvidenceRemoved(5, "误传"), "evidence-removed", '{"of":5,"reason":"误传"}'),
]


def test_every_kind_of_entry_is_pinned_below() -> None:
    assert {type(body) for body, _, _ in PINNED} == set(get_args(e.Body)) == set(e.KINDS.values())
    assert [kind for kind in e.KINDS if kind not in {kind for _, kind, _ in PINNED}] == []


@pytest.mark.parametrize(("body", "kind", "written"), PINNED)
def test_the_written_form(body: e.Body, kind: str, written: str) -> None:
    assert canonical(encode(body)).decode() == written
    assert e.kind_of(body) == kind == e.Draft(body).kind
    assert decode(kind, json.loads(written)) == body


def test_the_fields_of_a_head() -> None:
    assert set(e.HEADER_FIELDS) == set(get_args(e.HeaderField))
    assert e.HEADER_FIELDS == ("name", "organisation", "scope", "sites", "period", "participants")


def test_a_draft_and_an_entry_stand_for_no_question_until_told() -> None:
    draft = e.Draft(e.Noted("见照片"), "s1", q("1.2"))
    assert (draft.revision, e.Draft(e.SheetSubmitted()).question, e.Draft(e.SheetSubmitted()).sheet) == (0, None, "")
    assert e.Entry(1, 0, "p1", e.SheetSubmitted()).message == ""


ratings = st.builds(Rated, st.fractions(0, 1), st.sampled_from(["ratio", "alpha", "level"]), st.text())
NAMES = st.text(st.characters(exclude_characters="/"), min_size=1)
ROWS = st.builds(p.BasisRow, st.builds(QuestionId, NAMES, NAMES))
CARRIED = st.builds(p.CarriedRow, st.builds(QuestionId, NAMES, NAMES))
BODIES: st.SearchStrategy[e.Body] = st.one_of(
    st.builds(e.AnswerGiven, st.one_of(ratings, st.builds(NotApplicable, st.text()), st.builds(Veto, st.booleans()))),
    st.builds(e.Closed, st.text(), st.dictionaries(st.text(), st.fractions().map(str))),
    st.builds(p.EvidenceDemanded, st.none() | st.fractions(F(1, 9), 1)),
    st.builds(p.BasisTaken, rows=st.lists(ROWS, max_size=2).map(tuple)),
    st.builds(p.CarriedOver, rows=st.lists(CARRIED, max_size=2).map(tuple)),
    *(
        st.builds(kind)
        for kind in get_args(e.Body)
        if kind not in {e.AnswerGiven, e.Closed, p.EvidenceDemanded, p.BasisTaken, p.CarriedOver}
    ),
)


@given(BODIES)
def test_any_body_reads_back_as_it_was(body: e.Body) -> None:
    written = json.loads(canonical(encode(body)))
    again = decode(e.kind_of(body), written)
    assert again == body
    assert type(again) is type(body)
    assert encode(again) == written


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("rated", {"value": "1"}),
        ("", {}),
        ("noted", {}),
        ("noted", {"text": "a", "more": "b"}),
        ("sheet-submitted", {"at": 1}),
        ("exported", {"format": "pdf", "language": "zh"}),
        ("sheet-opened", {"round": ""}),
        ("findings-decided", {}),
        ("findings-decided", {"findings": "投诉"}),
        ("sheet-opened", {"round": "", "covers": None}),
        ("bonus-decided", {"value": "1"}),
        ("measure-set", {"measure": "C", "month": "2026-10", "numerator": 48}),
        ("population-set", {"count": 26, "unit": "项目"}),
        ("answered", {}),
        ("basis-taken", {"rows": []}),
        ("basis-taken", {"rows": ["1.2"]}),
        ("evidence-demanded", {}),
        ("reopened", {"reason": "x"}),
        ("reopened", {"reason": "x", "sheets": "s1"}),
        ("member-joined", {"member": "p2", "role": "assessor"}),
        ("answered", {"na": True}),
        ("answered", {"value": "1", "form": "ratio"}),
        ("answered", {"value": "1", "form": "grade", "typed": ""}),
    ],
)
def test_what_is_no_entry_is_a_key_error(kind: str, data: dict[str, Json]) -> None:
    with pytest.raises(KeyError):
        decode(kind, data)
