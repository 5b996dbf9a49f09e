"""What members of a panel are told of each other's doing. Small HTML. Must not know whom it is sent to, or when."""

from html import escape

from bot.domain.answers import Answer
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import SheetState
from bot.view.parts import clip, one_line
from bot.view.values import question_name, sheet_title
from bot.words import Words

_NAME = 60
_TITLE = 120
_ANSWER = 160
_REASON = 1500


def submitted(words: Words, assessment: str, who: str, sheet: SheetState, left: int) -> str:
    """To the lead: a sheet counts from now on; so many others are open still."""
    said = words.say("tell.submitted", who=_who(words, who), sheet=one_line(sheet_title(words, sheet), _NAME))
    return _post(assessment, said, words.say("tell.left", n=left) if left else words.say("tell.all-submitted"))


def asked(words: Words, scheme: Scheme, assessment: str, question: QuestionId, reason: str) -> str:
    """To an assessor: the lead asks for another look, and why."""
    said = words.say("tell.asked", question=_question(words, scheme, question))
    return _post(assessment, said, words.say("tell.reason", reason=clip(reason, _REASON)), words.say("tell.asked-how"))


def upheld(words: Words, scheme: Scheme, assessment: str, who: str, question: QuestionId, reason: str) -> str:
    """To the lead: the assessor stays with the rating, and why."""
    said = words.say("tell.upheld", who=_who(words, who), question=_question(words, scheme, question))
    return _post(assessment, said, words.say("tell.reason", reason=clip(reason, _REASON)))


def reconsidered(
    words: Words, scheme: Scheme, assessment: str, who: str, question: QuestionId, answer: Answer | None
) -> str:
    """To the lead: the assessor rated anew; None where the lead may not see that yet."""
    said = words.say("tell.reconsidered", who=_who(words, who), question=_question(words, scheme, question))
    if answer is None:
        return _post(assessment, said)
    rating = one_line(words.answer(scheme, question, answer), _ANSWER)
    return _post(assessment, said, words.say("tell.now", rating=rating))


def set_aside(words: Words, assessment: str, sheet: SheetState, reason: str) -> str:
    """To an assessor: a sheet of theirs counts no longer, and why."""
    said = words.say("tell.aside", sheet=one_line(sheet_title(words, sheet), _NAME))
    return _post(assessment, said, words.say("tell.reason", reason=clip(reason, _REASON)))


def reopened(words: Words, assessment: str, who: str, reason: str) -> str:
    """To every member: it goes on, and why; the result that they have stands no more."""
    said = words.say("tell.reopened", who=_who(words, who))
    return _post(assessment, said, words.say("tell.reason", reason=clip(reason, _REASON)))


def demanded(words: Words, assessment: str, rating: str) -> str:
    """To an assessor: above this rating evidence is needed now."""
    return _post(assessment, words.say("tell.demanded", rating=rating), words.say("tell.demanded-how"))


def _post(assessment: str, *said: str) -> str:
    head = f"<b>{escape(one_line(assessment, _TITLE), quote=False)}</b>"
    return "\n".join([head, *(escape(one, quote=False) for one in said)])


def _who(words: Words, name: str) -> str:
    return one_line(name, _NAME) or words.say("tell.somebody")


def _question(words: Words, scheme: Scheme, question: QuestionId) -> str:
    return one_line(question_name(words, scheme, question), _TITLE)
