"""Every screen of an assessment, for the tests that hold for all of them."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bot.domain.answers import Rated
from bot.domain.blind import Outline
from bot.domain.entries import HEADER_FIELDS
from bot.domain.focus import Pending
from bot.domain.panel_entries import Role
from bot.domain.scheme import VETO
from bot.domain.state import Status
from bot.view import (
    card,
    check,
    decisions,
    exporting,
    forget,
    head,
    home,
    joining,
    measures,
    members,
    misc,
    notes,
    places,
    result,
    sections,
    settings,
    sheets,
)
from bot.view import life_places as life
from bot.view.facts import CardFacts, Desk, FieldFacts, Line
from bot.view.members_facts import InviteLine, MemberLine, OfferFacts, PanelFacts, RequestLine
from bot.view.screen import Screen
from bot.words import Words
from tests.view.compared import compares
from tests.view.desks import in_hand, limits, result_facts
from tests.view.found import findings
from tests.view.insights import insights
from tests.view.proofs import evidence
from tests.view.tried import tries

Named = Iterator[tuple[str, Screen]]
STATUSES: tuple[Status, ...] = ("open", "submitted", "set-aside", "open", "open")


def every(words: Words, desk: Desk, line: str, text: str) -> Named:
    """All screens that can be shown of this assessment; text: what the person typed."""
    yield from _outer(words, desk, line, text)
    yield from _results(words, desk, line)
    yield from insights(words, desk, line)
    yield from tries(words, desk, line, text)
    yield from compares(words, desk, line, text)
    yield from _agreed(words, desk, line)
    yield from findings(words, desk, line, text)
    yield from _panel(words, desk, line, text)
    for _, sheet in desk.sheets[:2] if desk.own else ():
        at = in_hand(desk, sheet.id)
        yield from _sheet(words, at, line)
        yield from evidence(words, at, line, text)
        facts = CardFacts(at, desk.scheme.questions[0], "", limits(at))
        for question in desk.scheme.covered(sheet.covers):
            yield from _question(words, replace(facts, question=question), line, text)


def _outer(words: Words, desk: Desk, line: str, text: str) -> Named:
    scheme = desk.scheme
    names = ("open", "open", "closed", "open", "open", "closed", "open")
    lines = [Line(f"r{n}", text, scheme, "audit", s, 3, 21, 1000 * n, "四星级") for n, s in enumerate(names)]
    for archived in (0, 1):
        yield "home, empty", home.home(words, [], places.Home(archived=archived), line)
        for page in (0, 1, 9):
            yield "home", home.home(words, lines, places.Home(page, archived), line)
    yield "pick scheme", home.pick_scheme(words, [scheme], line)
    yield "pick scheme", home.pick_scheme(words, [scheme] * 7, line)
    yield "pick mode", home.pick_mode(words, scheme, line)
    yield "ask organisation", home.ask_organisation(words, scheme, "audit", line)
    yield "head", head.head(words, desk, line)
    yield "confirm delete", head.confirm_delete(words, desk, line)
    for field in HEADER_FIELDS:
        yield f"ask {field}", head.ask_field(words, FieldFacts(desk, field), line)
    yield from _life(words, line)
    for page in range(misc.HELP_PAGES + 1):
        yield "help", misc.help_(words, page)
    names = ("pdf", "word", "excel", "html", "csv", "json", "bundle")
    large = [exporting.Offer(name, 47_999_999, volumes=21) for name in (*names, "md")]
    for offers in ([exporting.Offer("html", 812, exact=True)], large[:5], large[:7], large):
        yield "export", exporting.export(words, desk, offers, line)
    yield "private only", misc.private_only(words)


def _life(words: Words, line: str) -> Named:
    wishes = settings.Wishes("Asia/Kathmandu", "名" * 80, reminders=True)
    yield "settings", settings.settings(words, wishes, line)
    yield "settings", settings.settings(words, settings.Wishes("UTC"), line)
    yield "zones", settings.zones(words, wishes.zone, line)
    yield "quiet", settings.quiet_hours(words, wishes, line)
    yield "own name", settings.ask_own_name(words, wishes, line)
    many = tuple("名" * 200 for _ in range(40))
    led = forget.ForgetFacts(led=many, leads=("a" * 8,) * 40, notes=1, numbered=True)
    for facts in (forget.ForgetFacts(), forget.ForgetFacts(many, many, many, notes=1), led):
        yield "forget", forget.forget(words, facts, line)
        for also in (False, True):
            yield "confirm forget", forget.confirm_forget(words, facts, notes=also, line=line)
    book = forget.Book("a" * 8, "名" * 200, 999)
    for books in ((), (book,) * 7):
        yield "note books", forget.note_books(words, books, life.NoteBooks(1), line)
    note = forget.NoteLine(123456, "1.1.1/total", "1.1.1", "&😀" * 5000, "名" * 80)
    withdrawn = replace(note, text="", who="")
    for found in ((), (note, withdrawn) * 5):
        yield "texts", forget.texts(words, found, life.Texts("a" * 8, "", 1), places.Home(), line)
    for one in (note, withdrawn):
        for closed in (False, True):
            yield "confirm erase", forget.confirm_erase(words, "a" * 8, one, closed=closed, line=line)


def _results(words: Words, desk: Desk, line: str) -> Named:
    parts = ("", "all", "why", "readings", *(section.id for section in desk.scheme.sections))
    facts = result_facts(desk)
    for part in parts:
        for page in (0, 1, 99):
            yield f"result {part}", result.result(words, replace(facts, part=part, page=page), line)


def _agreed(words: Words, desk: Desk, line: str) -> Named:
    scheme, ref = desk.scheme, desk.ref
    for gate in scheme.gates:
        yield "gate", decisions.gate_card(words, desk, gate, line)
    if scheme.adjustments and scheme.adjustments.deductions:
        for page in (0, 1, 99):
            yield "findings", decisions.findings_card(words, desk, places.FindingsCard(ref, page), line)
    if scheme.adjustments and scheme.adjustments.bonus:
        yield "bonus", decisions.bonus_card(words, desk, line)
        for value in scheme.adjustments.bonus.values:
            yield "ask bonus reason", decisions.ask_bonus_reason(words, desk, value, line)
    for page in (0, 1, 99):
        yield "sheets", sheets.sheets(words, desk, places.Sheets(ref, page), line)
    for covers in sheets.covers_offered(desk):
        yield "ask round", sheets.ask_round(words, desk, covers, line)
    if scheme.sampling:
        yield "ask population", sheets.ask_population(words, desk, line)
    for sheet_ref, _ in desk.sheets:
        yield "ask set aside", sheets.ask_set_aside(words, desk, sheet_ref, line)


def _panel(words: Words, desk: Desk, line: str, text: str) -> Named:
    """A panel as large as it may be, everybody with long names; nobody but the lead; and the door to it."""
    rounds = tuple(Outline(f"s{n}", "p", text, status, 79, 80) for n, status in enumerate(STATUSES))
    roles: tuple[Role, ...] = ("lead", *(("assessor", "viewer")[n % 2] for n in range(13)))
    people = tuple(MemberLine(n, f"p{n:026}", text, role, role == "lead", rounds) for n, role in enumerate(roles, 1))
    invites = tuple(InviteLine(n, f"ref{n:05}", "viewer", 0, 1_800_000_000_000) for n in range(1, 21))
    asked = tuple(RequestLine(n, f"ref{n:05}", text, "assessor", 1_800_000_000_000) for n in range(1, 8))
    full = PanelFacts(desk, people, invites, asked)
    for facts in (full, PanelFacts(desk, people[:1], linked=False), PanelFacts(desk, people[:1])):
        for page in (0, 1, 99):
            yield "members", members.members(words, facts, places.Members(desk.ref, page), line)
            yield "invite", members.invite(words, facts, places.InviteCard(desk.ref, page), line)
            yield "requests", members.requests(words, facts, places.Requests(desk.ref, page), line)
    for one in people[:3]:
        yield "member", members.member(words, full, one, line)
        yield "ask removal", members.ask_removal(words, full, one, line)
        yield "confirm removal", members.confirm_removal(words, full, one, text, line)
        yield "confirm hand over", members.confirm_hand_over(words, full, one, line)
    yield "confirm leave", members.confirm_leave(words, full, line)
    offer = OfferFacts("ref00001", desk.scheme, text, "audit", text, "assessor", 1_800_000_000_000, text, False, False)
    for one_offer in (offer, replace(offer, name="", fixed=False), replace(offer, fixed=True, asked=True)):
        yield "consent", joining.consent(words, one_offer, line)
    yield "ask name", joining.ask_name(words, offer, line)
    yield "farewell", joining.farewell(words, line or "…")


def _sheet(words: Words, desk: Desk, line: str) -> Named:
    ref = desk.sheet_ref
    for page in (0, 1, 99):
        yield "sections", sections.sections(words, desk, places.Sections(ref, page), line)
    for section in desk.scheme.sections:
        yield "rows", sections.section_rows(words, desk, places.SectionRows(ref, section.id), line)
    for part in ("", *check.PARTS):
        yield f"check {part}", check.check(words, result_facts(desk), places.Check(ref, part), line)
        yield f"check {part}", check.check(words, result_facts(desk), places.Check(ref, part, 99), line)
    yield "confirm close", check.confirm_close(words, result_facts(desk), line)


def _question(words: Words, facts: CardFacts, line: str, text: str) -> Named:
    desk, question = facts.desk, facts.question
    yield "card", card.card(words, facts, line)
    yield "meanings", card.card(words, replace(facts, view="m"), line)
    waiting = tuple(Pending(text, "s1", str(question), str(n)) for n in range(5))
    elsewhere = tuple(Pending(text, "s1", "elsewhere/total", str(n)) for n in range(5))
    views = ("", "m") if question.dimension == VETO else ("", "m", "b0")
    for view in views if question.dimension == VETO or desk.scheme.scale_of(question).bands else views[:2]:
        for pending in (waiting, elsewhere):
            yield "pending", card.card(words, replace(facts, view=view, pending=pending), line)
    for measure in measures.measures_of(desk, question):
        yield "ask measure", measures.ask_measure(words, desk, question, measure.id, line)
    yield "ask note", notes.ask_note(words, desk, question, line)
    yield "ask reason", notes.ask_reason(words, desk, question, line)
    for page in (0, 1, 99):
        yield "notes", notes.notes(words, desk, question, page, line)
    if question.dimension == VETO:
        return
    scale = desk.scheme.scale_of(question)
    for place in range(len(scale.bands)):
        yield f"band {place}", card.card(words, replace(facts, view=f"b{place}"), line)
    meant = tuple(Rated(Fraction(1, n), "ratio", text) for n in (1, 100, 7))
    yield "choices", card.card(words, replace(facts, choices=meant), line)
