"""The sentences of tried answers: each old → new, and what all of them would change. Must not know screens or buttons.

Arrows stand in words too; figures are exact, or stand on their side of a threshold (G-01).
"""

from dataclasses import replace
from fractions import Fraction

from bot.domain.answers import Answer
from bot.domain.grading import Verdict
from bot.domain.scheme import Grade, Scheme
from bot.domain.state import Decided, SheetState
from bot.domain.whatif import View
from bot.view.facts import Desk
from bot.view.outlook import assumptions
from bot.view.parts import one_line
from bot.view.path_texts import grade_title
from bot.view.try_facts import Attempt, TriedDecision, TryFacts
from bot.view.undone import short_sample
from bot.view.values import question_name, question_short, sheet_title
from bot.words import Words, points, shown_total
from bot.words.forms import exact

_ROW, _ANSWER, _NAME, _LABEL = 70, 40, 40, 12


def sheet_label(words: Words, desk: Desk, sheet: SheetState) -> str:
    """Whose, and of which round; '' where there is only one that the person sees."""
    if len(desk.state.counted) < 2:  # noqa: PLR2004  several
        return ""
    people = {one.person for one in desk.state.counted}
    name = one_line(desk.names.get(sheet.person, ""), _NAME) if len(people) > 1 else ""
    title = one_line(sheet_title(words, sheet), _NAME)
    return f"{name} · {title}" if name else title


def attempt_line(words: Words, desk: Desk, one: Attempt) -> str:
    """'4.2.1 Title: 70% → 90%', with the sheet where there are several, and whether it changed since."""
    name = one_line(question_name(words, desk.scheme, one.question), _ROW)
    if label := sheet_label(words, desk, one.sheet):
        name = words.say("form.beside", label=name, more=label)
    said = words.say(
        "try.row",
        name=name,
        now=answer_text(words, desk.scheme, one, one.now),
        tried=answer_text(words, desk.scheme, one, one.tried),
    )
    return said + (words.say("try.stale") if one.stale else "")


def short(words: Words, desk: Desk, one: Attempt) -> str:
    """For a button: the clause, with the assessor's name where several rated, else the round where there are more."""
    clause = question_short(words, desk.scheme, one.question)
    counted = desk.state.counted
    if len(counted) < 2:  # noqa: PLR2004  several
        return clause
    name = desk.names.get(one.sheet.person, "") if len({sheet.person for sheet in counted}) > 1 else ""
    label = one_line(name or sheet_title(words, one.sheet), _LABEL)
    return words.say("form.beside", label=clause, more=label)


def answer_text(words: Words, scheme: Scheme, one: Attempt, answer: Answer | None) -> str:
    """On one line; open where there is none."""
    if answer is None:
        return words.say("sections.unanswered")
    return one_line(words.answer(scheme, one.question, answer), _ANSWER)


def decision_line(words: Words, scheme: Scheme, one: TriedDecision) -> str:
    """'Deductions: 2 → 0'."""
    return words.say(
        "try.row",
        name=decision_name(words, scheme, one.what),
        now=decision_text(words, one.now),
        tried=decision_text(words, one.tried),
    )


def decision_name(words: Words, scheme: Scheme, what: str) -> str:
    """The gate's title, or what is taken off or added."""
    if what in scheme.gates:
        return words.pick(scheme.gates[what].title)
    return words.say(f"try.decision-{what}")


def decision_text(words: Words, value: bool | int | Fraction | None) -> str:  # noqa: FBT001  the value itself
    """A gate's answer, a number of deductions, points; None: not decided."""
    if value is None:
        return words.say("try.undecided")
    if isinstance(value, bool):
        return words.say("try.gate-met" if value else "try.gate-refused")
    return str(value) if isinstance(value, int) else points(value)


