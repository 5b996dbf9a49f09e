from bot.domain import commands as c
from bot.domain.answers import NotApplicable
from bot.domain.scheme import QuestionId
from bot.view.notes import ask_note, ask_reason, notes
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import desk, give
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP = scheme("stars"), scheme("shop")
Q = QuestionId("2.1", "total")


def test_all_notes_stand_there_in_full_with_their_time() -> None:
    at = desk(STARS, c.WriteNote("s1", Q, "第一条"), c.WriteNote("s1", Q, "第二条\n分两行"))
    shown = plain(notes(ZH, at, Q).text)
    assert shown.index("第一条") < shown.index("第二条\n分两行")
    assert "2.1 【热线】" in shown
    assert shown.count("（中国标准时间）") == 2


def test_a_revised_note_says_so() -> None:
    written = desk(STARS, c.WriteNote("s1", Q, "旧"))
    seq = written.state.seq
    at = desk(STARS, c.WriteNote("s1", Q, "旧"), c.ReviseNote(seq, "新"))
    shown = plain(notes(EN, at, Q).text)
    assert "revised since" in shown
    assert "新" in shown
    assert "旧" not in shown


def test_a_long_note_goes_on_on_further_pages_and_nothing_is_lost() -> None:
    text = "".join(f"{n:04d}👍" for n in range(1900))
    at = desk(STARS, c.WriteNote("s1", Q, text))
    pages: list[str] = []
    while not pages or "Next ›" in labels(notes(EN, at, Q, len(pages) - 1)):
        pages.append(plain(notes(EN, at, Q, len(pages)).text))
    assert len(pages) > 3
    assert text == "".join(page.split("\n\n")[1].partition("\n")[2] for page in pages)


def test_without_notes_one_can_be_added() -> None:
    screen = notes(ZH, desk(STARS), Q)
    assert "还没有备注" in plain(screen.text)
    assert payloads(screen)["再写一条"] == "1:w:s123456789:2.1/total"


def test_asking_for_a_note_can_be_left() -> None:
    screen = ask_note(ZH, desk(STARS, c.WriteNote("s1", Q, "先前的")), Q)
    assert "请写备注" in plain(screen.text)
    assert "先前的" in plain(screen.text)
    assert payloads(screen) == {"取消": "1:q:s123456789:2.1/total"}


def test_a_reason_is_asked_for_and_nothing_recorded_without_it() -> None:
    question = QuestionId("5.2.1", "total")
    assert "有了理由才会记为不适用" in plain(ask_reason(ZH, desk(SHOP), question).text)
    at = desk(SHOP, give(question, NotApplicable("不送货")))
    assert "不送货" in plain(ask_reason(ZH, at, question).text)
