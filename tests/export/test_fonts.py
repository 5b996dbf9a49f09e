"""Fonts: their order, what they can draw, and what stands in the place of a sign that none of them has."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import typst
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

from bot.export import fonts
from bot.export.embedded_fonts import EMBEDDED, embedded
from bot.export.fonts import drawable
from bot.export.pdf_lines import literal
from bot.export.unwritten import invisible
from tests.assessments.told import NAMES, told
from tests.domain.real import SCHEMES

ROOT = Path(__file__).parents[2]
_PAGE = b'#set text(font: sys.inputs.fonts.split("|"), fallback: false)\n#sys.inputs.text'


def sets(text: str, families: list[str] | None = None) -> None:
    """typst sets it as PDF/A, which it refuses for any sign without a glyph: TypstError."""
    asked = {"fonts": "|".join(families or fonts.families()), "text": text}
    typst.compile(
        _PAGE, format="pdf", font_paths=fonts.fonts(), pdf_standards="a-2b", timestamp=0, sys_inputs=asked
    )  # fmt: skip


def tofu(text: str) -> bool:
    try:
        sets(text)
    except typst.TypstError:
        return True
    return False


def test_what_pdf_refuses_is_what_we_replace() -> None:
    assert tofu("김")
    assert tofu("𠮷")
    assert not tofu(drawable("김𠮷"))


def test_every_sign_of_ours_is_drawn_as_it_is() -> None:
    """Standards, both catalogues, templates."""
    files = [*SCHEMES.glob("*.yaml"), *ROOT.glob("bot/words/*.po"), *ROOT.glob("templates/**/*.j2")]
    assert len(files) > 50
    signs = "".join(sorted(set("".join(file.read_text("utf-8") for file in files)) - {"\n"}))
    assert drawable(signs) == signs
    sets(signs)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王一（编造）", "王一（编造）"),
        ("㐂龘靐齉㛃", "㐂龘靐齉㛃"),
        ("𠮷祥", "〔Han U+20BB7〕祥"),
        ("𡈽𠀋", "〔Han U+2123D U+2000B〕"),
        ("김철수 님", "〔Hangul gim-ceol-su U+AE40 U+CCA0 U+C218〕 〔Hangul nim U+B2D8〕"),
        ("สม ok", "〔Thai U+0E2A U+0E21〕 ok"),
        ("محمد", "محمد"),
        ("😀", "〔grinning face U+1F600〕"),
        ("😀😀", "〔grinning face U+1F600〕〔grinning face U+1F600〕"),
        ("👩🏽‍🔧", "〔woman + emoji modifier fitzpatrick type-4 + wrench U+1F469 U+1F3FD U+200D U+1F527〕"),
        ("🇨🇳🇨🇭", "〔flag CN U+1F1E8 U+1F1F3〕〔flag CH U+1F1E8 U+1F1ED〕"),
        (
            "🏴\U000e0067\U000e0062\U000e007f",
            "〔waving black flag gb U+1F3F4 U+E0067 U+E0062 U+E007F〕",
        ),
        ("♥️ ✔", "♥️ ✔"),
        ("e\u0301", "é"),
        ("Z\u0337x", "Z\u0337x"),
        ("葛\U000e0100", "葛〔variation selector-17 U+E0100〕"),
        ("中\u0333", "中〔combining double low line U+0333〕"),
        ("𝔘𝔫", "Un"),
        ("a\u202egpj.exe", "a〔right-to-left override U+202E〕gpj.exe"),
        ("a\u200fb\u2067c\u2069", "a\u200fb\u2067c\u2069"),
        ("\ue000\x1b", "〔U+E000〕〔U+001B〕"),
        ("a\nb\tc", "a\nb\tc"),
        ("", ""),
    ],
)
def test_a_sign_without_a_font_is_said_in_words(text: str, shown: str) -> None:
    assert drawable(text) == shown
    assert drawable(shown) == shown
    assert not tofu(shown.replace("\t", " "))


def test_every_sign_that_only_formats_is_drawn_said_or_rightly_hidden() -> None:
    """Some have a shape, such as the signs that stand around Arabic numbers."""
    kinds = {"Cf", "Zl", "Zp", "Zs"}
    signs = [sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) in kinds]
    assert len(signs) > 150
    assert not tofu("\n".join(drawable(literal(f"a{sign}b")) for sign in signs))


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_in_a_report_can_be_drawn(name: str) -> None:
    story = told(name).story
    said = [*story.names.values(), *(str(value) for record in story.records for value in (record.body or {}).values())]
    sets("\n".join(drawable(text) for text in dict.fromkeys(said) if not text.isascii()))


@pytest.mark.parametrize("family", EMBEDDED)
def test_what_is_said_of_the_fonts_inside_typst_is_so(family: str) -> None:
    signs = [chr(number) for number in sorted(embedded(family)) if not invisible(chr(number))]
    assert len(signs) > 2000
    sets(" ".join(signs), [family])
    with pytest.raises(typst.TypstError):
        sets("a中", [family])


def _font(folder: Path, family: str, *signs: str) -> Path:
    """A font of boxes with these signs."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 700))
    pen.lineTo((500, 700))
    pen.closePath()
    box = pen.glyph()
    names = [".notdef", *(f"g{number}" for number in range(len(signs)))]
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(sign): name for sign, name in zip(signs, names[1:], strict=True)})
    made.setupGlyf(dict.fromkeys(names, box))
    made.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "psName": "MadeUp"})
    made.setupOS2()
    made.setupPost()
    made.save(folder / "own.ttf")
    return folder


def test_the_operators_fonts_come_first(tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"OTTO nothing")
    before = fonts.families()
    with fonts.using(_font(tmp_path, "Made Up", "김", "A", "\U0001f600")):
        assert fonts.families() == ["Made Up", *before]
        assert drawable("김철 😀") == "김〔Hangul ceol U+CCA0〕 😀"
        assert fonts.width("A김") == pytest.approx(1.2)
        sets(drawable("김철 😀 A"))
    assert fonts.families() == before
    assert drawable("김") != "김"


def test_fonts_of_the_system_only_where_ours_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = []
    plain = typst.Fonts

    def made(**how: Any) -> typst.Fonts:
        asked.append(how)
        return plain(include_system_fonts=False, font_paths=how["font_paths"])

    monkeypatch.setattr(typst, "Fonts", made)
    monkeypatch.setattr(fonts, "_packaged", lambda: None)
    fonts._shelf.cache_clear()
    try:
        with fonts.using(tmp_path):
            assert fonts.families() == list(EMBEDDED)
    finally:
        fonts._shelf.cache_clear()
        fonts._drawable.cache_clear()
    assert asked == [{"include_system_fonts": True, "include_embedded_fonts": True, "font_paths": [str(tmp_path)]}]
