"""A PDF read back for tests: its pages, its texts, its bookmarks. Knows pypdfium2, not how the file is made."""

import re
from collections.abc import Iterable

import pypdfium2  # type: ignore[import-untyped]

_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\x02-]")
"""White space, signs of direction, and hyphens: the reader takes one at the end of a line for a cut word."""
_LEFTWARDS = re.compile("[\u0590-\u08ff]")
_LAM_ALEF = re.compile("(\u0644)([\u0622\u0623\u0625\u0627])")
_MARKED = re.compile("(\\w[\u0300-\u036f]+)")
_MARGIN = 56.0
"""Points at the head and foot of a page, where the running lines stand."""


class Pages:
    """One file. text: of all pages, without what stands on each of them; letters: the same without white space."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        document = pypdfium2.PdfDocument(data)
        self.title = document.get_metadata_value("Title")
        self.author = document.get_metadata_value("Author")
        self.bookmarks = [(one.level, one.get_title()) for one in document.get_toc()]
        self.bodies: list[str] = []
        self.around: list[str] = []
        self.sizes: list[tuple[float, float]] = []
        for page in document:
            width, height = page.get_size()
            texts = page.get_textpage()
            self.sizes.append((round(width), round(height)))
            self.bodies.append(texts.get_text_bounded(0, _MARGIN, width, height - _MARGIN))
            head = texts.get_text_bounded(0, height - _MARGIN, width, height)
            self.around.append(f"{head}\n{texts.get_text_bounded(0, 0, width, _MARGIN)}")
        self.text = "\n".join(self.bodies)
        self.letters = letters(self.text)
        document.close()

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Texts that do not stand on the pages."""
        return [text for text in wanted if not self._has(text)]

    def _has(self, text: str) -> bool:
        """Near a line in two directions the reader tells all in another order: there, word by word."""
        if letters(text) in self.letters:
            return True
        words = text.split() if not _LEFTWARDS.search(text) else re.findall(r"\w+", text)
        shaped = _LEFTWARDS.search(self.text) or _MARKED.search(text)
        return bool(shaped) and all(re.search(_told(letters(word)), self.letters) for word in words)


def _told(word: str) -> str:
    """As the reader tells it: a glyph of two letters from the right turned round, a letter of two glyphs twice."""
    turned = _LAM_ALEF.sub(r"\2\1", word)
    return "".join(f"(?:{one})+" if _MARKED.match(one) else re.escape(one) for one in _MARKED.split(turned))


def letters(text: str) -> str:
    return _INVISIBLE.sub("", text)
