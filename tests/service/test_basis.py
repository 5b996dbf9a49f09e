"""A self-assessment in an auditor's hands: confirmed first, nothing of what is hidden, and as it was then."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.basis import basis_of
from bot.domain.entries import Exported
from bot.domain.panel_entries import BasisTaken
from bot.domain.state import AssessmentState
from bot.export import FORMATS
from bot.library import Library
from bot.service.access import Door
from bot.service.events import Ordered, Reply
from bot.service.membership import LIFETIME
from bot.service.taking import WITHIN
from bot.service.world import World
from bot.store.schemes import Schemes
from bot.view.basis import SENTENCES, TERMS
from bot.view.basis_places import AuditTap, BasisCard, Handed, HandOn, HandTap, OfferTap
from bot.view.blind_places import BeginTap
from bot.view.members_places import InviteTap
from bot.view.places import Card, Head, Home, Requests
from bot.words import Words
from tests.export.reading import squeezed, text_of
from tests.service import in_memory
from tests.service.panel import opened, outgoing
from tests.service.scene import CHANNEL, ORGANISATION, SHOP, STARS, Clock, Scene, library, say

OF_NO_USE, GONE = say("line.link-of-no-use"), say("line.gone")
NOTE, SCOPE, REASON, TYPED = "自评的备注甲", "自评的范围乙", "不适用的理由丙", "87.654321%"
RATED = ("87.654321", "87.65", "87654321/100000000", "26.3", REASON)
"""What nothing may hold where ratings are hidden: as typed, as shown, as stored, in points, a reason."""


def said(scene: Scene) -> str:
    """The token that was just made."""
    found = re.search(r"start=([\w-]+)", scene.reply.line)
    assert found, scene.reply
    return found.group(1)


def offer(ann: Scene, ref: str, ratings: str = "shown") -> str:
    ann.press(OfferTap(ref, ratings))
    return said(ann)


def follow(scene: Scene, token: str) -> Reply:
    return scene.do(Ordered("start", token, "50"))


def ask(bo: Scene, token: str) -> None:
    follow(bo, token)
    bo.tap("button.agree-basis")


def hand(ann: Scene, ref: str) -> Reply:
    ann.press(HandOn(ref))
    return ann.tap(say("button.hand-it-over", n=1))


def handed(ann: Scene, bo: Scene, ref: str, ratings: str = "shown") -> None:
    """Offered, asked for, confirmed; bo sees it."""
    ask(bo, offer(ann, ref, ratings))
    hand(ann, ref)


def taken(ann: Scene, bo: Scene, ref: str, ratings: str = "shown") -> str:
    """The audit that bo began on it."""
    handed(ann, bo, ref, ratings)
    bo.tap("button.begin-audit")
    return bo.listed[0].ref


def basis(bo: Scene, audit: str) -> BasisTaken:
    found = bo.state(audit).basis
    assert found is not None
    return found


def texts(ann: Scene, ref: str) -> None:
    """A note on 2.1, a scope, and a rating as hardly anybody gives one."""
    sheet = ann.sheet(ref)
    ann.press(f"1:w:{sheet}:2.1/total")
    ann.say(NOTE)
    ann.press(f"1:e:{ref}:scope")
    ann.say(SCOPE)
    ann.press(Card(sheet, "2.1/total"))
    ann.say(TYPED)


@pytest.fixture(scope="module")
def built(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """ann's self-assessment, made once: its file, to be copied, and its name."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("basis") / "basis.db"))
    with opened(file) as world:
        ann = Scene(world)
        ref = ann.begin()
        texts(ann, ref)
    return file, ref


@pytest.fixture
def clock() -> Clock:
    """Later than what was made once."""
    found = Clock()
    found.ahead(timedelta(hours=1))
    return found


@pytest.fixture
def world(built: tuple[Path, str], tmp_path: Path, clock: Clock) -> Iterator[World]:
    with opened(Path(shutil.copy(built[0], tmp_path / "basis.db"))) as world:
        world.bot.username = "gradewalk_test_bot"
        yield replace(world, clock=clock)


@pytest.fixture
def own(built: tuple[Path, str]) -> str:
    return built[1]


def whole(world: World) -> str:
    """Every row of every table but the inbox's own."""
    with world.store.read() as unit:
        connection = unit.people._work.connection
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return "\n".join(
            str(row)
            for table in tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608  a name of our schema
        )


