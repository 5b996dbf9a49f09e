"""An assessment -> the one report that every file format shows. Must not know formats, words, or storage."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Rated
from bot.domain.entries import HEADER_FIELDS, AnswerGiven, GateDecided, MeasureSet
from bot.domain.figures import final_total
from bot.domain.grading import Verdict, verdict
from bot.domain.insight import bounds
from bot.domain.margin import margin
from bot.domain.panel_entries import Reopened
from bot.domain.record import genesis
from bot.domain.sampling import needed, visited
from bot.domain.scheme import VETO, LevelAtLeast, QuestionId, Scheme, Section, TotalAtLeast
from bot.domain.scoring import Scorecard, Tally, adjustment, score, sheet_total
from bot.domain.state import AssessmentState, SheetState
from bot.export.history import Logged, Recorded, by_place, history, notes
from bot.export.panel import panel, people
from bot.export.parts import (
    GatePart,
    Margin,
    MeasurePart,
    QuestionPart,
    Report,
    ReportInputs,
    Row,
    SamplePart,
    SectionPart,
    Share,
    SheetAnswer,
    SheetPart,
    TotalPart,
)


def report(inputs: ReportInputs) -> Report:
    """The report as of entry `upto`. ValueError where the state is newer than that, or the records end before it.

    Of a part there is no list of entries, and no number or hash that would tell how much others did.
    """
    scheme, state, part = inputs.scheme, inputs.state, inputs.partial
    records = tuple(record for record in inputs.records if record.header.seq <= inputs.upto)
    if not part and (state.seq > inputs.upto or len(records) != inputs.upto):
        raise ValueError(f"upto {inputs.upto}: state at {state.seq}, {len(records)} entries")
    log = history(records, inputs.names)
    counted = [sheet.sheet() for sheet in state.counted]
    card = score(scheme, counted, state.decisions)
    found = verdict(scheme, card)
    sheets = tuple(_sheet(scheme, sheet, inputs.names, log) for sheet in state.sheets.values())
    return Report(
        scheme=scheme,
        scheme_text=inputs.scheme_text,
        state=state,
        language=inputs.language,
        zone=inputs.zone,
        assessment=inputs.assessment_id,
        mode=state.mode,
        head=tuple((field, state.header.get(field, "")) for field in HEADER_FIELDS),
        created_at=records[0].header.at if records else inputs.made_at,
        closed_at=state.closed_at if state.closed else None,
        closed=state.closed,
        erased=state.erased,
        made_at=inputs.made_at,
        upto=0 if part else inputs.upto,
        head_hash="" if part else records[-1].hash if records else genesis(inputs.assessment_id),
        card=card,
        verdict=found,
        bounds=bounds(scheme, counted, state.decisions) if found.outcome is None and not state.erased else None,
        totals=tuple(_totals(scheme, card)),
        margins=tuple(_margins(scheme, card, found)),
        stands=None if state.erased else margin(scheme, counted, state.decisions),
        gates=tuple(GatePart(gate, _gate(log, gate.id)) for gate in scheme.gates.values()),
        findings=tuple(entry for entry in log if entry.kind == "findings-decided"),
        bonus=tuple(entry for entry in log if entry.kind == "bonus-decided"),
        measures=tuple(MeasurePart(measure, _counts(log, measure.id)) for measure in scheme.measures),
        sample=_sample(scheme, state, log),
        sheets=sheets,
        sections=tuple(_sections(_Desk(scheme, card, by_place(log), sheets, state.sheets))),
        log=() if part else log,
        records=() if part else records,
        names=_known(records, inputs.names),
        panel=panel(state, log, inputs.names),
        partial=part,
        gone=inputs.gone,
    )


def _known(records: Collection[Recorded], names: Mapping[str, str]) -> Mapping[str, str]:
    """The names of those in the record, nobody else's."""
    known = people(records)
    return {person: name for person, name in names.items() if person in known}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What each row of the transcript is made from."""

    scheme: Scheme
    card: Scorecard
    log: Mapping[tuple[str, str], tuple[Logged, ...]]
    sheets: tuple[SheetPart, ...]
    states: Mapping[str, SheetState]


_STORY = frozenset({"sheet-opened", "sheet-submitted", "sheet-set-aside"})


def _sheet(scheme: Scheme, sheet: SheetState, names: Mapping[str, str], log: Iterable[Logged]) -> SheetPart:
    covers = tuple(dimension for dimension in scheme.dimensions if dimension in sheet.covers)
    totals = {dimension: sheet_total(scheme, sheet.sheet(), dimension) for dimension in covers}
    return SheetPart(
        id=sheet.id,
        person=sheet.person,
        name=names.get(sheet.person, ""),
        round=sheet.round,
        covers=covers,
        status=sheet.status,
        reason=sheet.reason,
        totals={dimension: total for dimension, total in totals.items() if total is not None},
        story=tuple(entry for entry in log if _of_sheet(entry, sheet.id)),
    )


def _of_sheet(entry: Logged, sheet: str) -> bool:
    again = isinstance(entry.body, Reopened) and sheet in entry.body.sheets
    return again or (entry.header.sheet == sheet and entry.kind in _STORY)


def _totals(scheme: Scheme, card: Scorecard) -> Iterator[TotalPart]:
    for name, dimension in scheme.dimensions.items():
        by = adjustment(scheme, name, card.decisions)
        yield TotalPart(dimension, card.dimensions[name], final_total(scheme, card, name), by)


def _margins(scheme: Scheme, card: Scorecard, found: Verdict) -> Iterator[Margin]:
    """Each total beside the threshold it reached or missed; a level by the total that it begins at."""
    for reason in found.reasons:
        if reason.grade is None or reason.checked is None:
            continue
        match reason.checked.condition:
            case TotalAtLeast(name, threshold):
                needed = threshold
            case LevelAtLeast(name, level):
                needed = dict(scheme.dimensions[name].level_from)[level]
            case _:
                continue
        total = card.dimensions[name].total
        if total is not None:
            yield Margin(reason.grade, scheme.dimensions[name], total, needed)


def _gate(log: Iterable[Logged], gate: str) -> tuple[Logged, ...]:
    return tuple(entry for entry in log if isinstance(entry.body, GateDecided) and entry.body.gate == gate)


def _counts(log: Iterable[Logged], measure: str) -> tuple[Logged, ...]:
    return tuple(entry for entry in log if isinstance(entry.body, MeasureSet) and entry.body.measure == measure)


def _sample(scheme: Scheme, state: AssessmentState, log: Iterable[Logged]) -> SamplePart | None:
    if scheme.sampling is None:
        return None
    counts = tuple(entry for entry in log if entry.kind == "population-set")
    return SamplePart(scheme.sampling.unit, counts, needed(scheme, state), visited(scheme, state))


def _sections(desk: _Desk) -> Iterator[SectionPart]:
    for section in desk.scheme.sections:
        tallies = desk.card.sections[section.id]
        shares = tuple(_share(desk.scheme, dimension, tally) for dimension, tally in tallies.items())
        yield SectionPart(section, shares, tuple(_rows(desk, section)))


def _rows(desk: _Desk, section: Section) -> Iterator[Row]:
    for indicator in desk.scheme.indicators:
        if indicator.section == section.id:
            questions = tuple(q for q in desk.scheme.questions if q.indicator == indicator.id)
            yield Row(indicator, tuple(_question(desk, question) for question in questions))


def _question(desk: _Desk, question: QuestionId) -> QuestionPart:
    answers = tuple(
        _answer(desk, sheet, question)
        for sheet in desk.sheets
        if question.dimension == VETO or question.dimension in sheet.covers
    )
    worth = desk.scheme.points_of(question)
    if question.dimension == VETO:
        return QuestionPart(question, None, worth, None, answers)
    share = _share(desk.scheme, question.dimension, desk.card.questions[question])
    return QuestionPart(question, share.dimension, worth, share, answers)


def _answer(desk: _Desk, sheet: SheetPart, question: QuestionId) -> SheetAnswer:
    here = desk.log.get((sheet.id, str(question)), ())
    given = tuple(entry for entry in here if entry.kind == "answered")
    state = desk.states[sheet.id]
    match given[-1].body if given else None:
        case AnswerGiven(Rated(value)):
            earned: Fraction | None = desk.scheme.points_of(question) * value
        case _:
            earned = None
    return SheetAnswer(
        sheet=sheet,
        given=given[-1] if given else None,
        earned=earned,
        history=given,
        notes=notes(here),
        later=question in state.later,
        flagged=question in state.flagged,
    )


def _share(scheme: Scheme, dimension: str, tally: Tally) -> Share:
    return Share(scheme.dimensions[dimension], tally.points, tally.of, tally.open)
