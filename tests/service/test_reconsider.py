"""Submitting sheets, seeing where they disagree, asking for another look: as people do it, in their chats."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import panel_commands as k
from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven, Closed, SheetOpened, SheetSetAside, SheetSubmitted
from bot.domain.panel_entries import RatingUpheld, ReconsiderationAsked
from bot.domain.record import Source
from bot.service.cases import Cases, Stamp
from bot.service.world import World
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import BeginTap, SubmitTap
from bot.words import Words
from tests.service.bench import Bench, admit, bench, opened, seated, told
from tests.service.scene import PANEL, REAL, SHOP, SITES, Clock, Scene, say

LAST = "3/total"


@pytest.fixture(scope="module")
def made(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bench]:
    """The panel in its places, made once: its file, to be copied."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("bench") / "bench.db"))
    with opened(file, "a", Clock()) as world:
        return file, bench(world)


@pytest.fixture
def at(made: tuple[Path, Bench], tmp_path: Path) -> Iterator[Bench]:
    file, template = made
    clock = Clock()
    clock.ahead(timedelta(hours=1))
    with opened(Path(shutil.copy(file, tmp_path / "bench.db")), "b", clock) as world:
        yield seated(template, world)


def fill(at: Bench, *ratings: tuple[Scene, str]) -> None:
    """Every question of each person's sheet alike."""
    for someone, rating in ratings:
        someone.press(places.NextOpen(at.sheet(someone)))
        someone.fill(rating)


def disagreed(at: Bench) -> None:
    """One rates high, two low, the lead in between; all are submitted."""
    fill(at, (at.one, "95"), (at.two, "40"), (at.lead, "70"))
    at.submit(at.one, at.two, at.lead)


def ask(at: Bench, someone: Scene, why: str, question: str = LAST) -> None:
    at.lead.press(places.AskReconsider(at.ref, at.sheet(someone), question))
    at.lead.say(why)


# beginning


def test_an_assessor_begins_a_sheet_from_the_head(world: World, ann: Scene, bo: Scene) -> None:
    ref = ann.begin()
    admit(ann, ref, bo)
    bo.press(places.Head(ref))
    bo.tap("button.begin-own")
    bo.tap("button.begin-sheet")
    assert bo.focus.question == "1.1/veto"
    opened = [entry for entry in ann.entries(ref) if isinstance(entry.body, SheetOpened)]
    assert [(one.person, one.body) for one in opened][1] == (bo.person, SheetOpened("", ("total",)))
    assert bo.press(BeginTap(ref, "total")).toast == say("line.sheet-begun-already")
    assert len(ann.state(ref).sheets) == 2, "tapped twice it is one"


def test_the_dimensions_are_the_assessors_choice_where_there_are_several(ann: Scene, bo: Scene) -> None:
    ref = ann.begin(PANEL)
    admit(ann, ref, bo)
    bo.press(places.Sheets(ref))
    assert len([label for label in bo.labels if label.startswith(say("button.begin-sheet-of", dimensions=""))]) == 3
    bo.press(BeginTap(ref, "service"))
    (sheet,) = (one for one in ann.state(ref).sheets.values() if one.person == bo.person)
    assert sheet.covers == {"service"}


def test_where_units_are_sampled_each_has_a_name(ann: Scene, bo: Scene) -> None:
    ref = ann.begin(SITES)
    admit(ann, ref, bo)
    bo.press(places.Sheets(ref))
    bo.tap(bo.labels[0])
    assert bo.focus.expects == "round"
    bo.say("甲站")
    assert bo.press(BeginTap(ref, "service")).toast == say("refusal.text-empty")
    bo.press(BeginTap(ref, "management"))
    mine = [one for one in ann.state(ref).sheets.values() if one.person == bo.person]
    assert [(one.round, set(one.covers)) for one in mine] == [("甲站", {"service"}), ("", {"management"})]


def test_who_only_looks_on_begins_nothing(at: Bench) -> None:
    assert at.viewer.press(BeginTap(at.ref, "total")).toast == say("refusal.not-allowed")
    at.viewer.press(places.Head(at.ref))
    assert say("button.begin-own") not in at.viewer.labels


