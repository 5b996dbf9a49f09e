"""An example of every place and tap, text and event. Whoever adds a kind adds it here.

The tests ask each of everybody; `test_every.py` fails while a kind of which there is none here exists.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.focus import Expects
from bot.export import FORMATS
from bot.service.events import Attachment, Edited, Event, Ordered, Relayed, Said, Sent, Tapped
from bot.view import basis_places as s
from bot.view import compare_places as o
from bot.view import findings_places as f
from bot.view import insight_places as w
from bot.view import life_places as life
from bot.view import members_places as m
from bot.view import path_places as t
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import BeginTap, SubmitTap
from bot.view.chart_places import ChartsTap
from bot.view.evidence_places import ShowTap
from bot.view.links import argument
from bot.view.payload import Tap, encode
from bot.view.places import Place
from bot.words import COMMANDS
from tests.service.scene import PANEL, SHOP, SITES, STARS, Scene


@dataclass(frozen=True, slots=True)
class Refs:
    """The public names of an assessment and of its sheet, and the number of its last entry; a member of it."""

    assessment: str
    sheet: str
    seq: int
    member: str = "nobody"


Made = Callable[[Refs], Place | Tap]
EVERY: dict[type[Place | Tap], tuple[str, Made]] = {
    places.Home: (STARS, lambda _: places.Home(archived=1)),
    places.PickScheme: (STARS, lambda _: places.PickScheme()),
    places.PickMode: (STARS, lambda _: places.PickMode(STARS)),
    places.AskOrganisation: (STARS, lambda _: places.AskOrganisation(STARS, "audit")),
    places.Head: (STARS, lambda refs: places.Head(refs.assessment)),
    places.AskField: (STARS, lambda refs: places.AskField(refs.assessment, "scope")),
    places.Card: (STARS, lambda refs: places.Card(refs.sheet, "2.1/total", "b3")),
    places.NextOpen: (STARS, lambda refs: places.NextOpen(refs.sheet)),
    places.Sections: (STARS, lambda refs: places.Sections(refs.sheet)),
    places.SectionRows: (STARS, lambda refs: places.SectionRows(refs.sheet, "2")),
    places.Notes: (STARS, lambda refs: places.Notes(refs.sheet, "2.1/total")),
    places.AskNote: (STARS, lambda refs: places.AskNote(refs.sheet, "2.1/total")),
    places.AskReason: (SHOP, lambda refs: places.AskReason(refs.sheet, "5.2.2/total")),
    places.Check: (STARS, lambda refs: places.Check(refs.sheet, "open")),
    places.ConfirmClose: (STARS, lambda refs: places.ConfirmClose(refs.assessment)),
    places.ConfirmDelete: (STARS, lambda refs: places.ConfirmDelete(refs.assessment)),
    places.Result: (STARS, lambda refs: places.Result(refs.assessment, "why")),
    places.Export: (STARS, lambda refs: places.Export(refs.assessment)),
    places.GateCard: (PANEL, lambda refs: places.GateCard(refs.assessment, "conformity")),
    places.FindingsCard: (SHOP, lambda refs: places.FindingsCard(refs.assessment)),
    places.AskFinding: (SHOP, lambda refs: places.AskFinding(refs.assessment)),
    places.Findings: (STARS, lambda refs: places.Findings(refs.assessment, clause="2.1")),
    places.PickKind: (STARS, lambda refs: places.PickKind(refs.assessment, "2.1")),
    places.FindingItem: (STARS, lambda refs: places.FindingItem(refs.assessment, 3)),
    places.AskFindingField: (STARS, lambda refs: places.AskFindingField(refs.assessment, 3, "due")),
    places.ConfirmWithdraw: (STARS, lambda refs: places.ConfirmWithdraw(refs.assessment, 3)),
    places.AskWithdraw: (STARS, lambda refs: places.AskWithdraw(refs.assessment, 3)),
    places.Actions: (STARS, lambda _: places.Actions()),
    places.Demand: (STARS, lambda refs: places.Demand(refs.assessment)),
    places.ConfirmReopen: (STARS, lambda refs: places.ConfirmReopen(refs.assessment)),
    places.AskReopen: (STARS, lambda refs: places.AskReopen(refs.assessment)),
    f.FindingStateTap: (STARS, lambda refs: f.FindingStateTap(refs.assessment, 3, "corrected")),
    f.FindingEmptyTap: (STARS, lambda refs: f.FindingEmptyTap(refs.assessment, 3, "due")),
    f.DemandTap: (STARS, lambda refs: f.DemandTap(refs.assessment, "4/5")),
    places.BonusCard: (SHOP, lambda refs: places.BonusCard(refs.assessment)),
    places.AskBonusReason: (SHOP, lambda refs: places.AskBonusReason(refs.assessment, "1")),
    places.AskMeasure: (SITES, lambda refs: places.AskMeasure(refs.sheet, "2.1/management", "A")),
    places.AskPopulation: (SITES, lambda refs: places.AskPopulation(refs.assessment)),
    places.Sheets: (SITES, lambda refs: places.Sheets(refs.assessment)),
    places.AskRound: (SITES, lambda refs: places.AskRound(refs.assessment, "service")),
    places.AskSetAside: (SITES, lambda refs: places.AskSetAside(refs.sheet)),
    places.ConfirmSubmit: (STARS, lambda refs: places.ConfirmSubmit(refs.sheet)),
    places.AskUphold: (STARS, lambda refs: places.AskUphold(refs.sheet, "2.1/total")),
    places.Others: (STARS, lambda refs: places.Others(refs.assessment)),
    places.ConfirmAside: (STARS, lambda refs: places.ConfirmAside(refs.assessment, refs.sheet)),
    places.AskAside: (STARS, lambda refs: places.AskAside(refs.assessment, refs.sheet)),
    places.Differences: (STARS, lambda refs: places.Differences(refs.assessment)),
    places.Difference: (STARS, lambda refs: places.Difference(refs.assessment, "2.1/total")),
    places.AskReconsider: (STARS, lambda refs: places.AskReconsider(refs.assessment, refs.sheet, "2.1/total")),
    places.Settings: (STARS, lambda _: places.Settings()),
    places.Help: (STARS, lambda _: places.Help(1)),
    places.Insight: (STARS, lambda refs: places.Insight(refs.assessment)),
    places.Decisive: (STARS, lambda refs: places.Decisive(refs.assessment)),
    places.Why: (STARS, lambda refs: places.Why(refs.assessment, "q", "2.1/total")),
    places.MarginPlace: (STARS, lambda refs: places.MarginPlace(refs.assessment)),
    w.OrderTap: (STARS, lambda refs: w.OrderTap(refs.assessment, 1)),
    places.Compare: (STARS, lambda refs: places.Compare(refs.assessment)),
    places.Compared: (STARS, lambda refs: places.Compared(refs.assessment, refs.assessment, "q")),
    places.ComparedQuestion: (
        STARS,
        lambda refs: places.ComparedQuestion(refs.assessment, refs.assessment, "2.1/total"),
    ),
    places.PickOlder: (STARS, lambda _: places.PickOlder(STARS, "self")),
    places.BeginFrom: (STARS, lambda refs: places.BeginFrom(refs.assessment)),
    places.CarriedList: (STARS, lambda refs: places.CarriedList(refs.sheet)),
    o.StartTap: (STARS, lambda refs: o.StartTap(refs.assessment, "self")),
    o.ConfirmTap: (STARS, lambda refs: o.ConfirmTap(refs.sheet, "2.1/total", 0)),
    places.Members: (STARS, lambda refs: places.Members(refs.assessment)),
    places.Member: (STARS, lambda refs: places.Member(refs.assessment, refs.member)),
    places.InviteCard: (STARS, lambda refs: places.InviteCard(refs.assessment)),
    places.Requests: (STARS, lambda refs: places.Requests(refs.assessment)),
    places.AskRemoval: (STARS, lambda refs: places.AskRemoval(refs.assessment, refs.member)),
    places.ConfirmRemoval: (STARS, lambda refs: places.ConfirmRemoval(refs.assessment, refs.member)),
    places.ConfirmHandOver: (STARS, lambda refs: places.ConfirmHandOver(refs.assessment, refs.member)),
    places.ConfirmLeave: (STARS, lambda refs: places.ConfirmLeave(refs.assessment)),
    places.Consent: (STARS, lambda _: places.Consent("zzzzzzzz")),
    places.AskName: (STARS, lambda _: places.AskName("zzzzzzzz")),
    m.InviteTap: (STARS, lambda refs: m.InviteTap(refs.assessment, "assessor")),
    m.RevokeTap: (STARS, lambda refs: m.RevokeTap(refs.assessment, "zzzzzzzz")),
    m.AdmitTap: (STARS, lambda refs: m.AdmitTap(refs.assessment, "zzzzzzzz")),
    m.RefuseTap: (STARS, lambda refs: m.RefuseTap(refs.assessment, "zzzzzzzz")),
    m.RemoveTap: (STARS, lambda refs: m.RemoveTap(refs.assessment, refs.member)),
    m.HandOverTap: (STARS, lambda refs: m.HandOverTap(refs.assessment, refs.member)),
    m.LeaveTap: (STARS, lambda refs: m.LeaveTap(refs.assessment)),
    m.AgreeTap: (STARS, lambda _: m.AgreeTap("zzzzzzzz")),
    m.DeclineTap: (STARS, lambda _: m.DeclineTap("zzzzzzzz")),
    p.AnswerTap: (STARS, lambda refs: p.AnswerTap(refs.sheet, "2.1/total", "3/4", 0)),
    p.LaterTap: (STARS, lambda refs: p.LaterTap(refs.sheet, "2.1/total", 1)),
    p.FlagTap: (STARS, lambda refs: p.FlagTap(refs.sheet, "2.1/total", 1)),
    p.KeepTap: (STARS, lambda _: p.KeepTap(1)),
    p.EmptyTap: (STARS, lambda refs: p.EmptyTap(refs.assessment, "scope")),
    p.CloseTap: (STARS, lambda refs: p.CloseTap(refs.assessment, refs.seq)),
    p.DeleteTap: (STARS, lambda refs: p.DeleteTap(refs.assessment)),
    p.ArchiveTap: (STARS, lambda refs: p.ArchiveTap(refs.assessment, 1)),
    p.LanguageTap: (STARS, lambda _: p.LanguageTap("en")),
    p.ZoneTap: (STARS, lambda _: p.ZoneTap("Europe/Berlin")),
    p.GateTap: (PANEL, lambda refs: p.GateTap(refs.assessment, "conformity", 1, 0)),
    p.NoFindingsTap: (SHOP, lambda refs: p.NoFindingsTap(refs.assessment, 0)),
    p.NoBonusTap: (SHOP, lambda refs: p.NoBonusTap(refs.assessment, 0)),
    BeginTap: (STARS, lambda refs: BeginTap(refs.assessment, "total")),
    SubmitTap: (STARS, lambda refs: SubmitTap(refs.sheet)),
    ChartsTap: (STARS, lambda refs: ChartsTap(refs.assessment)),
    p.ExportTap: (STARS, lambda refs: p.ExportTap(refs.assessment, "json")),
    places.EvidenceList: (STARS, lambda refs: places.EvidenceList(refs.sheet, "2.1/total")),
    places.EvidenceItem: (STARS, lambda refs: places.EvidenceItem(refs.assessment, 3)),
    places.FindingEvidence: (STARS, lambda refs: places.FindingEvidence(refs.assessment, 3)),
    places.EvidenceBoard: (STARS, lambda refs: places.EvidenceBoard(refs.assessment)),
    places.AskCaption: (STARS, lambda refs: places.AskCaption(refs.assessment, 3)),
    places.AskClaimed: (STARS, lambda refs: places.AskClaimed(refs.assessment, 3)),
    places.AskDiscard: (STARS, lambda refs: places.AskDiscard(refs.assessment, 3)),
    ShowTap: (STARS, lambda refs: ShowTap(refs.assessment, 3)),
    places.HandOn: (STARS, lambda refs: places.HandOn(refs.assessment)),
    places.Handed: (STARS, lambda _: places.Handed("zzzzzzzz")),
    places.BasisCard: (STARS, lambda refs: places.BasisCard(refs.sheet, "2.1/total")),
    places.LinkCard: (STARS, lambda refs: places.LinkCard(refs.sheet, "2.1/total")),
    s.OfferTap: (STARS, lambda refs: s.OfferTap(refs.assessment, "hidden")),
    s.UnofferTap: (STARS, lambda refs: s.UnofferTap(refs.assessment, "zzzzzzzz")),
    s.HandTap: (STARS, lambda refs: s.HandTap(refs.assessment, "zzzzzzzz")),
    s.DenyTap: (STARS, lambda refs: s.DenyTap(refs.assessment, "zzzzzzzz")),
    s.AuditTap: (STARS, lambda _: s.AuditTap("zzzzzzzz")),
    t.Way: (STARS, lambda refs: t.Way(refs.assessment, "gold")),
    t.PickRow: (STARS, lambda refs: t.PickRow(refs.assessment, "2", 0, "gold")),
    t.WishCard: (STARS, lambda refs: t.WishCard(refs.assessment, "2.1", "gold")),
    t.WishList: (STARS, lambda refs: t.WishList(refs.assessment)),
    t.ConfirmUnwish: (STARS, lambda refs: t.ConfirmUnwish(refs.assessment)),
    t.ConfirmPlan: (STARS, lambda refs: t.ConfirmPlan(refs.assessment, "gold")),
    t.WhatIf: (STARS, lambda refs: t.WhatIf(refs.assessment)),
    t.TrySheets: (STARS, lambda refs: t.TrySheets(refs.assessment)),
    t.TryPick: (STARS, lambda refs: t.TryPick(refs.sheet, "2")),
    t.TryCard: (STARS, lambda refs: t.TryCard(refs.sheet, "2.1/total", "b3")),
    t.AskTryReason: (SHOP, lambda refs: t.AskTryReason(refs.sheet, "5.2.2/total")),
    t.TryDecisions: (SHOP, lambda refs: t.TryDecisions(refs.assessment)),
    t.ConfirmKeep: (STARS, lambda refs: t.ConfirmKeep(refs.assessment)),
    t.ConfirmDrop: (STARS, lambda refs: t.ConfirmDrop(refs.assessment)),
    t.WishTap: (STARS, lambda refs: t.WishTap(refs.assessment, "2.1", 1, "gold")),
    t.CostTap: (STARS, lambda refs: t.CostTap(refs.assessment, "2.1", 3, "gold")),
    t.UnwishTap: (STARS, lambda refs: t.UnwishTap(refs.assessment)),
    t.TryTap: (STARS, lambda refs: t.TryTap(refs.sheet, "2.1/total", "1/4")),
    t.UntryTap: (STARS, lambda refs: t.UntryTap(refs.sheet, "2.1/total")),
    t.TryPlanTap: (STARS, lambda refs: t.TryPlanTap(refs.assessment, "gold", "only")),
    t.TryDecisionTap: (SHOP, lambda refs: t.TryDecisionTap(refs.assessment, "deductions", "3")),
    t.KeepTriesTap: (STARS, lambda refs: t.KeepTriesTap(refs.assessment, "00000000")),
    t.DropTriesTap: (STARS, lambda refs: t.DropTriesTap(refs.assessment, 1)),
    places.Zones: (STARS, lambda _: places.Zones()),
    places.QuietHours: (STARS, lambda _: places.QuietHours()),
    places.AskOwnName: (STARS, lambda _: places.AskOwnName()),
    places.Forget: (STARS, lambda _: places.Forget()),
    places.ConfirmForget: (STARS, lambda _: places.ConfirmForget(1)),
    places.NoteBooks: (STARS, lambda _: places.NoteBooks()),
    places.Texts: (STARS, lambda refs: places.Texts(refs.assessment, "2.1/total")),
    places.ConfirmErase: (STARS, lambda refs: places.ConfirmErase(refs.assessment, 3)),
    life.RemindTap: (STARS, lambda _: life.RemindTap(1)),
    life.QuietTap: (STARS, lambda _: life.QuietTap("2200", "0700")),
    life.ForgetTap: (STARS, lambda _: life.ForgetTap(1, "00000000")),  # of an old card: asks again
    life.EraseTap: (STARS, lambda refs: life.EraseTap(refs.assessment, 3, "personal")),
}
OWN = [kind for kind, (_, made) in EVERY.items() if "refs" in made.__code__.co_varnames]
"""Those that name an assessment or a sheet."""
ELSEWHERE: frozenset[type[Place | Tap]] = frozenset(
    {
        *(places.Consent, places.AskName, m.AgreeTap, m.DeclineTap, places.Handed, s.AuditTap),
        *(places.ConfirmReopen, places.AskReopen),
    }
)
"""Those of no use to who has only begun an assessment. After a link was opened: test_joining.py; after closing:
test_findings.py."""


def refs(scene: Scene, ref: str) -> Refs:
    return Refs(ref, scene.sheet(ref), scene.of(ref).seq, scene.person)


TEXTS: dict[Expects, tuple[str, type[Place], str]] = {
    "rating": ("85", places.Card, ""),
    "note": ("写一条备注", places.AskNote, ""),
    "na-reason": ("没有这项", places.AskReason, ""),
    "header": ("总部", places.AskField, "scope"),
    "new-organisation": ("新的单位", places.AskOrganisation, f"{STARS}:self"),
    "finding": ("一处不符", places.AskFinding, ""),
    "finding-field": ("2026-12-31", places.AskFindingField, "3:due"),
    "finding-withdrawal": ("重复了", places.AskWithdraw, "3"),
    "reopen-reason": ("还有一处要改", places.AskReopen, ""),
    "bonus-reason": ("有奖项", places.AskBonusReason, "1"),
    "measure": ("2026-10 48/50", places.AskMeasure, "A"),
    "population": ("9", places.AskPopulation, ""),
    "round": ("项目一", places.AskRound, "service"),
    "set-aside-reason": ("重复了", places.AskSetAside, ""),
    "removal-reason": ("不再参加", places.AskRemoval, "nobody"),
    "member-name": ("张三", places.AskName, "invite:none"),
    "uphold-reason": ("看过，维持", places.AskUphold, ""),
    "reconsider-reason": ("请再看", places.AskReconsider, "zzzzzzzz:2.1/total"),
    "aside-reason": ("中途退出", places.AskAside, "zzzzzzzz"),
    "evidence-caption": ("前台", places.AskCaption, "3"),
    "evidence-day": ("2026-05-01", places.AskClaimed, "3"),
    "evidence-removal": ("误传", places.AskDiscard, "3"),
    "quiet-hours": ("22:00-07:00", places.QuietHours, ""),
    "own-name": ("李四", places.AskOwnName, ""),
    "path-cost": ("2.5", t.WishCard, ""),
    "try-rating": ("85", t.TryCard, ""),
    "try-reason": ("没有这项", t.AskTryReason, ""),
}
"""For everything that a text can be meant as: such a text, the place that asks for it, and what it is about."""


def events(names: Refs, messages: Sequence[str]) -> dict[type[Event], list[Event]]:
    """Every kind of event with these names and message numbers in every place that takes some."""
    known = (names.assessment, names.sheet, str(names.seq))
    link = argument(names.assessment, "2.1")
    orders = [Ordered(order, names.assessment, "901") for order in (*COMMANDS, "nonsense", *known)]
    return {
        Tapped: [Tapped(encode(made(names))) for _, made in EVERY.values()],
        Said: [Said(text, "900", *messages[:1]) for text in (*known, "85", "#2.1", f"#{names.sheet}")],
        Edited: [Edited("换一句", message) for message in (*messages, *known)],
        Ordered: [*orders, *(Ordered("start", text, "901") for text in ("", *known, link))],
        Sent: [
            *(Sent("photo", "902"), Sent("document", "903", names.assessment), Sent("other", "904")),
            Sent("photo", "906", "说明", Attachment("AgAC", 12, "image/jpeg"), *messages[:1]),
            Sent("document", "907", "", Attachment("BQAC", name=names.sheet), names.sheet, names.assessment),
            Sent("location", "908", attachment=Attachment(place="31.230400,121.473700")),
        ],
        Relayed: [Relayed("905")],
    }


FILES = tuple(FORMATS)
