"""Reads a made-up scheme with something changed in it, and gives what the loader says."""

from bot.domain.scheme import Scheme
from bot.library.load import load_text
from bot.library.problems import Problem
from tests.made_up import TEXTS


def changed(name: str, *changes: tuple[str, str]) -> str:
    """The text of a made-up scheme with each first string replaced by the second, once."""
    text = TEXTS[name]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(text: str) -> tuple[Problem, ...]:
    return load_text(text, "x.yaml")[1]


def codes(text: str) -> list[str]:
    """The codes of all problems. A scheme comes exactly where none of them is an error."""
    scheme, found = load_text(text, "x.yaml")
    assert (scheme is None) == any(problem.severity == "error" for problem in found)
    return [problem.code for problem in found]


def loaded(text: str) -> Scheme:
    scheme, found = load_text(text, "x.yaml")
    assert scheme is not None, "\n".join(map(str, found))
    return scheme


def line_of(text: str, part: str) -> int:
    """The line, from 1, on which a text first stands."""
    return text[: text.index(part)].count("\n") + 1
