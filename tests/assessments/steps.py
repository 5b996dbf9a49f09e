"""What a step of a data file does to a story: one function per verb. The verbs are listed at the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.answers import Answer, NotApplicable, Veto
from bot.domain.scheme import VETO, QuestionId
from bot.domain.typed import Understood, understand
from bot.verify import signing
from tests.assessments import pictures
from tests.export.story import Story

Step = Mapping[str, Any]
"""Texts, and lists and mappings of them: numbers are written as people type them."""
KEY = signing.signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
"""Signs the made-up seals; it is no secret."""
_DAY = 86_400_000
_MIMES = {
    "photo": "image/jpeg",
    "document": "application/pdf",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "location": "",
}


@dataclass
class Telling:
    """A story being told. people: short name -> person id; labels: `as` of a step -> number of its entry."""

    story: Story
    people: Mapping[str, str]
    labels: dict[str, int] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def run(self, step: Step) -> None:
        before = len(self.story.records)
        VERBS[step["do"]](self, step)
        if "as" in step:
            self.labels[step["as"]] = before + 1

    def do(self, step: Step, command: c.Command) -> None:
        """By who is named, else by the sheet's owner, else by the lead."""
        person = self.person(step)
        self.story.do(command, person, self.story.state.members[person])

    def person(self, step: Step) -> str:
        if "by" in step:
            return self.people[step["by"]]
        sheet = self.story.state.sheets.get(step.get("sheet", ""))
        lead = next(person for person, role in self.story.state.members.items() if role == "lead")
        return sheet.person if sheet and step["do"] not in _OF_LEAD else lead

    def question(self, sheet: str, written: str) -> QuestionId:
        """'4.2.1', or '1.3.1/service' where the sheet asks the row in two dimensions."""
        if "/" in written:
            return QuestionId.parse(written)
        asked = self.story.scheme.covered(self.story.state.sheets[sheet].covers)
        (found,) = (question for question in asked if question.indicator == written)
        return found

    def on(self, step: Step) -> QuestionId:
        return self.question(step["sheet"], step["on"])

    def add(self, step: Step, body: e.Body, sheet: str = "", question: QuestionId | None = None) -> None:
        """An entry that the service makes by itself."""
        person = self.person(step)
        self.story.add(e.Draft(body, sheet, question), person, self.story.state.members[person])


_OF_LEAD = frozenset({"ask", "aside"})


def _answer(telling: Telling, step: Step) -> None:
    sheet = step["sheet"]
    for written, said in step["answers"].items():
        question = telling.question(sheet, written)
        telling.do(step, c.GiveAnswer(sheet, question, _meant(telling, question, said)))


def _meant(telling: Telling, question: QuestionId, said: object) -> Answer:
    if isinstance(said, Mapping):
        return NotApplicable(said["na"])
    if question.dimension == VETO:
        return Veto(raised={"yes": True, "no": False}[str(said)])
    scheme = telling.story.scheme
    found = understand(str(said), scheme.scale_of(question), scheme.points_of(question))
    assert isinstance(found, Understood), (question, said)
    return found.rating


def _evidence(telling: Telling, step: Step) -> None:
    """Received, and stored at once unless it is said to be lost; a location has no bytes."""
    kind, number = step["kind"], len(telling.story.state.evidence) + 1
    seq = len(telling.story.records) + 1
    others = b"" if kind == "location" else pictures.file(f"{telling.story.id} {number}")
    content = pictures.jpeg(number) if kind == "photo" else others
    mime = step.get("mime", _MIMES[kind])
    name, caption = step.get("name", ""), step.get("caption", "")
    finding = telling.labels[step["finding"]] if "finding" in step else 0
    received = v.EvidenceReceived(
        kind, f"file-{number}", len(content), mime, name, caption, step.get("album", ""), step.get("claimed", ""),
        step.get("place", ""), finding=0,
    )  # fmt: skip
    if finding:
        telling.do(step, k.ProveFinding(finding, received))
    else:
        telling.do(step, k.AttachEvidence(step["sheet"], telling.on(step), received))
    one = telling.story.state.evidence[seq]
    if "lost" in step:
        telling.add(step, v.EvidenceLost(seq, step["lost"]), one.sheet, one.asked)
    elif kind != "location":
        clean = pictures.jpeg(number, 70) if kind == "photo" else b""
        hashes = [pictures.sha256(each) if each else "" for each in (content, clean)]
        telling.files |= {key: each for key, each in zip(hashes, (content, clean), strict=True) if key}
        stored = v.EvidenceStored(seq, hashes[0], len(content), mime, hashes[1])
        telling.add(step, stored, one.sheet, one.asked)


