"""Every kind of entry, each field in another way too, placed where it can stand: for tests that walk the fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.scheme import QuestionId
from tests.export.story import OTHER, Story, story

Q, VETO = QuestionId("2.1", "total"), QuestionId("1.1", "veto")
KEY = "ab" * 32
PHOTO = v.EvidenceReceived("photo", "file-id", 1234, "image/jpeg", "a.jpg", "Caption", "", "2026-05-01", "1.5,2.5")
NOTED = e.Draft(e.Noted("Note"), "s-1", Q)
FOUND = e.Draft(v.FindingRecorded("minor", "Found", "2.1"))
SENT = e.Draft(PHOTO, "s-1", Q)
JOINED = e.Draft(p.MemberJoined(OTHER, "assessor", "join-1"))
ROWS = (p.BasisRow(Q, (Rated(Fraction(4, 5), "ratio"),), ("Theirs",)),)
CARRIED = p.CarriedOver(
    "a-8", 7, "ef" * 32, "audit", "Older", 1_777_600_000_000,
    (p.CarriedRow(Q, (Rated(Fraction(4, 5), "ratio"),), 5),), ("9.9/total",),
)  # fmt: skip

EXAMPLES: Mapping[str, tuple[str, tuple[e.Draft, ...], e.Draft]] = {
    "created": ("stars", (), e.Draft(e.Created("made-stars", "audit", "Org"))),
    "header-set": ("stars", (), e.Draft(e.HeaderSet("scope", "Scope"))),
    "sheet-opened": ("sites", (), e.Draft(e.SheetOpened("Round", ("service",)), "s-2")),
    "answered": ("stars", (), e.Draft(e.AnswerGiven(Rated(Fraction(4, 5), "ratio", "80")), "s-1", Q, 1)),
    "noted": ("stars", (), NOTED),
    "note-revised": ("stars", (NOTED, NOTED), e.Draft(e.NoteRevised(3, "Revised"), "s-1", Q)),
    "postponed": ("stars", (), e.Draft(e.Postponed(True), "s-1", Q)),
    "flagged": ("stars", (), e.Draft(e.Flagged(True), "s-1", Q)),
    "gate-decided": ("sites", (), e.Draft(e.GateDecided("conformity", met=True), revision=1)),
    "findings-decided": ("shop", (), e.Draft(e.FindingsDecided(("Deducted",)), revision=1)),
    "bonus-decided": ("shop", (), e.Draft(e.BonusDecided(Fraction(1), "Award"), revision=1)),
    "measure-set": ("sites", (), e.Draft(e.MeasureSet("A", "2026-04", 8, 9), revision=1)),
    "population-set": ("sites", (), e.Draft(e.PopulationSet(7), revision=1)),
    "sheet-submitted": ("stars", (), e.Draft(e.SheetSubmitted(), "s-1")),
    "sheet-set-aside": ("stars", (), e.Draft(e.SheetSetAside("Twice"), "s-1")),
    "closed": ("stars", (), e.Draft(e.Closed("silver", {"total": "80"}))),
    "wording-adopted": ("stars", (), e.Draft(e.WordingAdopted("cd" * 32))),
    "exported": ("stars", (), e.Draft(e.Exported("html", "zh", 1))),
    "erased": ("stars", (), e.Draft(e.Erased("draft-deleted"))),
    "text-erased": ("stars", (NOTED, NOTED), e.Draft(e.TextErased(3, "Asked for"), "s-1", Q)),
    "member-joined": ("stars", (), JOINED),
    "member-removed": ("stars", (JOINED,), e.Draft(p.MemberRemoved(OTHER, "Moved away"))),
    "lead-handed-over": ("stars", (JOINED,), e.Draft(p.LeadHandedOver(OTHER))),
    "reconsideration-asked": ("stars", (), e.Draft(p.ReconsiderationAsked("Look again"), "s-1", Q)),
    "rating-upheld": ("stars", (), e.Draft(p.RatingUpheld("It stays"), "s-1", Q)),
    "evidence-demanded": ("stars", (), e.Draft(p.EvidenceDemanded(Fraction(3, 5)))),
    "reopened": ("stars", (), e.Draft(p.Reopened("Forgotten", ("s-1",)))),
    "sealed": ("stars", (), e.Draft(p.Sealed(2, "ef" * 32, 1_777_600_000_000, KEY, "12" * 64))),
    "basis-taken": ("stars", (), e.Draft(p.BasisTaken("a-9", 7, "ef" * 32, "Source", "shown", ROWS))),
    "carried-over": ("stars", (), e.Draft(CARRIED)),
    "finding-recorded": ("stars", (), FOUND),
    "finding-changed": ("stars", (FOUND, FOUND), e.Draft(v.FindingChanged(3, "action", "Repair"))),
    "finding-withdrawn": ("stars", (FOUND, FOUND), e.Draft(v.FindingWithdrawn(3, "Wrong"))),
    "evidence-received": ("stars", (FOUND,), SENT),
    "evidence-stored": ("stars", (SENT, SENT), e.Draft(v.EvidenceStored(3, "34" * 32, 4321, "image/jpeg", "56" * 32))),
    "evidence-lost": ("stars", (SENT, SENT), e.Draft(v.EvidenceLost(3, "gone"))),
    "evidence-captioned": ("stars", (SENT, SENT), e.Draft(v.EvidenceCaptioned(3, "Other", "2026-04-30"))),
    "evidence-removed": ("stars", (SENT, SENT), e.Draft(v.EvidenceRemoved(3, "Private"))),
}
"""Kind -> the standard, what must come before it, and one of it."""

_CHOICES: Mapping[str, object] = {
    "mode": "self",
    "round": "Other round",
    "met": False,
    "on": False,
    "of": 4,
    "gate": None,
    "measure": None,
    "month": "2026-03",
    "format": "json",
    "language": "en",
    "role": "viewer",
    "member": "p-lead-0123456789",
    "to": "p-lead-0123456789",
    "ratings": "hidden",
    "state": "verified",
    "key": "ba" * 32,
    "covers": ("management",),
    "sheets": (),
    "findings": ("Deducted otherwise", "And again"),
    "totals": {"total": "81"},
    "above": None,
    "finding": 3,
}
"""Another value of a field, by its name; None where there is only one. All else: another text or number."""


_CARRIED: Mapping[str, Sequence[object]] = {
    "rows": (
        (p.CarriedRow(Q, (Rated(Fraction(1, 5), "ratio"),), 5),),
        (p.CarriedRow(Q, ROWS[0].answers, 6),),
        (p.CarriedRow(VETO, (Veto(raised=True),), 5),),
    ),
    "at": (1_777_700_000_000, 0),
    "gone": (("9.9/total", "9.10/total"),),
}


def others(kind: str) -> Iterator[tuple[str, e.Body]]:
    """(what differs, the body) for every field of the kind, and for every part of an answer or a basis."""
    body = EXAMPLES[kind][2].body
    for field in fields(body):
        for name, value in _variants(kind, field.name, getattr(body, field.name)):
            yield name, replace(body, **{field.name: value})  # type: ignore[arg-type]


def _variants(kind: str, name: str, value: object) -> Iterator[tuple[str, object]]:
    match kind, name, value:
        case "evidence-demanded", "above", _:
            yield name, Fraction(1, 5)
            yield f"{name}-none", None
        case "answered", _, Rated():
            yield "value", Rated(Fraction(3, 5), "ratio", "80")
            yield "form", Rated(Fraction(4, 5), "alpha", "80")
            yield "typed", Rated(Fraction(4, 5), "ratio", "80 分")
            yield "na", NotApplicable("Not here")
            yield "na-reason", NotApplicable("Not there")
        case "basis-taken", "rows", _:
            yield "rows-answers", (p.BasisRow(Q, (Rated(Fraction(1, 5), "ratio"),), ("Theirs",)),)
            yield "rows-notes", (p.BasisRow(Q, ROWS[0].answers, ("Theirs", "More")),)
            yield "rows-question", (p.BasisRow(VETO, (Veto(raised=True),), ("Theirs",)),)
        case "carried-over", "rows" | "at" | "gone", _:
            yield from ((f"{name}-{n}", other) for n, other in enumerate(_CARRIED[name]))
        case "header-set", "field", _:
            yield name, "sites"
        case "finding-changed", "field", _:
            yield name, "due"
        case ("finding-recorded", "kind", _):
            yield name, "major"
        case ("evidence-received", "kind", _):
            yield name, "document"
        case ("evidence-lost", "reason", _):
            yield name, "quota"
        case "evidence-captioned" | "evidence-received", "claimed", _:
            yield name, "2026-04-01"
        case "bonus-decided", "value", _:
            yield name, Fraction(0)
        case _:
            other = _CHOICES.get(name, _more(value)) if name in _CHOICES else _more(value)
            if other is not None:
                yield name, other


def _more(value: object) -> object:
    return value + 1 if isinstance(value, int) and not isinstance(value, bool) else f"{value} 2"


def told(kind: str, body: e.Body | None = None) -> Story:
    """A story that ends with an entry of this kind; its hashes tell nothing, so that what a file shows is the rest."""
    name, before, draft = EXAMPLES[kind]
    one = story(name)
    if kind == "created":
        one.records.clear()
        one.state = type(one.state)()
    for earlier in before:
        one.add(earlier)
    one.add(draft if body is None else replace(draft, body=body))
    one.records = [replace(record, hash="0" * 64) for record in one.records]
    return one