def effect_lines(words: Words, facts: TryFacts) -> list[str]:
    """Outcome, totals and what can still be had: before → after, up or down in words."""
    desk, before, after = facts.desk, facts.effect.before, facts.effect.after
    totals = [_total(words, desk.scheme, name, before, after) for name in desk.scheme.dimensions]
    waits = any(view.totals[name] is None for view in (before, after) for name in desk.scheme.dimensions)
    told = _settled(desk, before) or _settled(desk, after) or not waits
    outcome = [_outcome(words, desk, before, after)] if told else []  # with open questions 'incomplete' tells nothing
    if _settled(desk, after):
        return [*outcome, *totals]
    bounds = _bounds(words, desk.scheme, before, after)
    if taken := assumptions(words, _with_tried(facts)):
        bounds += words.say("outlook.assuming", what=words.say("form.comma").join(taken))
    return [*outcome, bounds, *totals]


def _with_tried(facts: TryFacts) -> Desk:
    """A desk on which tried gates are decided: they are not assumed."""
    state = facts.desk.state
    gates = {one.what: Decided(one.tried, 0, "", 0) for one in facts.decided if isinstance(one.tried, bool)}
    return replace(facts.desk, state=replace(state, gates={**state.gates, **gates}))


def _settled(desk: Desk, view: View) -> bool:
    return outcome_of(desk, view.verdict) is not None


def outcome_of(desk: Desk, verdict: Verdict) -> Grade | None:
    """None while undecided: something is open, or too few units are rated (EN-10). A raised veto decides at once."""
    vetoed = any(reason.code == "veto-raised" for reason in verdict.reasons)
    if short_sample(desk) and not desk.state.closed and not vetoed:
        return None
    return verdict.outcome


def _outcome(words: Words, desk: Desk, before: View, after: View) -> str:
    now, then = outcome_of(desk, before.verdict), outcome_of(desk, after.verdict)
    titles = [grade_title(words, one) if one else words.say("try.incomplete") for one in (now, then)]
    if now == then:
        return words.say("try.outcome-same", outcome=titles[0])
    moved = _moved(words, _place(desk.scheme, now), _place(desk.scheme, then)) if now and then else ""
    return words.say("try.outcome", before=titles[0], after=titles[1], moved=moved)


def _place(scheme: Scheme, grade: Grade | None) -> int:
    """Higher for a better outcome."""
    order = [one.id for one in reversed(scheme.grades)]
    return order.index(grade.id) + 1 if grade and grade.id in order else 0


def _total(words: Words, scheme: Scheme, name: str, before: View, after: View) -> str:
    """The total; where something is open, what it can still be."""
    title = words.pick(scheme.dimensions[name].title)
    now, then = before.totals[name], after.totals[name]
    if now is None or then is None:
        spans = [_span(words, scheme, name, view) for view in (before, after)]
        if spans[0] == spans[1]:
            return words.say("try.span-same", dimension=title, span=spans[0])
        return words.say("try.span", dimension=title, before=spans[0], after=spans[1])
    if now == then:
        return words.say("try.total-same", dimension=title, total=shown_total(scheme, name, now))
    by = words.say("try.by", amount=exact(abs(then - now)))
    return words.say(
        "try.total",
        dimension=title,
        before=shown_total(scheme, name, now),
        after=shown_total(scheme, name, then),
        moved=_moved(words, now, then) + by,
    )


def _span(words: Words, scheme: Scheme, name: str, view: View) -> str:
    total = view.totals[name]
    if total is not None:
        return shown_total(scheme, name, total)
    least, most = view.bounds.least[name], view.bounds.most[name]
    return words.say("try.from-to", least=shown_total(scheme, name, least), most=shown_total(scheme, name, most))


def _bounds(words: Words, scheme: Scheme, before: View, after: View) -> str:
    spans = [_grades(words, view) for view in (before, after)]
    if spans[0] == spans[1]:
        return words.say("try.bounds-same", bounds=spans[0])
    ends = [_place(scheme, view.bounds.lowest) + _place(scheme, view.bounds.highest) for view in (before, after)]
    return words.say("try.bounds", before=spans[0], after=spans[1], moved=_moved(words, ends[0], ends[1]))


def _grades(words: Words, view: View) -> str:
    lowest, highest = grade_title(words, view.bounds.lowest), grade_title(words, view.bounds.highest)
    return lowest if view.bounds.decided else words.say("try.from-to", least=lowest, most=highest)


def _moved(words: Words, now: Fraction | int, then: Fraction | int) -> str:
    if now == then:
        return ""
    return words.say("try.up" if then > now else "try.down")
