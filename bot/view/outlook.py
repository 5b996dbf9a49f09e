"""What can still be had, in a sentence with its assumption. Must not know how bounds are computed."""

from bot.domain.insight import Ends
from bot.domain.interview import open_questions
from bot.view.facts import Desk
from bot.view.undone import short_sample
from bot.view.values import raised
from bot.words import Words


def outlook(words: Words, desk: Desk, bounds: Ends) -> str:
    """Lowest and highest outcome; '' before the first answer, when nothing is known yet."""
    if not any(sheet.given for sheet in desk.state.counted):
        return ""
    if clauses := raised(desk):
        outcome = words.pick(bounds.lowest.title)
        return words.say("outlook.vetoed", clauses=words.say("form.comma").join(clauses), outcome=outcome)
    lowest, highest = words.pick(bounds.lowest.title), words.pick(bounds.highest.title)
    if not bounds.decided:
        said = words.say("outlook.range", lowest=lowest, highest=highest)
    elif any(open_questions(desk.scheme, sheet) for sheet in desk.state.counted):
        said = words.say("outlook.decided", outcome=highest)
    elif short_sample(desk) and not desk.state.closed:
        return ""  # all is answered and yet nothing is decided: units are missing
    else:
        said = words.say("outlook.complete", outcome=highest)
    assumed = assumptions(words, desk)
    if assumed:
        said += words.say("outlook.assuming", what=words.say("form.comma").join(assumed))
    return words.say("outlook.own", said=said) if desk.panel and desk.blind else said


def assumptions(words: Words, desk: Desk) -> list[str]:
    """What the bounds take for granted."""
    scheme, state = desk.scheme, desk.state
    found = []
    if any(gate not in state.gates for gate in scheme.gates):
        found.append(words.say("outlook.gates"))
    if any(veto not in sheet.given for sheet in state.counted for veto in scheme.vetoes):
        found.append(words.say("outlook.veto"))
    if scheme.adjustments and not state.closed:
        found.append(words.say("outlook.adjustments"))
    if (short_sample(desk) or desk.hidden) and not state.closed:
        found.append(words.say("outlook.sheets"))
    return found
