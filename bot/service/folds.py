"""Folded states of assessments, kept so that a tap folds only what is new. Must not know what the entries mean.

A transaction that is rolled back may leave a state of entries that never were: `forget` is called then.
"""

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from bot.domain.state import AssessmentState, fold

if TYPE_CHECKING:
    from bot.store.unit import Unit
    from bot.store.values import Listed

KEPT = 500


class Folds:
    """assessment id -> its newest known state; bounded, shared by threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._states: OrderedDict[str, AssessmentState] = OrderedDict()
        self._kept = kept
        self._lock = Lock()

    def state(self, unit: "Unit", listed: "Listed") -> AssessmentState:
        """The state up to and with entry `listed.seq`."""
        with self._lock:
            known = self._states.get(listed.id)
        if known is None or known.seq > listed.seq:
            known = AssessmentState()
        if known.seq < listed.seq:
            known = fold(known, unit.entries.after(listed.id, known.seq))
        with self._lock:
            self._states[listed.id] = known
            self._states.move_to_end(listed.id)
            while len(self._states) > self._kept:
                self._states.popitem(last=False)
        return known

    def forget(self) -> None:
        """Fold everything anew from what is stored."""
        with self._lock:
            self._states.clear()
