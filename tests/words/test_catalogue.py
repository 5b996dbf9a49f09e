"""Both catalogues are complete, agree with each other, and hold what is used and nothing else."""

import re
import string
from fnmatch import fnmatchcase

import pytest

from bot.domain.scales import Language
from bot.words.catalogue import catalogue, sentence
from tests.words.uses import DYNAMIC, Use, in_code, in_templates, literals_in_code

ZH, EN = catalogue("zh"), catalogue("en")
USES: list[Use] = [*in_code(), *in_templates()]
HAN = re.compile("[\u4e00-\u9fff]")


def test_both_languages_have_the_same_keys() -> None:
    forms = {key for key in EN if key.endswith(".one")}
    assert set(EN) - forms == set(ZH)
    assert {f"{key.removesuffix('.one')}.other" for key in forms} <= set(EN)


def test_both_languages_fill_in_the_same_places() -> None:
    differing = {key for key in ZH if _places(ZH[key]) != _places(EN[key])}
    assert differing == set()


def test_each_catalogue_speaks_its_language() -> None:
    assert {key for key, text in EN.items() if HAN.search(text)} == set()
    untranslated = {key for key, text in ZH.items() if re.search("[a-z]", _fixed(text)) and not HAN.search(text)}
    assert untranslated <= {"transcript.lang"}


def test_no_sentence_is_empty_and_none_is_markup() -> None:
    for texts in (ZH, EN):
        assert {key for key, text in texts.items() if not text or "<" in text or "{{" in text} == set()


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.place} {use.key}")
def test_every_key_that_is_said_exists_with_all_that_it_names(use: Use) -> None:
    if use.key.strip(DYNAMIC) == "":
        return  # handed on: the literal is found below
    found = _matching(use.key)
    assert found
    if use.params is not None:
        for key in found:
            assert _places(EN[key]) <= use.params, key


def test_every_key_is_said_somewhere() -> None:
    literals = literals_in_code()
    patterns = {use.key for use in USES if use.key.strip(DYNAMIC)}
    unused = {
        key
        for key in ZH
        if _base(key) not in literals and not any(fnmatchcase(_base(key), pattern) for pattern in patterns)
    }
    assert unused == {key for key in unused if any(key.startswith(prefix) for prefix in COMPUTED)}


COMPUTED = ("refusal.", "reason.")
"""Keys made of codes; tests/words/test_words.py says them all."""


@pytest.mark.parametrize(("n", "said"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes"), (21, "21 notes")])
def test_numbers_choose_the_form(n: int, said: str) -> None:
    assert sentence("en", "button.notes", n).format(n=n) == said
    assert sentence("zh", "button.notes", n).format(n=n) == f"备注 {n}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_unknown_key_is_a_defect(language: Language) -> None:
    with pytest.raises(KeyError):
        sentence(language, "no.such-key")


def _matching(pattern: str) -> list[str]:
    return [key for key in EN if fnmatchcase(_base(key), pattern)]


def _base(key: str) -> str:
    return key.removesuffix(".one").removesuffix(".other")


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _fixed(text: str) -> str:
    return "".join(fixed for fixed, *_ in string.Formatter().parse(text))
