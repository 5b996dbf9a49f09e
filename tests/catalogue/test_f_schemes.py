"""Rows 78-80: hostile scheme files, a scheme that changes under a running assessment, lacking or long translations."""

import json
import pickle
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.record import Header
from bot.domain.scales import Language
from bot.library import Library
from bot.library.load import load_bytes
from bot.library.problems import render
from bot.service.world import World
from bot.view import parts
from bot.view.screen import Screen
from bot.words import Words
from bot.words import words as words_module
from bot.words.catalogue import catalogue, sentence
from tests.catalogue.invariants import hold
from tests.catalogue.texts import small_world
from tests.library.reading import changed, line_of
from tests.made_up import STARS, TEXTS
from tests.made_up import scheme as made_up
from tests.service.scene import Scene
from tests.view.desks import NASTY, shipped
from tests.view.every import every
from tests.view.markup import faults
from tests.view.test_limits import _desk

# row 78

WRONG = {
    "no as a number": ("stars", "points: {total: 30}", "points: {total: no}", "bad-number"),
    "on as a number": ("stars", "points: {total: 30}", "points: {total: on}", "bad-number"),
    "1:30 as a number": ("stars", "points: {total: 30}", "points: {total: 1:30}", "bad-number"),
    "012 is twelve, not ten": ("stars", "points: {total: 10}", "points: {total: 012}", "points-do-not-add-up"),
    "on as a truth": ("stars", "veto: true", "veto: on", "bad-flag"),
    "1:30 as a date": ("stars", "effective: 2026-04-01", "effective: 1:30", "bad-date"),
    "012 as a format": ("stars", "format: 1", "format: 012", "unknown-format"),
    "1:30 as an id": ("stars", "id: 2.10", "id: 1:30", "bad-id"),
    "an id twice": ("stars", "id: 2.10", "id: 2.1", "duplicate-id"),
    "a key twice": ("stars", "id: 2.10,", "id: 2.10, id: 2.10,", "duplicate-key"),
    "weight 0": ("stars", "points: {total: 30}", "points: {total: 0}", "points-not-positive"),
    "weight 101 %": ("stars", "points: {total: 30}", "points: {total: 101}", "points-do-not-add-up"),
    "weight -30": ("stars", "points: {total: 30}", "points: {total: -30}", "bad-number"),
    "no grades": ("stars", "grades:\n", "grades: []\nold:\n", "no-grades"),
    "a grade out of reach": ("stars", "needs: {total: 90", "needs: {total: 101", "grade-unreachable"),
    "bands that end early": ("stars", "{to: 1,", "{to: 0.9,", "bands-not-to-one"),
    "bands past 100 %": ("stars", "{to: 1,", "{to: 1.01,", "bands-not-to-one"),
    "bands that fall": ("stars", "to: 0.4", "to: 0.1", "bands-not-rising"),
    "a level without bounds": ("panel", "{5: 14, 4: 12, ", "{", "level-unknown"),
    "right-to-left id": ("stars", "id: 2.10", "id: \u05d0\u05d1", "bad-id"),
    "an override in an id": ("stars", "id: 2.10", "id: 2.\u202e10", "forbidden-character"),
    "a merge of itself": ("stars", "  - id: 1\n", "  - &x\n    <<: *x\n    id: 1\n", "alias-forbidden"),
    "an include": ("stars", "grades:\n", "grades: !include made-stars.yaml\nold:\n", "tag-forbidden"),
    "a tab": ("stars", "  - id: 1\n", "\t- id: 1\n", "tab"),
}


@pytest.mark.parametrize(("name", "old", "new", "code"), WRONG.values(), ids=WRONG)
def test_row_78_what_is_wrong_is_refused_with_its_line(name: str, old: str, new: str, code: str) -> None:
    text = changed(name, (old, new))
    loaded, problems = load_bytes(text.encode(), "x.yaml")
    assert loaded is None
    (problem, *_) = [one for one in problems if one.code == code]
    for language in ("zh", "en"):
        assert render(problem, language).startswith(f"x.yaml:{problem.line}:{problem.column}: ")
    about = {
        "points-do-not-add-up": "printed:",
        "level-unknown": "id: aaaa",
    }  # the sum printed; the grade that needs it
    assert problem.line == line_of(TEXTS[name], about.get(code, old))