def drawn(bo: Scene, audit: str) -> Iterator[str]:
    """Every screen of the audit that may show its basis, and every file of it."""
    sheet = bo.sheet(audit)
    for place in (Head(audit), Card(sheet, "2.1/total"), BasisCard(sheet, "2.1/total"), Card(sheet, "2.10/total")):
        bo.press(place)
        yield outgoing(bo)
    listed = bo.of(audit)
    with bo.world.store.read() as unit:
        for name in ("html", "json"):
            for language in ("zh", "en"):
                yield in_memory.render(bo.world, unit, listed, name, language, "UTC").decode()


# the way to it


def test_before_the_lead_confirmed_nothing_is_said_of_whose_it_is(ann: Scene, bo: Scene, own: str) -> None:
    token = offer(ann, own)
    follow(bo, token)
    seen = [outgoing(bo)]
    assert all(say(f"terms.{TERMS}.{name}") in bo.text for name in SENTENCES)
    assert say("basis.what", ratings=say("hand-on.with-shown")) in bo.text
    bo.tap("button.agree-basis")
    seen.append(outgoing(bo))
    for secret in (ORGANISATION, NOTE, SCOPE, "编造", "made-stars", ann.who.name, own, *RATED):
        assert not any(secret in one for one in seen), secret
    assert bo.who.name in notices(ann)
    assert bo.listed == ()


def notices(scene: Scene) -> str:
    with scene.world.store.read() as unit:
        return "\n".join(one.content for one in unit.notices.waiting(CHANNEL, scene.who.chat))


def test_after_it_the_auditor_sees_what_it_is_and_belongs_to_nothing(ann: Scene, bo: Scene, own: str) -> None:
    ask(bo, offer(ann, own))
    before = ann.state(own)
    assert hand(ann, own).toast == say("line.handed", name=bo.who.name)
    assert ORGANISATION in notices(bo)
    assert bo.focus.place == f"1:sh:{bo.focus.place.split(':')[2]}", "it comes by itself to who waits for it"
    for known in (ORGANISATION, SCOPE, "T/MADE 001-2026", say("handed.shown", rated=1, notes=1)):
        assert known in bo.text, known
    assert NOTE not in bo.text
    assert bo.listed == ()
    entry = ann.entries(own)[-1]
    assert entry.body == Exported("basis-shown", "zh", before.seq), "a copy that leaves is an entry"
    assert bo.person not in ann.state(own).members


def test_the_audit_begins_as_the_self_assessment_stands(ann: Scene, bo: Scene, own: str) -> None:
    audit = taken(ann, bo, own)
    state, source = bo.state(audit), ann.of(own)
    assert (state.mode, state.header["organisation"], state.header["scope"]) == ("audit", ORGANISATION, SCOPE)
    assert bo.of(audit).scheme_digest == source.scheme_digest
    assert state.members == {bo.person: "lead"}
    assert all(not sheet.given for sheet in state.sheets.values()), "ratings begin empty"
    found = basis(bo, audit)
    assert found.assessment == source.id
    with ann.world.store.read() as unit:
        assert found.head == unit.entries.recorded(source.id, found.upto)[-1].hash
    (row,) = found.rows
    assert (str(row.question), row.notes) == ("2.1/total", (NOTE,))
    assert ORGANISATION in bo.text
    with pytest.raises(AssertionError):
        bo.of(own)


def test_the_card_says_what_the_company_said(ann: Scene, bo: Scene, own: str) -> None:
    audit = taken(ann, bo, own)
    sheet = bo.sheet(audit)
    bo.press(Card(sheet, "2.1/total"))
    assert say("card.basis-noted", answers="87.65%", note=NOTE) in bo.text
    bo.tap("button.basis")
    for shown in (ORGANISATION, "87.65%", NOTE, say("basis.rated"), say("basis.note")):
        assert shown in bo.text, shown
    bo.tap("button.back")
    assert bo.focus.question == "2.1/total"
    bo.press(Card(sheet, "2.10/total"))
    assert say("button.basis") not in bo.labels
    bo.press(BasisCard(sheet, "2.10/total"))
    assert say("basis.nothing") in bo.text


