"""Every place and tap: on one's own assessment, on a closed one, on one that is gone. Others': test_foreign.py."""

from dataclasses import replace

import pytest

from bot.domain.entries import Exported
from bot.view.payload import Tap, decode, encode
from bot.view.places import Card, NextOpen, Place
from tests.sampled import sampled
from tests.service.every import ELSEWHERE, EVERY, OWN, refs
from tests.service.scene import ORGANISATION, STARS, Scene, say

UNKNOWN = say("refusal.unknown-assessment")
GONE = say("line.gone")
PLACES = [kind for kind in EVERY if kind in Place.__args__ and kind not in ELSEWHERE]
COMMANDS = {
    "start": "1:h",
    "my": "1:h",
    "new": "1:n",
    "result": "1:r",
    "export": "1:X",
    "settings": "1:g",
    "forget": "1:lf",
    "help": "1:i",
}

Kind = type[Place | Tap]


def test_there_is_an_example_of_each() -> None:
    assert set(EVERY) == {*Place.__args__, *Tap.__args__}


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind not in ELSEWHERE], ids=lambda kind: kind.__name__)
def test_on_ones_own(kind: Kind, ann: Scene) -> None:
    scheme, made = EVERY[kind]
    example = made(refs(ann, ann.begin(scheme)))
    assert isinstance(example, kind)
    assert decode(encode(example)) == example
    reply = ann.press(example)
    assert reply.toast not in {UNKNOWN, GONE}
    if isinstance(example, Place):
        assert reply.toast == ""
        assert type(decode(ann.focus.place)) is (Card if kind is NextOpen else kind)
    else:
        assert reply.toast, "a tap that changes something says so"
    again = ann.press(ann.focus.place)
    assert again.toast == "", "where one stands can always be shown again"


def test_a_stranger_who_knows_the_names(ann: Scene, bo: Scene) -> None:
    own = {scheme: ann.begin(scheme) for scheme in {scheme for scheme, _ in EVERY.values()}}
    for kind in OWN:
        scheme, made = EVERY[kind]
        assert bo.press(made(refs(ann, own[scheme]))).toast == UNKNOWN, kind
        assert say("home.empty") in bo.text, kind
    assert bo.listed == ()


@pytest.mark.parametrize(
    "kind", sampled([kind for kind in EVERY if EVERY[kind][0] == STARS], every=4), ids=lambda kind: kind.__name__
)
def test_after_closing_nothing_changes(kind: Kind, ann: Scene) -> None:
    ref = ann.closed()
    state = replace(ann.state(ref), seq=0)
    ann.press(EVERY[kind][1](refs(ann, ref)))
    assert replace(ann.state(ref), seq=0) == state
    assert isinstance(ann.entries(ref)[-1].body, Exported)
    if ann.focus.place:
        assert ann.press(ann.focus.place).toast == ""


def test_after_deleting_it_is_as_if_it_never_was(ann: Scene) -> None:
    for scheme in {scheme for scheme, _ in EVERY.values()}:
        gone = refs(ann, ann.begin(scheme))
        ann.tap("button.head")
        ann.tap("button.delete-draft")
        ann.tap("button.delete-for-good")
        for kind in OWN:
            if EVERY[kind][0] == scheme:
                assert ann.press(EVERY[kind][1](gone)).toast == UNKNOWN, kind
                assert ORGANISATION not in ann.text, kind


@pytest.mark.parametrize("kind", sampled(PLACES, every=4), ids=lambda kind: kind.__name__)
def test_every_command_and_a_text_from_every_place(kind: Kind, ann: Scene) -> None:
    scheme, made = EVERY[kind]
    place = made(refs(ann, ann.begin(scheme)))
    for command, lands in COMMANDS.items():
        ann.press(place)
        ann.order(command)
        assert ann.focus.place.startswith(lands), command
        assert ann.focus.expects == "rating", command
        assert ann.chat.wanted_fresh
    ann.press(place)
    ann.say("这是一段话")
    assert ann.text.split("\n\n")[0] == ann.top, "a friendly line on top"
    if ann.focus.pending:
        assert say("button.keep-note") in ann.labels, "what waits can be saved at once"
