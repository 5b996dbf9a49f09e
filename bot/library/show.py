"""A scheme as text to read, for `gradewalk schemes show`: what is asked, how it is rated, what the grades need.

Must not know answers or screens. Its few words stand here, since no screen shares them.
"""

from collections.abc import Iterator
from typing import assert_never

from bot.domain.scales import Band, Language, Level, Scale, Text
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    Grade,
    Indicator,
    LevelAtLeast,
    NoVeto,
    Scheme,
    Section,
    TotalAtLeast,
)
from bot.library.problems import exact

_WORDS = {
    "issuer": Text("发布机构", "Issuer"),
    "effective": Text("实施日期", "Effective"),
    "dimensions": Text("维度", "Dimensions"),
    "points": Text("分", "points"),
    "percent": Text("得分率，满分 100", "per cent, at most 100"),
    "sum": Text("分值求和，满分 {most}", "sum of points, at most {most}"),
    "level-from": Text("{level}级：≥ {least}", "level {level}: ≥ {least}"),
    "scale": Text("评分量尺", "Scale"),
    "also": Text("也可直接填比例", "a ratio may be given instead"),
    "next": Text("再高一档", "next"),
    "veto": Text("一票否决", "veto"),
    "na": Text("可标为不适用，须写理由", "may be marked not applicable, with a reason"),
    "help": Text("提示", "Help"),
    "gates": Text("前提条件", "Gates"),
    "adjustments": Text("扣分与加分", "Deductions and bonus"),
    "each": Text("每项减 {each} 分", "each takes {each}"),
    "values": Text("可加 {values} 分", "one of {values}"),
    "sampling": Text("抽样", "Sampling"),
    "sample": Text("至少 {factor}√N 个{unit}", "at least {factor}√N {unit}"),
    "measures": Text("比率", "Rates"),
    "target": Text("目标 {target}%", "target {target}%"),
    "grades": Text("等级", "Grades"),
    "otherwise": Text("其余情况", "in all other cases"),
    "always": Text("无条件", "no condition"),
    "no-grade": Text("不授予等级", "no grade is awarded"),
    "readings": Text("条文释读", "Readings"),
    "total": Text("{title} ≥ {least}", "{title} ≥ {least}"),
    "level": Text("{title}达到 {level} 级", "{title} at level {level} or above"),
    "no-veto": Text("没有否决", "no veto"),
    "gate": Text("满足“{title}”", "'{title}' is met"),
    "deductions": Text("扣分少于 {count} 项", "fewer than {count} deductions"),
}


def show(scheme: Scheme, language: Language) -> str:
    """The whole scheme, one thing a line, ending with a line end."""
    parts = (_head, _dimensions, _scales, _rows, _gates, _adjustments, _measures, _grades, _readings)
    return "\n".join(line for part in parts for line in part(scheme, language)) + "\n"


def _say(key: str, language: Language, **values: object) -> str:
    return _WORDS[key].of(language).format_map(values)


def _head(scheme: Scheme, language: Language) -> Iterator[str]:
    yield f"{scheme.code}  {scheme.title.of(language)}  [{scheme.id}]"
    yield f"{_say('issuer', language)}: {scheme.issuer.of(language)}"
    yield f"{_say('effective', language)}: {scheme.effective}"


def _dimensions(scheme: Scheme, language: Language) -> Iterator[str]:
    yield from ("", f"## {_say('dimensions', language)}")
    for dimension in scheme.dimensions.values():
        most = exact(scheme.maximum(dimension.id))
        total = _say("percent" if dimension.total == "percent" else "sum", language, most=most)
        yield f"- {dimension.title.of(language)} ({dimension.id}, {dimension.scale.id}): {total}"
        for level, least in dimension.level_from:
            yield f"  - {_say('level-from', language, level=level, least=exact(least))}"


def _scales(scheme: Scheme, language: Language) -> Iterator[str]:
    for scale in {d.scale.id: d.scale for d in scheme.dimensions.values()}.values():
        yield from ("", f"## {_say('scale', language)}: {scale.id} ({_kind(scale, language)})")
        steps: tuple[Band | Level, ...] = (*scale.bands, *scale.levels)
        for step in steps:
            yield f"- {step.title.of(language)} [{step.label.of(language)}]: {step.text.of(language)}"
            if step.next:
                yield f"  {_say('next', language)}: {step.next.of(language)}"


def _kind(scale: Scale, language: Language) -> str:
    return f"{scale.kind}; {_say('also', language)}" if scale.also_ratio else scale.kind


