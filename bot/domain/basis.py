"""What one assessment says, as another may look at it: a snapshot of questions, ratings and notes.

Must not know how it is offered or who takes it. What is hidden is not in it: neither a rating nor that there is one.
"""

from bot.domain.answers import Answer
from bot.domain.panel_entries import BasisRow, BasisTaken, Shown
from bot.domain.scheme import QuestionId
from bot.domain.state import AssessmentState


def basis_of(state: AssessmentState, assessment: str, upto: int, head: str, ratings: Shown) -> BasisTaken:
    """The assessment as of its entry `upto`, whose hash is `head`; state: what its lead may see of it.

    Of each question the answers of the counted sheets in the order these were opened, and all notes on it. Questions
    in the order in which they were first answered or noted; hidden: those with a note alone, and notes alone.
    """
    answers: dict[QuestionId, tuple[Answer, ...]] = {}
    notes: dict[QuestionId, tuple[str, ...]] = {}
    for sheet in state.counted:
        for question, given in sheet.given.items():
            answers[question] = (*answers.get(question, ()), given.answer)
        for question, written in sheet.notes.items():
            notes[question] = (*notes.get(question, ()), *(note.text for note in written))
    shown = answers if ratings == "shown" else {}
    questions = dict.fromkeys([*shown, *(question for question, texts in notes.items() if texts)])
    rows = tuple(BasisRow(question, shown.get(question, ()), notes.get(question, ())) for question in questions)
    return BasisTaken(assessment, upto, head, state.header.get("organisation", ""), ratings, rows)


def row_of(basis: BasisTaken | None, question: QuestionId) -> BasisRow | None:
    """What the basis says of a question; None where it says nothing."""
    rows = basis.rows if basis else ()
    return next((row for row in rows if row.question == question), None)


def told(basis: BasisTaken) -> tuple[int, int]:
    """(questions with a rating, notes) that it holds."""
    return sum(bool(row.answers) for row in basis.rows), sum(len(row.notes) for row in basis.rows)
