"""The first page: grade, totals, what is still possible, the head of the assessment, who signs.

Must not know the other chapters, or any file format.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from bot.export.paper_marks import SPACE, Marks, joined, typed
from bot.export.paper_parts import Cover, Facts, Line, Run
from bot.export.parts import TotalPart
from bot.words import forms

MOST_ASSESSORS = 4
"""Rows to sign for assessors: more would push the head off the first page."""

_Outcome: TypeAlias = tuple[Literal["passed", "failed", "undecided"], str, str, str]
"""standing, label, grade, status."""


def cover(m: Marks) -> Cover:
    """Of an erased assessment: which standard it was about, and that it was erased."""
    report = m.report
    title = typed(report.title) if report.title else Run(m.say("transcript.untitled"), "gone")
    standing, label, grade, status = _outcome(m)
    signatures = _signatures(m)
    return Cover(
        kind=m.say("transcript.title"),
        title=(title,),
        scheme=(Run(m.scheme.code, "strong"), Run(f" {m.words.pick(m.scheme.title)}")),
        standing=standing,
        grade_label=label,
        grade=grade,
        status=status,
        totals=() if report.erased else tuple(_total(m, part) for part in report.totals if part.total is not None),
        lines=() if report.erased else tuple((Run(text),) for text in _small(m)),
        facts=Facts(tuple(_facts(m))),
        signatures=signatures,
        disclaimer="" if report.erased else m.say("transcript.disclaimer"),
        warnings=tuple((Run(text),) for text in _warnings(m)),
        signing=tuple(m.say(f"transcript.sign-{what}") for what in ("name", "hand", "date")) if signatures else (),
    )


def _outcome(m: Marks) -> _Outcome:
    report, found = m.report, m.report.verdict
    if report.erased:
        return "undecided", "", "", ""
    if found.outcome is None:
        left = m.say("transcript.left", n=len(report.card.open))
        return "undecided", m.say("transcript.outcome-open"), m.say("transcript.incomplete"), left
    label = m.say("transcript.outcome" if report.closed else "transcript.outcome-if-closed")
    status = m.say("transcript.passed" if found.passed else "transcript.not-passed")
    return "passed" if found.passed else "failed", label, m.words.pick(found.outcome.title), status


def _total(m: Marks, part: TotalPart) -> Line:
    """'Total 82.83 / 100%', and the level where the standard has levels."""
    dimension = part.dimension
    shown = forms.shown_total(m.scheme, dimension.id, part.total) if part.total is not None else ""
    most = Run(f" / {forms.points(part.score.maximum)}{m.unit(dimension)}", "soft")
    line = (Run(m.words.pick(dimension.title)), SPACE, Run(shown, "strong"), most)
    return (*line, SPACE, Run(level(m, part), "soft")) if dimension.level_from else line


def level(m: Marks, part: TotalPart) -> str:
    """The level that a dimension reached."""
    return m.say(f"level.{part.score.level}") if part.score.level else m.say("level.none")


def _small(m: Marks) -> Iterator[str]:
    """What is said under the grade."""
    bounds, found = m.report.bounds, m.report.verdict.outcome
    if bounds:
        low, high = m.words.pick(bounds.lowest.title), m.words.pick(bounds.highest.title)
        if bounds.decided:
            yield m.say("transcript.bounds-decided", outcome=low)
        else:
            yield m.say("transcript.bounds", low=low, high=high)
        yield m.say("transcript.bounds-assume")
    if found and found.printed:
        yield m.say("transcript.as-printed", text=m.words.pick(found.printed))
    if found and found.note:
        yield m.words.pick(found.note)
    if not m.report.closed:
        yield m.say("transcript.not-closed")


def _warnings(m: Marks) -> Iterator[str]:
    if m.report.erased:
        yield m.say("transcript.erased")
    elif m.report.disputed and m.report.closed:
        yield m.say("transcript.disputed", outcome=m.report.closed.outcome)


def _facts(m: Marks) -> Iterator[tuple[str, Line]]:
    report, scheme = m.report, m.scheme
    if not report.erased:
        for field, text in report.head:
            yield m.say(f"field.{field}"), (typed(text) if text else Run(m.say("transcript.empty")),)
        yield m.say("transcript.mode"), (Run(m.say(f"mode.{report.mode}")),)
    since = m.say("transcript.effective", date=scheme.effective) if scheme.effective else ""
    named = Run(f"{scheme.code} {m.words.pick(scheme.title)}")
    yield m.say("transcript.scheme"), joined([(named,), (Run(since, "soft"),) if since else ()])
    yield m.say("transcript.issuer"), (Run(m.words.pick(scheme.issuer)),)
    yield m.say("transcript.created"), (m.at(report.created_at),)
    if not report.erased:
        still = Run(m.say("transcript.still-open"))
        yield m.say("transcript.closed"), (m.at(report.closed_at) if report.closed_at else still,)
    yield m.say("transcript.times"), (Run(m.zone()),)


def _signatures(m: Marks) -> tuple[str, ...]:
    """Whoever led, each who rated, and the organisation; nobody signs what is open, and may still change."""
    if m.report.closed is None or m.report.erased:
        return ()
    stayed = [one for one in m.report.panel.members if one.role == "assessor" and one.left is None]
    assessors = [m.say("transcript.sign-assessor")] * min(len(stayed), MOST_ASSESSORS)
    lead = m.say("transcript.sign-lead" if m.report.mode == "audit" else "transcript.sign-self")
    return (lead, *assessors, m.say("transcript.sign-organisation"))
