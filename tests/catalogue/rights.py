"""Row 63: every way in which something is done to an assessment, by whom it may be.

A line says what somebody presses, types or sends; the names are their own where they have some, else the lead's. Its
roles are those of its command's row in bot/domain/rights.py, but for what is written beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypedDict

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.panel_entries import Role
from bot.domain.rights import ANYBODY, LEAD, PANEL, RIGHTS
from bot.service.events import Attachment, Edited, Event, Sent
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
from bot.view.payload import Tap
from bot.view.places import Place
from tests.service.scene import PANEL as TWO
from tests.service.scene import SHOP, SITES, STARS

Who = Literal["lead", "assessor", "viewer", "removed", "foreigner", "operator"]
Stage = Literal["rating", "submitted", "closed"]
PEOPLE: dict[Who, str] = {
    "lead": "1001",
    "assessor": "2002",
    "viewer": "3003",
    "removed": "4004",
    "foreigner": "5005",
    "operator": "6006",
}
"""The operator is named in ADMIN_IDS: let in always, and no member of anything by that."""
MEMBERS: tuple[Role, ...] = ("lead", "assessor", "viewer")
Step = Place | Tap | str | Event


@dataclass(frozen=True, slots=True)
class Names:
    """What somebody can name of an assessment. note: a message of theirs, of: its entry.

    other: the sheet of who was removed; theirs: the assessor's; invites: out, asked for, and the same of a basis.
    """

    assessment: str = "zzzzzzzz"
    sheet: str = "zzzzzzzz"
    seq: int = 0
    note: str = ""
    of: int = 0
    finding: int = 0
    piece: int = 0
    other: str = "zzzzzzzz"
    theirs: str = "zzzzzzzz"
    assessor: str = "nobody"
    viewer: str = "nobody"
    invites: tuple[str, ...] = ("zzzzzzzz",) * 4


@dataclass(frozen=True, slots=True)
class Line:
    """One way. roles, closed: where they are not those of the command's row; open: whether it is done while open.

    late: the roles after closing, where they are others.
    """

    command: type[c.Command] | None
    steps: Callable[[Names], tuple[Step, ...]]
    scheme: str = STARS
    roles: frozenset[Role] | None = None
    closed: bool | None = None
    open: bool = True
    stage: Stage = "rating"
    decided: bool = True
    late: frozenset[Role] | None = None

    def may(self, who: Who, *, closed: bool) -> bool:
        right = RIGHTS[self.command] if self.command else None
        roles = self.roles if self.roles is not None else right.roles if right else ANYBODY
        if closed and self.late is not None:
            roles = self.late
        after = self.closed if self.closed is not None else bool(right and right.closed)
        return who in roles and (after if closed else self.open)


SNAP = Sent("photo", "900", "", Attachment("AgAC9", 12, "image/jpeg"))
ASSESSOR: frozenset[Role] = frozenset({"assessor"})


class Draft(TypedDict):
    """Who may draft for themselves: those who rate; after closing every member."""

    roles: frozenset[Role]
    closed: bool
    late: frozenset[Role]


DRAFT: Draft = {"roles": PANEL, "closed": True, "late": ANYBODY}
LINES: dict[str, Line] = {
    "rate by button": Line(c.GiveAnswer, lambda n: (p.AnswerTap(n.sheet, "2.10/total", "1/2", 1),)),
    "rate by text": Line(c.GiveAnswer, lambda n: (places.Card(n.sheet, "2.10/total"), "85%")),
    "not applicable": Line(c.GiveAnswer, lambda n: (places.AskReason(n.sheet, "5.2.2/total"), "没有"), SHOP, LEAD),
    "note": Line(c.WriteNote, lambda n: (places.AskNote(n.sheet, "2.1/total"), "再看一次")),
    "keep a text": Line(c.WriteNote, lambda n: (places.Card(n.sheet, "2.1/total"), "一段话", p.KeepTap(1))),
    "edit a note": Line(c.ReviseNote, lambda n: (Edited("换一句", n.note),)),
    "later": Line(c.Postpone, lambda n: (p.LaterTap(n.sheet, "2.1/total", 1),)),
    "flag": Line(c.Flag, lambda n: (p.FlagTap(n.sheet, "2.1/total", 1),)),
    "another round": Line(c.OpenSheet, lambda n: (places.AskRound(n.assessment, "total"), "二次")),
    # the lead's first sheet is there from the beginning
    "own sheet": Line(c.OpenSheet, lambda n: (BeginTap(n.assessment, "service+management"),), TWO, ASSESSOR),
    "submit": Line(k.Submit, lambda n: (places.ConfirmSubmit(n.sheet), SubmitTap(n.sheet))),
    "uphold": Line(k.Uphold, lambda n: (places.AskUphold(n.sheet, "2.1/total"), "维持"), stage="submitted"),
    "photo": Line(
        k.AttachEvidence,
        lambda n: (places.Card(n.sheet, "2.1/total"), SNAP),
    ),
    "photo of a finding": Line(k.ProveFinding, lambda n: (places.FindingItem(n.assessment, n.finding), SNAP)),
    "caption": Line(k.CaptionEvidence, lambda n: (places.AskCaption(n.assessment, n.piece), "前台"), closed=False),
    "date": Line(k.CaptionEvidence, lambda n: (places.AskClaimed(n.assessment, n.piece), "2026-05-01"), closed=False),
    "discard": Line(k.RemoveEvidence, lambda n: (places.AskDiscard(n.assessment, n.piece), "误传"), closed=False),
    # after closing: what came after it
    "caption of a finding's photo": Line(
        k.CaptionEvidence,
        lambda n: (
            *(places.FindingItem(n.assessment, n.finding), SNAP),
            *(places.AskCaption(n.assessment, n.seq + 1), "前台"),
        ),
    ),
    "discard a finding's photo": Line(
        k.RemoveEvidence,
        lambda n: (
            *(places.FindingItem(n.assessment, n.finding), SNAP),
            *(places.AskDiscard(n.assessment, n.seq + 1), "误传"),
        ),
    ),
    # it goes to whoever brought it, and to the lead; that the original went out is an entry
    "original": Line(None, lambda n: (ShowTap(n.assessment, n.piece, 1),), roles=PANEL, closed=True),
    "finding": Line(k.RecordFinding, lambda n: (places.AskFinding(n.assessment, "major", "2.1"), "缺记录")),
    "deduction": Line(k.RecordFinding, lambda n: (places.AskFinding(n.assessment), "一处不符"), SHOP, LEAD),  # DN-09
    "word a finding": Line(
        k.ChangeFinding, lambda n: (places.AskFindingField(n.assessment, n.finding, "text"), "换个说法"), closed=False
    ),
    "due day": Line(k.ChangeFinding, lambda n: (places.AskFindingField(n.assessment, n.finding, "due"), "2026-12-01")),
    "no due day": Line(k.ChangeFinding, lambda n: (f.FindingEmptyTap(n.assessment, n.finding, "due"),)),
    "corrected": Line(k.ChangeFinding, lambda n: (f.FindingStateTap(n.assessment, n.finding, "corrected"),)),
    "withdraw": Line(k.WithdrawFinding, lambda n: (places.AskWithdraw(n.assessment, n.finding), "重复了")),
    "drop a deduction": Line(
        k.WithdrawFinding,
        lambda n: (
            *(places.AskFinding(n.assessment), "一处不符"),
            *(places.AskWithdraw(n.assessment, n.seq + 1), "重复了"),
        ),
        SHOP,
        LEAD,
    ),
    "erase a note": Line(c.EraseText, lambda n: (life.EraseTap(n.assessment, n.of, "personal"),)),
    "head": Line(c.SetHeader, lambda n: (places.AskField(n.assessment, "scope"), "总部")),
    "empty a field": Line(c.SetHeader, lambda n: (p.EmptyTap(n.assessment, "sites"),)),
    "gate": Line(c.DecideGate, lambda n: (p.GateTap(n.assessment, "conformity", 1, 0),), TWO),
    "no deductions": Line(c.DecideFindings, lambda n: (p.NoFindingsTap(n.assessment, 0),), SHOP),
    "no bonus": Line(c.DecideBonus, lambda n: (p.NoBonusTap(n.assessment, 0),), SHOP),
    "bonus": Line(c.DecideBonus, lambda n: (places.AskBonusReason(n.assessment, "1"), "有奖项"), SHOP),
    "measure": Line(
        c.SetMeasure, lambda n: (places.AskMeasure(n.sheet, "2.1/management", "A"), "2026-10 48/50"), SITES
    ),
    "population": Line(c.SetPopulation, lambda n: (places.AskPopulation(n.assessment), "9"), SITES),
    "set own aside": Line(c.SetAside, lambda n: (places.AskSetAside(n.sheet), "重复了")),
    "set another aside": Line(c.SetAside, lambda n: (places.AskAside(n.assessment, n.other), "中途退出")),
    "reconsider": Line(
        k.AskReconsideration,
        lambda n: (places.AskReconsider(n.assessment, n.theirs, "2.1/total"), "再看一遍"),
        stage="submitted",
    ),
    "close": Line(c.Close, lambda n: (p.CloseTap(n.assessment, n.seq),), stage="submitted"),
    "reopen": Line(k.Reopen, lambda n: (places.AskReopen(n.assessment), "还有一处要改"), open=False),
    "delete": Line(c.Erase, lambda n: (p.DeleteTap(n.assessment),), TWO),
    "demand": Line(k.DemandEvidence, lambda n: (f.DemandTap(n.assessment, "4/5"),)),
    "invite": Line(k.Admit, lambda n: (m.InviteTap(n.assessment, "viewer"),), decided=False),
    "revoke": Line(k.Admit, lambda n: (m.RevokeTap(n.assessment, n.invites[0]),), decided=False),
    "admit": Line(k.Admit, lambda n: (m.AdmitTap(n.assessment, n.invites[1]),)),
    "refuse": Line(k.Admit, lambda n: (m.RefuseTap(n.assessment, n.invites[1]),), decided=False),
    "offer": Line(k.Admit, lambda n: (s.OfferTap(n.assessment, "hidden"),), decided=False),
    "take back": Line(k.Admit, lambda n: (s.UnofferTap(n.assessment, n.invites[2]),), decided=False),
    "hand": Line(k.Admit, lambda n: (s.HandTap(n.assessment, n.invites[3]),), decided=False),
    "deny": Line(k.Admit, lambda n: (s.DenyTap(n.assessment, n.invites[3]),), decided=False),
    "remove": Line(
        k.Remove,
        lambda n: (places.AskRemoval(n.assessment, n.viewer), "不再参加", m.RemoveTap(n.assessment, n.viewer)),
    ),
    "hand over": Line(k.HandOver, lambda n: (m.HandOverTap(n.assessment, n.assessor),)),
    "leave": Line(k.Leave, lambda n: (m.LeaveTap(n.assessment),), roles=ANYBODY - LEAD),  # the lead hands over first
    "charts": Line(None, lambda n: (ChartsTap(n.assessment),), **DRAFT),
    "file": Line(None, lambda n: (p.ExportTap(n.assessment, "html"),), closed=True),
    # a wish of one's own: no command, and nothing for who is not asked anything
    "order of questions": Line(None, lambda n: (w.OrderTap(n.assessment, 1),), roles=PANEL, closed=False),
    # drafts of one's own: a viewer's begin with the result
    "mark": Line(None, lambda n: (t.WishTap(n.assessment, "2.1", 1),), **DRAFT),
    "cost": Line(None, lambda n: (t.CostTap(n.assessment, "2.1", 3),), **DRAFT),
    "cost by text": Line(None, lambda n: (t.WishCard(n.assessment, "2.1"), "2.5"), **DRAFT),
    "clear marks": Line(None, lambda n: (t.UnwishTap(n.assessment), t.WishTap(n.assessment, "3", 1)), **DRAFT),
    "try": Line(None, lambda n: (t.TryTap(n.sheet, "2.10/total", "1/4"),), **DRAFT),
    "try by text": Line(None, lambda n: (t.TryCard(n.sheet, "2.10/total"), "33%"), **DRAFT),
    "try another": Line(
        None,
        lambda n: (
            *(t.TryTap(n.sheet, "2.10/total", "1/4"), t.TryTap(n.sheet, "3/total", "1/4")),
            t.UntryTap(n.sheet, "2.10/total"),
        ),
        **DRAFT,
    ),
    "try N/A": Line(
        None, lambda n: (t.AskTryReason(n.sheet, "5.2.2/total"), "没有"), SHOP, LEAD, closed=True, late=ANYBODY
    ),
    "try a plan": Line(None, lambda n: (t.TryPlanTap(n.assessment, "gold", "only"),), **DRAFT),
    "try a decision": Line(
        None, lambda n: (t.TryDecisionTap(n.assessment, "deductions", "3"),), SHOP, LEAD, closed=True
    ),
    "drop tries": Line(None, lambda n: (t.DropTriesTap(n.assessment, 1), t.TryTap(n.sheet, "3/total", "1/4")), **DRAFT),
    # kept: tests/service/test_trying.py; here, that an old list keeps nothing
    "keep tries": Line(
        None,
        lambda n: (t.KeepTriesTap(n.assessment, "00000000"), t.TryTap(n.sheet, "3/total", "1/4")),
        **DRAFT,
    ),
    "archive": Line(None, lambda n: (p.ArchiveTap(n.assessment, 1),), closed=True),
}
APART: dict[type[c.Command], str] = {
    k.TakeBasis: "by who was handed a basis, in an audit of their own",
    k.CarryOver: "by who begins a new one from an older one that they see all of: tests/service/test_carrying.py",
}
NO_LINE: dict[type[c.Command], frozenset[Role]] = {k.Leave: LEAD}
"""Who has the right and is kept from it all the same."""
PERSONAL: tuple[Tap, ...] = (
    p.LanguageTap("zh"),
    p.ZoneTap("Asia/Shanghai"),
    life.RemindTap(1),
    life.QuietTap("2200", "0700"),
    life.ForgetTap(1, "00000000"),
    m.AgreeTap("zzzzzzzz"),
    m.DeclineTap("zzzzzzzz"),
    s.AuditTap("zzzzzzzz"),
    o.StartTap("zzzzzzzz", "self"),
    o.ConfirmTap("zzzzzzzz", "2.1/total", 0),
)
"""Taps about oneself: they touch no assessment but one that is one's own and new."""