def test_a_long_basis_goes_on_on_the_next_page(ann: Scene, bo: Scene, own: str) -> None:
    for number in range(4):
        ann.press(f"1:w:{ann.sheet(own)}:2.1/total")
        ann.say(f"{number}" * 1500)
    audit = taken(ann, bo, own)
    bo.press(BasisCard(bo.sheet(audit), "2.1/total"))
    assert len(bo.text) < 4096
    bo.tap("button.page-on")
    assert "3" * 300 in bo.text or say("button.page-on") in bo.labels


def test_what_changes_after_it_was_handed_over_does_not_show(ann: Scene, bo: Scene, own: str) -> None:
    handed(ann, bo, own)
    ann.press(f"1:w:{ann.sheet(own)}:2.1/total")
    ann.say("后来的备注")
    ann.press(Card(ann.sheet(own), "2.10/total"))
    ann.say("55")
    bo.press(Home())
    bo.tap("button.handed")
    assert say("handed.shown", rated=1, notes=1) in bo.text
    bo.tap("button.begin-audit")
    audit = bo.listed[0].ref
    kept = basis(bo, audit)
    assert [str(row.question) for row in kept.rows] == ["2.1/total"]
    assert kept.rows[0].notes == (NOTE,)
    ann.press(f"1:e:{own}:scope")
    ann.say("后来的范围")
    assert basis(bo, audit) == kept
    assert bo.state(audit).header["scope"] == SCOPE


# hidden


