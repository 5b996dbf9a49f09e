"""WORD_TEMPLATE: what the operator is told of a template of their own, and what is used then."""

import logging
from pathlib import Path

import pytest
from docx import Document

from bot.config import Settings
from bot.export.word_template import Fault
from bot.operator.check_word import _SAID, word_template
from bot.wiring import usable_template

OURS = Path(__file__).parents[1] / "templates" / "report.docx"


def own(folder: Path, text: str) -> Path:
    document = Document()
    document.add_paragraph(text)
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_without_the_setting_nothing_is_said() -> None:
    assert list(word_template(Settings(_env_file=None))) == []
    assert usable_template(Settings(_env_file=None)) is None


def test_a_sound_template_is_used() -> None:
    settings = Settings(_env_file=None, word_template=OURS)
    assert usable_template(settings) == OURS
    (check,) = word_template(settings)
    assert check.level == "ok"


def test_a_broken_one_is_explained_to_the_operator_in_both_languages(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(_env_file=None, word_template=own(tmp_path, "{{ titel }}"))
    (check,) = word_template(settings)
    assert check.level == "warn"
    assert "WORD_TEMPLATE 不能用：标签里的名称不存在 ('titel' is undefined)" in check.line("zh")
    assert "a tag names a thing that does not exist ('titel' is undefined); reports are made with ours" in check.line(
        "en"
    )
    with caplog.at_level(logging.WARNING):
        assert usable_template(settings) is None
    assert [record.message for record in caplog.records] == [
        "WORD_TEMPLATE cannot be used (unknown-tag): reports are made with ours; see `gradewalk doctor`"
    ]


def test_every_fault_has_its_sentences_and_stands_in_the_guide() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "word.md").read_text("utf-8")
    assert set(_SAID) == set(Fault.__args__)  # type: ignore[attr-defined]
    for zh, en in _SAID.values():
        assert zh in guide
        assert en in guide
