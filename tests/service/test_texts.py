"""What typed texts mean: a rating in many forms, a note, a reason, a field, a name."""

import pytest

from bot.view.places import AskField, Head, Notes
from tests.service.scene import ORGANISATION, PANEL, SHOP, SITES, STARS, Scene, say


@pytest.mark.parametrize(
    ("scheme", "clause", "typed", "kept", "shown"),
    [
        (STARS, "2.1", "85", "17/20", "85% → 25.5/30"),
        (STARS, "2.1", "８５％", "17/20", "85%"),
        (STARS, "2.1", "0.5", "1/2", "50%"),
        (STARS, "2.1", "48/50", "24/25", "96%"),
        (STARS, "2.1", "1/3", "1/3", "33.33%"),
        (STARS, "2.1", "85分", "17/20", "85%"),
        (STARS, "2.1", "0", "0", "0%"),
        (PANEL, "S.1.1", "0.7", "7/10", "α 0.70"),
        (PANEL, "M.1", "四级", "4/5", "四级"),
        (PANEL, "M.1", "4", "4/5", "四级"),
        (PANEL, "M.1", "level 4", "4/5", "四级"),
        (SITES, "1.1", "85%", "17/20", "85%"),
    ],
)
def test_a_typed_rating_and_how_it_was_understood(
    scheme: str, clause: str, typed: str, kept: str, shown: str, ann: Scene
) -> None:
    ref = ann.begin(scheme)
    ann.say(f"#{clause}")
    question = ann.focus.question
    ann.say(typed)
    assert ann.answers(ref) == [(question, kept)]
    assert shown in ann.top
    assert typed in ann.top, "what was typed stands beside what it was taken for"
    assert ann.focus.question != question


