"""The screens of findings: the list, one of them, and what is asked for as text. Must not know who may see what."""

from itertools import groupby

from bot.domain.evidence_entries import FINDING_KINDS, FINDING_STATES, FindingKind
from bot.view import places
from bot.view.evidence_lines import kinds, summary
from bot.view.facts import Desk
from bot.view.findings_facts import FindingFacts, FindingsFacts
from bot.view.findings_lines import about, clause_name, has_state, kind_name
from bot.view.findings_places import FindingEmptyTap, FindingStateTap
from bot.view.parts import Row, button, clip, columns, one_line, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.words import Words

PAGE = 5
FIELDS = ("text", "clause", "action", "due")
_NAME, _TEXT, _LONG, _ACTION, _REASON = 60, 180, 900, 500, 400


def findings(words: Words, facts: FindingsFacts, place: places.Findings, line: str = "") -> Screen:
    """By kind, five a page, each opened by its number; of one clause where the place names one."""
    desk, scheme = facts.desk, facts.desk.scheme
    page = page_of(list(enumerate(facts.found, start=1)), place.page, PAGE)
    before, after = turn(words, page, lambda number: places.Findings(desk.ref, number, place.clause))
    numbers = tuple(
        button(words.say("finding.number", n=number), places.FindingItem(desk.ref, one.one.seq))
        for number, one in page.items
    )
    groups = groupby(page.items, key=lambda item: item[1].one.kind)
    return screen(
        words,
        "finding_list.j2",
        [numbers, _add(words, facts, place.clause), (*before, *after), _away(words, facts, place.clause)],
        line,
        desk=desk,
        clause=clause_name(words, scheme, place.clause),
        groups=[(kind_name(words, scheme, kind), list(items)) for kind, items in groups],
        text=lambda one: one_line(one.one.text, _TEXT),
        about=lambda one: about(words, scheme, one),
        adds=facts.adds,
        page=page,
    )


def pick_kind(words: Words, desk: Desk, place: places.PickKind, line: str = "") -> Screen:
    """A new finding, first step: what each kind means."""
    offered = kinds_offered(desk)
    made = [
        button(kind_name(words, desk.scheme, kind), places.AskFinding(desk.ref, kind, place.clause)) for kind in offered
    ]
    back = button(words.say("button.cancel"), places.Findings(desk.ref, 0, place.clause))
    return screen(
        words,
        "finding_kinds.j2",
        [*columns(made, 2), (back,)],
        line,
        clause=clause_name(words, desk.scheme, place.clause),
        kinds=[(kind_name(words, desk.scheme, kind), words.say(f"finding.means-{kind}")) for kind in offered],
    )


def kinds_offered(desk: Desk) -> tuple[FindingKind, ...]:
    """Special deductions where the standard has them, by the lead alone (DN-09)."""
    rules = desk.scheme.adjustments and desk.scheme.adjustments.deductions
    return tuple(kind for kind in FINDING_KINDS if kind != "deduction" or (rules and desk.lead))


def ask_finding(words: Words, desk: Desk, place: places.AskFinding, line: str = "") -> Screen:
    """The next text is a finding of this kind; without a kind: a special deduction, from the card of those."""
    kind: FindingKind = next((one for one in FINDING_KINDS if one == place.kind), "deduction")
    back = places.Findings(desk.ref, 0, place.clause) if place.kind else places.FindingsCard(desk.ref)
    clause = clause_name(words, desk.scheme, place.clause)
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), back),)],
        line,
        title=words.say("asking.finding"),
        about=[one for one in (kind_name(words, desk.scheme, kind), clause) if one],
        hint=words.say("asking.finding-hint"),
        current="",
    )


def finding(words: Words, desk: Desk, facts: FindingFacts | None, line: str = "") -> Screen:
    """One finding with all that is known of it. None: there is none, or none that may be seen."""
    back = button(words.say("button.all-findings"), places.Findings(desk.ref))
    if facts is None:
        gone = words.say("finding.not-there")
        return screen(words, "finding.j2", [(back,)], line, title=gone, text="", entries=(), hint="", summary="")
    one = facts.one
    ways: Row = (back, button(words.say("button.head"), places.Head(desk.ref)))
    if facts.card:
        ways = (button(words.say("button.to-question"), places.Card(desk.sheet_ref, facts.card)), *ways)
    return screen(
        words,
        "finding.j2",
        [_states(words, desk, facts), _fields(words, desk, facts), _more(words, desk, facts), ways],
        line,
        title=kind_name(words, desk.scheme, one.kind),
        text=clip(one.text, _LONG),
        entries=_entries(words, desk, facts),
        hint=words.say("finding.hint") if facts.proves else "",
        summary=summary(words, facts.pieces),
    )


