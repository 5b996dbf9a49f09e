from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.domain import entries as e
from bot.domain.record import Source, body_hash, entry_hash, genesis, verify_body, verify_chain
from bot.domain.state import AssessmentState, fold
from bot.domain.written import encode
from bot.store.errors import StoreConflict, StoreError
from bot.store.unit import Store
from tests.store.making import DIGEST, NOON, QUESTION, answer, assessment, begun, headers, meta, person, put


def test_entries_form_a_chain_that_verifies(store: Store) -> None:
    lead, listed, sheet = begun(store)
    assert (listed.seq, listed.head) == (0, genesis(listed.id))
    with store.write() as unit:
        opened = e.Draft(e.SheetOpened("", ("total",)), sheet.id)
        first = unit.entries.append(listed.id, [e.Draft(e.Created("bjkb-006", "audit", "某公司")), opened], meta(lead))
    with store.write() as unit:
        second = unit.entries.append(listed.id, [answer(sheet, 1)], meta(lead, "31"))

    with store.read() as unit:
        recorded = unit.entries.recorded(listed.id)
        now = unit.assessments.find_id(lead.id, listed.id)
        assert unit.entries.after(listed.id, 0) == (*first, *second)
        assert unit.entries.after(listed.id, 2) == second
        assert unit.entries.recorded(listed.id, upto=2) == recorded[:2]
    assert verify_chain([one.header for one in recorded], listed.id) == recorded[-1].hash
    assert now is not None
    assert (now.seq, now.head) == (3, recorded[-1].hash)
    for one in recorded:
        assert one.salt is not None
        assert one.body is not None
        assert entry_hash(one.header) == one.hash
        verify_body(one.header, one.salt, one.body)
    assert len({one.salt for one in recorded}) == 3


def test_a_header_says_all_of_it(store: Store) -> None:
    lead, listed, sheet = begun(store)
    shanghai = timezone(timedelta(hours=8))
    sent = datetime(2026, 11, 20, 19, 59, 59, tzinfo=shanghai)
    source = Source("telegram", "1001", "31", "77")
    said = replace(meta(lead), at=NOON.astimezone(shanghai), source=source, source_date=sent)
    with store.write() as unit:
        (entry,) = unit.entries.append(listed.id, [answer(sheet, 1)], said)
    (header,) = headers(store, listed)

    assert entry == e.Entry(1, header.at, lead.id, answer(sheet, 1).body, sheet.id, QUESTION, 1, "31")
    assert (header.v, header.assessment, header.seq, header.prev) == (1, listed.id, 1, genesis(listed.id))
    assert (header.at, header.source_date) == (1_795_176_000_123, 1_795_175_999_000)
    assert (header.person, header.role, header.kind) == (lead.id, "lead", "answered")
    assert (header.sheet, header.question, header.revision) == (sheet.id, "4.2.1/total", 1)
    assert (header.scheme, header.source) == (DIGEST, source)
    assert len(header.body_hash) == 64


