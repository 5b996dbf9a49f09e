"""Evidence of a finding: who attaches it, where it stands, what may become of it after closing."""

from dataclasses import replace

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.entries import Draft
from bot.domain.evidence import MOST_FILES, beside, hung, proven, twin
from bot.domain.interview import decide
from bot.domain.refusals import AssessmentClosed, EvidenceFull, NotAllowed, NothingToRevise
from bot.domain.state import fold
from tests.domain.build import entry, q, shop
from tests.domain.test_proofs import ASSESSOR, LEAD, PHOTO, begun, finding, refused


def proof(seq: int, of: int = 4, person: str = "p1") -> e.Entry:
    return entry(seq, replace(PHOTO, finding=of), sheet="", person=person)


def closing(seq: int) -> e.Entry:
    return entry(seq, e.Closed("gold", {}), sheet="")


def test_evidence_is_put_to_a_finding_by_who_may_change_it() -> None:
    odd = replace(PHOTO, name="a\u202egpj.exe", caption=" 前台 ", claimed="2026-05-01")
    state = begun(finding(4), finding(5, person="p2"), finding(6, "deduction", person="p2"))
    (draft,) = decide(shop(), state, LEAD, k.ProveFinding(5, odd))
    assert draft == Draft(replace(PHOTO, name="agpj.exe", claimed="2026-05-01", finding=5)), "of no sheet, no question"
    assert decide(shop(), state, ASSESSOR, k.ProveFinding(5, PHOTO))
    assert refused(state, ASSESSOR, k.ProveFinding(4, PHOTO)) is NotAllowed
    assert refused(state, ASSESSOR, k.ProveFinding(6, PHOTO)) is NotAllowed, "a deduction is the lead's"
    assert refused(state, LEAD, k.ProveFinding(9, PHOTO)) is NothingToRevise
    withdrawn = begun(finding(4), entry(5, v.FindingWithdrawn(4, "看错"), sheet=""))
    assert refused(withdrawn, LEAD, k.ProveFinding(4, PHOTO)) is NothingToRevise
    assert refused(state, LEAD, k.AttachEvidence("s1", q("1.2"), replace(PHOTO, finding=4))) is NotAllowed


def test_evidence_of_a_finding_counts_into_the_quota() -> None:
    many = [proof(10 + n) for n in range(MOST_FILES)]
    assert refused(begun(finding(4), *many), LEAD, k.ProveFinding(4, PHOTO)) is EvidenceFull
    place = replace(PHOTO, kind="location", file="", place="39.9,116.4")
    assert decide(shop(), begun(finding(4), *many), LEAD, k.ProveFinding(4, place))
    assert decide(shop(), begun(finding(4), *many[1:]), LEAD, k.ProveFinding(4, PHOTO))


def test_it_stands_with_its_finding_and_with_no_question() -> None:
    same = [entry(20 + n, v.EvidenceStored(n, "aa", 13, "image/png", ""), sheet="") for n in (6, 7, 8)]
    state = begun(finding(4), finding(5), proof(6), proof(7, 5), proof(8), entry(9, PHOTO, question="1.2"), *same)
    held = state.evidence
    assert [one.seq for one in hung(held, 4)] == [6, 8]
    assert [one.seq for one in beside(held, held[9])] == [9]
    assert (held[6].asked, held[9].asked) == (None, q("1.2"))
    assert twin(held, held[8]) == held[6], "the same file, at the same finding"
    assert twin(held, held[7]) is None
    assert proven(held, "s1") == {q("1.2")}


def test_it_is_described_and_removed_by_who_brought_it() -> None:
    state = begun(finding(4), proof(5))
    described = (Draft(v.EvidenceCaptioned(5, "后台", "2026-05-01")),)
    assert decide(shop(), state, LEAD, k.CaptionEvidence(5, "后台", "2026-05-01")) == described
    assert decide(shop(), state, LEAD, k.RemoveEvidence(5, "误传")) == (Draft(v.EvidenceRemoved(5, "误传")),)
    assert refused(state, ASSESSOR, k.RemoveEvidence(5, "误传")) is NothingToRevise
    withdrawn = begun(finding(4), proof(5), entry(6, v.FindingWithdrawn(4, "看错"), sheet=""))
    assert decide(shop(), withdrawn, LEAD, k.RemoveEvidence(5, "误传")), "what went wrong can be taken back"


def test_after_closing_it_proves_what_was_done_and_what_was_there_stays() -> None:
    before = (finding(4), finding(5, "strength"), proof(6), closing(7))
    state = begun(*before, proof(8))
    assert decide(shop(), state, LEAD, k.ProveFinding(4, PHOTO))
    assert refused(state, LEAD, k.ProveFinding(5, PHOTO)) is AssessmentClosed, "nothing is done about a strength"
    for command in (k.CaptionEvidence, k.RemoveEvidence):
        assert refused(state, LEAD, command(6, "误传")) is AssessmentClosed
        assert decide(shop(), state, LEAD, command(8, "误传"))
    again = begun(*before, proof(8), entry(9, p.Reopened("补", ()), sheet=""))
    assert decide(shop(), again, LEAD, k.RemoveEvidence(6, "误传")), "open again"
    sealed = fold(again, [closing(10)])
    assert refused(sealed, LEAD, k.RemoveEvidence(8, "误传")) is AssessmentClosed, "the second closing covers it"
