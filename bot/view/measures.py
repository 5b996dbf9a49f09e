"""Rates of two counts beside their question: as lines, as buttons, and as something to type.

Shown for reference; must not let a rate say how the question is to be rated (EN-11).
"""

from bot.domain.entries import MeasureSet
from bot.domain.measures import rate
from bot.domain.scheme import Measure, QuestionId
from bot.view import places
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, screen
from bot.view.screen import Button, Screen
from bot.view.values import question_name
from bot.words import Words, points

_TITLE = 60
_LABEL = 16
_MANY = 3
"""Measures beside one question that have a button each on its card; more share one."""
_TALL = 3


def ask_measure(words: Words, desk: Desk, question: QuestionId, measure: str, line: str = "") -> Screen:
    """The next text is the month and the two counts."""
    rule = next(one for one in desk.scheme.measures if one.id == measure)
    others = [one for one in measures_of(desk, question) if one.id != measure]
    held = desk.state.measures.get(measure)
    names = {"numerator": words.pick(rule.numerator), "denominator": words.pick(rule.denominator)}
    jumps = [_button(words, desk, question, one) for one in others[: _TALL * _TALL]]
    return screen(
        words,
        "ask.j2",
        [
            *columns(jumps, _TALL),
            (button(words.say("button.back"), places.Card(desk.sheet_ref, str(question))),),
        ],
        line,
        title=words.say("asking.measure", title=words.pick(rule.title)),
        about=[
            question_name(words, desk.scheme, question),
            words.say("asking.measure-counts", target=target(rule), **names),
        ],
        hint=words.say("asking.measure-hint"),
        current=measure_line(words, rule, held.value) if held else "",
    )


def measures_of(desk: Desk, question: QuestionId) -> tuple[Measure, ...]:
    """The measures that stand beside a question."""
    return tuple([one for one in desk.scheme.measures if one.indicator == question.indicator])


def measure_lines(words: Words, desk: Desk, question: QuestionId) -> list[str]:
    """Each measure of the question with its figures, and that it does not score."""
    rules = measures_of(desk, question)
    if not rules:
        return []
    held = [(rule, desk.state.measures.get(rule.id)) for rule in rules]
    missed = any(decided and rate(rule, decided.value).met is False for rule, decided in held)
    lines = [
        measure_line(words, rule, decided.value)
        if decided
        else words.say("measure.empty", title=one_line(words.pick(rule.title), _TITLE), target=target(rule))
        for rule, decided in held
    ]
    return [*lines, words.say("measure.beside-missed" if missed else "measure.beside")]


def measure_line(words: Words, rule: Measure, counts: MeasureSet) -> str:
    """'Pick-up rate 2026-10: 48/50 = 96%, meets the target of 85%', the title cut to fit."""
    return words.rate(rule, counts, one_line(words.pick(rule.title), _TITLE))


def measure_buttons(words: Words, desk: Desk, question: QuestionId) -> Row:
    """To enter or change each; where there are many, one leads to the first that is missing, and from there on."""
    rules = measures_of(desk, question)
    if not rules or not desk.lead or desk.state.closed:
        return ()
    if len(rules) > 1 and len(rules) <= _MANY:
        return tuple(_button(words, desk, question, rule) for rule in rules)
    first = next((rule for rule in rules if rule.id not in desk.state.measures), rules[0])
    key = "button.measure-change" if first.id in desk.state.measures else "button.measure"
    return (button(words.say(key), places.AskMeasure(desk.sheet_ref, str(question), first.id)),)


def target(rule: Measure) -> str:
    """'85%'."""
    return f"{points(rule.target)}%"


def _button(words: Words, desk: Desk, question: QuestionId, rule: Measure) -> Button:
    label = one_line(words.pick(rule.title), _LABEL)
    if rule.id in desk.state.measures:
        label = words.say("form.ticked", label=label)
    return button(label, places.AskMeasure(desk.sheet_ref, str(question), rule.id))