def test_row_78_text_that_yaml_would_change_stays_text() -> None:
    text = changed("stars", ("id: 2.10", "id: no"), ("{zh: 热线, en: Hotline}", "{zh: 012, en: on}"))
    loaded, problems = load_bytes(b"\xef\xbb\xbf" + text.encode(), "x.yaml")
    assert loaded is not None, problems
    assert "no" in loaded.scheme.by_id, "and a BOM is let pass"
    label = loaded.scheme.by_id["2.1"].label
    assert label is not None
    assert (label.zh, label.en) == ("012", "on")


_BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
HOSTILE: dict[str, tuple[bytes, str]] = {
    "alias bomb": (_BOMB.encode(), "alias-forbidden"),
    "depth in brackets": (STARS.encode() + b"x: " + b"[" * 10_000 + b"]" * 10_000, "too-deep"),
    "depth by indentation": ("\n".join(" " * n + "a:" for n in range(1000)).encode(), "too-deep"),
    "50 MB of rows": (b"- a\n" * 13_000_000, "too-large"),
    "50 MB of one word": (b"a" * 50_000_000, "too-large"),
    "a cycle": (b"a: &a\n  b: *a\n", "alias-forbidden"),
    "UTF-16": (STARS.encode("utf-16"), "not-utf8"),
    "UTF-16 without BOM": (STARS.encode("utf-16-be"), "not-utf8"),
    "GB18030": (STARS.encode("gb18030"), "not-utf8"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100, "not-utf8"),
    "keys twice": (STARS.encode() + b"id: made-stars\n" * 4000, "duplicate-key"),
}
_MEASURE = """
import json, pathlib, sys, time
from bot.library.load import load

load(pathlib.Path(sys.argv[1]) / "none.yaml")
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    begun = time.process_time()
    loaded, problems = load(file)
    spent = time.process_time() - begun
    status = pathlib.Path("/proc/self/status")  # not getrusage: a child begins with its parent's peak
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024 if status.exists() else 0
    found = [(p.code, p.line) for p in problems[:9]]
    print(json.dumps([file.name, loaded is None, found, len(str(problems[0])), spent, peak]), flush=True)
"""