# submitting


def test_a_sheet_is_submitted_once_and_changes_no_more(at: Bench) -> None:
    assert at.one.press(SubmitTap(at.sheet(at.one))).toast == say("refusal.sheet-incomplete", open=5)
    at.one.press(places.ConfirmSubmit(at.sheet(at.one)))
    assert say("button.submit-for-good") not in at.one.labels
    fill(at, (at.one, "80"))
    at.one.press(p.FlagTap(at.sheet(at.one), LAST, 1))
    at.one.press(places.Check(at.sheet(at.one)))
    at.one.tap("button.submit")
    assert say("check.flagged", n=1) in at.one.text
    assert say("submit.means") in at.one.text
    assert at.one.labels[0] == say("button.submit-later"), "the safe choice first"
    at.one.tap("button.submit-for-good")
    assert isinstance(at.lead.entries(at.ref)[-1].body, SheetSubmitted)
    entries = at.lead.entries(at.ref)
    assert at.one.press(SubmitTap(at.sheet(at.one))).toast == say("line.already-submitted")
    at.one.press(places.Card(at.sheet(at.one), LAST))
    at.one.say("10")
    assert at.one.top == say("refusal.sheet-closed")
    assert at.one.press(p.AnswerTap(at.sheet(at.one), LAST, "1", 1)).toast == say("refusal.sheet-closed")
    assert at.lead.entries(at.ref) == entries


def test_a_raised_veto_may_be_submitted_alone(at: Bench) -> None:
    at.rate(at.one, [("1.1/veto", "v1")])
    at.one.press(places.ConfirmSubmit(at.sheet(at.one)))
    assert say("submit.vetoed") in at.one.text
    at.one.tap("button.submit-for-good")
    assert at.state_of(at.one).status == "submitted"


def test_one_alone_submits_by_closing_as_before(ann: Scene) -> None:
    ref = ann.begin()
    ann.fill()
    assert say("button.submit") not in ann.labels
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    kinds = [type(entry.body) for entry in ann.entries(ref)]
    assert kinds[kinds.index(SheetSubmitted) + 1] is Closed


def test_the_lead_hears_of_a_submission_once_in_their_language(at: Bench) -> None:
    fill(at, (at.one, "80"))
    at.lead.press(places.Card(at.sheet(at.lead), "2.1/total"))
    stood = at.lead.focus
    at.submit(at.one, at.one)
    (text,) = told(at.lead)
    assert say("tell.submitted", who=at.one.who.name, sheet=say("sheet.main")) in text
    assert say("tell.left", n=2) in text
    assert at.lead.focus == stood, "where the lead was does not change"
    assert say("button.others") in at.lead.labels, "on the card that they had before them"
    assert told(at.two) == told(at.one) == told(at.viewer) == []


# what the lead sees


def test_a_rating_lead_sees_how_far_others_are_and_what_they_rated_only_after_submitting(at: Bench) -> None:
    fill(at, (at.one, "95"), (at.two, "40"))
    at.submit(at.one)
    at.lead.press(places.Others(at.ref))
    assert say("others.blind") in at.lead.text
    assert say("others.open", answered=5, asked=5) in at.lead.text
    assert "95" not in at.lead.text
    at.lead.press(places.Difference(at.ref, LAST))
    assert say("differ.nobody") in at.lead.text
    fill(at, (at.lead, "70"))
    at.submit(at.lead)
    at.lead.press(places.Difference(at.ref, LAST))
    assert "95%" in at.lead.text
    assert "40%" not in at.lead.text, "the other is not submitted yet"


def test_a_rating_lead_closes_only_what_they_have_seen(at: Bench) -> None:
    fill(at, (at.one, "95"), (at.two, "40"), (at.lead, "70"))
    assert at.lead.press(p.CloseTap(at.ref, at.lead.of(at.ref).seq)).toast == say("refusal.sheets-open", open=2)
    at.submit(at.one, at.two)
    at.lead.press(places.ConfirmClose(at.ref))
    assert say("button.close-for-good") not in at.lead.labels
    assert at.lead.press(p.CloseTap(at.ref, at.lead.of(at.ref).seq)).toast == say("line.submit-first")
    assert not at.lead.state(at.ref).closed
    at.submit(at.lead)
    at.lead.press(places.ConfirmClose(at.ref))
    at.lead.tap("button.close-for-good")
    assert at.lead.state(at.ref).closed


