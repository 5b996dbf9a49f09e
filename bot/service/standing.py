"""How a case stands: score, verdict, bounds. Must not know how any of it is shown."""

from bot.domain import scoring
from bot.domain.grading import verdict
from bot.domain.insight import Bounds, bounds
from bot.service.case import Case
from bot.view.facts import ResultFacts


def result_facts(case: Case, part: str = "", page: int = 0, sheet: str = "") -> ResultFacts:
    """Score, verdict and bounds of a case as it stands."""
    sheets = [one.sheet() for one in case.state.counted]
    found = scoring.score(case.scheme, sheets, case.state.decisions)
    return ResultFacts(
        desk=case.desk(sheet),
        card=found,
        verdict=verdict(case.scheme, found),
        bounds=bounds_of(case),
        part=part,
        page=page,
    )


def bounds_of(case: Case) -> Bounds:
    """What the counted sheets still allow."""
    return bounds(case.scheme, [sheet.sheet() for sheet in case.state.counted], case.state.decisions)