def test_the_same_rating_again_is_no_new_answer(ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    ann.say("80")
    ann.say("#2.1")
    ann.say("80%")
    assert ann.top.startswith(say("line.already-saved", clause="2.1", answer="80%"))
    assert ann.answers(ref) == [("2.1/total", "4/5")]


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [("1", "100% → 30/30 分", "1% → 0.3/30 分"), ("5分", "16.67% → 5/30 分", "5% → 1.5/30 分")],
)
def test_a_rating_of_two_meanings_asks(typed: str, first: str, second: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    ann.say(typed)
    assert ann.answers(ref) == []
    assert ann.top == say("line.which")
    assert ann.labels[:2] == [first, second]
    ann.tap(second)
    assert len(ann.answers(ref)) == 1
    ann.say("#2.1")
    assert second.split(" ", maxsplit=1)[0] in ann.text


def test_choices_stand_on_the_card_wherever_it_was_typed(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(Notes(ann.sheet(ref), "2.1/total"))
    ann.say("1")
    assert "100% → 30/30 分" in ann.labels
    ann.press(Notes(ann.sheet(ref), "2.1/total"))
    ann.say("一段话")
    assert say("button.keep-note") in ann.labels


def test_a_number_too_long_for_a_button_is_still_not_lost(ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    ann.say("3.14159265358979323846分")
    assert ann.answers(ref) == []
    ann.tap("button.keep-note")
    assert ann.notes(ref) == ["3.14159265358979323846分"]


@pytest.mark.parametrize("typed", ["101", "-1", "6/5", "0/0", "200%"])
def test_a_number_outside_the_scale_is_refused(typed: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    ann.say(typed)
    assert ann.top == say("refusal.out-of-range.ratio", typed=typed)
    assert ann.answers(ref) == []
    assert ann.focus.pending == ()


@pytest.mark.parametrize("typed", ["80", "101", "0.5"])
def test_a_veto_row_takes_its_buttons_only(typed: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.say(typed)
    assert ann.top == say("refusal.by-button")
    assert ann.answers(ref) == []
    ann.say("合规")
    assert ann.tap("button.keep-note").toast
    assert ann.notes(ref) == ["合规"]


def test_another_text_waits_with_the_question_it_was_typed_at(ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    ann.say("热线有人接")
    assert ann.notes(ref) == []
    ann.say("90")
    assert "热线有人接" in ann.text, "it waits on the next card too"
    assert ann.tap("button.keep-note").toast == say("line.notes-saved", n=1, clause="2.1")
    assert [str(entry.question) for entry in ann.entries(ref)[-1:]] == ["2.1/total"]
    assert ann.focus.pending == ()


def test_several_notes_on_one_question(ann: Scene) -> None:
    ref = ann.begin()
    for text in ("第一条 <b>& 1</b>", "第二条\n两行"):
        ann.tap("写备注" if say("button.note") in ann.labels else "备注 1")
        if say("button.add-note") in ann.labels:
            ann.tap("button.add-note")
        ann.say(text)
        assert ann.focus.question == "1.1/veto"
    assert ann.notes(ref) == ["第一条 <b>& 1</b>", "第二条\n两行"]
    ann.tap(say("button.notes", n=2))
    assert "第一条 &lt;b&gt;&amp; 1&lt;/b&gt;" in ann.text
    assert "第二条\n两行" in ann.text


def test_a_text_that_the_client_cut_goes_on_in_the_next(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("button.note")
    expects = []
    for text in ("备" * 4096, "注"):
        ann.say(text)
        expects.append(ann.focus.expects)
    assert expects == ["note", "rating"]
    assert ann.notes(ref) == ["备" * 4096, "注"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [("\u200b", say("refusal.text-empty")), ("备" * 10_001, say("refusal.text-too-long", limit=10_000, length=10_001))],
)
def test_a_note_of_nothing_or_too_much(typed: str, why: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("button.note")
    ann.say(typed)
    assert why in ann.top
    assert ann.notes(ref) == []
    assert ann.focus.expects == "note", "the next text is still the note"


def test_where_nothing_is_asked_a_text_is_not_kept(ann: Scene) -> None:
    ann.say("你好")
    assert ann.top == say("line.not-asked")
    ann.begin()
    ann.tap("button.head")
    ann.say("80")
    assert ann.top == say("line.not-asked")


def test_begin_with_a_name(ann: Scene) -> None:
    ann.order("new")
    ann.tap("编造扣分")
    ann.tap("mode.audit")
    ann.say("\u200b")
    assert not ann.listed
    ann.say("字" * 201)
    assert ann.top == say("refusal.text-too-long", limit=200, length=201)
    ann.say("  示例\u202e公司\n ")
    state = ann.state(ann.listed[0].ref)
    assert (state.scheme, state.mode, state.header) == (SHOP, "audit", {"organisation": "示例公司"})
    assert ann.listed[0].asked == 5
    assert ann.top == say("line.begun")


def test_begin_by_a_standard_that_is_gone(ann: Scene) -> None:
    ann.order("start")
    with ann.world.store.write() as unit:
        focus = type(ann.focus)(place="1:n", expects="new-organisation", argument="gone:self")
        unit.focus.put(ann.person, ann.who.channel, focus)
    ann.say(ORGANISATION)
    assert ann.listed == ()
    assert ann.top


def test_fields_of_the_head(ann: Scene) -> None:
    ref = ann.begin()
    for field in ("name", "scope", "sites", "period", "participants"):
        label = say(f"field.{field}")
        ann.press(Head(ref))
        ann.tap(say("head.edit", field=label))
        ann.say(f"填写{field}")
        assert ann.top == say("line.field-saved", field=label)
        assert f"填写{field}" in ann.text
        ann.press(AskField(ref, field))
        ann.say(f"改过 {field}")
        assert ann.state(ref).header[field] == f"改过 {field}"
        ann.press(AskField(ref, field))
        assert ann.tap("button.empty").toast == say("line.field-emptied", field=label)
        assert f"改过 {field}" not in ann.text
        assert ann.state(ref).header[field] == ""


def test_an_organisation_can_be_changed_but_not_emptied(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(AskField(ref, "organisation"))
    assert say("button.empty") not in ann.labels
    assert ann.press(f"1:E:{ref}:organisation").toast == say("refusal.text-empty")
    ann.press(AskField(ref, "organisation"))
    ann.say("新名字公司")
    assert ann.state(ref).header["organisation"] == "新名字公司"
    assert ann.listed[0].name == "新名字公司"


def test_a_name_of_its_own_for_the_list(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(AskField(ref, "name"))
    ann.say("华东试评")
    assert ann.listed[0].name == "华东试评"
    ann.order("my")
    assert "1. 华东试评" in ann.labels
    ann.press(AskField(ref, "name"))
    ann.tap("button.empty")
    assert ann.listed[0].name == ORGANISATION


def test_what_is_no_text_is_told_and_its_caption_waits(ann: Scene) -> None:
    ref = ann.begin()
    ann.send("sticker")
    assert ann.top == say("line.not-taken", kind=say("kind.sticker"))
    ann.send("photo", "营业执照")
    assert ann.top == say("line.not-taken", kind=say("kind.photo"))
    assert [item.text for item in ann.focus.pending] == ["营业执照"]
    ann.tap("button.keep-note")
    assert ann.notes(ref) == ["营业执照"]
    ann.order("my")
    ann.send("paid_media", "别处的")
    assert ann.top == say("line.not-taken", kind=say("kind.other"))
    assert ann.focus.pending == ()


def test_a_text_on_an_old_screen_of_a_closed_assessment(ann: Scene) -> None:
    ref = ann.closed()
    ann.press(Notes(ann.sheet(ref), "2.1/total"))
    for text in ("90", "一段话"):
        ann.say(text)
        assert ann.top == say("refusal.assessment-closed")
    assert ann.focus.pending == ()
