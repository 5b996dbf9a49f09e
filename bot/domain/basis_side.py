"""A self-assessment that was handed over, as one side of a comparison: from the rows of the basis alone (`basis.py`).

A row holds the answers to a question in the order in which counted sheets were opened, and a sheet that did not answer
leaves no place. So whose the second answer is nobody can tell, and the mean of a question is all that is certain. Each
place becomes a sheet; a dimension has as many as the question with most answers, and where a question has fewer, some
sheet left it open. That keeps every mean; sums too, as all sheets weigh alike: but in percent, where one of several
answers is "not applicable", a sheet's share depends on which other answers are its own. Such a dimension is `untold`.
Decisions are not in a basis. Must not know who may see it, or words.
"""

from dataclasses import dataclass, replace

from bot.domain.answers import Decisions, NotApplicable, Veto
from bot.domain.basis import told
from bot.domain.compare import Change, Comparison, Side, compare
from bot.domain.given import Given
from bot.domain.notes import Note
from bot.domain.panel_entries import BasisRow, BasisTaken
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.scoring import ZERO
from bot.domain.state import AssessmentState, SheetState


@dataclass(frozen=True, slots=True)
class FromBasis:
    """The basis on the left, an audit on the right; totals of both before deductions and bonus.

    state: the basis as if it had sheets. untold: dimensions in which neither total nor effect follows from the rows.
    """

    found: Comparison
    state: AssessmentState
    untold: frozenset[str]


def rated(basis: BasisTaken | None) -> bool:
    """Whether there is anything to compare with."""
    return basis is not None and basis.ratings == "shown" and told(basis)[0] > 0


def from_basis(basis: BasisTaken, audit: Side) -> FromBasis:
    """Both by the audit's edition: an audit begins by that of its basis."""
    state = state_of(audit.scheme, basis)
    untold = frozenset(name for name in audit.scheme.dimensions if _untold(audit.scheme, basis, name))
    left = Side(audit.scheme, [sheet.sheet() for sheet in state.counted], Decisions())
    return FromBasis(_known(compare(left, audit), basis, untold), state, untold)


def state_of(scheme: Scheme, basis: BasisTaken) -> AssessmentState:
    """A sheet for each place, at least one, which covers everything; notes, of whichever sheet, on the first."""
    places = {name: max(1, _places(basis, name)) for name in scheme.dimensions}
    sheets = {}
    for place in range(max(1, _places(basis, VETO), *places.values())):
        given = {row.question: Given(row.answers[place], 1, "", 0, 0) for row in basis.rows if place < len(row.answers)}
        covers = frozenset(name for name, count in places.items() if place < count)
        sheets[str(place)] = SheetState(str(place), "", "", covers, given=given, notes={} if place else _notes(basis))
    return AssessmentState(scheme=scheme.id, header={"organisation": basis.organisation}, sheets=sheets)


def _notes(basis: BasisTaken) -> dict[QuestionId, tuple[Note, ...]]:
    return {row.question: tuple(Note(0, text, "", 0) for text in row.notes) for row in basis.rows if row.notes}


def _rows(basis: BasisTaken, dimension: str) -> list[BasisRow]:
    return [row for row in basis.rows if row.question.dimension == dimension]


def _places(basis: BasisTaken, dimension: str) -> int:
    return max((len(row.answers) for row in _rows(basis, dimension)), default=0)


def _untold(scheme: Scheme, basis: BasisTaken, dimension: str) -> bool:
    """Of one sheet everything is told; in points no sheet's share depends on what does not apply (`stakes.shares`)."""
    if scheme.dimensions[dimension].total == "points":
        return False
    left_out = (sum(isinstance(one, NotApplicable) for one in row.answers) for row in _rows(basis, dimension))
    return any(0 < count < _places(basis, dimension) for count in left_out)


def _known(found: Comparison, basis: BasisTaken, untold: frozenset[str]) -> Comparison:
    """Without what does not follow. A raised veto decides, whatever else is not known (BK-01)."""
    dimensions = {name: _before(change, known=name not in untold) for name, change in found.dimensions.items()}
    found = replace(found, dimensions=dimensions)
    if not untold:
        return found
    differences = tuple(replace(one, alone=None, decides=False) for one in found.differences)
    left, right = found.verdicts
    if not any(answer == Veto(raised=True) for row in basis.rows for answer in row.answers):
        left = replace(left, outcome=None, reasons=(), next=None, missing=())
    return replace(found, differences=differences, verdicts=(left, right))


def _before(change: Change, *, known: bool) -> Change:
    """Before deductions and bonus on both sides: what those of the basis were is not known."""
    right = None if change.right is None else change.right - change.adjusted
    return replace(change, left=change.left if known else None, right=right, adjusted=ZERO)
