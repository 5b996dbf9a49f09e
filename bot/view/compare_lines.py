"""What the screens of a comparison say alike: signed figures, arrows in words, what a side says of a question.

Must not know any one screen.
"""

from fractions import Fraction

from bot.domain.answers import Answer, Rated, Veto, same
from bot.domain.compare import Comparison, Difference, Said
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import SheetState
from bot.view.compare_facts import CompareFacts
from bot.view.facts import Desk
from bot.view.parts import one_line
from bot.view.ratings import shown
from bot.view.values import question_name
from bot.words import Words
from bot.words.forms import exact

_NAME, _ANSWER = 60, 60


def signed(value: Fraction) -> str:
    """'+5.8', '−0.4', '0'; '+≈0.33' where it is rounded. The minus is a sign of its own, not a hyphen."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{exact(abs(value))}"


def arrow(words: Words, value: Fraction) -> str:
    """'+5.8, up': the direction also in words."""
    key = "compare.up" if value > 0 else "compare.down" if value < 0 else "compare.level"
    return words.say(key, change=signed(value))


def named(words: Words, facts: CompareFacts, question: QuestionId) -> str:
    """As the right side's edition calls it, else the left's."""
    sides = (facts.right.desk.scheme, facts.left.desk.scheme)
    scheme = next(one for one in sides if question in one.questions)
    return one_line(question_name(words, scheme, question), _NAME)


def sheets_of(desk: Desk, question: QuestionId) -> list[SheetState]:
    """The counted sheets that ask it, of those that may be seen."""
    return [one for one in desk.state.counted if question.dimension == VETO or question.dimension in one.covers]


def said_text(words: Words, desk: Desk, question: QuestionId, said: Said) -> str:
    """The answer of all sheets; their mean where they differ; what is not applicable or open beside it."""
    scheme = desk.scheme
    answers = [sheet.given[question].answer for sheet in sheets_of(desk, question) if question in sheet.given]
    if not answers:
        return words.say("sections.unanswered")
    if all(same(answers[0], one) for one in answers):
        told = [one_line(words.answer(scheme, question, answers[0]), _ANSWER)]
    elif question.dimension == VETO:
        told = [words.answer(scheme, question, Veto(raised=said.raised > 0))]
    else:
        told = _mixed(words, scheme, question, answers, said)
    return words.say("form.comma").join([*told, *([words.say("compare.open", n=said.open)] if said.open else [])])


def _mixed(words: Words, scheme: Scheme, question: QuestionId, answers: list[Answer], said: Said) -> list[str]:
    rated = [one for one in answers if isinstance(one, Rated)]
    told = [words.say("compare.left-out", n=said.left_out)] if said.left_out else []
    if said.rating is None:
        return told
    if all(same(rated[0], one) for one in rated):
        return [words.answer(scheme, question, rated[0]), *told]
    return [words.say("compare.mean", value=shown(scheme.scale_of(question), said.rating)), *told]


def unanswered(facts: CompareFacts) -> list[QuestionId]:
    """Questions of both editions with an open answer on one side and none on the other, in clause order."""
    if facts.found is None:
        return []
    found = []
    for question, (one, other) in facts.found.questions.items():
        if _open(facts.left.desk, question, one) != _open(facts.right.desk, question, other):
            found.append(question)
    return found


def decided(facts: CompareFacts, found: Comparison) -> list[Difference]:
    """What both sides answered, and otherwise: the greatest effect first. What one side left open says nothing yet."""
    open_ = set(unanswered(facts))
    return [one for one in found.by_effect(facts.left.desk.scheme) if one.question not in open_]


def _open(desk: Desk, question: QuestionId, said: Said) -> bool:
    return said.open > 0 or not sheets_of(desk, question)
