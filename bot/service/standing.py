"""How a case stands: score, verdict, bounds, margin. Must not know how any of it is shown."""

from bot.domain import scoring
from bot.domain.grading import verdict
from bot.domain.insight import Ends, bounds, ends
from bot.domain.margin import margin
from bot.service.case import Case
from bot.view.facts import ResultFacts


def result_facts(case: Case, part: str = "", page: int = 0, sheet: str = "") -> ResultFacts:
    """Score, verdict and bounds of a case as far as this person may see it."""
    desk = case.desk(sheet)
    sheets = [one.sheet() for one in desk.state.counted]
    found = scoring.score(case.scheme, sheets, desk.state.decisions)
    return ResultFacts(
        desk=desk,
        card=found,
        verdict=verdict(case.scheme, found),
        bounds=bounds(case.scheme, sheets, desk.state.decisions),
        part=part,
        page=page,
        names=desk.names,
        margin=margin(case.scheme, sheets, desk.state.decisions),
    )


def bounds_of(case: Case) -> Ends:
    """What the counted sheets that this person sees still allow: the outcomes alone."""
    seen = case.seen
    return ends(case.scheme, seen.counted, seen.decisions)
