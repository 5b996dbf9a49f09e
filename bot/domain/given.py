"""What is answered on a sheet now, and what it comes to, moved along from answer to answer. Must not know the fold."""

from dataclasses import dataclass

from bot.domain.answers import Answer
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.sums import Whole, moved, whole_of


@dataclass(frozen=True, slots=True)
class Given:
    """The current answer to a question; at: UTC in ms. message: what the person sent to give it, '' for a tap."""

    answer: Answer
    revision: int
    person: str
    at: int
    seq: int
    message: str = ""


class Answered(dict[QuestionId, Given]):
    """The answers of a sheet, never changed once others have them, and what they come to, once that was asked for.

    One answer more moves that by a difference (`sums.moved`): every tap asks for it, and a walk over all answers takes
    many times as long. It is of one scheme alone; by another it is walked anew. It goes with no copy and no process.
    """

    _known: tuple[Scheme, Whole] | None = None

    def whole(self, scheme: Scheme) -> Whole:
        """What the answers come to by this scheme."""
        known = self._known
        if known is None or known[0] is not scheme:
            answers = {question: given.answer for question, given in self.items()}
            known = self._known = scheme, whole_of(scheme, answers)
        return known[1]

    def answered(self, question: QuestionId, given: Given) -> "Answered":
        """With this answer."""
        new, known = Answered(self), self._known
        new[question] = given
        if known is not None:
            (scheme, whole), before = known, self.get(question)
            now = moved(scheme, whole, question, before.answer if before else None, given.answer)
            new._known = (scheme, now) if now else None
        return new

    def __reduce__(self) -> tuple[type["Answered"], tuple[dict[QuestionId, Given]]]:
        return Answered, (dict(self),)