def _basis(telling: Telling, step: Step) -> None:
    rows = []
    for written, row in step["rows"].items():
        question = QuestionId.parse(written)
        answers = tuple(_meant(telling, question, said) for said in row.get("answers", ()))
        rows.append(p.BasisRow(question, answers, tuple(row.get("notes", ()))))
    head = pictures.sha256(step["organisation"].encode())
    basis = p.BasisTaken("a-made-up-basis", 57, head, step["organisation"], step["ratings"], tuple(rows))
    telling.do(step, k.TakeBasis(basis))


def _close(telling: Telling, step: Step) -> None:
    """Closed, and sealed as the service does it."""
    telling.do(step, c.Close())
    last = telling.story.records[-1]
    value = signing.sealed(telling.story.id, last.header.seq, last.hash, last.header.at)
    signature = KEY.sign(signing.SEAL, value)
    telling.add(step, p.Sealed(last.header.seq, last.hash, last.header.at, KEY.key, signature))


def _wait(telling: Telling, step: Step) -> None:
    telling.story.late += int(float(step["days"]) * _DAY)


def _exported(telling: Telling, step: Step) -> None:
    telling.add(step, e.Exported(step["format"], step["language"], len(telling.story.records) + 1))


def _above(text: str) -> Fraction | None:
    return None if text == "none" else Fraction(text)


def _erase(telling: Telling, step: Step) -> None:
    """As the store does it: the words go, and an entry says that they went."""
    of = telling.labels[step["note"]]
    telling.do(step, c.EraseText(of, step["reason"]))
    records = telling.story.records
    records[of - 1] = replace(records[of - 1], salt=None, body=None)


def _order(make: Callable[[Telling, Step], c.Command]) -> Callable[[Telling, Step], None]:
    return lambda telling, step: telling.do(step, make(telling, step))


VERBS: Mapping[str, Callable[[Telling, Step], None]] = {
    "wait": _wait,
    "answer": _answer,
    "evidence": _evidence,
    "basis": _basis,
    "close": _close,
    "exported": _exported,
    "head": _order(lambda _, s: c.SetHeader(s["field"], s["value"])),
    "admit": _order(lambda t, s: k.Admit(t.people[s["who"]], s["role"], "join-1")),
    "dismiss": _order(lambda t, s: k.Remove(t.people[s["who"]], s["reason"])),
    "hand-over": _order(lambda t, s: k.HandOver(t.people[s["to"]])),
    "open": _order(lambda _, s: c.OpenSheet(s["id"], s.get("round", ""), tuple(s["covers"]))),
    "note": _order(lambda t, s: c.WriteNote(s["sheet"], t.on(s), s["text"])),
    "revise": _order(lambda t, s: c.ReviseNote(t.labels[s["note"]], s["text"])),
    "erase": _erase,
    "later": _order(lambda t, s: c.Postpone(s["sheet"], t.on(s), on=True)),
    "flag": _order(lambda t, s: c.Flag(s["sheet"], t.on(s), on=True)),
    "gate": _order(lambda _, s: c.DecideGate(s["id"], met=s["met"] == "yes")),
    "finding": _order(lambda _, s: k.RecordFinding(s["kind"], s["text"], s.get("clause", ""))),
    "change": _order(lambda t, s: k.ChangeFinding(t.labels[s["finding"]], s["field"], s["value"])),
    "withdraw": _order(lambda t, s: k.WithdrawFinding(t.labels[s["finding"]], s["reason"])),
    "caption": _order(lambda t, s: k.CaptionEvidence(t.labels[s["evidence"]], s["caption"], s.get("claimed", ""))),
    "discard": _order(lambda t, s: k.RemoveEvidence(t.labels[s["evidence"]], s["reason"])),
    "demand": _order(lambda _, s: k.DemandEvidence(_above(s["above"]))),
    "bonus": _order(lambda _, s: c.DecideBonus(Fraction(s["value"]), s.get("reason", ""))),
    "measure": _order(lambda _, s: c.SetMeasure(s["id"], s["month"], int(s["part"]), int(s["whole"]))),
    "population": _order(lambda _, s: c.SetPopulation(int(s["count"]))),
    "submit": _order(lambda _, s: k.Submit(s["sheet"])),
    "ask": _order(lambda t, s: k.AskReconsideration(s["sheet"], t.on(s), s["reason"])),
    "uphold": _order(lambda t, s: k.Uphold(s["sheet"], t.on(s), s["reason"])),
    "aside": _order(lambda _, s: c.SetAside(s["sheet"], s["reason"])),
    "reopen": _order(lambda _, s: k.Reopen(s["reason"])),
}
