"""What a lead does with others' sheets: ask for another look, set aside. Never a rating of theirs.

Must not know any screen.
"""

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.scheme import QuestionId
from bot.service.blind_boards import inner_id
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import blind_lines, lines, places


def ask(talk: Talk, event: Said) -> Outcome:
    """Have that sheet's assessor look at the question again, for the reason that was sent."""
    case = talk.cases.by_id(talk.focus.assessment)
    other, _, question = talk.focus.argument.partition(":")
    asked = QuestionId.parse(question)
    command = k.AskReconsideration(inner_id(case, other), asked, event.text)
    case, recorded = talk.cases.act(case, command, talk.stamp(event.message))
    line = blind_lines.reconsideration_asked(talk.words, asked) if recorded else lines.unchanged(talk.words)
    return Outcome(places.Difference(case.listed.ref, question), line=line, fresh=True)


def set_aside(talk: Talk, event: Said) -> Outcome:
    """That sheet does not count, for the reason that was sent."""
    case = talk.cases.by_id(talk.focus.assessment)
    command = c.SetAside(inner_id(case, talk.focus.argument), event.text)
    talk.cases.act(case, command, talk.stamp(event.message))
    return Outcome(places.Others(case.listed.ref), line=lines.sheet_set_aside(talk.words), fresh=True)
