"""The screens of a basis and of links. Gathers facts; must not draw anything itself."""

from typing import assert_never

from bot.service import offers, taking
from bot.service.asking import question_of
from bot.service.talk import Talk
from bot.view import basis, links, places
from bot.view.screen import Screen


def basis_board(talk: Talk, place: places.BasisPlace, line: str) -> Screen:
    """UnknownAssessment; BadPayload for what was not handed to this person, or for no question of the sheet."""
    words = talk.words
    match place:
        case places.HandOn(ref):
            return basis.hand_on(words, offers.facts(talk, talk.cases.by_ref(ref)), place, line)
        case places.Handed(invite):
            return basis.handed(words, taking.facts(talk, invite), line)
        case places.BasisCard(sheet, text, page):
            case, own = talk.cases.by_sheet(sheet)
            question = question_of(case.scheme, own, text)
            return basis.basis(words, case.desk(own.id), question, page, line)
        case places.LinkCard(sheet, text):
            case, own = talk.cases.by_sheet(sheet)
            question = question_of(case.scheme, own, text)
            return links.link(words, talk.world.bot.username, case.listed.ref, sheet, str(question), line)
        case _:
            assert_never(place)
