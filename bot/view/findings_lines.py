"""What is said of findings in a line, on a button, or in a list. Must not know when which is said."""

from bot.domain.evidence import Finding
from bot.domain.evidence_entries import FindingField, FindingKind
from bot.domain.scheme import Scheme
from bot.view.facts import Desk
from bot.view.findings_facts import FindingFacts
from bot.view.parts import one_line
from bot.view.values import row_name, section_name
from bot.words import Words

_CLAUSE, _ACTION, _WHO, _TYPED, _VALUE = 60, 90, 40, 24, 60


def kind_name(words: Words, scheme: Scheme, kind: FindingKind) -> str:
    """'Major nonconformity'; a special deduction as the standard calls it."""
    rules = scheme.adjustments and scheme.adjustments.deductions
    if kind == "deduction" and rules:
        return words.pick(rules.title)
    return words.say(f"finding.kind-{kind}")


def clause_name(words: Words, scheme: Scheme, clause: str) -> str:
    """The row or section of that number, with its title; '' for none."""
    if clause in scheme.by_id:
        return row_name(words, scheme.by_id[clause])
    return section_name(words, scheme.section_by_id[clause]) if clause in scheme.section_by_id else ""


def about(words: Words, scheme: Scheme, facts: FindingFacts) -> str:
    """What a list says below a finding's text: clause, action, day, state, who, evidence."""
    one = facts.one
    said = [one_line(clause_name(words, scheme, one.clause), _CLAUSE)]
    if one.kind != "strength":
        said.append(words.say("finding.said-action", action=one_line(one.action, _ACTION)) if one.action else "")
        said.append(due(words, facts))
        said.append(words.say(f"finding.state-{one.state}") if has_state(one) else "")
    said.append(one_line(facts.who, _WHO))
    said.append(words.say("finding.pieces", n=facts.supports) if facts.supports else "")
    return " · ".join(part for part in said if part)


def has_state(one: Finding) -> bool:
    """Whether anything is or was to be done about it: an observation without action or day is not “to be corrected”."""
    return one.kind != "observation" or bool(one.action or one.due) or one.state != "open"


def due(words: Words, facts: FindingFacts) -> str:
    """'due 2026-12-31', 'overdue since 2026-12-31'; '' where no day was set."""
    if not facts.one.due:
        return ""
    return words.say("finding.overdue" if facts.overdue else "finding.due", day=facts.one.due)


def button_name(words: Words, desk: Desk, clause: str = "") -> str:
    """The button to the findings, with how many stand; of one clause where one is given."""
    n = standing(desk, clause)
    return words.say("button.findings-many", n=n) if n else words.say("button.findings")


def standing(desk: Desk, clause: str = "") -> int:
    """How many findings stand; of one clause where one is given."""
    return sum(not one.withdrawn and (not clause or one.clause == clause) for one in desk.state.found.values())


def recorded(words: Words, scheme: Scheme, kind: FindingKind) -> str:
    """A finding was recorded."""
    return words.say("finding.recorded", kind=kind_name(words, scheme, kind))


def changed(words: Words, one: Finding, field: FindingField, typed: str = "") -> str:
    """A field reads differently now; typed: how the day was said, where it was not written out."""
    named = words.say(f"finding.field-{field}")
    value = words.say(f"finding.state-{one.state}") if field == "state" else one_line(getattr(one, field), _VALUE)
    if not value:
        return words.say("finding.emptied", field=named)
    typed = one_line(typed, _TYPED)
    understood = words.say("answer.understood", typed=typed) if field == "due" and typed not in {"", value} else ""
    return words.say("finding.changed", field=named, value=value) + understood


def withdrawn(words: Words) -> str:
    """A finding stands no more."""
    return words.say("finding.withdrawn-line")


def demanded(words: Words, on: bool) -> str:  # noqa: FBT001  the state itself
    """Evidence is needed from now on, or no longer."""
    return words.say("demand.on-line" if on else "demand.off-line")


def reopened(words: Words) -> str:
    """A closed assessment goes on."""
    return words.say("reopen.done")


def already_open(words: Words) -> str:
    """It goes on already."""
    return words.say("reopen.already")
