"""`gradewalk score`: an answers file -> its result as JSON, or all its problems. Must not know the command line."""

from bot.domain.grading import verdict
from bot.domain.record import Json
from bot.domain.scoring import score
from bot.export import result_json
from bot.library import Library, Problem
from bot.library.answers_file import read_answers_file
from bot.words import Words


def scored(library: Library, text: str, file: str) -> tuple[dict[str, Json] | None, tuple[Problem, ...]]:
    """The result object of DESIGN 7, only where there is no problem; file: the name to show in problems."""
    submission, problems = read_answers_file(text, library, file)
    if submission is None:
        return None, problems
    card = score(submission.scheme, submission.sheets, submission.decisions)
    found = verdict(submission.scheme, card)
    languages = Words.of("zh"), Words.of("en")
    return result_json(submission.scheme, submission.sheets, card, found, *languages), problems
