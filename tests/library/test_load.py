"""Files and folders of schemes, and the library made of them."""

from fractions import Fraction
from pathlib import Path

import pytest

from bot.domain.scheme import QuestionId
from bot.library.load import load_bytes, load_file, load_folder
from bot.library.shelf import Library
from tests.library.reading import changed
from tests.made_up import TEXTS, scheme


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"made-{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_all_its_schemes(folder: Path) -> None:
    schemes, problems = load_folder(folder)
    assert list(schemes) == ["made-panel", "made-shop", "made-sites", "made-stars"]
    assert schemes["made-stars"] == scheme("stars")
    assert problems == ()


def test_a_faulty_file_is_left_out_and_the_rest_stays(folder: Path) -> None:
    (folder / "made-shop.yaml").write_text("format: 1\n", encoding="utf-8")
    schemes, problems = load_folder(folder)
    assert list(schemes) == ["made-panel", "made-sites", "made-stars"]
    assert {problem.file for problem in problems} == {str(folder / "made-shop.yaml")}


def test_a_second_file_of_the_same_scheme_is_refused(folder: Path) -> None:
    (folder / "z.yaml").write_text(TEXTS["stars"], encoding="utf-8")
    other = changed("stars", ("id: made-stars", "id: other"))
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    schemes, problems = load_folder(folder)
    assert len(schemes) == 4
    assert [(p.code, p.params["id"]) for p in problems] == [
        ("duplicate-scheme", "T/MADE 001-2026"),
        ("duplicate-scheme", "made-stars"),
    ]


def test_a_file_is_named_after_its_scheme(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(TEXTS["stars"], encoding="utf-8")
    schemes, problems = load_folder(tmp_path)
    assert list(schemes) == ["made-stars"]
    assert [(p.code, p.severity, p.params["expected"]) for p in problems] == [
        ("file-name", "warning", "made-stars.yaml")
    ]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert [problem.code for problem in load_folder(tmp_path)[1]] == ["no-schemes"]
    assert [problem.code for problem in load_folder(tmp_path / "none")[1]] == ["no-schemes"]


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    found, problems = load_file(tmp_path)
    assert found is None
    assert [problem.code for problem in problems] == ["unreadable"]


def test_a_sound_file_gives_its_scheme(folder: Path) -> None:
    assert load_file(folder / "made-shop.yaml") == (scheme("shop"), ())


def test_what_the_file_says_is_what_the_scheme_holds() -> None:
    stars, shop, sites = scheme("stars"), scheme("shop"), scheme("sites")
    assert [(s.id, s.parent, s.depth) for s in stars.sections] == [("1", "", 1), ("2", "", 1), ("3", "", 1)]
    assert stars.by_id["3"].section == "3"
    assert stars.by_id["2.10"].points == {"total": 10}
    assert [(band.low, band.high) for band in stars.dimensions["total"].scale.bands][:2] == [
        (0, Fraction(1, 5)),
        (Fraction(1, 5), Fraction(2, 5)),
    ]
    assert stars.vetoes == (QuestionId("1.1", "veto"),)
    assert shop.by_id["5.2.1"].may_be_na
    assert not shop.by_id["5.2.3"].may_be_na
    assert shop.adjustments is not None
    assert shop.adjustments.dimension == "total"
    assert sites.dimensions["management"].level_from == tuple(
        (level, Fraction(least)) for level, least in ((5, 90), (4, 80), (3, 70))
    )
    assert sites.questions[1:3] == (QuestionId("1.2", "management"), QuestionId("1.2", "service"))
    assert [(s.id, s.parent, s.depth) for s in scheme("panel").sections][1] == ("S.1", "S", 2)


def test_a_section_puts_its_own_row_before_its_indicators_and_those_before_its_sections() -> None:
    ids = [row.id for row in scheme("panel").indicators]
    assert ids == ["S.1.1", "S.1.2", "S.2", "M.1", "M.2", "M.3"]


def test_the_library_finds_by_id_and_by_code(folder: Path) -> None:
    library, problems = Library.open(folder)
    assert problems == ()
    assert [entry.id for entry in library.schemes] == ["made-panel", "made-shop", "made-sites", "made-stars"]
    assert library.get("made-stars") == library.get("T/MADE 001-2026") == scheme("stars")
    assert library.get("MADE-STARS") is None


def never(digest: str) -> str:
    raise AssertionError(digest)


def test_the_library_rebuilds_what_was_pinned(folder: Path) -> None:
    library, _ = Library.open(folder)
    old, _ = load_bytes(changed("stars", ("en: Hotline}", "en: Telephone}")).encode(), "x")
    assert old is not None
    with pytest.raises(KeyError):
        library.text(old.scheme.digest)
    again = library.pinned(old.scheme.digest, {old.scheme.digest: old.text}.__getitem__)
    assert again == old.scheme
    assert library.pinned(old.scheme.digest, never) is again
    now = scheme("stars")
    assert library.pinned(now.digest, never) is library.get("made-stars")


def test_a_pinned_text_that_was_changed_is_refused(folder: Path) -> None:
    library, _ = Library.open(folder)
    text = library.text(scheme("stars").digest).replace("Hotline", "Telephone")
    with pytest.raises(ValueError, match="digest"):
        library.pinned("0" * 64, lambda _: text)


def test_the_cache_of_pinned_schemes_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.library.shelf._CACHED", 1)
    library, _ = Library.open(folder)
    found = []
    for word in ("Telephone", "Telegraph", "Telefax"):
        old, _ = load_bytes(changed("stars", ("en: Hotline}", f"en: {word}}}")).encode(), "x")
        assert old is not None
        found.append(library.pinned(old.scheme.digest, {old.scheme.digest: old.text}.__getitem__))
    assert len(library._pinned) == 5
    assert library.get("made-stars") is library.pinned(scheme("stars").digest, never)
