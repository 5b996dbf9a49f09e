"""Templates of Word documents: opened, looked at, their tags worked off. Ours, and those that customers brand.

Must not know where a template comes from, or what is said to whom about a broken one.
"""

import io
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.export.word_package import fetches
from bot.export.word_slots import Slots
from bot.paths import templates_dir
from bot.words.pages import TagError, UnknownTag, sandbox

if TYPE_CHECKING:
    from docx.document import Document

OURS = "report.docx"

Fault: TypeAlias = Literal["missing", "not-word", "fetches", "unknown-tag", "bad-tag", "misplaced", "left-over"]
"""missing: no such file; not-word: no .docx; fetches: it loads something from elsewhere when it is opened.

unknown-tag: a name that stands for nothing; bad-tag: Jinja cannot read it, or must not; misplaced: a chapter or a
table within a sentence or in a header; left-over: a tag where none is read, as in an end note.
"""


class TemplateBroken(Exception):  # noqa: N818  a state of a file, told to the operator
    """A template cannot be used. detail: in Jinja's words, '' where there is none."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault)
        self.fault, self.detail = fault, detail


@cache
def ours() -> bytes:
    """The template that comes along."""
    return (templates_dir() / OURS).read_bytes()


def rendered(template: bytes, slots: Slots) -> "Document":
    """The template with a token in the place of each tag. TemplateBroken."""
    # Heavy, and lxml with it: the bot starts without them.
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415

    made = DocxTemplate(io.BytesIO(template))
    try:
        document: Document = made.get_docx()
        loads = fetches(document)
    except Exception as error:  # zip, XML, package: whatever a strange file leads to
        raise TemplateBroken("not-word") from error
    if loads:
        raise TemplateBroken("fetches")
    try:
        made.render(slots.tags, jinja_env=sandbox(), autoescape=True)
    except UnknownTag as error:
        raise TemplateBroken("unknown-tag", str(error)) from error
    except TagError as error:
        raise TemplateBroken("bad-tag", str(error)) from error
    except Exception as error:  # what an expression in a tag does, or XML torn by a tag out of place
        raise TemplateBroken("bad-tag", type(error).__name__) from error
    return document