def ask_field(words: Words, desk: Desk, place: places.AskFindingField, facts: FindingFacts, line: str = "") -> Screen:
    """The next text is this field; what may be empty has a button for that."""
    current = getattr(facts.one, place.field)
    row = [button(words.say("button.cancel"), places.FindingItem(desk.ref, place.number))]
    if current and place.field != "text":
        row.append(button(words.say("button.empty"), FindingEmptyTap(desk.ref, place.number, place.field)))
    return screen(
        words,
        "ask.j2",
        [tuple(row)],
        line,
        title=words.say(f"finding.ask-{place.field}"),
        about=[kind_name(words, desk.scheme, facts.one.kind), one_line(facts.one.text, _NAME)],
        hint=words.say(f"finding.hint-{place.field}"),
        current=clip(current, _LONG),
    )


def confirm_withdraw(words: Words, desk: Desk, facts: FindingFacts, line: str = "") -> Screen:
    """Have it stand no more, or not; the safe choice comes first."""
    number = facts.one.seq
    rows = [
        (button(words.say("button.keep-finding"), places.FindingItem(desk.ref, number), "primary"),),
        (button(words.say("button.withdraw-why"), places.AskWithdraw(desk.ref, number), "danger"),),
    ]
    means = [words.say("withdraw.means")]
    if facts.one.kind == "deduction":
        means.append(words.say("withdraw.counts"))
    about_ = [kind_name(words, desk.scheme, facts.one.kind), one_line(facts.one.text, _TEXT)]
    return screen(words, "confirm.j2", rows, line, title=words.say("withdraw.title"), about=about_, means=means)


def ask_withdraw(words: Words, desk: Desk, facts: FindingFacts, line: str = "") -> Screen:
    """The next text is why it does not stand; without it nothing is withdrawn."""
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.FindingItem(desk.ref, facts.one.seq)),)],
        line,
        title=words.say("finding.ask-withdrawal"),
        about=[one_line(facts.one.text, _TEXT)],
        hint=words.say("finding.hint-withdrawal"),
        current="",
    )


def _add(words: Words, facts: FindingsFacts, clause: str) -> Row:
    if not facts.adds:
        return ()
    return (button(words.say("button.new-finding"), places.PickKind(facts.desk.ref, clause), "primary"),)


def _away(words: Words, facts: FindingsFacts, clause: str) -> Row:
    desk = facts.desk
    made: list[Button] = []
    if facts.card:
        made.append(button(words.say("button.to-question"), places.Card(desk.sheet_ref, facts.card)))
    if clause:
        made.append(button(words.say("button.all-findings"), places.Findings(desk.ref)))
    return (*made, button(words.say("button.head"), places.Head(desk.ref)))


def _entries(words: Words, desk: Desk, facts: FindingFacts) -> list[tuple[str, str]]:
    """(what, value); what is not known or does not apply is left out."""
    one = facts.one
    found = [("clause", one_line(clause_name(words, desk.scheme, one.clause), _NAME * 2))]
    if one.kind != "strength":
        found += [("action", clip(one.action, _ACTION)), ("due", _day(words, facts))]
        found.append(("state", words.say(f"finding.state-{one.state}") if has_state(one) else ""))
    found += [("who", one_line(facts.who, _NAME)), ("at", words.when(one.at)), ("evidence", kinds(words, facts.nearby))]
    if one.withdrawn:
        found.append(("withdrawn", one_line(one.withdrawn, _REASON)))
    return [(words.say(f"finding.field-{what}"), value) for what, value in found if value]


def _day(words: Words, facts: FindingFacts) -> str:
    return words.say("finding.overdue", day=facts.one.due) if facts.overdue else facts.one.due


def _states(words: Words, desk: Desk, facts: FindingFacts) -> Row:
    """What became of it; a strength needs nothing done."""
    if not facts.follows or facts.one.kind == "strength":
        return ()
    made = []
    for state in FINDING_STATES:
        label = words.say(f"finding.state-{state}")
        label = words.say("form.ticked", label=label) if facts.one.state == state and has_state(facts.one) else label
        made.append(button(label, FindingStateTap(desk.ref, facts.one.seq, state)))
    return tuple(made)


def _fields(words: Words, desk: Desk, facts: FindingFacts) -> Row:
    asked = [field for field in FIELDS if facts.one.kind != "strength" or field in {"text", "clause"}]
    return tuple(
        button(words.say(f"finding.field-{field}"), places.AskFindingField(desk.ref, facts.one.seq, field))
        for field in asked
        if facts.may or (facts.follows and field in {"action", "due"})
    )


def _more(words: Words, desk: Desk, facts: FindingFacts) -> Row:
    """To its evidence, where there is any or was; and out of the world."""
    made, number = [], facts.one.seq
    if facts.pieces:
        n = sum(piece.stands for piece in facts.pieces)
        label = words.say("button.evidence-many", n=n) if n else words.say("button.evidence")
        made.append(button(label, places.FindingEvidence(desk.ref, number)))
    if facts.may:
        made.append(button(words.say("button.withdraw"), places.ConfirmWithdraw(desk.ref, number), "danger"))
    return tuple(made)
