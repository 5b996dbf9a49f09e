"""Why something asked for cannot be done: one class per reason, with a code and parameters for the sentence.

Must not know the sentence: `words/` has one in each language under `refusal.<code>`.

Refused
  AssessmentClosed  SheetClosed  NotAllowed  ChangedMeanwhile  CannotClose  SheetsOpen
  TextRefused: TextEmpty  TextTooLong
  RatingRefused: OutOfRange  LevelNotWhole  ByButton  NaNotAllowed  ReasonMissing
  UnknownClause  UnknownAssessment  NothingToRevise
  RoundTaken  PopulationMissing  SampleTooSmall
  SheetIncomplete  EvidenceMissing  EvidenceFull  VetoStands  LeadStays  AlreadyMember  OthersRated
  InvitesFull  DateNotUnderstood  SigningKeyGone  QuietNotUnderstood  StandardGone  CostNotUnderstood
  CountRefused: CountNotWhole  PopulationZero  CountsNotUnderstood  NumeratorTooLarge
"""

from typing import ClassVar


class Refused(Exception):  # noqa: N818  not an error of the program: an answer to a person
    """Base of all refusals. `params` fill the sentence: strings and whole numbers only."""

    code: ClassVar[str] = "refused"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code)
        self.params = params


class AssessmentClosed(Refused):
    """A closed assessment changes no more."""

    code = "assessment-closed"


class SheetClosed(Refused):
    """A submitted or set-aside sheet changes no more."""

    code = "sheet-closed"


class NotAllowed(Refused):
    """The person's role does not permit this."""

    code = "not-allowed"


class ChangedMeanwhile(Refused):
    """The card that was tapped shows an older state; the current one is shown instead."""

    code = "changed-meanwhile"


class CannotClose(Refused):
    """Something is open: `open` counts it."""

    code = "cannot-close"


class SheetsOpen(Refused):
    """Other members' sheets are neither submitted nor set aside: `open` counts them."""

    code = "sheets-open"


class TextRefused(Refused):
    """A text that cannot be kept."""


class TextEmpty(TextRefused):
    """Nothing is left of the text once it is cleaned."""

    code = "text-empty"


class TextTooLong(TextRefused):
    """More than `limit` characters; `length` were sent."""

    code = "text-too-long"


class RatingRefused(Refused):
    """A text or value that is meant as a rating and is none here."""


class OutOfRange(RatingRefused):
    """A number outside the scale; `typed` is what came, `form` the scale's kind."""

    code = "out-of-range"


class LevelNotWhole(RatingRefused):
    """Levels are whole numbers 1-5 (CR-08)."""

    code = "level-not-whole"


class ByButton(RatingRefused):
    """A veto row or a gate is answered by one of its two buttons."""

    code = "by-button"


class NaNotAllowed(RatingRefused):
    """The standard has no rule for leaving this row out (G-06)."""

    code = "na-not-allowed"


class ReasonMissing(RatingRefused):
    """Not applicable, a bonus, a sheet set aside: only with a reason (DN-04, DN-06)."""

    code = "reason-missing"


class UnknownClause(Refused):
    """`typed` is no clause of this standard; `near` names close ones, or is ''."""

    code = "unknown-clause"


class UnknownAssessment(Refused):
    """No such assessment, or not this person's: the same answer for both."""

    code = "unknown-assessment"


class NothingToRevise(Refused):
    """The edited message gave no answer, note or field."""

    code = "nothing-to-revise"


class RoundTaken(Refused):
    """The person has a sheet of this `name` already."""

    code = "round-taken"


class PopulationMissing(Refused):
    """How many units there are was not said, so the sample cannot be checked (EN-10)."""

    code = "population-missing"


class SampleTooSmall(Refused):
    """Fewer units were rated (`have`) than must be (`need`)."""

    code = "sample-too-small"


class SheetIncomplete(Refused):
    """A sheet is submitted whole: `open` questions have no answer."""

    code = "sheet-incomplete"


class EvidenceMissing(Refused):
    """The lead asks for evidence, and `open` ratings have none."""

    code = "evidence-missing"


class EvidenceFull(Refused):
    """An assessment holds at most so many `files` and `megabytes` of evidence."""

    code = "evidence-full"


class VetoStands(Refused):
    """A sheet that raises a veto cannot be set aside: any one assessor's word decides (BK-02)."""

    code = "veto-stands"


class LeadStays(Refused):
    """The lead hands over before leaving: nobody else could close."""

    code = "lead-stays"


class AlreadyMember(Refused):
    """The person belongs to the panel."""

    code = "already-member"


class InvitesFull(Refused):
    """As many invitations are out as may be: `limit`."""

    code = "invites-full"


class OthersRated(Refused):
    """Other members have sheets: their work is not the lead's to delete."""

    code = "others-rated"


class DateNotUnderstood(Refused):
    """`typed` is no day such as 2026-12-31."""

    code = "date-not-understood"


class SigningKeyGone(Refused):
    """Nothing can be sealed or signed: the operator has to look."""

    code = "signing-key-gone"


class StandardGone(Refused):
    """Neither the text of a standard is here, nor a newer one that scores alike."""

    code = "standard-gone"


class QuietNotUnderstood(Refused):
    """Not two times of the day."""

    code = "quiet-not-understood"


class CostNotUnderstood(Refused):
    """A typed cost of a step is no number above 0, or too large or too fine a one."""

    code = "cost-not-understood"


class CountRefused(Refused):
    """A text that is meant as a count and is none here."""


class CountNotWhole(CountRefused):
    """`typed` is no whole number."""

    code = "count-not-whole"


class PopulationZero(CountRefused):
    """Nothing can be sampled out of nothing (EN-10)."""

    code = "population-zero"


class CountsNotUnderstood(CountRefused):
    """Not a month and two whole counts."""

    code = "counts-not-understood"


class NumeratorTooLarge(CountRefused):
    """The part (`numerator`) is larger than the whole (`denominator`) (EN-11)."""

    code = "numerator-too-large"