def test_disagreements_stand_by_their_effect_with_names(at: Bench) -> None:
    disagreed(at)
    at.lead.press(places.Differences(at.ref))
    rows = [line for line in at.lead.text.splitlines() if line.startswith("<b>")]
    assert [row.removeprefix("<b>").split(" ")[0] for row in rows[1:]] == ["3", "2.1", "1.2", "2.10"]
    assert "示例员 2002 95%" in at.lead.text
    assert "示例员 3003 40%" in at.lead.text
    assert say("differ.decides") in at.lead.text
    at.lead.tap("2.10")
    assert at.lead.focus.place == f"1:bq:{at.ref}:2.10/total"
    at.lead.press(places.Result(at.ref))
    assert "示例员 3003" in at.lead.text


def test_notes_of_a_question_are_shown_whole_over_pages(at: Bench) -> None:
    at.one.press(places.AskNote(at.sheet(at.one), LAST))
    long = "长" * 3000 + "末尾"
    at.one.say(long)
    disagreed(at)
    shown = ""
    for page in range(3):
        at.lead.press(places.Difference(at.ref, LAST, page))
        shown += at.lead.text
    assert shown.count("长") == 3000
    assert "末尾" in shown


def test_differing_sets_of_rows_left_out_are_pointed_out(world: World) -> None:
    at = bench(world, SHOP, lead_rates=False)
    for someone, out in ((at.one, True), (at.two, False)):
        for question in ("1.1/total", "1.2/total", "5.2.1/total", "5.2.2/total"):
            at.rate(someone, [(question, "3/4")])
        someone.press(places.NextOpen(at.sheet(someone)))
        someone.fill("75")
        if out:
            someone.press(places.AskReason(at.sheet(someone), "5.2.2/total"))
            someone.say("没有这项")
    at.submit(at.one, at.two)
    at.lead.press(places.Differences(at.ref))
    assert say("others.uneven") in at.lead.text
    assert say("differ.uneven") in at.lead.text


def test_habits_are_told_to_the_lead_in_a_neutral_line(world: World) -> None:
    at = bench(world, REAL, lead_rates=False)
    fill(at, (at.one, "80"))
    at.submit(at.one)
    at.lead.press(places.Others(at.ref))
    straight = say("others.straight", ratings=20, same=20)
    assert straight in at.lead.text
    assert say("others.quick", seconds="#").partition("#")[0] in at.lead.text
    at.one.press(places.Sheets(at.ref))
    assert straight not in at.one.text


# another look


def test_an_assessor_is_asked_looks_again_and_rates_anew(at: Bench) -> None:
    disagreed(at)
    ask(at, at.two, "请看现场照片")
    asked = at.lead.entries(at.ref)[-1]
    assert (asked.body, str(asked.question)) == (ReconsiderationAsked("请看现场照片"), LAST)
    assert say("differ.asked", reason="请看现场照片") in at.lead.text
    (text,) = told(at.two)
    assert "请看现场照片" in text
    assert told(at.one) == []
    at.two.tap("button.look-again")
    assert at.two.focus.question == LAST
    assert say("card.asked", reason="请看现场照片") in at.two.text
    at.two.say("60")
    assert at.two.top.startswith("✓")
    given = at.lead.entries(at.ref)[-1]
    assert isinstance(given.body, AnswerGiven)
    assert isinstance(given.body.answer, Rated)
    assert given.revision == 2
    assert "60%" in told(at.lead)[-1]
    at.two.press(places.Card(at.sheet(at.two), LAST))
    at.two.say("50")
    assert at.two.top == say("refusal.sheet-closed"), "once asked, once answered"


