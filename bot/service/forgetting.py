"""/forget: a person is erased as far as the record of others allows (DESIGN 5, RELIABILITY 6).

What goes: all that is known of them, drafts that only they are in, and if they wish what their notes say. What stays:
entries of assessments with others and of closed ones, under their random id. Must not know how any of it looks.
"""

from bot.domain import panel_commands as k
from bot.domain.refusals import ChangedMeanwhile, LeadStays
from bot.service import closing, leaving, noted, others, unsaying
from bot.service.case import Case
from bot.service.talk import Outcome, Talk
from bot.view import life_lines as lines
from bot.view import places, post
from bot.view.life_places import ForgetTap


def forget(talk: Talk, tap: ForgetTap) -> Outcome:
    """The last that is done for this person. LeadStays where something is to be handed over first."""
    found = leaving.sort(talk)
    if found.led:
        raise LeadStays
    if leaving.sign(found) != tap.seen:
        changed = talk.words.refusal(ChangedMeanwhile())
        return Outcome(places.ConfirmForget(tap.notes), line=changed, toast=changed)
    if tap.notes:
        for case in found.left:
            for one in noted.own(case):
                case = unsaying.unsay(talk, case, one, talk.words.say("erase.reason.forgotten"))  # noqa: PLW2901
    for case in found.drafts:
        closing.erase(talk, case)
    for case in found.panels:
        _leave(talk, talk.cases.by_id(case.listed.id))
    known = talk.unit.erasing.known_in(talk.person.id)
    talk.unit.erasing.person(talk.person.id, talk.now, now_handled=talk.row)
    for assessment in known:
        unsaying.redraw(talk, assessment)
    said = lines.forgotten(talk.words)
    return Outcome(line=said, toast=said, parting=True, files=bool(found.drafts))


def _leave(talk: Talk, case: Case) -> None:
    """The leads hear of it, without a name: messages are kept too."""
    roles = talk.unit.assessments.roles(case.listed.id)
    talk.cases.act(case, k.Leave(), talk.stamp())
    for lead in (person for person, role in roles.items() if role == "lead"):
        other = others.theirs(talk, lead)
        if other is not None:
            others.tell(other, lambda words: post.member_forgotten(words, case.seen.name))
