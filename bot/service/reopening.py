"""Going on with a closed assessment. Must not know how it is worded, or how others are told (`telling.py`)."""

from bot.domain import panel_commands as k
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import findings_lines, places


def reopen(talk: Talk, event: Said) -> Outcome:
    """For the reason that was sent: the lead's own sheets are open again, and closing makes a new seal."""
    case = talk.cases.by_id(talk.focus.assessment)
    here = places.Head(case.listed.ref)
    if case.state.closed is None:
        return Outcome(here, line=findings_lines.already_open(talk.words), fresh=True)
    talk.cases.act(case, k.Reopen(event.text), talk.stamp(event.message))
    return Outcome(here, line=findings_lines.reopened(talk.words), fresh=True)