def test_hidden_there_is_no_rating_anywhere_but_in_the_source(ann: Scene, bo: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(f"1:y:{ann.sheet(ref)}:5.2.2/total")
    ann.say(REASON)
    ann.press(Card(ann.sheet(ref), "4.1/total"))
    ann.say(TYPED)
    question = ann.answers(ref)[-1][0]
    ann.press(f"1:w:{ann.sheet(ref)}:{question}")
    ann.say(NOTE)
    before = whole(ann.world)
    audit = taken(ann, bo, ref, "hidden")
    found = basis(bo, audit)
    assert [(row.answers, row.notes) for row in found.rows] == [((), (NOTE,))]
    for seen in drawn(bo, audit):
        for mark in RATED:
            assert mark not in seen, mark
    after = whole(bo.world)
    for mark in RATED:
        assert after.count(mark) == before.count(mark), f"{mark} was copied"
    bo.press(Card(bo.sheet(audit), question))
    assert say("card.basis-note", n=1, note=NOTE) in bo.text
    assert [one.body.format for one in ann.entries(ref) if isinstance(one.body, Exported)] == ["basis-hidden"]


def test_shown_there_is(ann: Scene, bo: Scene, own: str) -> None:
    """So that the test above can fail."""
    seen = "\n".join(drawn(bo, taken(ann, bo, own)))
    assert all(mark in seen for mark in ("87.65", "87654321/100000000", NOTE))


def test_switched_off_hiding_is_noticed(ann: Scene, bo: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_it(state: AssessmentState, assessment: str, upto: int, head: str, _: str) -> BasisTaken:
        return replace(basis_of(state, assessment, upto, head, "shown"), ratings="hidden")

    monkeypatch.setattr("bot.service.taking.basis_of", all_of_it)
    with pytest.raises(AssertionError):
        test_hidden_there_is_no_rating_anywhere_but_in_the_source(ann, bo)


def test_what_the_lead_may_not_see_is_not_handed_over(ann: Scene, bo: Scene, own: str) -> None:
    cy = Scene(ann.world, "3003")
    ann.press(InviteTap(own, "assessor"))
    follow(cy, said(ann))
    cy.tap("button.agree")
    ann.press(Requests(own))
    ann.tap(say("button.admit", n=1))
    cy.press(BeginTap(own, "total"))
    cy.press(Card(cy.focus.place.split(":")[2], "2.10/total"))
    cy.say("33")
    assert cy.state(own).sheets[cy.focus.sheet].given
    found = basis(bo, taken(ann, bo, own))
    assert [str(row.question) for row in found.rows] == ["2.1/total"], "an open sheet of another is blind to the lead"


# once, and by whom


def test_one_link_is_for_one_auditor_and_one_audit(ann: Scene, bo: Scene, own: str) -> None:
    token = offer(ann, own)
    ask(bo, token)
    late = Scene(ann.world, "3003")
    follow(late, token)
    assert OF_NO_USE in late.text
    hand(ann, own)
    follow(late, token)
    assert OF_NO_USE in late.text
    name = bo.focus.place.split(":")[2]
    for trial in (Handed(name), AuditTap(name)):
        assert late.press(trial).toast == GONE
    bo.tap("button.begin-audit")
    first = bo.listed
    assert bo.press(AuditTap(name)).toast == say("line.audit-begun-before")
    follow(bo, token)
    assert bo.listed == first
    bo.press(Handed(name))
    bo.tap("button.open-audit")
    assert bo.focus.place == f"1:d:{first[0].ref}"


def test_the_link_leads_the_auditor_back_to_it(ann: Scene, bo: Scene, own: str) -> None:
    token = offer(ann, own)
    ask(bo, token)
    hand(ann, own)
    bo.press(Home())
    follow(bo, token)
    assert say("handed.title") in bo.text


def test_only_the_lead_offers_and_only_a_self_assessment(ann: Scene, bo: Scene, own: str) -> None:
    audit = taken(ann, bo, own)
    assert bo.press(OfferTap(audit, "shown")).toast == GONE
    bo.press(HandOn(audit))
    assert bo.focus.place == f"1:d:{audit}"
    assert say("button.hand-on") not in bo.labels
    cy = Scene(ann.world, "3003")
    ann.press(InviteTap(own, "viewer"))
    follow(cy, said(ann))
    cy.tap("button.agree")
    ann.press(Requests(own))
    ann.tap(say("button.admit", n=1))
    assert cy.press(OfferTap(own, "shown")).toast == say("refusal.not-allowed")
    cy.press(HandOn(own))
    assert cy.focus.place == f"1:d:{own}"
    follow(cy, offer(ann, own))
    assert say("line.already-belong") in cy.text, "who belongs to it needs no copy"


def test_a_closed_one_can_be_handed_over_and_stays_as_it_was(ann: Scene, bo: Scene) -> None:
    ref = ann.closed()
    state = ann.state(ref)
    ann.press(Head(ref))
    ann.tap("button.hand-on")
    found = basis(bo, taken(ann, bo, ref))
    assert replace(ann.state(ref), seq=0) == replace(state, seq=0)
    assert len([row for row in found.rows if row.answers]) == 5


def test_the_lead_may_say_no_and_nothing_of_the_auditor_stays(ann: Scene, bo: Scene, own: str) -> None:
    token = offer(ann, own)
    ask(bo, token)
    ann.press(HandOn(own))
    ann.tap(say("button.deny", n=1))
    assert say("line.basis-refused") in bo.text
    assert bo.labels == []
    follow(bo, token)
    assert OF_NO_USE in bo.text
    assert not any(isinstance(entry.body, Exported) for entry in ann.entries(own))


def test_the_auditor_may_withdraw_and_the_lead_is_told(ann: Scene, bo: Scene, own: str) -> None:
    ask(bo, offer(ann, own))
    bo.tap("button.withdraw-request")
    assert say("post.basis-withdrew", name=bo.who.name, assessment=ORGANISATION) in notices(ann)
    ann.press(HandOn(own))
    assert say("hand-on.none") in ann.text


def test_who_declines_leaves_the_link_to_somebody_else(ann: Scene, bo: Scene, own: str) -> None:
    token = offer(ann, own)
    follow(bo, token)
    bo.tap("button.decline")
    cy = Scene(ann.world, "3003")
    follow(cy, token)
    assert say("basis.title") in cy.text


def test_the_lead_takes_back_a_link_or_what_was_not_used_yet(ann: Scene, bo: Scene, own: str) -> None:
    token = offer(ann, own)
    ann.press(HandOn(own))
    ann.tap(say("button.revoke", n=1))
    follow(bo, token)
    assert OF_NO_USE in bo.text
    ask(bo, offer(ann, own))
    hand(ann, own)
    name = bo.focus.place.split(":")[2]
    ann.press(HandOn(own))
    assert ann.tap(say("button.revoke", n=1)).toast == say("line.taken-back")
    for trial in (Handed(name), AuditTap(name)):
        assert bo.press(trial).toast == GONE
    assert bo.listed == ()
    assert ann.press(f"1:sv:{own}:{name}").toast == say("line.offer-gone")


def test_what_was_used_cannot_be_taken_back(ann: Scene, bo: Scene, own: str) -> None:
    handed(ann, bo, own)
    name = bo.focus.place.split(":")[2]
    bo.tap("button.begin-audit")
    assert ann.press(f"1:sv:{own}:{name}").toast == say("line.offer-gone")
    assert ann.press(HandTap(own, name)).toast == say("line.request-gone")
    assert bo.state(bo.listed[0].ref).basis is not None


def test_links_for_auditors_are_bounded(ann: Scene, own: str, clock: Clock) -> None:
    for _ in range(20):
        assert offer(ann, own)
    assert ann.press(OfferTap(own, "shown")) == Reply(say("refusal.invites-full", limit=20))
    clock.ahead(LIFETIME)
    assert offer(ann, own)


def test_links_and_offers_end_by_themselves(ann: Scene, bo: Scene, own: str, clock: Clock) -> None:
    token = offer(ann, own)
    clock.ahead(LIFETIME)
    follow(bo, token)
    assert OF_NO_USE in bo.text
    handed(ann, bo, own)
    name = bo.focus.place.split(":")[2]
    clock.ahead(WITHIN)
    assert bo.press(AuditTap(name)).toast == GONE
    assert bo.listed == ()


def test_a_deleted_draft_can_be_taken_no_more(ann: Scene, bo: Scene, own: str) -> None:
    handed(ann, bo, own)
    name = bo.focus.place.split(":")[2]
    ann.press(f"1:D:{own}")
    assert bo.press(AuditTap(name)).toast == GONE
    assert ORGANISATION not in bo.text


# the standard


def test_a_text_that_is_not_on_offer_any_more_is_used_as_it_was_kept(ann: Scene, bo: Scene, own: str) -> None:
    handed(ann, bo, own)
    world = replace(bo.world, library=Library([]))
    later = Scene(world, bo.who.external_id)
    later.tap("button.begin-audit")
    assert later.of(later.listed[0].ref).scheme_digest == ann.of(own).scheme_digest


@pytest.fixture
def lost(ann: Scene, bo: Scene, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handed over, and then the text of the standard is gone."""
    handed(ann, bo, own)

    def text_of(_: Schemes, digest: str) -> str:
        raise LookupError(digest)

    monkeypatch.setattr(Schemes, "text", text_of)


@pytest.mark.usefixtures("lost")
def test_without_its_text_the_newest_one_that_scores_alike_serves(bo: Scene) -> None:
    bo.tap("button.begin-audit")
    assert bo.of(bo.listed[0].ref).scheme_id == STARS


@pytest.mark.usefixtures("lost")
def test_without_one_that_scores_alike_it_is_refused_kindly(bo: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    other = library().get(SHOP)
    monkeypatch.setattr(Library, "get", lambda _, name: other if name == STARS else None)
    assert bo.tap("button.begin-audit").toast == say("refusal.standard-gone")
    assert bo.listed == ()


# by invitation only


def test_where_only_the_invited_come_in_the_auditor_may_do_that_and_no_more(ann: Scene, own: str) -> None:
    closed = Door(open=False, admins=frozenset({(CHANNEL, "1001")}))
    bo = Scene(replace(ann.world, door=closed), "2002")
    ask(bo, offer(ann, own))
    hand(ann, own)
    for act in (lambda: bo.order("new"), lambda: bo.say("你好"), lambda: bo.press(Home())):
        act()
        assert say("handed.title") in bo.text
    bo.tap("button.begin-audit")
    bo.order("new")
    assert say("handed.title") not in bo.text
    assert len(bo.listed) == 1


def test_every_format_can_be_made_of_an_audit_on_a_basis(ann: Scene, bo: Scene, own: str) -> None:
    audit = taken(ann, bo, own)
    with bo.world.store.read() as unit:
        for name in (name for name in FORMATS if not FORMATS[name].enclosed):
            made = in_memory.render(bo.world, unit, bo.of(audit), name, "en", "UTC")
            said = made.decode() if name == "json" else text_of(name, made)
            assert squeezed(NOTE) in squeezed(said), name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_reads_well_in_both_languages(language: str, ann: Scene, own: str) -> None:
    ann.press(f"1:L:{language}")
    ann.press(HandOn(own))
    words = Words.of("en" if language == "en" else "zh")
    for key in ("hand-on.title", "hand-on.shown", "hand-on.hidden", "hand-on.how", "hand-on.none"):
        assert words.say(key) in ann.text
    assert len(ann.screen.rows) <= 5
