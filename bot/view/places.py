"""The screens that a button or a focus can name. Must not know what they look like or how they are written down.

A place carries no revision and can always be shown again. Refs are the short public names of assessments and sheets;
membership decides what they open.
"""

from typing import TypeAlias

from bot.view.asks import (
    AskBonusReason,
    AskField,
    AskFinding,
    AskMeasure,
    AskNote,
    AskOrganisation,
    AskPopulation,
    AskReason,
    AskRound,
    AskSetAside,
)
from bot.view.basis_places import BasisCard, BasisPlace, Handed, HandOn, LinkCard
from bot.view.blind_places import (
    AskAside,
    AskReconsider,
    AskUphold,
    BlindPlace,
    ConfirmAside,
    ConfirmSubmit,
    Difference,
    Differences,
    LeadPlace,
    Others,
)
from bot.view.compare_places import (
    BeginFrom,
    CarriedList,
    CarryPlace,
    Compare,
    Compared,
    ComparedQuestion,
    ComparePlace,
    PickOlder,
)
from bot.view.evidence_places import (
    AskCaption,
    AskClaimed,
    AskDiscard,
    EvidenceBoard,
    EvidenceItem,
    EvidenceList,
    EvidencePlace,
    FindingEvidence,
)
from bot.view.findings_places import (
    Actions,
    AskFindingField,
    AskReopen,
    AskWithdraw,
    ConfirmReopen,
    ConfirmWithdraw,
    Demand,
    FindingItem,
    FindingPlace,
    Findings,
    PickKind,
)
from bot.view.insight_places import Decisive, Insight, InsightPlace, MarginPlace, Why
from bot.view.life_places import (
    AskOwnName,
    ConfirmErase,
    ConfirmForget,
    Forget,
    LifePlace,
    NoteBooks,
    QuietHours,
    Texts,
    Zones,
)
from bot.view.main_places import (
    BonusCard,
    Card,
    Check,
    ConfirmClose,
    ConfirmDelete,
    Export,
    FindingsCard,
    GateCard,
    Head,
    Help,
    Home,
    NextOpen,
    Notes,
    PickMode,
    PickScheme,
    Result,
    SectionRows,
    Sections,
    Settings,
    Sheets,
)
from bot.view.members_places import (
    AskName,
    AskRemoval,
    ConfirmHandOver,
    ConfirmLeave,
    ConfirmRemoval,
    Consent,
    InviteCard,
    Member,
    MemberPlace,
    Members,
    Requests,
)
from bot.view.path_places import PathPlace, TryPlace

__all__ = [
    "Actions",
    "AskAside",
    "AskBonusReason",
    "AskCaption",
    "AskClaimed",
    "AskDiscard",
    "AskField",
    "AskFinding",
    "AskFindingField",
    "AskMeasure",
    "AskName",
    "AskNote",
    "AskOrganisation",
    "AskOwnName",
    "AskPopulation",
    "AskReason",
    "AskReconsider",
    "AskRemoval",
    "AskReopen",
    "AskRound",
    "AskSetAside",
    "AskUphold",
    "AskWithdraw",
    "BasisCard",
    "BasisPlace",
    "BeginFrom",
    "BlindPlace",
    "BonusCard",
    "Card",
    "CarriedList",
    "CarryPlace",
    "Check",
    "Compare",
    "ComparePlace",
    "Compared",
    "ComparedQuestion",
    "ConfirmAside",
    "ConfirmClose",
    "ConfirmDelete",
    "ConfirmErase",
    "ConfirmForget",
    "ConfirmHandOver",
    "ConfirmLeave",
    "ConfirmRemoval",
    "ConfirmReopen",
    "ConfirmSubmit",
    "ConfirmWithdraw",
    "Consent",
    "Decisive",
    "Demand",
    "Difference",
    "Differences",
    "EvidenceBoard",
    "EvidenceItem",
    "EvidenceList",
    "EvidencePlace",
    "Export",
    "FindingEvidence",
    "FindingItem",
    "FindingPlace",
    "Findings",
    "FindingsCard",
    "Forget",
    "GateCard",
    "HandOn",
    "Handed",
    "Head",
    "Help",
    "Home",
    "Insight",
    "InsightPlace",
    "InviteCard",
    "LeadPlace",
    "LifePlace",
    "LinkCard",
    "MarginPlace",
    "Member",
    "MemberPlace",
    "Members",
    "NextOpen",
    "NoteBooks",
    "Notes",
    "Others",
    "PathPlace",
    "PickKind",
    "PickMode",
    "PickOlder",
    "PickScheme",
    "Place",
    "QuietHours",
    "Requests",
    "Result",
    "SectionRows",
    "Sections",
    "Settings",
    "Sheets",
    "Texts",
    "TryPlace",
    "Why",
    "Zones",
]

Place: TypeAlias = (
    Home
    | PickScheme
    | PickMode
    | AskOrganisation
    | Head
    | AskField
    | Card
    | NextOpen
    | Sections
    | SectionRows
    | Notes
    | AskNote
    | AskReason
    | Check
    | ConfirmClose
    | ConfirmDelete
    | Result
    | Export
    | GateCard
    | FindingsCard
    | AskFinding
    | BonusCard
    | AskBonusReason
    | AskMeasure
    | AskPopulation
    | Sheets
    | AskRound
    | AskSetAside
    | MemberPlace
    | EvidencePlace
    | BlindPlace
    | FindingPlace
    | Actions
    | BasisPlace
    | LifePlace
    | InsightPlace
    | ComparePlace
    | CarryPlace
    | PathPlace
    | TryPlace
    | Consent
    | AskName
    | Settings
    | Help
)