def _rows(scheme: Scheme, language: Language) -> Iterator[str]:
    by_section: dict[str, list[Indicator]] = {}
    for row in scheme.indicators:
        by_section.setdefault(row.section, []).append(row)
    for section in scheme.sections:
        yield from ("", f"{'#' * min(section.depth + 1, 6)} {_title(section, language)}")
        for row in by_section.get(section.id, []):
            yield from _row(scheme, row, language)


def _title(entry: Section | Indicator, language: Language) -> str:
    """Id and title; our own label in brackets where the standard prints no title."""
    if entry.title:
        return f"{entry.id} {entry.title.of(language)}"
    return f"{entry.id} [{entry.label.of(language)}]" if entry.label else entry.id


def _row(scheme: Scheme, row: Indicator, language: Language) -> Iterator[str]:
    code = f" {row.code}" if row.code else ""
    points = ", ".join(
        f"{dimension.title.of(language)} {exact(row.points[name])} {_say('points', language)}"
        for name, dimension in scheme.dimensions.items()
        if name in row.points
    )
    yield from ("", f"- {_title(row, language)}{code} ({_say('veto', language) if row.veto else points})")
    if row.may_be_na:
        yield f"  ({_say('na', language)})"
    yield f"  {row.question.of(language)}"
    if row.statement:
        yield f"  « {row.statement.of(language)} »"
    yield from (f"  - {point.of(language)}" for point in row.look_for)
    if row.help:
        yield f"  {_say('help', language)}: {row.help.of(language)}"


def _gates(scheme: Scheme, language: Language) -> Iterator[str]:
    if scheme.gates:
        yield from ("", f"## {_say('gates', language)}")
    for gate in scheme.gates.values():
        yield f"- {gate.title.of(language)} ({gate.id}): {gate.statement.of(language)}"
        if gate.help:
            yield f"  {_say('help', language)}: {gate.help.of(language)}"


def _adjustments(scheme: Scheme, language: Language) -> Iterator[str]:
    rules = scheme.adjustments
    if rules is None:
        return
    yield from ("", f"## {_say('adjustments', language)}")
    if rules.deductions:
        each = _say("each", language, each=exact(rules.deductions.each))
        yield f"- {rules.deductions.title.of(language)} ({each}): {rules.deductions.text.of(language)}"
    if rules.bonus:
        values = _say("values", language, values=" / ".join(map(exact, rules.bonus.values)))
        yield f"- {rules.bonus.title.of(language)} ({values}): {rules.bonus.text.of(language)}"


def _measures(scheme: Scheme, language: Language) -> Iterator[str]:
    if scheme.sampling:
        unit = scheme.sampling.unit.of(language)
        sample = _say("sample", language, factor=exact(scheme.sampling.factor), unit=unit)
        yield from ("", f"## {_say('sampling', language)}", f"- {sample}")
    if scheme.measures:
        yield from ("", f"## {_say('measures', language)}")
    for measure in scheme.measures:
        rate = f"{measure.numerator.of(language)} / {measure.denominator.of(language)}"
        target = _say("target", language, target=exact(measure.target))
        yield f"- {measure.id} {measure.title.of(language)}: {rate}; {target} ({measure.indicator})"


def _grades(scheme: Scheme, language: Language) -> Iterator[str]:
    yield from ("", f"## {_say('grades', language)}")
    for grade in scheme.grades:
        needs = "; ".join(_need(scheme, need, language) for need in grade.conditions)
        yield from _grade(grade, needs or _say("always", language), language)
    yield from _grade(scheme.otherwise, _say("otherwise", language), language)


def _grade(grade: Grade, needs: str, language: Language) -> Iterator[str]:
    printed = f" “{grade.printed.of(language)}”" if grade.printed else ""
    awarded = "" if grade.awarded else f" ({_say('no-grade', language)})"
    yield f"- {grade.title.of(language)}{printed}{awarded}: {needs}"
    if grade.note:
        yield f"  {grade.note.of(language)}"


def _need(scheme: Scheme, need: Condition, language: Language) -> str:
    match need:
        case TotalAtLeast(dimension, threshold):
            title = scheme.dimensions[dimension].title.of(language)
            return _say("total", language, title=title, least=exact(threshold))
        case LevelAtLeast(dimension, level):
            return _say("level", language, title=scheme.dimensions[dimension].title.of(language), level=level)
        case NoVeto():
            return _say("no-veto", language)
        case GateMet(gate):
            return _say("gate", language, title=scheme.gates[gate].title.of(language))
        case DeductionsBelow(count):
            return _say("deductions", language, count=count)
        case _:
            assert_never(need)


def _readings(scheme: Scheme, language: Language) -> Iterator[str]:
    if scheme.readings:
        yield from ("", f"## {_say('readings', language)}")
    yield from (f"- {name}: {text.of(language)}" for name, text in scheme.readings.items())
