"""The result, or the standing so far: summary, sections, arithmetic, readings. Must not know how any of it is computed.

While incomplete there are bounds and never a grade; a raised veto decides at once (BK-01).
"""

from bot.domain.interview import open_questions
from bot.domain.scheme import Section
from bot.view import places
from bot.view.arithmetic import arithmetic
from bot.view.beside import decision_lines, measure_summary, sheet_lines
from bot.view.chart_places import ChartsTap
from bot.view.facts import Desk, ResultFacts
from bot.view.insight_lines import margin_line, own_view, passed_beside, rated
from bot.view.outlook import outlook
from bot.view.parts import Block, Page, Row, T, block_pages, button, columns, one_line, page_of, screen, turn
from bot.view.reopening import reopened_lines
from bot.view.scores import DimensionLine, SectionScore, dimension_lines, question_block, section_scores
from bot.view.screen import Screen
from bot.view.undone import members_open, sample_lacks, undersampled
from bot.view.values import own_aside, section_name, section_short, top_sections
from bot.words import Words

PAGE = 8
_TABLE = 20
"""Lines of decisions, sheets and chapters that the summary still lists; more chapters stand on pages of their own."""
_NAME = 80
_REASON = 220


def result(words: Words, facts: ResultFacts, line: str = "") -> Screen:
    """part: '' the summary, 'all' the chapters, 'why' the arithmetic, 'readings', or a section's id."""
    match facts.part:
        case "":
            return _summary(words, facts, line)
        case "all":
            return _all(words, facts, line)
        case "why":
            return _why(words, facts, line)
        case "readings":
            return _readings(words, facts, line)
        case section:
            return _section(words, facts, facts.desk.scheme.section_by_id[section], line)


def waiting(words: Words, desk: Desk, line: str = "") -> Screen:
    """For one who only looks: how far it is, and that the result comes with closing (DESIGN 3)."""
    rows = [(button(words.say("button.head"), places.Head(desk.ref)),)]
    return screen(words, "result_waiting.j2", rows, line, desk=desk)


def _summary(words: Words, facts: ResultFacts, line: str) -> Screen:
    desk, outcome = facts.desk, facts.verdict.outcome
    ref = desk.ref
    parts = (
        button(words.say("button.insight"), places.Insight(ref), "primary"),
        button(words.say("button.sections-scores"), places.Result(ref, "all")),
        button(words.say("button.why"), places.Why(ref)),
        button(words.say("button.readings"), places.Result(ref, "readings")),
    )
    chapters = section_scores(words, facts, top_sections(desk.scheme))
    totals: tuple[DimensionLine, ...] = dimension_lines(words, facts)
    beside = [decision_lines(words, desk), sheet_lines(words, facts), measure_summary(words, desk)]
    reasons = [one_line(words.reason(desk.scheme, reason), _REASON) for reason in facts.verdict.reasons]
    if undersampled(facts):
        reasons = [*(reasons if outcome is None else []), *sample_lacks(words, desk)]
        outcome = None
    return screen(
        words,
        "result.j2",
        [parts, *_ways(words, desk)],
        line,
        desk=desk,
        name=one_line(desk.state.name, _NAME),
        reopened=reopened_lines(words, desk.state.reopened),
        passed=passed_beside(words, outcome, passed=facts.verdict.passed) if outcome else "",
        own=own_view(words, desk) if outcome or not rated(desk) else "",
        others=members_open(desk) if desk.panel and not desk.state.closed else 0,
        complete=facts.card.complete,
        outcome=outcome,
        margin=margin_line(words, facts),
        totals=totals,
        beside=beside,
        reasons=reasons,
        outlook=outlook(words, desk, facts.bounds),
        chapters=chapters if len(chapters) + sum(map(len, beside)) <= _TABLE else (),
    )


def _all(words: Words, facts: ResultFacts, line: str) -> Screen:
    desk = facts.desk
    page = page_of(top_sections(desk.scheme), facts.page, PAGE)
    jumps = [button(section_short(words, section), places.Result(desk.ref, section.id)) for section in page.items]
    rows = [*columns(jumps, 4), *_turning(words, desk, page, "all")]
    scores: tuple[SectionScore, ...] = section_scores(words, facts, page.items)
    return screen(words, "result_sections.j2", rows, line, scores=scores, page=page)


def _section(words: Words, facts: ResultFacts, section: Section, line: str) -> Screen:
    desk = facts.desk
    inside = {row.id for row in desk.scheme.within(section.id)}
    blocks = [question_block(words, facts, q) for q in desk.scheme.questions if q.indicator in inside]
    page = block_pages(blocks, facts.page)
    before, after = turn(words, page, lambda number: places.Result(desk.ref, section.id, number))
    name = words.say("button.before", clause=words.say("button.sections-scores"))
    back = button(name, places.Result(desk.ref, "all"))
    return screen(
        words,
        "result_section.j2",
        [(*before, back, *after)],
        line,
        name=section_name(words, section),
        scores=section_scores(words, facts, (section,)),
        page=page,
    )


def _why(words: Words, facts: ResultFacts, line: str) -> Screen:
    page = block_pages(arithmetic(words, facts), facts.page)
    return screen(words, "result_why.j2", _turning(words, facts.desk, page, "why", up=True), line, page=page)


def _readings(words: Words, facts: ResultFacts, line: str) -> Screen:
    desk = facts.desk
    blocks = [Block(name, words.pick(text)) for name, text in desk.scheme.readings.items()]
    page = block_pages(blocks, facts.page)
    return screen(words, "result_readings.j2", _turning(words, desk, page, "readings"), line, page=page)


def _turning(words: Words, desk: Desk, page: Page[T], part: str, *, up: bool = False) -> list[Row]:
    """up: back to why, which the whole arithmetic belongs to; else back to the summary."""
    before, after = turn(words, page, lambda number: places.Result(desk.ref, part, number))
    if up:
        why = button(words.say("button.before", clause=words.say("button.why")), places.Why(desk.ref))
        return [(*before, why, *after)]
    name = words.say("button.result" if desk.state.closed else "button.standing")
    back = button(words.say("button.before", clause=name), places.Result(desk.ref))
    return [(*before, back, *after)]


def _ways(words: Words, desk: Desk) -> list[Row]:
    rows: list[Row] = [
        (
            button(words.say("button.head"), places.Head(desk.ref)),
            button(words.say("button.export"), places.Export(desk.ref)),
            button(words.say("button.charts"), ChartsTap(desk.ref)),
            button(words.say("button.compare"), places.Compare(desk.ref)),
        )
    ]
    if desk.own and not own_aside(desk) and not desk.state.closed:
        done = "button.check-submit" if desk.panel and desk.own.status == "open" else "button.check-close"
        key = "button.go-on" if open_questions(desk.scheme, desk.own) else done if desk.lead else "button.check"
        rows.append((button(words.say(key), places.NextOpen(desk.sheet_ref), "primary"),))
    return rows
