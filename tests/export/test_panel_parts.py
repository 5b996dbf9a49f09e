"""What files say of a panel: everything that was recorded, on paper, in HTML and JSON, and nothing that was erased."""

import json
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.answers import Rated
from bot.domain.scales import Language
from bot.domain.scheme import QuestionId
from bot.domain.written import decode, encode
from bot.export import FORMATS
from bot.export.paper import paper
from bot.export.paper_parts import texts
from bot.verify.signing import fingerprint, seal_code
from tests.export.page import Node, article, one, page, read, title
from tests.export.story import LEAD, NAMES, OTHER, Story, story
from tests.export.walking import EXAMPLES, others, told

HOTLINE = QuestionId("2.1", "total")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PHOTO = v.EvidenceReceived("photo", "f-1", 1234, "image/jpeg", "a<b>.jpg", "The <i>board</i>", "", "2026-04-30")
SOURCE = p.BasisTaken(
    "a-9", 7, "ef" * 32, "Handing <u>Ltd</u>", "shown",
    (p.BasisRow(HOTLINE, (Rated(Fraction(4, 5), "ratio"),), ("Their note",)),),
)  # fmt: skip


def gathered() -> Story:
    """A panel with all that can happen in one: joined, rated, asked again, found, shown, closed, reopened, sealed."""
    one = story("stars")
    one.do(k.Admit(OTHER, "assessor", "join-1"))
    one.do(k.TakeBasis(SOURCE))
    one.do(k.DemandEvidence(Fraction(7, 10)))
    one.do(c.OpenSheet("s-2", "", ("total",)), OTHER, "assessor")
    one.fill(Fraction(3, 5))
    one.fill(Fraction(1, 2), "s-2", OTHER)
    one.do(k.AttachEvidence("s-2", HOTLINE, PHOTO), OTHER, "assessor")
    photo = one.records[-1].header.seq
    one.add(e.Draft(v.EvidenceStored(photo, "34" * 32, 4321, "image/jpeg", "56" * 32), "s-2", HOTLINE))
    one.do(k.CaptionEvidence(photo, "The board, again", "2026-04-29"), OTHER, "assessor")
    one.do(k.AttachEvidence("s-2", HOTLINE, replace(PHOTO, caption="To go", name="")), OTHER, "assessor")
    one.do(k.RemoveEvidence(one.records[-1].header.seq, "Shows a face"), OTHER, "assessor")
    one.do(k.RecordFinding("major", "No <b>log</b>", "2.1"))
    found = one.records[-1].header.seq
    one.do(k.ChangeFinding(found, "action", "Keep a log"))
    one.do(k.ChangeFinding(found, "due", "2026-12-31"))
    one.do(k.ChangeFinding(found, "state", "corrected"))
    one.do(k.ProveFinding(found, replace(PHOTO, kind="document", caption="Pages that lack", name="log.pdf")))
    proof = one.records[-1].header.seq
    one.add(e.Draft(v.EvidenceStored(proof, "78" * 32, 99, "application/pdf", "")))
    one.do(k.RecordFinding("observation", "Not so"))
    one.do(k.WithdrawFinding(one.records[-1].header.seq, "A mistake"))
    one.do(k.Submit("s-1"))
    one.do(k.Submit("s-2"), OTHER, "assessor")
    for reason, upheld in (("Too low?", True), ("Sure?", False)):
        one.do(k.AskReconsideration("s-2", HOTLINE, reason))
        if upheld:
            one.do(k.Uphold("s-2", HOTLINE, "I saw it"), OTHER, "assessor")
        else:
            one.say("2.1", Rated(Fraction(3, 5), "ratio"), "s-2", OTHER)
    one.do(c.Close())
    one.do(k.Reopen("One more visit"))
    one.do(k.HandOver(OTHER))
    one.do(k.Remove(LEAD, "Changed jobs"), OTHER, "lead")
    head = one.records[-1]
    one.add(e.Draft(p.Sealed(head.header.seq, head.hash, 1_777_600_900_000, "ab" * 32, "12" * 64)))
    return one


@pytest.fixture(scope="module")
def panel() -> Story:
    return gathered()


def said(node: Node) -> str:
    """All its texts, apart from each other."""
    texts = [child if isinstance(child, str) else said(child) for child in node.children]
    return " ".join(" ".join(texts).split())


def section(root: Node, name: str) -> Node:
    return one([node for node in root.find("section") if [h.words for h in node.find("h2")] == [name]])


