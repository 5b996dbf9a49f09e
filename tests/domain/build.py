"""Small made-up standards as values, and short forms for sheets and entries. None of these standards exists.

stars: ratio, percent of 100, a veto row, the lowest grade has no floor.   shop: N/A, deductions, bonus.
panel: alpha in percent and levels in points, a gate, a named row without a grade.
sites: rows in two dimensions, level or ratio, levels from percent, a gate.   projects: the same, `service` sampled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.domain.answers import Answer, Form, NotApplicable, Rated, Sheet, Veto
from bot.domain.entries import AnswerGiven, Body, Entry
from bot.domain.scales import Band, Level, Scale, Text
from bot.domain.scheme import (
    VETO,
    Adjustments,
    Bonus,
    Condition,
    Deductions,
    DeductionsBelow,
    Dimension,
    Gate,
    GateMet,
    Grade,
    Indicator,
    LevelAtLeast,
    Measure,
    NoVeto,
    QuestionId,
    Sampling,
    Scheme,
    Section,
    TotalAtLeast,
)

F = Fraction


def text(zh: str) -> Text:
    return Text(zh, f"en {zh}")


def bands() -> tuple[Band, ...]:
    ends = [(F(n, 5), F(n + 1, 5)) for n in range(5)]
    return tuple(Band(low, high, text(f"至{high}"), text("档"), text("做到"), None) for low, high in ends)


def levels() -> tuple[Level, ...]:
    return tuple(Level(n, text(f"{n}级"), text(f"{n}级"), text("做到"), None) for n in range(1, 6))


RATIO = Scale("ratio", "ratio", bands())
ALPHA = Scale("alpha", "alpha", bands())
LEVEL = Scale("level", "level", levels=levels())
LEVEL_OR_RATIO = Scale("either", "level", levels=levels(), also_ratio=True)


def row(name: str, *, section: str = "1", na: bool = False, veto: bool = False, **points: int | Fraction) -> Indicator:
    return Indicator(
        name,
        section,
        text(name),
        None,
        text("如何？"),
        (text("看"),),
        {dimension: F(worth) for dimension, worth in points.items()},
        veto=veto,
        may_be_na=na,
    )


def grade(name: str, *conditions: Condition, awarded: bool = True) -> Grade:
    return Grade(name, text(name), conditions, awarded=awarded)


def total(at_least: int | str, dimension: str = "total") -> TotalAtLeast:
    return TotalAtLeast(dimension, F(at_least))


def scheme(
    dimensions: Sequence[Dimension],
    rows: Sequence[Indicator],
    grades: Sequence[Grade],
    *,
    gates: Sequence[str] = (),
    adjustments: Adjustments | None = None,
) -> Scheme:
    sections = (Section("1", "", 1, text("一"), None), Section("1.2", "1", 2, None, text("二")))
    return Scheme(
        id="made-up",
        code="T/MADE 001-2026",
        title=text("编造"),
        short=text("编造"),
        issuer=text("无此机构"),
        effective="2026-04-01",
        dimensions={dimension.id: dimension for dimension in dimensions},
        sections=(*sections, Section("2", "", 1, text("三"), None)),
        indicators=tuple(rows),
        grades=tuple(grades),
        otherwise=grade("fail", awarded=False),
        readings={},
        gates={gate: Gate(gate, text(gate), text("符合"), text("是"), text("否"), None) for gate in gates},
        adjustments=adjustments,
    )


def stars() -> Scheme:
    return scheme(
        [Dimension("total", text("总分"), RATIO, "percent")],
        [
            row("1.1", veto=True),
            row("1.2", total=10),
            row("1.2.1", section="1.2", total=20),
            row("2.1", section="2", total=30),
            row("2.10", section="2", total=40),
        ],
        [grade("gold", total(90), NoVeto()), grade("silver", total(70), NoVeto()), grade("bronze", NoVeto())],
    )


def shop() -> Scheme:
    ends = DeductionsBelow(5)
    return scheme(
        [Dimension("total", text("总分"), RATIO, "percent")],
        [row("1.1", na=True, total=10), row("1.2", na=True, total=30), row("2.1", section="2", total=60)],
        [grade("gold", total(95), ends), grade("silver", total(80), ends), grade("plain", total(70), ends)],
        adjustments=Adjustments(
            "total", Deductions(F(1), text("扣分"), text("扣")), Bonus((F(0), F(1)), text("加分"), text("加"))
        ),
    )


def panel() -> Scheme:
    met = GateMet("conformity")
    by_points = ((5, F(15)), (4, F(13)), (3, F(9)), (2, F(6)), (1, F(4)))
    return scheme(
        [
            Dimension("service", text("服务"), ALPHA, "points"),
            Dimension("management", text("管理"), LEVEL, "points", by_points),
        ],
        [
            row("S.1", service=40),
            row("S.2", service=60),
            row("M.1", section="2", management=5),
            row("M.2", section="2", management=5),
            row("M.3", section="2", management=5),
        ],
        [
            grade("AAAA", total(90, "service"), LevelAtLeast("management", 4), met),
            grade("AAA", total(80, "service"), LevelAtLeast("management", 3), met),
            grade("row-one", total(60, "service"), LevelAtLeast("management", 2), awarded=False),
        ],
        gates=["conformity"],
    )


def sites() -> Scheme:
    met = GateMet("conformity")
    by_percent = ((5, F(90)), (4, F(80)), (3, F(70)))
    return scheme(
        [
            Dimension("management", text("管理"), LEVEL_OR_RATIO, "percent", by_percent),
            Dimension("service", text("服务"), ALPHA, "percent"),
        ],
        [
            row("1.1", management=5),
            row("1.2", management=5, service=5),
            row("2.1", section="2", management=5, service=5),
            row("2.2", section="2", management=5, service=10),
        ],
        [
            grade("five", total(90, "service"), LevelAtLeast("management", 5), met),
            grade("four", total(80, "service"), LevelAtLeast("management", 4), met),
            grade("three", total(60, "service"), LevelAtLeast("management", 3), met),
        ],
        gates=["conformity"],
    )


def projects() -> Scheme:
    rate = Measure("C", text("投诉处理率"), text("解决数"), text("投诉数"), F(85), "2.1")
    return replace(sites(), sampling=Sampling(F("1.8"), text("项目"), ("service",)), measures=(rate,))


ALL = {"stars": stars, "shop": shop, "panel": panel, "sites": sites}


def q(text_: str) -> QuestionId:
    """'1.2' is the row in `total`, '1.1/veto' says the dimension."""
    return QuestionId.parse(text_) if "/" in text_ else QuestionId(text_, "total")


def rated(value: str | int | Fraction, form: Form = "ratio", typed: str = "") -> Rated:
    return Rated(F(value), form, typed)


def level(number: int) -> Rated:
    return Rated(F(number, 5), "level")


NA = NotApplicable("不涉及")
RAISED, KEPT = Veto(raised=True), Veto(raised=False)


def sheet(answers: Mapping[str, Answer], *, name: str = "s1", covers: Sequence[str] = ("total",)) -> Sheet:
    return Sheet(name, f"person of {name}", "", frozenset(covers), {q(key): value for key, value in answers.items()})


def filled(standard: Scheme, value: str | int | Fraction, *, name: str = "s1", **dimensions: str | int) -> Sheet:
    """A complete sheet: every rating the same, or one value per dimension; no veto is raised."""
    covers = frozenset(dimensions or standard.dimensions)
    answers: dict[QuestionId, Answer] = {
        question: KEPT
        if question.dimension == VETO
        else Rated(F(dimensions.get(question.dimension, value)), standard.scale_of(question).kind)
        for question in standard.covered(covers)
    }
    return Sheet(name, f"person of {name}", "", covers, answers)


def entry(seq: int, body: Body, **more: object) -> Entry:
    """An entry of person p1 on sheet s1; the question of an answer or note as text."""
    fields: dict[str, object] = {"at": 1_000 * seq, "person": "p1", "sheet": "s1", **more}
    question = fields.get("question")
    fields["question"] = q(question) if isinstance(question, str) else None
    fields.setdefault("revision", 1 if isinstance(body, AnswerGiven) else 0)
    return Entry(seq=seq, body=body, **fields)  # type: ignore[arg-type]
