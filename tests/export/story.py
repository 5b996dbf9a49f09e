"""A made-up assessment told through the domain: commands -> entries -> chain -> fold -> report. For tests of files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.commands import Actor
from bot.domain.interview import begin, decide
from bot.domain.panel_entries import Role
from bot.domain.record import VERSION, Header, Json, Source, body_hash, entry_hash, genesis
from bot.domain.scales import Language
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, fold
from bot.domain.written import encode
from bot.export import Report, ReportInputs, report
from bot.library.load import load_bytes
from bot.library.loaded import Loaded
from tests.made_up import TEXTS

START = 1_777_600_000_000  # 2026-05-01T01:46:40Z
LEAD, OTHER = "p-lead-0123456789", "p-other-123456789"
NAMES = {LEAD: "王一（编造）", OTHER: "Made-up Li", "p-nobody": "Not in the record"}


@dataclass(frozen=True)
class Stored:
    """What the store hands out for an entry."""

    header: Header
    hash: str
    salt: bytes | None
    body: Mapping[str, Json] | None


@dataclass
class Story:
    """Entries are told one by one; each takes 7 s."""

    scheme: Scheme
    text: str
    id: str = "a-made-up"
    names: Mapping[str, str] = field(default_factory=lambda: NAMES)
    state: AssessmentState = field(default_factory=AssessmentState)
    records: list[Stored] = field(default_factory=list)
    late: int = 0
    """ms by which what follows happens later than 7 s a step."""

    def begin(self, organisation: str = "编造公司", mode: e.Mode = "audit", person: str = LEAD) -> None:
        for draft in begin(self.scheme, mode, organisation, "s-1"):
            self.add(draft, person)

    def do(self, command: c.Command, person: str = LEAD, role: Role = "lead") -> None:
        for draft in decide(self.scheme, self.state, Actor(person, role), command):
            self.add(draft, person, role)

    def say(
        self, question: str, answer: Answer, sheet: str = "s-1", person: str = LEAD, dimension: str = "total"
    ) -> None:
        role: Role = "lead" if person == LEAD else "assessor"
        self.do(c.GiveAnswer(sheet, QuestionId(question, dimension), answer), person, role)

    def fill(self, value: Fraction, sheet: str = "s-1", person: str = LEAD) -> None:
        """Answer what is open: ratios and alphas with value, levels with 4, veto rows with no."""
        held = self.state.sheets[sheet]
        for question in self.scheme.covered(held.covers):
            if question not in held.given:
                answer = Veto(raised=False) if question.dimension == VETO else self._rated(question, value)
                self.say(question.indicator, answer, sheet, person, question.dimension)

    def add(self, draft: e.Draft, person: str = LEAD, role: Role = "lead") -> None:
        seq = len(self.records) + 1
        body, salt = encode(draft.body), seq.to_bytes(16, "big")
        header = Header(
            v=VERSION,
            assessment=self.id,
            seq=seq,
            prev=self.records[-1].hash if self.records else genesis(self.id),
            at=START + 7_000 * seq + self.late,
            source_date=START + 7_000 * seq + self.late - 900,
            person=person,
            role=role,
            kind=draft.kind,
            sheet=draft.sheet,
            question=str(draft.question) if draft.question else "",
            revision=draft.revision,
            scheme=self.scheme.digest,
            body_hash=body_hash(salt, body),
            source=Source("telegram", "4711", str(seq), str(9_000 + seq)),
        )
        self.records.append(Stored(header, entry_hash(header), salt, body))
        entry = e.Entry(seq, header.at, person, draft.body, draft.sheet, draft.question, draft.revision)
        self.state = fold(self.state, [entry])

    def erase(self) -> None:
        """As the store does it: bodies of all entries before the erase entry go, and the fold has only that one."""
        self.do(c.Erase())
        self.records[:-1] = [replace(record, salt=None, body=None) for record in self.records[:-1]]
        last = self.records[-1].header
        self.state = fold(AssessmentState(), [e.Entry(last.seq, last.at, last.person, e.Erased("draft-deleted"))])

    def do_erase_with_a_name(self, name: str) -> None:
        self.do(c.SetHeader("name", name))
        self.erase()

    def report(self, language: Language = "zh", zone: str = "Asia/Shanghai") -> Report:
        upto = len(self.records)
        made = START + 86_400_000
        return report(
            ReportInputs(
                self.scheme, self.state, self.id, self.records, self.names, language, zone, upto, self.text, made
            )
        )

    def _rated(self, question: QuestionId, value: Fraction) -> Rated:
        kind = self.scheme.scale_of(question).kind
        return Rated(Fraction(4, 5), "level") if kind == "level" else Rated(value, kind)


def story(name: str) -> Story:
    """A begun story on a made-up scheme of tests/made_up.py."""
    loaded = _loaded(name)
    told = Story(loaded.scheme, loaded.text)
    told.begin()
    return told


@cache
def _loaded(name: str) -> Loaded:
    loaded, problems = load_bytes(TEXTS[name].encode(), f"{name}.yaml")
    assert loaded, problems
    return loaded


def eventful() -> Story:
    """The veto standard with all that one person can leave behind, closed."""
    told = story("stars")
    hotline = QuestionId("2.1", "total")
    for name in e.HEADER_FIELDS:
        told.do(c.SetHeader(name, f"Head {name} <b>&"))
    told.do(c.SetHeader("organisation", "Renamed <i>Ltd</i>"))
    told.say("2.1", Rated(Fraction(3, 5), "ratio", "60%"))
    told.do(c.WriteNote("s-1", hotline, "First note\nsecond line"))
    told.do(c.WriteNote("s-1", hotline, "Note to be withdrawn"))
    noted = told.records[-1].header.seq
    told.do(c.ReviseNote(noted - 1, "First note, revised"))
    told.do(c.ReviseNote(noted - 1, "First note, revised twice"))
    told.do(c.ReviseNote(noted, ""))
    told.do(c.Flag("s-1", hotline, on=True))
    told.do(c.Postpone("s-1", QuestionId("3", "total"), on=True))
    told.say("2.1", Rated(Fraction(7, 9), "ratio", "7/9"))
    told.fill(Fraction(17, 20))
    told.do(c.Close())
    return told


def panelled() -> Story:
    """Two dimensions, a gate, two sheets that differ; the second is still open."""
    told = story("panel")
    told.fill(Fraction(9, 10))
    told.do(c.OpenSheet("s-2", "第二轮", ("service",)), OTHER, "assessor")
    told.say("S.1.1", Rated(Fraction(1, 3), "alpha", "1/3"), "s-2", OTHER, "service")
    told.do(c.DecideGate("conformity", met=False))
    told.do(c.DecideGate("conformity", met=True))
    return told


def adjusted() -> Story:
    """N/A, deductions and a bonus; complete and not closed."""
    told = story("shop")
    told.say("5.2.1", NotApplicable("No goods are sent <x>"))
    told.fill(Fraction(4, 5))
    for text in ("Finding one <y>", "Finding two"):
        told.do(k.RecordFinding("deduction", text))
    told.do(c.DecideBonus(Fraction(1), "An award & a reason"))
    return told
