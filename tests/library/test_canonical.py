"""The pinned text of a scheme and its digests: what changes them, and what does not."""

import json

import pytest

from bot.domain.record import canonical
from bot.library.canonical import canonical_text, from_canonical, scoring
from bot.library.load import load_bytes
from tests.library.reading import changed, loaded
from tests.made_up import TEXTS, scheme


def text_of(yaml: str) -> str:
    found, problems = load_bytes(yaml.encode(), "x.yaml")
    assert found is not None, problems
    return found.text


@pytest.mark.parametrize("name", TEXTS)
def test_a_scheme_comes_back_from_its_text_unchanged(name: str) -> None:
    assert from_canonical(text_of(TEXTS[name])) == scheme(name)


def test_the_order_of_dimensions_survives() -> None:
    again = from_canonical(text_of(TEXTS["panel"]))
    assert list(again.dimensions) == ["service", "management"]
    assert again.questions == scheme("panel").questions


def test_the_text_is_canonical_and_holds_strings_only() -> None:
    text = text_of(TEXTS["sites"])
    assert canonical(json.loads(text)).decode() == text
    assert not set(_kinds(json.loads(text))) - {str, list, dict}


def _kinds(value: object) -> list[type]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [type(value), *(kind for part in parts for kind in _kinds(part))]


def test_comments_quotes_and_the_order_of_keys_do_not_change_the_text() -> None:
    text = changed("stars", ("\nformat: 1\n", "\n# a comment\nformat: '1'\n"), ("code: T/MADE 001-2026\n", ""))
    text = text.replace("issuer:", "code: 'T/MADE 001-2026'\nissuer:", 1)
    assert text_of(text) == text_of(TEXTS["stars"])


WORDING = [
    ("stars", "en: Hotline}", "en: Telephone}"),
    ("stars", "en: Done to band 1}", "en: Done a little}"),
    ("stars", "step: 0.05", "step: 0.1"),
    ("stars", "points: {total: 30}", "points: {total: 30.0}"),
    ("stars", "readings: {ST-01: {zh: 否决即无级,", "readings: {ST-02: {zh: 否决,"),
    ("shop", "code: B1,", "code: B9,"),
    ("sites", "target: 85", "target: 90"),
]


@pytest.mark.parametrize(("name", "old", "new"), WORDING)
def test_wording_changes_the_digest_alone(name: str, old: str, new: str) -> None:
    other = loaded(changed(name, (old, new)))
    assert other.digest != scheme(name).digest
    assert other.scoring_digest == scheme(name).scoring_digest


SCORING = [
    ("sites", "points: {management: 5}", "points: {management: 6}"),
    ("sites", "{5: 90, 4: 80, 3: 70}", "{5: 91, 4: 80, 3: 70}"),
    ("sites", "also: [ratio], ", ""),
    ("sites", "factor: 1.8", "factor: 2"),
    ("sites", "covers: [service]", "covers: [service, management]"),
    ("stars", "{total: 70, no_veto", "{total: 71, no_veto"),
    ("stars", "needs: {total: 70, no_veto: true}", "needs: {total: 70}"),
    ("stars", "id: silver", "id: metal"),
    ("panel", "awarded: false,\n     needs: {service: 60", "needs: {service: 60"),
    ("stars", "id: 2.10", "id: 2.11"),
    ("shop", "not_applicable: reason,\n         question: {zh: 如何做维修", "question: {zh: 如何做维修"),
    ("shop", "deductions_below: 5", "deductions_below: 6"),
    ("shop", "each: 1,", "each: 2,"),
    ("shop", "values: [0, 1]", "values: [0, 1, 2]"),
    ("panel", "kind: alpha", "kind: ratio"),
    ("panel", "service: 60, management: {total: 5, level: 2}", "service: 60, management: {level: 2}"),
    ("panel", "service: 80, management: {level: 3}, gates: [conformity]", "service: 80, management: {level: 3}"),
]


@pytest.mark.parametrize(("name", "old", "new"), SCORING)
def test_what_scores_changes_both_digests(name: str, old: str, new: str) -> None:
    text = changed(name, (old, new))
    other = loaded(text[: text.index("examples:")])
    assert other.digest != scheme(name).digest
    assert other.scoring_digest != scheme(name).scoring_digest


def test_the_scoring_part_holds_no_text() -> None:
    said = json.dumps(scoring(scheme("sites")), ensure_ascii=False)
    assert all(sign.isascii() for sign in said)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"order": {}}', '{"order": {"scales": ["x"]}}', '{"order": 1}'])
def test_a_text_that_is_no_scheme_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_canonical(text)


def test_only_a_mapping_has_a_canonical_text() -> None:
    with pytest.raises(TypeError):
        canonical_text(["a"])
