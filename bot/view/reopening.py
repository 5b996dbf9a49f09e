"""Going on with a closed assessment: asked, confirmed; and that it was, wherever its result is shown.

Must not know who is told.
"""

from collections.abc import Sequence

from bot.view import places
from bot.view.facts import Desk
from bot.view.parts import button, one_line, screen
from bot.view.screen import Screen
from bot.words import Words

_REASON, _SHOWN = 160, 3


def confirm_reopen(words: Words, desk: Desk, line: str = "") -> Screen:
    """What it means; the safe choice comes first."""
    rows = [
        (button(words.say("button.stay-closed"), places.Result(desk.ref), "primary"),),
        (button(words.say("button.reopen-why"), places.AskReopen(desk.ref), "danger"),),
    ]
    title, about = words.say("reopen.title"), [desk.state.name, words.pick(desk.scheme.short)]
    return screen(words, "confirm.j2", rows, line, title=title, about=about, means=[words.say("reopen.means")])


def ask_reopen(words: Words, desk: Desk, line: str = "") -> Screen:
    """The next text is why it goes on; without it, it stays closed."""
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.Result(desk.ref)),)],
        line,
        title=words.say("reopen.ask"),
        about=[desk.state.name],
        hint=words.say("reopen.hint"),
        current="",
    )


def reopened_lines(words: Words, reasons: Sequence[str]) -> list[str]:
    """How often it was reopened, and why: the newest reasons last."""
    if not reasons:
        return []
    numbered = list(enumerate(reasons, start=1))[-_SHOWN:]
    said = [words.say("reopen.reason", n=number, reason=one_line(reason, _REASON)) for number, reason in numbered]
    return [words.say("reopen.times", n=len(reasons)), *said]