def test_an_assessor_keeps_the_rating_and_says_why(at: Bench) -> None:
    disagreed(at)
    ask(at, at.two, "请看现场照片")
    at.two.press(places.Head(at.ref))
    at.two.tap("button.look-again")
    at.two.tap("button.uphold")
    at.two.say("\u200b")
    assert at.two.focus.expects == "uphold-reason"
    at.two.say("照片上也看不到")
    assert at.lead.entries(at.ref)[-1].body == RatingUpheld("照片上也看不到")
    assert "照片上也看不到" in told(at.lead)[-1]
    assert at.state_of(at.two).asked == {}


def test_nobody_but_the_lead_asks_and_only_of_what_is_submitted(at: Bench) -> None:
    fill(at, (at.two, "40"))
    ask(at, at.two, "再看")
    assert at.lead.top == say("refusal.sheet-closed")
    at.submit(at.two)
    before = at.lead.entries(at.ref)
    for someone in (at.one, at.viewer):
        someone.press(places.AskReconsider(at.ref, at.sheet(at.two), LAST))
        assert someone.focus.place == f"1:d:{at.ref}"
        someone.say("再看")
    assert at.lead.entries(at.ref) == before


def test_what_has_no_reply_is_said_before_closing(at: Bench) -> None:
    disagreed(at)
    ask(at, at.two, "再看")
    at.lead.press(places.ConfirmClose(at.ref))
    assert say("close.asked", n=1) in at.lead.text
    at.lead.tap("button.close-for-good")
    assert at.lead.state(at.ref).closed
    at.two.press(places.Card(at.sheet(at.two), LAST))
    at.two.say("60")
    assert at.lead.state(at.ref).sheets[at.state_of(at.two).id].given == at.state_of(at.two).given


# setting aside


def test_an_open_sheet_is_set_aside_with_a_reason_after_a_warning(at: Bench) -> None:
    at.rate(at.two, [(LAST, "1/5")])
    at.lead.press(places.Others(at.ref))
    at.lead.tap(say("button.set-aside-of", name=at.two.who.name))
    assert say("aside.means") in at.lead.text
    assert say("aside.veto") in at.lead.text
    assert at.lead.labels[0] == say("button.keep-sheet")
    at.lead.tap("button.set-aside-why")
    at.lead.say("中途调走")
    assert at.lead.entries(at.ref)[-1].body == SheetSetAside("中途调走")
    (text,) = told(at.two)
    assert "中途调走" in text
    at.two.press(places.Sheets(at.ref))
    assert "中途调走" in at.two.text


def test_a_sheet_that_raises_a_veto_stays(at: Bench) -> None:
    at.rate(at.two, [("1.1/veto", "v1")])
    at.lead.press(places.AskAside(at.ref, at.sheet(at.two)))
    at.lead.say("不要了")
    assert at.lead.top == say("refusal.veto-stands")
    assert at.state_of(at.two).status == "open"


def test_each_is_told_in_their_own_language(at: Bench) -> None:
    at.two.press(p.LanguageTap("en"))
    disagreed(at)
    ask(at, at.two, "再看")
    assert Words.of("en").say("tell.asked-how") in told(at.two)[-1]
    assert at.two.labels[0] == Words.of("en").say("button.look-again")


def test_who_belongs_no_more_is_told_nothing(at: Bench) -> None:
    world = at.lead.world
    fill(at, (at.two, "40"))
    at.submit(at.two)
    before = told(at.two)
    with world.store.write() as unit:
        cases = Cases(world, unit, unit.people.get(at.lead.person))
        cases.act(cases.by_ref(at.ref), k.Remove(at.two.person, "离职"), Stamp(world.clock(), Source("", "", "", "")))
    at.lead.press(places.AskAside(at.ref, at.sheet(at.two)))
    at.lead.say("已离开")
    assert at.lead.entries(at.ref)[-1].body == SheetSetAside("已离开")
    assert told(at.two) == before


def test_all_names_stand_in_the_result_once_it_is_closed(at: Bench) -> None:
    disagreed(at)
    at.lead.press(places.ConfirmClose(at.ref))
    at.lead.tap("button.close-for-good")
    for someone in (at.one, at.viewer):
        someone.press(places.Result(at.ref))
        assert at.two.who.name in someone.text
