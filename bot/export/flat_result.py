"""The head, the result and the points by clause, as lines. Must not know file formats, or what single sheets say."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal

from bot.domain.figures import decimal
from bot.domain.scheme import Dimension
from bot.export.flat import Flat
from bot.export.flat_words import Saying
from bot.export.parts import Report, Share, TotalPart
from bot.words import forms

MINUS = "\N{MINUS SIGN}"
"""A sign that no spreadsheet takes for the start of a formula."""


def head_lines(saying: Saying) -> Iterator[Flat]:
    """What the file is of. Of an erased assessment only what is kept."""
    report, say, clock = saying.report, saying.say, saying.clock
    scheme = report.scheme
    if report.erased:
        yield Flat("head", say("transcript.record"), text=say("transcript.erased"))
    else:
        for name, text in report.head:
            yield Flat("head", say(f"field.{name}"), text=text)
        yield Flat("head", say("transcript.mode"), value=say(f"mode.{report.mode}"))
    yield Flat("head", say("transcript.scheme"), value=scheme.code, text=saying.words.pick(scheme.title))
    if scheme.effective:
        yield Flat("head", say("transcript.scheme"), value=say("transcript.effective", date=scheme.effective))
    yield Flat("head", say("transcript.issuer"), value=saying.words.pick(scheme.issuer))
    yield Flat("head", say("transcript.created"), value=clock.local(report.created_at), at=report.created_at)
    if not report.erased:
        closed = report.closed_at
        yield Flat(
            "head",
            say("transcript.closed"),
            value=clock.local(closed) if closed else say("transcript.still-open"),
            at=closed,
        )
    zone = clock.zone
    yield Flat(
        "head",
        say("transcript.times"),
        value=say("transcript.zone", zone=zone)
        if clock.with_offset
        else say("transcript.zone-offset", zone=zone, offset=clock.offset(report.made_at)),
    )
    yield Flat("head", say("transcript.title"), text=made(saying), at=report.made_at)
    yield Flat("head", say("transcript.assessment"), value=report.assessment)
    if not report.partial:
        yield Flat("head", say("transcript.entries"), value=str(report.upto))
        yield Flat("head", say("transcript.head-hash"), value=report.head_hash)
    yield Flat("head", say("transcript.scheme-digest"), value=scheme.digest)


def made(saying: Saying) -> str:
    """When the file was made, and what it shows."""
    report, at = saying.report, saying.clock.local(saying.report.made_at)
    if report.partial:
        return saying.say("transcript.made-part", at=at)
    return saying.say("transcript.made", at=at, seq=report.upto)


def outcome_said(saying: Saying) -> tuple[str, str, str]:
    """(what it is called: result, result if closed, so far; the outcome; passed or not)."""
    report, say = saying.report, saying.say
    found = report.verdict.outcome
    if found is None:
        left = say("transcript.left", n=len(report.card.open))
        return say("transcript.outcome-open"), say("transcript.incomplete"), left
    passed = say("transcript.passed" if report.verdict.passed else "transcript.not-passed")
    label = say("transcript.outcome" if report.closed else "transcript.outcome-if-closed")
    return label, saying.words.pick(found.title), passed


def result_lines(saying: Saying) -> Iterator[Flat]:
    """The outcome, what it assumes, its reasons, the totals."""
    report, say = saying.report, saying.say
    found = report.verdict.outcome
    label, outcome, passed = outcome_said(saying)
    yield Flat("result", label, value=outcome, text=passed)
    for text in _remarks(saying):
        yield Flat("result", label, text=text)
    if found and found.printed:
        printed = saying.words.pick(found.printed)
        yield Flat("result", label, text=say("transcript.as-printed", text=printed))
    if found and found.note:
        yield Flat("result", label, text=saying.words.pick(found.note))
    for reason in report.verdict.reasons:
        yield Flat("reason", say("transcript.why"), text=saying.words.reason(report.scheme, reason))
    for part in report.totals:
        yield from _total(saying, part)


def _remarks(saying: Saying) -> Iterator[str]:
    """What must be said beside an outcome."""
    report, say = saying.report, saying.say
    if bounds := report.bounds:
        low, high = saying.words.pick(bounds.lowest.title), saying.words.pick(bounds.highest.title)
        if bounds.decided:
            yield say("transcript.bounds-decided", outcome=low)
        else:
            yield say("transcript.bounds", low=low, high=high)
        yield say("transcript.bounds-assume")
    if report.disputed and report.closed:
        yield say("transcript.disputed", outcome=report.closed.outcome)
    if not report.closed:
        yield say("transcript.not-closed")
    if report.partial:
        yield say("transcript.partial")
    yield say("transcript.disclaimer")


def _total(saying: Saying, part: TotalPart) -> Iterator[Flat]:
    report, say, name = saying.report, saying.say, saying.dimension(part.dimension)
    score, scheme = part.score, report.scheme
    tally = score.tally
    yield Flat(
        "total",
        say("transcript.earned"),
        dimension=name,
        value=say("transcript.open-count", n=tally.open) if tally.open else "",
        exact=tally.points,
        earned=forms.points(tally.points),
        points=forms.points(tally.of),
    )
    if score.before is not None and scheme.adjustments and scheme.adjustments.dimension == part.dimension.id:
        before = forms.total(score.before)
        yield Flat("total", say("transcript.before"), dimension=name, value=before, exact=score.before)
        by = forms.points(part.adjusted).replace("-", MINUS)
        yield Flat("total", say("transcript.adjusted"), dimension=name, value=by)
    shown = say("transcript.not-yet") if part.total is None else shown_total(report, part)
    most = forms.points(score.maximum)
    yield Flat(
        "total", say("transcript.total"), dimension=name, value=shown, exact=part.total, points=most
    )  # fmt: skip
    if part.total is not None:
        yield Flat("total", say("transcript.exact"), dimension=name, value=decimal(part.total), exact=part.total)
    if report.bounds:
        low, high = report.bounds.least[part.dimension.id], report.bounds.most[part.dimension.id]
        value = f"{forms.total(low)} – {forms.total(high)}"
        yield Flat("total", say("transcript.range"), dimension=name, value=value)
    if part.dimension.level_from and part.total is not None:
        level = say(f"level.{score.level}") if score.level else say("level.none")
        yield Flat("total", say("transcript.level"), dimension=name, value=level)
    for margin in report.margins:
        if margin.dimension.id == part.dimension.id:
            label = say(
                "transcript.margin", grade=saying.words.pick(margin.grade.title), needed=forms.total(margin.needed)
            )
            yield Flat("total", label, dimension=name, value=gap(saying, margin.gap))


def gap(saying: Saying, by: Fraction) -> str:
    """How far a total is above a threshold, or short of it."""
    if by >= 0:
        return saying.say("transcript.above", gap=forms.points(by))
    return saying.say("transcript.below", gap=forms.points(-by))


def shown_total(report: Report, part: TotalPart) -> str:
    """A total as shown: it never seems to reach what it misses. AssertionError while it is not final."""
    assert part.total is not None  # noqa: S101  the caller asks first
    return forms.shown_total(report.scheme, part.dimension.id, part.total)


def breakdown_lines(saying: Saying) -> Iterator[Flat]:
    """Points by section and question, dimension by dimension; means over the counted sheets."""
    for dimension in saying.report.scheme.dimensions.values():
        for section in saying.report.sections:
            clause: dict[str, Any] = {"clause": section.section.id, "title": saying.title(section.section)}
            for share in section.shares:
                if share.dimension.id == dimension.id:
                    yield _share(saying, "section", dimension, share, clause)
            for row in section.rows if not section.whole else ():
                named = {"clause": row.indicator.id, "title": saying.title(row.indicator)}
                for question in row.questions:
                    if question.share and question.share.dimension.id == dimension.id:
                        yield _share(saying, "question", dimension, question.share, named)


def _share(
    saying: Saying, part: Literal["section", "question"], dimension: Dimension, share: Share, clause: Mapping[str, Any]
) -> Flat:
    say = saying.say
    return Flat(
        part,
        say("transcript.open-count", n=share.open) if share.open else say("transcript.breakdown"),
        dimension=saying.dimension(dimension),
        value="" if share.rating is None else forms.percent(share.rating),
        exact=share.points,
        earned=forms.points(share.points),
        points=forms.points(share.of),
        **clause,
    )
