"""The five standards, each with one realistic finished assessment. All of it is made up.

A YAML file beside this one tells it step by step, as people would have done it; here it is run through the domain
(domain -> entries -> chain -> fold -> report). Numbers, hashes and bytes are the same every time.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.scales import Language
from bot.domain.scheme import QuestionId
from bot.export import Report, ReportInputs, report
from bot.library.load import load
from bot.library.sheets import Covers
from tests.assessments.steps import Telling
from tests.domain.real import NAMES, SCHEMES
from tests.export.story import Story

__all__ = ["NAMES", "answers_file", "finished", "inputs", "photo", "told"]

HERE = Path(__file__).parent
_AFTER = 3_600_000
"""The files were made an hour after the last entry."""


@cache
def told(scheme_id: str) -> Telling:
    """The whole story of a standard's assessment. KeyError, AssertionError where the data file says nonsense."""
    # `base` builds every scalar as a text: 4.10 stays a clause and no stays a word
    data: Mapping[str, Any] = YAML(typ="base", pure=True).load(HERE / f"{scheme_id}.yaml")
    loaded, problems = load(SCHEMES / f"{scheme_id}.yaml")
    assert loaded, problems
    people = {short: f"p-{short}-0123456789" for short in data["people"]}
    names = {people[short]: name for short, name in data["people"].items()}
    story = Story(loaded.scheme, loaded.text, data["id"], names)
    telling = Telling(story, people)
    story.begin(data["organisation"], data["mode"], people["lead"])
    for step in data["story"]:
        telling.run(step)
    return telling


def inputs(scheme_id: str, language: Language) -> ReportInputs:
    """What a report of it is made from."""
    story = told(scheme_id).story
    upto, made = len(story.records), story.records[-1].header.at + _AFTER
    return ReportInputs(
        story.scheme, story.state, story.id, story.records, story.names, language, "Asia/Shanghai", upto, story.text,
        made,
    )  # fmt: skip


@cache
def finished(scheme_id: str, language: Language) -> Report:
    """The report of the finished assessment."""
    return report(inputs(scheme_id, language))


def photo(sha256: str) -> bytes:
    """The bytes of a piece of evidence, of any of the five; of a picture the original or the clean copy. KeyError."""
    for scheme_id in NAMES:
        files = told(scheme_id).files
        if sha256 in files:
            return files[sha256]
    raise KeyError(sha256)


def answers_file(scheme_id: str) -> dict[str, Any]:
    """The same answers and decisions as an answers file (DESIGN 7): what `gradewalk score` reads."""
    story = told(scheme_id).story
    scheme, state = story.scheme, story.state
    made: dict[str, Any] = {
        "scheme": scheme.id,
        "assessors": [
            {
                "name": story.names[sheet.person],
                "round": sheet.round,
                "dimensions": [dimension for dimension in scheme.dimensions if dimension in sheet.covers],
                "answers": _rows({question: given.answer for question, given in sheet.given.items()}, sheet.covers),
            }
            for sheet in state.counted
        ],
    }
    decisions = state.decisions
    if scheme.gates:
        made["gates"] = dict(decisions.gates)
    if scheme.adjustments:
        made |= {"deductions": decisions.deductions, "bonus": str(decisions.bonus)}
    if scheme.measures:
        made["measures"] = {
            name: {"numerator": one.value.numerator, "denominator": one.value.denominator, "month": one.value.month}
            for name, one in state.measures.items()
        }
    return made


def _rows(answers: Mapping[QuestionId, Answer], covers: Covers) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question, answer in answers.items():
        if question.dimension in covers:
            found.setdefault(question.indicator, {})[question.dimension] = _form(answer)
        else:
            found[question.indicator] = _form(answer)
    return found


def _form(answer: Answer) -> dict[str, Any]:
    match answer:
        case Veto(raised):
            return {"veto": raised}
        case NotApplicable(reason):
            return {"na": True, "reason": reason}
        case Rated(value, form):
            return {"level": answer.level} if form == "level" else {form: str(value)}
