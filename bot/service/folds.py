"""Folded states of assessments, kept so that a tap folds only what is new. Must not know what the entries mean.

A transaction that is rolled back may leave a state of entries that never were: `forget` is called then.
"""

from collections import OrderedDict
from collections.abc import Mapping
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
        self._sheets: dict[str, dict[str, str]] = {}
        self._kept = kept
        self._lock = Lock()

    def state(self, unit: "Unit", listed: "Listed") -> AssessmentState:
        """The state up to and with entry `listed.seq`."""
        with self._lock:
            known = self._states.get(listed.id)
            if known is not None and known.seq == listed.seq:
                self._states.move_to_end(listed.id)
                return known
        if known is None or known.seq > listed.seq:
            known = AssessmentState()
        if known.seq < listed.seq:
            known = fold(known, unit.entries.after(listed.id, known.seq))
        self.keep({listed.id: known})
        return known

    def keep(self, states: Mapping[str, AssessmentState]) -> None:
        """These are the newest: of entries that were appended a moment ago, and need not be loaded for it."""
        with self._lock:
            for assessment, state in states.items():
                self._states[assessment] = state
                self._states.move_to_end(assessment)
            while len(self._states) > self._kept:
                gone, _ = self._states.popitem(last=False)
                self._sheets.pop(gone, None)

    def sheets(self, unit: "Unit", assessment: str, state: AssessmentState) -> dict[str, str]:
        """Sheet id -> its public name, which never changes; not to be changed by whoever gets it."""
        with self._lock:
            known = self._sheets.get(assessment, {})
        if known.keys() != state.sheets.keys():
            known = {sheet.id: sheet.ref for sheet in unit.assessments.sheets(assessment)}
            with self._lock:
                self._sheets[assessment] = known
        return known

    def forget(self) -> None:
        """Fold everything anew from what is stored."""
        with self._lock:
            self._states.clear()
            self._sheets.clear()
