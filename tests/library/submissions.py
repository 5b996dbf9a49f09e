"""Answers files for tests: made from data, read with the library of the made-up schemes."""

import json
from functools import cache

from bot.domain.scheme import QuestionId
from bot.library.answers_file import Submission, read_answers_file
from bot.library.load import load_bytes
from bot.library.problems import Problem
from bot.library.shelf import Library
from tests.made_up import TEXTS


@cache
def library() -> Library:
    found = [load_bytes(text.encode(), name)[0] for name, text in TEXTS.items()]
    return Library(entry for entry in found if entry is not None)


def one(scheme: str, answers: object, **more: object) -> dict[str, object]:
    """A file of one sheet."""
    return {"scheme": scheme, "assessors": [{"name": "A", "answers": answers}], **more}


def sheets(scheme: str, *given: object) -> dict[str, object]:
    """A file of these sheets."""
    return {"scheme": scheme, "assessors": list(given)}


def read(data: object) -> Submission:
    submission, problems = read_answers_file(json.dumps(data), library(), "a.json")
    assert submission is not None, "\n".join(map(str, problems))
    assert problems == ()
    return submission


def problems_of(data: object) -> tuple[Problem, ...]:
    """The problems of a file; a string is JSON text as it stands."""
    text = data if isinstance(data, str) else json.dumps(data)
    submission, problems = read_answers_file(text, library(), "a.json")
    assert (submission is None) == bool(problems)
    return problems


def faults(data: object) -> list[tuple[str, str]]:
    """(code, path) of every problem."""
    return [(problem.code, problem.path) for problem in problems_of(data)]


def q(text: str) -> QuestionId:
    return QuestionId.parse(text)