def test_what_was_appended_folds(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        drafts = [e.Draft(e.SheetOpened("", ("total",)), sheet.id), answer(sheet, 1), answer(sheet, 2, "1/2")]
        unit.entries.append(listed.id, drafts, meta(lead))
    with store.read() as unit:
        state = fold(AssessmentState(), unit.entries.after(listed.id, 0))
    given = state.sheets[sheet.id].given[QUESTION]
    assert (given.answer, given.revision, given.seq) == (answer(sheet, 2, "1/2").body.answer, 2, 3)  # type: ignore[union-attr]


def test_chains_of_two_assessments_do_not_mix(store: Store) -> None:
    lead, one, _ = begun(store)
    with store.write() as unit:
        other = assessment(unit, lead)
    for listed in (one, other, one):
        put(store, listed, e.HeaderSet("scope", "x"))
    assert [header.seq for header in headers(store, one)] == [1, 2]
    assert [header.seq for header in headers(store, other)] == [1]
    with pytest.raises(Exception, match="seq"):
        verify_chain(headers(store, one), other.id)


def test_a_revision_is_given_once(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        unit.entries.append(listed.id, [answer(sheet, 1)], meta(lead))
    with pytest.raises(StoreConflict), store.write() as unit:
        unit.entries.append(listed.id, [answer(sheet, 2), answer(sheet, 1, "1/2")], meta(lead))
    assert [header.revision for header in headers(store, listed)] == [1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (e.GateDecided("conformity", met=True), e.GateDecided("conformity", met=False)),
        (e.FindingsDecided(("a",)), e.FindingsDecided(())),
    ],
)
def test_a_decision_is_taken_once(store: Store, one: e.Body, other: e.Body) -> None:
    lead, listed, _ = begun(store)
    with store.write() as unit:
        unit.entries.append(listed.id, [e.Draft(one, revision=1)], meta(lead))
    with pytest.raises(StoreConflict), store.write() as unit:
        unit.entries.append(listed.id, [e.Draft(other, revision=1)], meta(lead))
    with store.write() as unit:
        unit.entries.append(listed.id, [e.Draft(other, revision=2)], meta(lead))
    assert len(headers(store, listed)) == 2


def test_two_gates_do_not_hinder_each_other(store: Store) -> None:
    lead, listed, _ = begun(store)
    gates = [e.Draft(e.GateDecided(gate, met=True), revision=1) for gate in ("conformity", "licence")]
    with store.write() as unit:
        unit.entries.append(listed.id, gates, meta(lead))
    assert len(headers(store, listed)) == 2


def test_notes_have_no_revision_and_never_conflict(store: Store) -> None:
    lead, listed, sheet = begun(store)
    note = e.Draft(e.Noted("x"), sheet.id, QUESTION)
    with store.write() as unit:
        unit.entries.append(listed.id, [note, note], meta(lead))
    assert len(headers(store, listed)) == 2


def test_rollback_takes_number_and_head_back(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with pytest.raises(LookupError), store.write() as unit:
        unit.entries.append(listed.id, [answer(sheet, 1), e.Draft(e.SheetSubmitted(), "nowhere")], meta(lead))
    with store.read() as unit:
        assert unit.assessments.find_id(lead.id, listed.id) == listed
        assert unit.entries.recorded(listed.id) == ()
    put(store, listed, e.HeaderSet("scope", "x"))
    verify_chain(headers(store, listed), listed.id)


def test_a_sheet_repeats_its_status(store: Store) -> None:
    lead, listed, sheet = begun(store)
    for body, status in ((e.SheetSubmitted(), "submitted"), (e.SheetSetAside("x"), "set-aside")):
        with store.write() as unit:
            unit.entries.append(listed.id, [e.Draft(body, sheet.id)], meta(lead))
        with store._engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT status FROM sheet").scalar() == status


def test_an_adopted_wording_must_be_kept(store: Store) -> None:
    lead, listed, _ = begun(store)
    newer = e.Draft(e.WordingAdopted("e" * 64))
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write() as unit:
        unit.entries.append(listed.id, [newer], meta(lead))
    with store.write() as unit:
        unit.entries.append(listed.id, [newer], meta(lead))
        unit.schemes.keep("e" * 64, "bjkb-006", "the text, better said")
    with store.read() as unit:
        found = unit.assessments.find_id(lead.id, listed.id)
    assert found is not None
    assert found.scheme_digest == "e" * 64


def test_unknown_assessment_or_sheet(store: Store) -> None:
    lead, listed, _ = begun(store)
    for assessment_id, sheet in (("nowhere", ""), (listed.id, "nowhere")):
        with pytest.raises(LookupError, match="nowhere"), store.write() as unit:
            unit.entries.append(assessment_id, [e.Draft(e.SheetSubmitted(), sheet)], meta(lead))


def test_times_without_zone_are_refused(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with pytest.raises(ValueError, match="without zone"), store.write() as unit:
        unit.entries.append(listed.id, [answer(sheet, 1)], replace(meta(lead), at=NOON.replace(tzinfo=None)))


def test_salted_hashes_of_equal_answers_differ(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        unit.entries.append(listed.id, [answer(sheet, 1), answer(sheet, 2)], meta(lead))
    one, other = headers(store, listed)
    assert one.body_hash != other.body_hash
    assert one.body_hash != body_hash(b"", encode(answer(sheet, 1).body))


def test_a_persons_message_leads_to_what_it_caused(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        stranger = person(unit, "2")
        other = assessment(unit, lead)
        unit.entries.append(listed.id, [answer(sheet, 1)], meta(lead, "31"))
        unit.entries.append(listed.id, [answer(sheet, 2)], meta(lead, "32"))
        later = replace(meta(lead, "32"), at=NOON + timedelta(seconds=1))
        unit.entries.append(other.id, [e.Draft(e.HeaderSet("scope", "x"))], later)
    with store.read() as unit:
        caused_by = unit.entries.caused_by
        assert caused_by(lead.id, "telegram", "1001", "31") == listed.id
        assert caused_by(lead.id, "telegram", "1001", "32") == other.id
        assert caused_by(lead.id, "telegram", "1001", "33") is None
        assert caused_by(lead.id, "telegram", "1002", "31") is None
        assert caused_by(lead.id, "terminal", "1001", "31") is None
        assert caused_by(stranger.id, "telegram", "1001", "31") is None


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM entry WHERE source_channel = ? AND source_chat = ? AND source_message = ?", "ix_entry_source"),
        ("SELECT * FROM entry WHERE assessment = ? AND seq > ? ORDER BY seq", "sqlite_autoindex_entry_1"),
        ("SELECT * FROM membership WHERE person = ?", "ix_membership_person"),
        ("SELECT * FROM sheet WHERE ref = ?", "sqlite_autoindex_sheet_"),
        ("SELECT * FROM inbox WHERE state = ? AND id > ? ORDER BY id", "ix_inbox_state_id"),
        ("SELECT * FROM notice WHERE state = ? ORDER BY id", "ix_notice_state_id"),
        ("SELECT * FROM chat WHERE channel = ? AND shown_version < wanted_version", "ix_chat_behind"),
    ],
)
def test_what_is_asked_at_every_tap_has_an_index(store: Store, query: str, index: str) -> None:
    with store._engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("x",) * query.count("?")).all()
    assert [index in step[3] for step in plan] == [True], plan


def test_an_operator_needs_no_person(store: Store) -> None:
    _, listed, _ = begun(store)
    with store.write() as unit:
        person(unit, "2")
        unit.entries.append(listed.id, [e.Draft(e.Exported("json", "zh", 0))], meta("operator"))
    assert headers(store, listed)[0].person == "operator"
