"""The document in words: its chapters, and everything in it that was recorded, for every printed format alike."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain.answers import Rated
from bot.domain.evidence import Evidence, Finding
from bot.domain.scales import Language
from bot.export import Report, ReportInputs, html, report
from bot.export.paper import RUNNING, paper
from bot.export.paper_parts import Block, Box, Facts, Heading, Paper, Para, Run, Table, blocks, texts
from tests.export.page import read
from tests.export.story import LEAD, NAMES, OTHER, START, Story, adjusted, eventful, panelled, story
from tests.export.test_html_nasty import NASTY, nasty
from tests.export.test_panel_parts import gathered
from tests.export.walking import EXAMPLES, told

LANGUAGES: tuple[Language, ...] = ("zh", "en")
STORIES = {"eventful": eventful, "panelled": panelled, "adjusted": adjusted, "gathered": gathered, "nasty": nasty}
ALL = ["result", "charts", "breakdown", "findings", "panel", "readings", "transcript", "evidence", "seals", "record"]
SIGNS = "\u202e\u2069\u200f"


def runs(of: object) -> Iterator[Run]:
    """Every run of a paper, found by walking its values."""
    if isinstance(of, Run):
        yield of
    elif isinstance(of, tuple):
        for one in of:
            yield from runs(one)
    elif is_dataclass(of) and not isinstance(of, type):
        for field in fields(of):
            yield from runs(getattr(of, field.name))


def part(of: Paper, ident: str) -> tuple[Block, ...]:
    (found,) = [one for one in of.parts if one.ident == ident]
    return found.blocks


def words(of: Paper) -> str:
    return " ".join("".join(texts(of)).split())


def partial(told_: Story, language: Language = "en") -> Report:
    """As for one member before closing."""
    upto, made = len(told_.records), START + 86_400_000
    scheme, state, names = told_.scheme, told_.state, told_.names
    given = ReportInputs(
        scheme, state, told_.id, told_.records, names, language, "Asia/Shanghai", upto, told_.text, made, partial=True
    )
    return report(given)


def erased() -> Story:
    gone = story("stars")
    gone.say("1.2", Rated(Fraction(1, 2), "ratio", "50%"))
    gone.do_erase_with_a_name("A name that must go")
    return gone


# chapters


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STORIES)
def test_chapters_stand_in_their_order_and_none_is_empty(name: str, language: Language) -> None:
    of = paper(STORIES[name]().report(language))
    idents = [one.ident for one in of.parts]
    assert idents == [one for one in ALL if one in idents]
    assert {"result", "breakdown", "readings", "transcript", "record"} <= set(idents)
    assert all(one.title and one.blocks for one in of.parts)
    assert ("findings" in idents) == bool(STORIES[name]().report().panel.findings)
    if name == "gathered":
        assert set(idents) >= set(ALL) - {"charts"}


@pytest.mark.parametrize("name", STORIES)
def test_both_languages_say_the_same_in_other_words(name: str) -> None:
    zh, en = (paper(STORIES[name]().report(language)) for language in LANGUAGES)
    assert (zh.lang, en.lang) == ("zh-CN", "en")
    assert _shape(zh.parts) == _shape(en.parts)
    assert [run.text for run in runs(zh) if run.kind == "code"] == [run.text for run in runs(en) if run.kind == "code"]
    assert [run.at for run in runs(zh) if run.at] == [run.at for run in runs(en) if run.at]
    assert list(texts(zh)) != list(texts(en))


def _shape(of: object) -> Any:
    """Which values stand in which, without their texts."""
    if isinstance(of, tuple):
        return [_shape(one) for one in of]
    if isinstance(of, Run):
        return of.kind
    if is_dataclass(of) and not isinstance(of, type):
        return (type(of).__name__, *(_shape(getattr(of, field.name)) for field in fields(of)))
    return type(of).__name__


def test_the_same_report_gives_the_same_paper() -> None:
    assert paper(gathered().report("zh")) == paper(gathered().report("zh"))


# everything recorded


@pytest.mark.parametrize("kind", e.KINDS)
def test_texts_of_people_stand_in_runs_of_their_own(kind: str) -> None:
    """Whatever somebody typed for an entry of this kind is marked as theirs, and is there to the letter."""
    body = EXAMPLES[kind][2].body
    of = paper(told(kind).report("en"))
    said = {run.text for run in runs(of) if run.kind == "user"}
    typed = [value for field in fields(body) if isinstance(value := getattr(body, field.name), str)]
    typed = [value for value in typed if value[:1].isupper() and len(value) > 1]
    if kind not in {"basis-taken", "answered"}:
        assert set(typed) <= said, set(typed) - said
    assert set(typed) <= {run.text for run in runs(of)}


def test_every_stored_value_of_a_panel_is_there() -> None:
    """Walks all that the report holds of evidence, findings, seals, members and reconsiderations."""
    told_ = gathered()
    whole = words(paper(told_.report("en")))
    panel = told_.report("en").panel
    ours = {"person", "sheet", "keeping", "kind", "state", "album", "question", "file"}
    held: list[Evidence | Finding] = [*(one.item for one in panel.evidence), *(one.item for one in panel.findings)]
    for item in held:
        for name in (field.name for field in fields(type(item)) if field.name not in ours):
            value = getattr(item, name)
            assert not isinstance(value, str) or value in whole, name
    for sealed in (one.sealed for one in panel.seals):
        assert {sealed.head, sealed.key, sealed.signature} <= {run.text for run in runs(paper(told_.report("en")))}
    assert whole.count("Too low?") == 3, "with its question, among reconsiderations, and in the list of entries"


def test_every_entry_is_listed_with_who_when_and_its_hash() -> None:
    told_ = gathered()
    of = paper(told_.report("en"))
    (log,) = [block for block in part(of, "record") if isinstance(block, Table)]
    assert log.kind == "log"
    for row, record in zip(log.rows, told_.records, strict=True):
        number, at, who, _, digest = (cell.line for cell in row.cells)
        assert number == (Run(str(record.header.seq)),)
        assert [run.at for run in at] == [record.header.at]
        assert who[0] == Run(NAMES[record.header.person], "user")
        assert digest == (Run(record.hash[:12], "code"),)


def test_moments_say_when_to_machines_too() -> None:
    for run in runs(paper(gathered().report("en"))):
        looks = len(run.text) == len("2026-05-01 09:46:47") and run.text[4:8:3] == "--"
        assert (run.at is not None) == (looks and run.kind != "user"), run


# every text in the page, in order


def _read(report_: Report) -> tuple[Paper, str]:
    return paper(report_), " ".join(read(html.render(report_)).text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*STORIES, "erased", "partial"])
def test_the_page_says_all_that_the_paper_says_and_in_its_order(name: str, language: Language) -> None:
    of, page = _read(_any(name, language))
    for text in texts(of):
        assert " ".join(text.split()) in page, text
    first, rest = len(list(texts(replace(of, parts=(), ending=())))), list(texts(of))
    at = page.rindex(of.cover.facts.pairs[-1][1][0].text, 0, page.index(of.parts[0].title))
    for text in (" ".join(text.split()) for text in rest[first:]):
        found = page.find(text, at)
        assert found >= 0, text
        at = found + len(text)


def _any(name: str, language: Language) -> Report:
    if name == "partial":
        return partial(panelled(), language)
    return (erased if name == "erased" else STORIES[name])().report(language)


# what must not be said


def test_a_part_tells_nothing_of_how_much_others_did() -> None:
    told_ = panelled()
    of = paper(partial(told_))
    (only,) = part(of, "record")
    assert isinstance(only, Para)
    assert only.kind == "warn"
    assert "may see" in words(of)
    assert told_.records[-1].hash not in words(of)
    assert f"entry {len(told_.records)}" not in words(of)
    assert not [block for block in blocks(of) if isinstance(block, Table) and block.kind == "log"]
    assert "up to entry" in words(paper(told_.report("en"))), "while the whole says so"


def test_of_an_erased_one_its_head_and_the_list_of_entries_remain() -> None:
    of = paper(erased().report("en"))
    assert [one.ident for one in of.parts] == ["record"]
    assert (of.cover.grade, of.cover.status, of.cover.totals, of.cover.lines, of.cover.signatures) == (
        "",
        "",
        (),
        (),
        (),
    )
    (warning,) = of.cover.warnings
    assert "erased" in warning[0].text
    assert "A name that must go" not in words(of)
    assert "编造公司" not in words(of)
    assert of.cover.scheme[0].text == "T/MADE 001-2026"


def test_nasty_texts_are_nobodys_but_theirs() -> None:
    """Bidi signs stand only in runs of kind user, which every format cuts off; the page's head holds none at all."""
    of = paper(nasty().report("zh"))
    for run in runs(of):
        if run.kind != "user":
            assert not set(run.text) & set(SIGNS), run
    assert not set(of.running) & set(SIGNS)
    for text in NASTY:
        assert text.strip() in {run.text for run in runs(of) if run.kind == "user"}


