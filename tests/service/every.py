"""An example of every place and tap, text and event. Whoever adds a kind adds it here.

The tests ask each of everybody; `test_every.py` fails while a kind of which there is none here exists.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.focus import Expects
from bot.export import FORMATS
from bot.service.events import Edited, Event, Ordered, Relayed, Said, Sent, Tapped
from bot.view import payload as p
from bot.view import places
from bot.view.payload import Tap, encode
from bot.view.places import Place
from bot.words import COMMANDS
from tests.service.scene import PANEL, SHOP, SITES, STARS, Scene


@dataclass(frozen=True, slots=True)
class Refs:
    """The public names of an assessment and of its sheet, and the number of its last entry."""

    assessment: str
    sheet: str
    seq: int


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
    places.BonusCard: (SHOP, lambda refs: places.BonusCard(refs.assessment)),
    places.AskBonusReason: (SHOP, lambda refs: places.AskBonusReason(refs.assessment, "1")),
    places.AskMeasure: (SITES, lambda refs: places.AskMeasure(refs.sheet, "2.1/management", "A")),
    places.AskPopulation: (SITES, lambda refs: places.AskPopulation(refs.assessment)),
    places.Sheets: (SITES, lambda refs: places.Sheets(refs.assessment)),
    places.AskRound: (SITES, lambda refs: places.AskRound(refs.assessment, "service")),
    places.AskSetAside: (SITES, lambda refs: places.AskSetAside(refs.sheet)),
    places.Settings: (STARS, lambda _: places.Settings()),
    places.Help: (STARS, lambda _: places.Help(1)),
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
    p.FindingDropTap: (SHOP, lambda refs: p.FindingDropTap(refs.assessment, 0, 1)),
    p.NoBonusTap: (SHOP, lambda refs: p.NoBonusTap(refs.assessment, 0)),
    p.ExportTap: (STARS, lambda refs: p.ExportTap(refs.assessment, "json")),
}
OWN = [kind for kind, (_, made) in EVERY.items() if "refs" in made.__code__.co_varnames]
"""Those that name an assessment or a sheet."""


def refs(scene: Scene, ref: str) -> Refs:
    return Refs(ref, scene.sheet(ref), scene.of(ref).seq)


TEXTS: dict[Expects, tuple[str, type[Place], str]] = {
    "rating": ("85", places.Card, ""),
    "note": ("写一条备注", places.AskNote, ""),
    "na-reason": ("没有这项", places.AskReason, ""),
    "header": ("总部", places.AskField, "scope"),
    "new-organisation": ("新的单位", places.AskOrganisation, f"{STARS}:self"),
    "finding": ("一处不符", places.AskFinding, ""),
    "bonus-reason": ("有奖项", places.AskBonusReason, "1"),
    "measure": ("2026-10 48/50", places.AskMeasure, "A"),
    "population": ("9", places.AskPopulation, ""),
    "round": ("项目一", places.AskRound, "service"),
    "set-aside-reason": ("重复了", places.AskSetAside, ""),
}
"""For everything that a text can be meant as: such a text, the place that asks for it, and what it is about."""


def events(names: Refs, messages: Sequence[str]) -> dict[type[Event], list[Event]]:
    """Every kind of event with these names and message numbers in every place that takes some."""
    known = (names.assessment, names.sheet, str(names.seq))
    orders = [Ordered(order, names.assessment, "901") for order in (*COMMANDS, "nonsense", *known)]
    return {
        Tapped: [Tapped(encode(made(names))) for _, made in EVERY.values()],
        Said: [Said(text, "900", *messages[:1]) for text in (*known, "85", "#2.1", f"#{names.sheet}")],
        Edited: [Edited("换一句", message) for message in (*messages, *known)],
        Ordered: [*orders, *(Ordered("start", argument, "901") for argument in ("", *known))],
        Sent: [Sent("photo", "902"), Sent("document", "903", names.assessment), Sent("other", "904")],
        Relayed: [Relayed("905")],
    }


FILES = tuple(FORMATS)
