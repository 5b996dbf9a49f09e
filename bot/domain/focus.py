"""Where a person stands in a conversation: the one durable row per person and channel (DESIGN 3).

Must not know what any place looks like, or how the row is stored.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Expects: TypeAlias = Literal[
    "rating",
    "note",
    "na-reason",
    "new-organisation",
    "header",
    "finding",
    "bonus-reason",
    "measure",
    "population",
    "round",
    "set-aside-reason",
    "finding-field",
    "finding-withdrawal",
    "reopen-reason",
    "uphold-reason",
    "reconsider-reason",
    "aside-reason",
    "removal-reason",
    "member-name",
    "evidence-caption",
    "evidence-day",
    "evidence-removal",
    "quiet-hours",
    "own-name",
    "path-cost",
    "try-rating",
    "try-reason",
]
"""What the next text means. rating: understood as a rating if it is one, else offered as a note."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that was no rating and waits for 'save as a note?'. It keeps the question it was typed at.

    sheet: its public name. message: the channel's id of the message.
    """

    text: str
    sheet: str
    question: str
    message: str


class Focus(NamedTuple):
    """place: the payload of the screen shown, '' for home. assessment, sheet: ids, question as text, '' for none.

    argument: the header field, measure, bonus or dimensions of a new sheet asked for, 'scheme-id:mode' of an
    assessment about to begin, 'invite:id' of the invitation whose link was opened, 'member:reason' of a removal,
    'kind:clause' of a new finding, or 'number:field' of one. message: the message that the next text answers.
    """

    place: str = ""
    assessment: str = ""
    sheet: str = ""
    question: str = ""
    expects: Expects = "rating"
    argument: str = ""
    message: str = ""
    pending: tuple[Pending, ...] = ()