def test_the_running_head_is_short_and_on_one_line() -> None:
    long = story("stars")
    long.do(c.SetHeader("name", "a\nb \u202e\u200d" + "名" * 90))
    running = paper(long.report("zh")).running
    assert running == f"评价记录 · T/MADE 001-2026 · a b {'名' * (RUNNING - 4)}…"
    hidden = replace(long.report("zh"), head=(("name", "\u200b\u202e"),))
    assert paper(hidden).running == "评价记录 · T/MADE 001-2026"


# the first page


def test_who_signs_is_asked_once_it_is_closed() -> None:
    assert paper(adjusted().report("en")).cover.signatures == ()
    of = paper(eventful().report("en")).cover
    assert (of.signatures, of.signing) == (("Lead", "For the organisation"), ("Name", "Signature", "Date"))
    three = story("stars")
    three.do(k.Admit(OTHER, "assessor", "join-1"))
    three.do(k.Admit("p-nobody", "viewer", "join-1"))
    three.fill(Fraction(1))
    three.do(c.Close())
    assert paper(three.report("zh")).cover.signatures == ("审核组长", "评价员", "受评组织代表")
    alone = replace(three.report("en"), mode="self")
    assert paper(alone).cover.signatures[0] == "Responsible for the self-assessment"


def test_an_open_one_says_what_is_still_possible() -> None:
    of = paper(panelled().report("en")).cover
    assert (of.standing, of.grade) == ("undecided", "Incomplete")
    assert "Still possible: Not reached to Row one" in [line[0].text for line in of.lines]


