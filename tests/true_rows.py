"""What a unit knows of rows is held against what stands in the database, whenever anything is kept, in every test.

It costs the tests a few statements more, and no test has to think of it. Where the program is measured or killed it
runs in a process of its own, without this.
"""

from bot.store.work import Work

unwatched = Work.keep
"""For a test that counts statements."""
_CHECKED = 50
"""Rows of a kind, those known last: a test with thousands of people has its time limit."""


def watch() -> None:
    """From here on, in this process."""
    Work.keep = _held_true  # type: ignore[method-assign, assignment]


def _held_true(work: Work) -> None:
    if work._transaction is not None:
        for kind, rows in list(work._known._rows.items()):
            for key in list(rows)[-_CHECKED:]:
                _check(work, kind, key)
    unwatched(work)


def _check(work: Work, kind, key) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    found = work.read(kind.get, dict(zip(kind.asked, key, strict=True))).one_or_none()
    row = work.known(kind, *key)
    assert found is not None, f"{kind.table} {key} is known and not there"
    assert row == kind.make(found), f"{kind.table} {key} stands otherwise"
