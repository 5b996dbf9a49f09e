"""What can still be had, in a sentence with its assumption. Must not know how bounds are computed."""

from bot.domain.insight import Ends
from bot.domain.interview import open_questions
from bot.domain.scheme import VETO, Scheme
from bot.view.facts import Desk
from bot.view.kept import per_scheme
from bot.view.undone import short_sample
from bot.view.values import raised
from bot.words import Words


def outlook(words: Words, desk: Desk, bounds: Ends) -> str:
    """Lowest and highest outcome; '' before the first answer, when nothing is known yet."""
    counted = desk.state.counted
    if not [sheet for sheet in counted if sheet.given]:
        return ""
    if clauses := raised(desk):
        outcome = words.pick(bounds.lowest.title)
        return words.say("outlook.vetoed", clauses=words.say("form.comma").join(clauses), outcome=outcome)
    scheme = desk.scheme
    if not bounds.decided:
        key = "outlook.range"
    elif any(open_questions(scheme, sheet) for sheet in counted):
        key = "outlook.decided"
    elif short_sample(desk) and not desk.state.closed:
        return ""  # all is answered and yet nothing is decided: units are missing
    else:
        key = "outlook.complete"
    whose = "own" if desk.panel and desk.blind else "all"
    return _said(words, scheme, key, bounds.lowest.id, bounds.highest.id, _assumed(desk), whose)


@per_scheme
def _said(
    words: Words, scheme: Scheme, key: str, lowest: str, highest: str, assumed: tuple[str, ...], whose: str
) -> str:
    """lowest, highest: ids of outcomes."""
    titles = {grade.id: words.pick(grade.title) for grade in (*scheme.grades, scheme.otherwise)}
    said = words.say(key, lowest=titles[lowest], highest=titles[highest], outcome=titles[highest])
    if assumed:
        said += words.say("outlook.assuming", what=words.say("form.comma").join(map(words.say, assumed)))
    return words.say("outlook.own", said=said) if whose == "own" else said


def assumptions(words: Words, desk: Desk) -> list[str]:
    """What the bounds take for granted."""
    return [words.say(key) for key in _assumed(desk)]


def _assumed(desk: Desk) -> tuple[str, ...]:
    """Their keys."""
    scheme, state = desk.scheme, desk.state
    found: tuple[str, ...] = ()
    if scheme.gates.keys() - state.gates.keys():
        found += ("outlook.gates",)
    rows = len(scheme.vetoes)
    if rows and [sheet for sheet in state.counted if sheet.whole(scheme).given[VETO] < rows]:
        found += ("outlook.veto",)
    if not state.closed:
        if scheme.adjustments:
            found += ("outlook.adjustments",)
        if desk.hidden or short_sample(desk):
            found += ("outlook.sheets",)
    return found
