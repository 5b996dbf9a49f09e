"""Several sheets of one person: sampled units, and how many there must be."""

from bot.domain.entries import PopulationSet, SheetOpened, SheetSetAside
from bot.view import payload as p
from bot.view import places
from bot.view.payload import decode
from tests.service.scene import SITES, Scene, say


def opened(scene: Scene, ref: str) -> list[SheetOpened]:
    return [entry.body for entry in scene.entries(ref) if isinstance(entry.body, SheetOpened)]


def unit(scene: Scene, ref: str, name: str) -> str:
    """Another unit's sheet, at its first question; its public name."""
    scene.press(places.AskRound(ref, "service"))
    scene.say(name)
    place = decode(scene.focus.place)
    assert isinstance(place, places.Card)
    return place.sheet


def test_how_many_there_are_is_a_whole_number(ann: Scene) -> None:
    ref = ann.begin(SITES)
    ann.press(places.AskPopulation(ref))
    for typed in ("0", "很多", "1.5", "9" * 30):
        ann.say(typed)
        assert ann.focus.expects == "population", typed
    assert ann.state(ref).population is None
    message = ann.say("１２")
    assert ann.entries(ref)[-1].body == PopulationSet(12)
    assert ann.focus.place == f"1:S:{ref}"
    ann.edit(message, "13 ")
    assert ann.entries(ref)[-1].body == PopulationSet(13)


def test_each_unit_has_a_sheet_of_its_own(ann: Scene) -> None:
    ref = ann.begin(SITES)
    first = unit(ann, ref, "甲\0\u202e站\ud800")
    assert opened(ann, ref)[1] == SheetOpened("甲站\ufffd", ("service",))
    ann.fill("0.7")
    second = unit(ann, ref, "乙站")
    assert first != second
    assert ann.focus.question == "1.2/service"
    ann.say("0.9")
    sheets = list(ann.state(ref).sheets.values())
    assert [len(sheet.given) for sheet in sheets] == [0, 3, 1]
    ann.press(places.AskRound(ref, "service"))
    for name in ("乙站", " 乙站 ", "\u200b"):
        ann.say(name)
    assert len(opened(ann, ref)) == 3, "a name once, and none without"
    ann.press(places.Sheets(ref))
    assert "甲站" in ann.text
    assert "乙站" in ann.text


def test_a_sheet_that_there_is_not(ann: Scene) -> None:
    ref = ann.begin(SITES)
    assert ann.press(places.AskRound(ref, "nothing")).toast == say("line.gone")
    ann.press(places.AskRound(ref, "management"))
    ann.say("第二张")
    assert ann.top == say("refusal.not-allowed")
    assert len(opened(ann, ref)) == 1


def test_a_sheet_is_set_aside_with_a_reason_and_stays_in_the_record(ann: Scene) -> None:
    ref = ann.begin(SITES)
    sheet = unit(ann, ref, "甲站")
    ann.press(places.AskSetAside(sheet))
    ann.say("\u200b")
    assert ann.focus.expects == "set-aside-reason"
    ann.say("项目已取消")
    assert ann.entries(ref)[-1].body == SheetSetAside("项目已取消")
    assert [one.status for one in ann.state(ref).sheets.values()] == ["open", "set-aside"]
    ann.press(places.Card(sheet, "2.2/service"))
    ann.say("0.9")
    assert ann.top == say("refusal.sheet-closed")
    ann.press(places.AskSetAside(sheet))
    ann.say("再来")
    assert ann.top == say("refusal.sheet-closed")


def test_too_small_a_sample_keeps_it_open(ann: Scene) -> None:
    ref = ann.begin(SITES)
    ann.fill("4")
    ann.press(p.GateTap(ref, "conformity", 1, 0))
    unit(ann, ref, "甲站")
    ann.fill("0.9")
    assert ann.press(p.CloseTap(ref, ann.of(ref).seq)).toast == say("refusal.population-missing")
    toasts = []
    for population in ("4", "1"):
        ann.press(places.AskPopulation(ref))
        ann.say(population)
        toasts.append(ann.press(p.CloseTap(ref, ann.of(ref).seq)).toast)
    assert toasts == [say("refusal.sample-too-small", need=4, have=1), say("line.closed")]
