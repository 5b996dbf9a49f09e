"""The panel of an assessment: its members, the links that are out, those who ask to join. Must not know any rating."""

from bot.domain.blind import Outline
from bot.view import members_places as m
from bot.view import places
from bot.view.members_facts import MemberLine, PanelFacts
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.words import Words

PAGE = 6
REQUESTS_PAGE = 3
ROLES = ("assessor", "viewer")
"""As what somebody can be invited."""
_NAME = 60
_LABEL = 16
_REASON = 400


def members(words: Words, facts: PanelFacts, place: m.Members, line: str = "") -> Screen:
    """Everybody who belongs to it, six a page; the lead's ways on from each."""
    desk = facts.desk
    page = page_of(facts.members, place.page, PAGE)
    before, after = turn(words, page, lambda number: m.Members(desk.ref, number))
    others = [one for one in page.items if desk.lead and not one.me]
    rows = [
        *columns([button(_numbered(words, one), m.Member(desk.ref, one.person)) for one in others], 3),
        _lead_on(words, facts) if desk.lead else _leave(words, facts),
        (*before, button(words.say("button.head"), places.Head(desk.ref)), *after),
    ]
    return screen(
        words,
        "members.j2",
        rows,
        line,
        desk=desk,
        facts=facts,
        page=page,
        name=lambda one: member_name(words, one.name),
        sheet=lambda one: sheet_line(words, one),
        title=one_line(desk.state.name, _NAME),
    )


def member(words: Words, facts: PanelFacts, one: MemberLine, line: str = "") -> Screen:
    """One member: how far they are, and what the lead can do."""
    desk = facts.desk
    rows: list[Row] = []
    if desk.lead and one.role == "assessor":
        rows.append((button(words.say("button.hand-over"), m.ConfirmHandOver(desk.ref, one.person)),))
    if desk.lead and one.role != "lead":
        rows.append((button(words.say("button.remove-member"), m.AskRemoval(desk.ref, one.person), "danger"),))
    rows.append(_back(words, facts))
    return screen(
        words,
        "member.j2",
        rows,
        line,
        desk=desk,
        one=one,
        name=member_name(words, one.name),
        sheets=[sheet_line(words, sheet) for sheet in one.sheets[:PAGE]],
    )


def invite(words: Words, facts: PanelFacts, place: m.InviteCard, line: str = "") -> Screen:
    """As what to invite; the links that are out."""
    desk = facts.desk
    page = page_of(facts.invites, place.page, PAGE)
    before, after = turn(words, page, lambda number: m.InviteCard(desk.ref, number))
    roles = tuple(button(words.say(f"button.invite-{role}"), m.InviteTap(desk.ref, role)) for role in ROLES)
    revoke = [button(words.say("button.revoke", n=one.number), m.RevokeTap(desk.ref, one.ref)) for one in page.items]
    rows = [roles if facts.linked else (), *columns(revoke, 3), (*before, *_back(words, facts), *after)]
    return screen(words, "invite.j2", rows, line, desk=desk, facts=facts, page=page)


def requests(words: Words, facts: PanelFacts, place: m.Requests, line: str = "") -> Screen:
    """Those who ask to join, three a page: nobody joins before the lead said so."""
    desk = facts.desk
    page = page_of(facts.requests, place.page, REQUESTS_PAGE)
    before, after = turn(words, page, lambda number: m.Requests(desk.ref, number))
    rows: list[Row] = [
        (
            button(words.say("button.admit", n=one.number), m.AdmitTap(desk.ref, one.ref)),
            button(words.say("button.refuse", n=one.number), m.RefuseTap(desk.ref, one.ref)),
        )
        for one in page.items
    ]
    rows.append((*before, *_back(words, facts), *after))
    named = [(one, member_name(words, one.name)) for one in page.items]
    return screen(words, "requests.j2", rows, line, desk=desk, named=named, page=page)


def ask_removal(words: Words, facts: PanelFacts, one: MemberLine, line: str = "") -> Screen:
    """The next text is why; it is asked once more before anything is done."""
    cancel = (button(words.say("button.cancel"), m.Member(facts.desk.ref, one.person)),)
    return screen(
        words,
        "ask.j2",
        [cancel],
        line,
        title=words.say("asking.removal", name=member_name(words, one.name)),
        about=[words.say("asking.removal-means")],
        hint=words.say("asking.removal-hint"),
        current="",
    )


def confirm_removal(words: Words, facts: PanelFacts, one: MemberLine, reason: str, line: str = "") -> Screen:
    """Remove, or not."""
    ref, name = facts.desk.ref, member_name(words, one.name)
    return _confirm(
        words,
        line,
        words.say("removal.title", name=name),
        [words.say("removal.means"), words.say("removal.reason", reason=one_line(reason, _REASON))],
        [
            (button(words.say("button.keep-member"), m.Member(ref, one.person), "primary"),),
            (button(words.say("button.remove-now"), m.RemoveTap(ref, one.person), "danger"),),
        ],
    )


def confirm_hand_over(words: Words, facts: PanelFacts, one: MemberLine, line: str = "") -> Screen:
    """Let somebody else lead, or not."""
    ref = facts.desk.ref
    return _confirm(
        words,
        line,
        words.say("hand-over.title", name=member_name(words, one.name)),
        [words.say("hand-over.means")],
        [
            (button(words.say("button.stay-lead"), m.Member(ref, one.person), "primary"),),
            (button(words.say("button.hand-over-now"), m.HandOverTap(ref, one.person), "danger"),),
        ],
    )


def confirm_leave(words: Words, facts: PanelFacts, line: str = "") -> Screen:
    """Leave, or not."""
    ref = facts.desk.ref
    return _confirm(
        words,
        line,
        words.say("leave.title", assessment=one_line(facts.desk.state.name, _NAME)),
        [words.say("leave.means")],
        [
            (button(words.say("button.stay"), m.Members(ref), "primary"),),
            (button(words.say("button.leave-now"), m.LeaveTap(ref), "danger"),),
        ],
    )


def member_name(words: Words, name: str) -> str:
    """A member's name on one line; what stands for it where there is none."""
    return one_line(name, _NAME) or words.say("member.nameless")


def sheet_line(words: Words, sheet: Outline) -> str:
    """How far a sheet is, never what it says."""
    name = one_line(sheet.round, _LABEL) or words.say("sheet.main")
    return words.say(f"member.sheet-{sheet.status}", name=name, answered=sheet.answered, asked=sheet.asked)


def _confirm(words: Words, line: str, title: str, means: list[str], rows: list[Row]) -> Screen:
    return screen(words, "confirm_member.j2", rows, line, title=title, means=means)


def _lead_on(words: Words, facts: PanelFacts) -> Row:
    """Invite, or see who asks."""
    ref = facts.desk.ref
    made = [button(words.say("button.invite"), m.InviteCard(ref))] if facts.linked or facts.invites else []
    if facts.requests:
        label = words.say("button.requests", n=len(facts.requests))
        made.insert(0, button(label, m.Requests(ref), "primary"))
    return tuple(made)


def _leave(words: Words, facts: PanelFacts) -> Row:
    return (button(words.say("button.leave"), m.ConfirmLeave(facts.desk.ref)),)


def _back(words: Words, facts: PanelFacts) -> Row:
    return (button(words.say("button.members"), m.Members(facts.desk.ref)),)


def _numbered(words: Words, one: MemberLine) -> str:
    return words.say("home.entry", number=one.number, name=one_line(member_name(words, one.name), _LABEL))