def card(root: Node, *words: str) -> Node:
    """The only card whose heading says all of this."""
    cards = [node for node in root.find("div", "card") if title(node)]
    return one([node for node in cards if all(word in title(node) for word in words)])


def test_members_with_their_roles_and_when_and_why(panel: Story) -> None:
    root = page(panel.report("en"))
    lead = card(root, NAMES[LEAD], "no longer a member")
    assert "Joined lead" in said(lead)
    assert "New role assessor" in said(lead)
    assert "Left Changed jobs" in said(lead)
    other = said(card(root, NAMES[OTHER], "lead"))
    assert "Joined assessor · agreed to terms join-1" in other
    assert "New role lead" in other
    assert "2026-05-01 09:47:01" in other, "when, in the zone of the file"


def test_alone_there_are_no_members_to_list() -> None:
    alone = story("stars")
    assert not alone.report("en").panel.together
    assert "Members" not in [node.words for tag in ("h2", "h3") for node in page(alone.report("en")).find(tag)]


def test_sheets_say_when_they_were_submitted_and_why_they_were_set_aside(panel: Story) -> None:
    first, second = (part.story for part in panel.report().sheets)
    assert [entry.kind for entry in first] == ["sheet-opened", "sheet-submitted", "reopened"]
    assert [entry.kind for entry in second] == ["sheet-opened", "sheet-submitted"]
    aside = story("stars")
    aside.do(c.OpenSheet("s-2", "Second", ("total",)))
    aside.do(c.SetAside("s-2", "Begun twice"))
    assert "Sheet set aside Begun twice" in card(page(aside.report("en")), "Second").words


def test_ratings_of_a_question_stand_side_by_side(panel: Story) -> None:
    beside = one(article(page(panel.report("en")), "2.1").find("div", "beside"))
    answers = beside.find("div", "answer")
    assert [node.find("p", "label")[0].words for node in answers] == [NAMES[LEAD], NAMES[OTHER]]
    assert [node.find("p", "given")[0].find("b")[0].words for node in answers] == ["60%", "60%"]


def test_reconsiderations_with_reason_and_outcome(panel: Story) -> None:
    asked = panel.report().panel.asked
    assert [(part.outcome, part.asked.body) for part in asked] == [
        ("upheld", p.ReconsiderationAsked("Too low?")),
        ("changed", p.ReconsiderationAsked("Sure?")),
    ]
    root = page(panel.report("en"))
    assert "I saw it" in card(root, "2.1", NAMES[OTHER], "rating upheld").words
    assert "50% → 60%" in card(root, "2.1", NAMES[OTHER], "rating changed").words


def test_a_reconsideration_without_an_answer_waits(panel: Story) -> None:
    waiting = story("stars")
    waiting.do(k.Admit(OTHER, "assessor", "join-1"))
    waiting.do(c.OpenSheet("s-2", "", ("total",)), OTHER, "assessor")
    waiting.fill(Fraction(1, 2), "s-2", OTHER)
    waiting.do(k.Submit("s-2"), OTHER, "assessor")
    waiting.do(k.AskReconsideration("s-2", HOTLINE, "Why?"))
    waiting.do(k.AskReconsideration("s-2", HOTLINE, "Why indeed?"))
    assert [part.outcome for part in waiting.report().panel.asked] == ["asked-again", "waiting"]


def test_evidence_stands_under_its_question_with_both_digests_and_what_became_of_it(panel: Story) -> None:
    _, theirs = article(page(panel.report("en")), "2.1").find("div", "answer")
    kept, gone = theirs.find("div", "evidence")
    for text in (
        "The board, again", "2026-04-29", "a<b>.jpg", "image/jpeg", "4321 bytes", "34" * 32, "56" * 32, "kept",
        "The <i>board</i> · 2026-04-30", NAMES[OTHER], "Received 2026-05-01",
    ):  # fmt: skip
        assert text in said(kept), text
    assert "removed" in gone.words
    assert "Reason: Shows a face" in said(gone)


def test_findings_with_all_their_fields_and_history(panel: Story) -> None:
    root = page(panel.report("en"))
    major = card(root, "Finding 1", "major nonconformity", "corrected")
    for text in ("No <b>log</b>", "Clause 2.1", "Keep a log", "2026-12-31", "open → corrected"):
        assert text in said(major), text
    hung = said(one(major.find("div", "evidence")))
    for text in ("Evidence 3", "Pages that lack", "log.pdf", "99 bytes", "78" * 32, "kept", NAMES[LEAD]):
        assert text in hung, text
    assert said(root).count("78" * 32) == 3, "with its finding, among all evidence, and in the list of entries"
    assert "A mistake" in card(root, "Finding 2", "observation", "withdrawn").words


