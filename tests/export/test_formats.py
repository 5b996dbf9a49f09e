"""All formats of one report: each is made, and none says another number than the others (RELIABILITY row 112)."""

import io
import re
import subprocess
import sys
from fractions import Fraction
from functools import cache

import pytest

from bot.domain.scales import Language
from bot.export import FORMATS, Enclosed, Report
from bot.export.rendered import Desk
from bot.export.sizes import counted, estimate
from bot.verify.bundle import RENDERED, verify
from bot.verify.signing import signer
from bot.words import Words, forms
from tests.assessments import told
from tests.export.reading import members, of_csv, of_excel, of_json, squeezed, text_of
from tests.verify.made import KEY

QUICK = ("bjkb-007", "zh")
EVERY = [(name, language) for name in told.NAMES for language in ("zh", "en")]
MADE = [pytest.param(*one, marks=() if one == QUICK else pytest.mark.long, id=f"{one[0]}-{one[1]}") for one in EVERY]


def enclosed() -> Enclosed:
    return Enclosed(lambda digest: io.BytesIO(told.photo(digest)), signer(KEY))


@cache
def made(name: str, language: Language) -> dict[str, bytes]:
    report = told.finished(name, language)
    return {format_: one.render(report, enclosed()) for format_, one in FORMATS.items()}


@pytest.mark.parametrize(("name", "language"), MADE)
def test_the_grade_and_every_total_are_the_same_in_all(name: str, language: Language) -> None:
    report = told.finished(name, language)
    assert report.verdict.outcome is not None
    words, files = Words.of(language), made(name, language)
    title = squeezed(words.pick(report.verdict.outcome.title))
    totals = {part.dimension.id: part.total for part in report.totals}
    assert None not in totals.values()
    for format_ in ("pdf", "word", "excel", "html", "csv"):
        said = squeezed(text_of(format_, files[format_]))
        assert title in said, format_
        for dimension, total in totals.items():
            assert total is not None
            assert forms.shown_total(report.scheme, dimension, total) in said, (format_, dimension)
    exact = of_csv(files["csv"])[1]
    assert {total for total in totals.values() if total is not None} <= exact
    result = of_json(files["json"])
    assert {key: Fraction(one["exact"]) for key, one in result["dimensions"].items()} == totals
    assert result["outcome"]["id"] == report.verdict.outcome.id


@pytest.mark.parametrize(("name", "language"), MADE)
def test_the_points_of_every_section_are_the_same_in_all(name: str, language: Language) -> None:
    report = told.finished(name, language)
    words, files = Words.of(language), made(name, language)
    texts = {format_: text_of(format_, files[format_]) for format_ in ("pdf", "word", "html")}
    of_book, of_rows, of_result = of_excel(files["excel"])[0], of_csv(files["csv"])[0], of_json(files["json"])
    seen = 0
    for part in report.sections:
        for share in part.shares:
            if not share.of:
                continue
            key = (part.section.id, words.pick(share.dimension.title))
            assert of_book[key] == of_rows[key] == (share.points, share.of)
            shown = of_result["sections"][part.section.id][share.dimension.id]
            assert abs(Fraction(shown["points"]) - share.points) <= Fraction(1, 10**6)
            assert Fraction(shown["of"]) == share.of
            printed = any(sign.isdigit() for sign in part.section.id)
            name_ = part.section.id if printed else words.pick(part.section.title)
            row = _row(name_, forms.points(share.points), forms.points(share.of))
            for format_, said in texts.items():
                assert row.search(said), (format_, key, row.pattern)
            seen += 1
    assert seen >= len(report.scheme.dimensions)


def _row(clause: str, points: str, due: str) -> re.Pattern[str]:
    """The line of a clause in the breakdown: its name, and its points before anything else that looks like points."""
    shown = rf"(?<![\d.]){re.escape(points)} ?/ ?{re.escape(due)}(?![\d.])"
    return re.compile(rf"(?<![\d.]){re.escape(clause)} [^/]{{0,160}}?{shown}")


@pytest.mark.parametrize(("name", "language"), MADE)
def test_sizes_are_told_right_within_a_factor_of_two(name: str, language: Language) -> None:
    report = told.finished(name, language)
    held = counted(report.scheme, report.state, report.scheme_text, lambda digest: len(told.photo(digest)))
    guessed = {format_: estimate(format_, held) for format_ in FORMATS}
    wrong = {
        format_: (guessed[format_], len(data))
        for format_, data in made(name, language).items()
        if not len(data) / 2 <= guessed[format_] <= len(data) * 2
    }
    assert not wrong


@pytest.mark.parametrize(("name", "language"), MADE)
def test_a_bundle_holds_all_of_them_in_its_language_and_is_sound(name: str, language: Language) -> None:
    held = members(made(name, language)["bundle"])
    assert held["record.json"] == made(name, language)["json"]
    for format_, member in RENDERED.items():
        assert held[member] == made(name, language)[format_], "the very file that is handed out by itself"
    found = verify(made(name, language)["bundle"])
    assert found.sound, found.first


@pytest.mark.parametrize(("name", "language"), [QUICK])
def test_the_same_input_gives_the_same_bytes(name: str, language: Language) -> None:
    report = told.finished(name, language)
    for format_, one in FORMATS.items():
        assert one.render(report, enclosed()) == made(name, language)[format_], format_


def test_photos_are_made_smaller_until_all_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    report = told.finished("bjkb-006", "zh")
    first = _photos(report, 1 << 30)
    assert len(first) > 20
    largest = sum(map(len, first))
    second = _photos(report, largest - 1)
    assert 0 < sum(map(len, second)) < largest
    assert len(second) == len(first), "smaller, and none left out"
    monkeypatch.setattr("bot.export.rendered.SIDES", (1600,))
    assert _photos(report, 1) == first, "with no smaller size to go to they stay"


def _photos(report: Report, room: int) -> list[bytes]:
    shown = Desk(report, enclosed(), room).photos
    pictures = [one.clean for one in report.state.evidence.values() if one.clean]
    return [data for digest in dict.fromkeys(pictures) if (data := shown(digest))]


def test_a_photo_that_is_not_the_reports_cannot_be_had_by_its_renderers() -> None:
    report = told.finished("tbsc-94", "zh")
    own = {one.clean for one in report.state.evidence.values()}
    others = told.finished("bjkb-006", "zh").state.evidence.values()
    other = next(one.clean for one in others if one.clean and one.clean not in own)
    assert told.photo(other)
    assert Desk(report, enclosed()).photos(other) is None


def test_the_bot_starts_without_any_library_that_draws() -> None:
    heavy = ["typst", "docx", "docxtpl", "xlsxwriter", "PIL", "fontTools", "openpyxl"]
    code = f"import sys, bot.cli, bot.serving, bot.service.respond; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
