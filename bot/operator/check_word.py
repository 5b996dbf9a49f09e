"""The operator's own Word template: for `gradewalk doctor`. Changes nothing. Must not know how a report looks."""

from collections.abc import Iterator, Mapping

from bot.config import Settings
from bot.export.word_check import fault
from bot.export.word_template import Fault
from bot.operator.check import Check

_SAID: Mapping[Fault, tuple[str, str]] = {
    "missing": ("读不到这个文件", "the file cannot be read"),
    "not-word": (
        "不是 .docx 文件，请在 Word 里另存为“Word 文档”",
        "no .docx file: save it as “Word document” in Word",
    ),
    "fetches": (
        "打开时会从别处取内容（链接的图片、附加的模板、INCLUDE 或 DDE 域），请改为嵌入",
        "it loads something when it is opened (linked pictures, attached templates, INCLUDE or DDE fields): embed it",
    ),
    "unknown-tag": ("标签里的名称不存在", "a tag names a thing that does not exist"),
    "bad-tag": ("标签写错了", "a tag cannot be read"),
    "misplaced": (
        "整段内容（如 facts、part）的标签要在正文里单独占一段",
        "a tag for whole paragraphs, such as facts or part, needs a paragraph of its own in the body",
    ),
    "left-over": (
        "尾注或批注里有标签，那里不会替换",
        "a tag stands in an end note or a comment, where none is replaced",
    ),
}


def word_template(settings: Settings) -> Iterator[Check]:
    """Whether it can be used; nothing where none is set."""
    if settings.word_template is None:
        return
    found = fault(settings.word_template)
    if found is None:
        yield Check("ok", "Word 模板可用", "the Word template can be used")
        return
    zh, en = _SAID[found.fault]
    detail = f" ({found.detail})" if found.detail else ""
    yield Check(
        "warn",
        f"WORD_TEMPLATE 不能用：{zh}{detail}；报告改用自带的模板，见 docs/word.md",
        f"WORD_TEMPLATE cannot be used: {en}{detail}; reports are made with ours, see docs/word.md",
    )
