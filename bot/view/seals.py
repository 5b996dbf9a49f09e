"""What every member is sent when an assessment is closed: the result in short, and the code of its seal. Small HTML.

Must not know keys or signatures, or to whom it goes.
"""

from bot.view.facts import ResultFacts
from bot.view.parts import one_line
from bot.view.scores import dimension_lines
from bot.words import Words

_NAME = 80


def closed_notice(words: Words, facts: ResultFacts, code: str, fingerprint: str, upto: int) -> str:
    """code: '' where there is no key, and so no seal; then the result alone. upto: the entry that is sealed."""
    desk = facts.desk
    return words.render(
        "sealed.j2",
        name=one_line(desk.state.name, _NAME),
        scheme=desk.scheme,
        outcome=facts.verdict.outcome,
        passed=facts.verdict.passed,
        totals=[one for one in dimension_lines(words, facts) if one.total],
        code=code,
        fingerprint=fingerprint,
        upto=upto,
    ).strip()