def test_row_78_hostile_files_cost_little(tmp_path: Path) -> None:
    """From disk, in a process of its own: 100 MB is what the whole process may take at most, 10 s ten times enough."""
    for number, (raw, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:02}.yaml").write_bytes(raw)
    command = [sys.executable, "-c", _MEASURE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(HOSTILE)
    for (name, (_, code)), (_, refused, said, length, seconds, peak) in zip(HOSTILE.items(), found, strict=True):
        assert refused, name
        assert said[0][0] == code, (name, said)
        assert said[0][1] >= 1, f"{name}: with a line"
        assert length < 500, name
        assert peak < 100, f"{name}: {peak:.0f} MB"
        assert seconds < 10, f"{name}: {seconds:.1f} s"


def test_switched_off_the_limit_of_size_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.library.source.MAX_BYTES", 100_000_000)
    _, problems = load_bytes(b"a" * 2_000_000, "x.yaml")
    assert problems[0].code != "too-large"


# row 79


def _open(folder: Path, text: str | None) -> World:
    """A start of the bot on the data folder, with this text as the only scheme on offer (None: none any more)."""
    loaded = [] if text is None else [load_bytes(text.encode(), "made-stars.yaml")[0]]
    return replace(small_world(folder), library=Library(one for one in loaded if one is not None))


CHANGED = changed(
    "stars",
    ("{total: 20}, 2: {total: 40}", "{total: 30}, 2: {total: 30}"),
    ("points: {total: 20}", "points: {total: 30}"),
    ("points: {total: 30}, help", "points: {total: 20}, help"),
)
REWORDED = changed("stars", ("看热线之1", "拨打热线"))


@pytest.mark.parametrize("later", [CHANGED, REWORDED, None], ids=["points", "wording", "gone"])
def test_row_79_a_running_assessment_keeps_its_scheme(tmp_path: Path, later: str | None) -> None:
    undisturbed, scene = Scene(_open(tmp_path / "a", STARS)), Scene(_open(tmp_path / "b", STARS))
    begun = [one.begin("made-stars") for one in (undisturbed, scene)]
    for one in (undisturbed, scene):
        one.tap("没有违法")
        one.say("90")
    pinned = scene.of(begun[1]).scheme_digest

    scene = Scene(_open(tmp_path / "b", later))
    scene.order("my")
    for one, ref in ((undisturbed, begun[0]), (scene, begun[1])):
        one.press(f"1:j:{one.sheet(ref)}")
        assert "看热线之1" in one.text
        one.fill("85")
        one.tap("button.close")
        one.tap("button.close-for-good")
    closed = [one.state(ref).closed for one, ref in ((undisturbed, begun[0]), (scene, begun[1]))]
    assert closed[0] == closed[1]
    assert closed[0] is not None
    assert {entry.scheme for entry in _headers(scene, begun[1])} == {pinned}
    hold(scene.world)
    if later is not None:
        fresh = scene.begin("made-stars")
        assert scene.of(fresh).scheme_digest != pinned


def _headers(scene: Scene, ref: str) -> list[Header]:
    with scene.world.store.read() as unit:
        return [record.header for record in unit.entries.recorded(scene.of(ref).id)]


# row 80

Say = Callable[[Language, str, object], str]


def _tripled(language: Language, key: str, n: object = None) -> str:
    """The sentence, and twice more all of it that is fixed."""
    text = sentence(language, key, n)
    fixed = "".join(part for part, *_ in string.Formatter().parse(text)).strip()
    return f"{text} {fixed} {fixed}"


def _mirrored(language: Language, key: str, n: object = None) -> str:
    """Every letter as a Hebrew one; places to fill stay."""
    parts = []
    for fixed, name, spec, conversion in string.Formatter().parse(sentence(language, key, n)):
        parts.append("".join("\u05e9" if sign.isalpha() else sign for sign in fixed))
        if name is not None:
            parts.append("{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}")
    return "".join(parts)


def _screens(standard: str) -> Iterator[tuple[str, Screen]]:
    scheme = made_up(standard) if standard in TEXTS else shipped(standard)
    at = _desk(pickle.loads(pickle.dumps(scheme)), "nasty", NASTY)  # noqa: S301  without what is kept with it
    yield from every(Words.of("en"), at, NASTY, NASTY)


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """For other sentences than the catalogues have: none that was said before is remembered, nor any of these after."""
    for said in (words_module._plain, parts._label):
        said.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    for said in (words_module._plain, parts._label):
        said.cache_clear()


@pytest.mark.parametrize(("way", "standard"), [(_tripled, "shop"), (_tripled, "jccqb-037"), (_mirrored, "shop")])
def test_row_80_cards_keep_the_limits(reworded: pytest.MonkeyPatch, way: Say, standard: str) -> None:
    reworded.setattr(words_module, "sentence", way)
    reworded.setattr("tests.view.markup.UNITS", 4096)  # Telegram's own limit; ours leaves room for just this
    for name, screen in _screens(standard):
        assert faults(screen) == [], name
        assert len(json.dumps([[button.text for button in row] for row in screen.rows]).encode()) < 10_000
        if name == "help" and way is _mirrored:
            assert "\u05e9" in screen.text


def test_row_80_a_missing_translation_is_said_in_the_other_language(reworded: pytest.MonkeyPatch) -> None:
    lacking: dict[Language, dict[str, str]] = {
        "zh": dict(catalogue("zh")),
        "en": {key: text for key, text in catalogue("en").items() if key.startswith("form.")},
    }
    reworded.setattr("bot.words.catalogue.catalogue", lacking.__getitem__)
    for name, screen in _screens("shop"):
        assert faults(screen) == [], name
    assert sentence("en", "button.notes", 1) == sentence("zh", "button.notes", 1)
    with pytest.raises(KeyError):
        sentence("en", "no.such-key")


def test_switched_off_cutting_is_noticed(reworded: pytest.MonkeyPatch) -> None:
    reworded.setattr("bot.view.parts.clip", lambda text, _limit: text)
    reworded.setattr(words_module, "sentence", _tripled)
    assert any(faults(screen) for _, screen in _screens("shop"))
