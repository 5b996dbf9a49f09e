"""The result as JSON values (DESIGN 7): for `gradewalk score` and for the exported transcript.

The figures of the domain, with the sentence of each reason. Must not know where the sheets came from.
"""

from collections.abc import Sequence

from bot.domain.answers import Sheet
from bot.domain.figures import figures
from bot.domain.grading import Verdict
from bot.domain.record import Json
from bot.domain.scheme import Scheme
from bot.domain.scoring import Scorecard
from bot.words import Words


def result_json(
    scheme: Scheme, sheets: Sequence[Sheet], card: Scorecard, verdict: Verdict, zh: Words, en: Words
) -> dict[str, Json]:
    """The result object: strings, whole numbers, booleans and null only. Totals are null while not final."""
    return {**figures(scheme, sheets, card, verdict), "reasons": reasons_json(scheme, verdict, zh, en)}


def reasons_json(scheme: Scheme, verdict: Verdict, zh: Words, en: Words) -> list[Json]:
    """Code and sentences of each reason."""
    return [
        {"code": reason.code, "zh": zh.reason(scheme, reason), "en": en.reason(scheme, reason)}
        for reason in verdict.reasons
    ]
