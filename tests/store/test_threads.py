import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bot.domain import entries as e
from bot.domain.record import verify_chain
from bot.store.errors import StoreConflict
from bot.store.unit import Store
from tests.store.making import NOON, QUESTION, answer, begun, headers, meta, open_file, store_on


def _together(count: int, work: Callable[[int], object]) -> list[object]:
    """The work of `count` threads that begin at one moment; results in order of the threads."""
    ready = threading.Barrier(count)

    def run(number: int) -> object:
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_eight_threads_leave_one_chain_without_a_gap(store: Store) -> None:
    lead, listed, sheet = begun(store)

    def append(thread: int) -> None:
        for number in range(50):
            with store.write() as unit:
                note = e.Draft(e.Noted(f"{thread}/{number}"), sheet.id, QUESTION)
                unit.entries.append(listed.id, [note], meta(lead))
                found = unit.assessments.find_id(lead.id, listed.id)
                assert found is not None
                answered = found.answered + 1
                unit.assessments.project(listed.id, name="", answered=answered, asked=400, touched_at=NOON)

    _together(8, append)

    assert [header.seq for header in headers(store, listed)] == list(range(1, 401))
    with store.read() as unit:
        found = unit.assessments.find_id(lead.id, listed.id)
        texts = {entry.body.text for entry in unit.entries.after(listed.id, 0) if isinstance(entry.body, e.Noted)}
    assert found is not None
    assert (found.seq, found.answered) == (400, 400)
    assert found.head == verify_chain(headers(store, listed), listed.id)
    assert texts == {f"{thread}/{number}" for thread in range(8) for number in range(50)}


def test_of_two_who_rate_the_same_one_wins(store: Store) -> None:
    lead, listed, sheet = begun(store)

    def rate(revision: int, thread: int) -> str:
        try:
            with store.write() as unit:
                unit.entries.append(listed.id, [answer(sheet, revision, f"1/{thread + 2}")], meta(lead))
        except StoreConflict:
            return "told"
        return "won"

    for revision in range(1, 21):
        assert sorted(map(str, _together(2, partial(rate, revision)))) == ["told", "won"]
    assert [header.revision for header in headers(store, listed)] == list(range(1, 21))


def test_two_stores_on_one_file_keep_one_chain(store: Store, tmp_path: Path) -> None:
    # As two processes would: the lock of our own does not reach from one to the other, BEGIN IMMEDIATE must.
    lead, listed, _ = begun(store)
    engine = open_file(tmp_path / "gradewalk.db")
    stores = (store, store_on(engine, "x"))

    def append(thread: int) -> None:
        for number in range(40):
            with stores[thread].write() as unit:
                unit.entries.append(listed.id, [e.Draft(e.HeaderSet("scope", f"{number}"))], meta(lead))

    _together(2, append)
    engine.dispose()
    assert len(headers(store, listed)) == 80
    verify_chain(headers(store, listed), listed.id)