def test_demands_reopenings_seals_and_the_basis(panel: Story) -> None:
    root = page(panel.report("en"))
    words = root.words
    assert "Ratings above 70% need evidence" in words
    assert "One more visit" in section(root, "Closings and seals").words
    sealed = panel.state.seals[0]
    seals = section(root, "Closings and seals").words
    for text in (seal_code(sealed.upto, sealed.head), sealed.key, fingerprint(sealed.key), sealed.signature):
        assert text in seals
    basis = one(article(root, "2.1").find("div", "basis"))
    assert basis.words == "Self-assessed: 80% Their note"
    assert "Handing <u>Ltd</u>" in words
    assert "ef" * 32 in words


def test_a_basis_without_ratings_shows_its_notes_alone() -> None:
    hidden = story("stars")
    rows = (p.BasisRow(HOTLINE, (), ("Their note",)),)
    hidden.do(k.TakeBasis(replace(SOURCE, ratings="hidden", rows=rows)))
    root = page(hidden.report("en"))
    assert one(article(root, "2.1").find("div", "basis")).words == "Self-assessed Their note"
    assert "notes alone, without ratings" in root.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_erased_person_is_erased_everywhere(panel: Story, language: Language) -> None:
    report = replace(
        panel.report(language), gone=frozenset({OTHER}), names={**NAMES, OTHER: ""},
    )  # fmt: skip
    again = replace(panel, names={LEAD: NAMES[LEAD], OTHER: ""}).report(language)
    raw = FORMATS["html"].render(replace(again, gone=report.gone)).decode()
    assert NAMES[OTHER] not in raw
    assert ("姓名已删除" if language == "zh" else "erased (p-other-") in raw
    assert NAMES[OTHER].encode() not in FORMATS["json"].render(again)


def test_who_only_joined_is_named_and_nobody_else() -> None:
    joined = story("stars")
    joined.do(k.Admit(OTHER, "viewer", "join-1"))
    assert joined.report().names == {LEAD: NAMES[LEAD], OTHER: NAMES[OTHER]}
    assert json.loads(FORMATS["json"].render(joined.report()))["names"] == {LEAD: NAMES[LEAD], OTHER: NAMES[OTHER]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_closed_and_needs_nothing_else(panel: Story, language: Language) -> None:
    raw = FORMATS["html"].render(panel.report(language))
    assert raw == FORMATS["html"].render(gathered().report(language))
    tags = {node.tag for node in read(raw).all()}
    assert tags & {"script", "link", "img", "iframe", "object", "form", "a", "base"} == set()


# every field of every kind


def test_there_is_an_example_of_every_kind() -> None:
    assert set(EXAMPLES) == set(e.KINDS)
    assert all(type(draft.body) is e.KINDS[kind] for kind, (_, _, draft) in EXAMPLES.items())


def shown(told_: Story) -> tuple[str, dict[str, Any]]:
    """The words of the paper, all of which stand in the page; the body of the last entry in the JSON file."""
    report = told_.report("en")
    return "\n".join(texts(paper(report))), json.loads(FORMATS["json"].render(report))["record"][-1]["body"]


_CLOSED_LISTS = {
    ("gate-decided", "gate"): "a standard's gates: the paper names the one that was decided",
    ("measure-set", "measure"): "a standard's rates: likewise",
    ("created", "scheme"): "covered by `test_the_start_says_mode_scheme_and_organisation`",
}


@pytest.mark.parametrize("kind", e.KINDS)
def test_every_field_of_every_kind_stands_in_paper_and_record(kind: str) -> None:
    """Two bodies that differ in one field alone give two papers: so the field is on it."""
    body = EXAMPLES[kind][2].body
    text, record = shown(told(kind))
    assert record == encode(body)
    assert decode(kind, record) == body
    texts = [value for field in fields(body) if isinstance(value := getattr(body, field.name), str)]
    assert not [value for value in texts if value[:1].isupper() and value not in text]
    tried = set()
    for name, other in others(kind):
        other_text, other_record = shown(told(kind, other))
        assert other_record != record, name
        assert other_text != text, f"{kind}: {name} is not in the paper"
        tried.add(name.partition("-")[0])
    missing = {f.name for f in fields(body)} - tried - {name for of, name in _CLOSED_LISTS if of == kind} - {"answer"}
    assert not missing, missing
