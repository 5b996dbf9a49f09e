"""What evidence, notes and findings are called before an assessor: nothing that moves with what others do."""

from bot.service.numbers import _FIELDS, COUNTED
from bot.service.world import World
from bot.view import places
from bot.view.findings_places import FindingStateTap
from bot.view.life_places import EraseTap
from bot.view.payload import Tap, decode
from bot.view.places import Place
from tests.service.bench import Bench, bench
from tests.service.proofs import arrive, held, picture, sent
from tests.service.scene import Scene, say


def numbered(scene: Scene, kind: type[Place | Tap], field: str) -> list[int]:
    """What the buttons of this kind on the card say."""
    payloads = [decode(button.payload) for row in scene.screen.rows for button in row]
    return [getattr(one, field) for one in payloads if isinstance(one, kind)]


def proven(at: Bench, someone: Scene, caption: str) -> None:
    someone.press(places.Card(at.sheet(someone), "2.1/total"))
    sent(someone, caption=caption)
    arrive(at.lead.world, picture())


def test_an_assessors_own_are_counted_and_the_lead_sees_the_numbers_of_entries(world: World) -> None:
    at = bench(world)
    proven(at, at.two, "乙一")
    proven(at, at.one, "甲一")
    proven(at, at.one, "甲二")
    at.one.press(places.EvidenceBoard(at.ref))
    assert numbered(at.one, places.EvidenceItem, "seq") == [COUNTED + 1, COUNTED + 2]
    assert "1. " in at.one.text
    at.one.press(places.EvidenceItem(at.ref, COUNTED + 2))
    assert "甲二" in at.one.text
    assert at.one.focus.place == f"1:ei:{at.ref}:{max(held(at.lead, at.ref))}", "inside it is the number of the entry"
    at.lead.press(places.AskSetAside(at.sheet(at.lead)))
    at.lead.say("不评分")
    at.one.press(places.Card(at.sheet(at.one), "1.1/veto"))
    at.one.fill()
    at.submit(at.one)
    at.lead.press(places.EvidenceBoard(at.ref))
    mine = [seq for seq, one in held(at.lead, at.ref).items() if one.person == at.one.person]
    assert numbered(at.lead, places.EvidenceItem, "seq") == mine


def test_what_is_called_by_nothing_opens_nothing(world: World) -> None:
    at = bench(world)
    proven(at, at.two, "乙一")
    proven(at, at.one, "甲一")
    for number in (COUNTED + 2, COUNTED, 2 * COUNTED):
        at.one.press(places.EvidenceItem(at.ref, number))
        assert "甲一" not in at.one.text
        assert "乙一" not in at.one.text
    assert at.one.press(places.EvidenceItem("zzzzzzzz", COUNTED + 1)).toast == say("refusal.unknown-assessment")


def test_a_button_keeps_its_meaning_when_the_assessment_is_closed(world: World) -> None:
    at = bench(world)
    proven(at, at.two, "乙一")
    proven(at, at.one, "甲一")
    at.lead.press(places.AskSetAside(at.sheet(at.lead)))
    at.lead.say("不评分")
    for someone in (at.one, at.two):
        someone.press(places.Card(at.sheet(someone), "1.1/veto"))
        someone.fill()
        at.submit(someone)
    at.lead.press(places.ConfirmClose(at.ref))
    at.lead.tap("button.close-for-good")
    at.one.press(places.EvidenceItem(at.ref, COUNTED + 1))
    assert "甲一" in at.one.text
    at.one.press(places.EvidenceBoard(at.ref))
    assert numbered(at.one, places.EvidenceItem, "seq") == list(held(at.lead, at.ref)), "all may be seen now"


def test_an_erased_note_leaves_the_names_of_the_others(world: World) -> None:
    """A card tapped twice must not erase the next one, whether the bot was started anew meanwhile or not."""
    at = bench(world)
    for someone, text in ((at.two, "乙"), (at.one, "甲一"), (at.two, "乙二"), (at.one, "甲二")):
        someone.press(places.AskNote(at.sheet(someone), "2.1/total"))
        someone.say(text)
    at.one.press(places.Texts(at.ref))
    first, second = sorted(numbered(at.one, places.ConfirmErase, "of"))
    assert (first, second) == (COUNTED + 1, COUNTED + 2)
    at.one.press(places.ConfirmErase(at.ref, first))
    (tap,) = {EraseTap(at.ref, first, reason) for reason in reasons(at.one)[:1]}
    for _ in range(2):
        at.one.press(tap)
        world.folds.forget()
    assert "甲二" in [note.text for notes in at.state_of(at.one).notes.values() for note in notes]
    at.one.press(places.Texts(at.ref))
    assert numbered(at.one, places.ConfirmErase, "of") == [second]


def reasons(scene: Scene) -> list[str]:
    payloads = [decode(button.payload) for row in scene.screen.rows for button in row]
    return [one.reason for one in payloads if isinstance(one, EraseTap)]


def test_findings_are_everybodys_and_counted_together(world: World) -> None:
    at = bench(world)
    at.rate(at.two, [("2.1/total", "1/2")])
    for someone, text in ((at.two, "乙的观察"), (at.one, "甲的观察")):
        someone.press(places.AskFinding(at.ref, "observation"))
        someone.say(text)
    at.one.press(places.Findings(at.ref))
    assert sorted(numbered(at.one, places.FindingItem, "number")) == [COUNTED + 1, COUNTED + 2]
    at.one.press(places.FindingItem(at.ref, COUNTED + 2))
    assert "甲的观察" in at.one.text
    states = numbered(at.one, FindingStateTap, "number")
    assert set(states) <= {COUNTED + 2}


def test_no_card_of_a_question_has_a_button_that_names_an_entry(world: World) -> None:
    """They leave the bot as they are made (`show.show`), before an assessor too."""
    at = bench(world)
    proven(at, at.one, "甲一")
    at.one.press(places.AskFinding(at.ref, "minor", "2.1"))
    at.one.say("少一份记录")
    at.one.press(places.AskNote(at.sheet(at.one), "2.1/total"))
    at.one.say("看过")
    for view in ("", "m", "b3"):
        at.one.press(places.Card(at.sheet(at.one), "2.1/total", view))
        sent_by = {type(decode(button.payload)) for row in at.one.screen.rows for button in row}
        assert sent_by.isdisjoint(_FIELDS)
        assert view or {say(f"button.{key}", n=1) for key in ("evidence-many", "findings-many", "notes")} <= set(
            at.one.labels
        )
