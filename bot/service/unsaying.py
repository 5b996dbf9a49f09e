"""Erasing what a note says: the entry that tells of it, the texts themselves, and what else may quote them.

Must not know how it is asked for, or how anything looks.
"""

from bot.domain import commands as c
from bot.domain.refusals import UnknownAssessment
from bot.service.case import Case
from bot.service.events import Delivery, Who
from bot.service.noted import Written, written
from bot.service.show import show
from bot.service.talk import Outcome, Talk
from bot.view import life_lines as lines
from bot.view import places
from bot.view.forget import REASONS
from bot.view.life_places import EraseTap
from bot.view.payload import BadPayload


def erase(talk: Talk, tap: EraseTap) -> Outcome:
    """One note, for one of the reasons offered. BadPayload, UnknownAssessment, NotAllowed."""
    case = talk.cases.by_ref(tap.assessment)
    if tap.reason not in REASONS:
        raise BadPayload
    one = next((one for one in written(case) if one.of == tap.of), None)
    if one is None:
        gone = lines.text_gone(talk.words)
        return Outcome(places.Texts(tap.assessment), line=gone, toast=gone)
    unsay(talk, case, one, talk.words.say(f"erase.reason.{tap.reason}"))
    redraw(talk, case.listed.id)
    line = lines.text_erased(talk.words, one.question)
    return Outcome(places.Texts(tap.assessment, str(one.question)), line=line, toast=line)


def unsay(talk: Talk, case: Case, one: Written, reason: str) -> Case:
    """Record it and delete the texts, and the raw updates that may quote them."""
    case, _ = talk.cases.act(case, c.EraseText(one.of, reason), talk.stamp())
    talk.unit.entries.erase_note(case.listed.id, one.of)
    talk.unit.erasing.raws()
    return case


def redraw(talk: Talk, assessment: str) -> None:
    """What the other members have before them, anew in its place: it may show what is gone."""
    for channel, chat, person in talk.unit.erasing.screens(assessment):
        state = talk.unit.chats.state(channel, chat)
        if person == talk.person.id or state is None:
            continue
        theirs = Talk(
            talk.world, talk.unit, Who(channel, "", chat, "", state.hint), Delivery(), talk.unit.people.get(person)
        )
        try:
            screen = show(theirs, theirs.place(), Outcome())
        except (UnknownAssessment, BadPayload):
            talk.unit.erasing.blank(channel, chat)
            continue
        talk.unit.chats.want(channel, chat, screen.to_json(), fresh=False)
