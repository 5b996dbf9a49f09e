"""The entries of a story as the fold reads them, from what is stored."""

from bot.domain.entries import Entry
from bot.domain.scheme import QuestionId
from bot.domain.written import decode
from tests.export.story import Story


def entries(one: Story) -> list[Entry]:
    return [
        Entry(
            r.header.seq,
            r.header.at,
            r.header.person,
            decode(r.header.kind, r.body),
            r.header.sheet,
            QuestionId.parse(r.header.question) if r.header.question else None,
            r.header.revision,
        )
        for r in one.records
        if r.body is not None
    ]