def test_headings_of_clauses_can_be_jumped_to() -> None:
    told_ = eventful()
    named = [block.ident for block in blocks(paper(told_.report())) if isinstance(block, Heading) and block.ident]
    assert [name for name in named if name in told_.scheme.by_id] == list(told_.scheme.by_id)


def test_an_answer_tells_how_it_was_typed_what_it_earned_and_who_gave_it() -> None:
    asked = [block for block in part(paper(eventful().report("en")), "transcript") if isinstance(block, Box)]
    (hotline,) = [box for box in asked if isinstance(box.blocks[0], Heading) and box.blocks[0].ident == "2.1"]
    (answer,) = [box for box in hotline.blocks if isinstance(box, Box) and box.kind == "answer"]
    given = answer.blocks[0]
    assert isinstance(given, Para)
    assert given.kind == "given"
    assert given.line[0] == Run("77.78%", "strong")
    assert "".join(run.text for run in given.line).startswith("77.78% → 23.33 of 30 points typed 7/9 · ")
    assert Run("7/9", "user") in given.line
    assert Run(NAMES[LEAD], "user") in given.line


def test_sums_show_each_step_of_the_arithmetic() -> None:
    sums = [
        block for block in blocks(paper(adjusted().report("en"))) if isinstance(block, Facts) and block.kind == "sums"
    ]
    known = {name: "".join(run.text for run in line) for name, line in sums[0].pairs}
    assert known["Earned / due"] == "64 / 80"
    assert known["Before adjustments"] == "80"
    assert known["Deductions and bonus"] == "-1"
    assert known["Exact value"] == "79"
    assert known["High (90)"] == "11 short"
