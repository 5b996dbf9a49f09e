"""The catalogues: a key such as `card.progress` -> the sentence in a language. Must not know who uses which key.

Plain text with Python's `{named}` places, never markup. `key.one` and `key.other` are forms for a number (Babel's
plural rules); Chinese has `.other` alone.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

from bot.domain.scales import Language

_LOCALES: Mapping[Language, str] = {"zh": "zh_Hans_CN", "en": "en_GB"}


@cache
def locale(language: Language) -> Locale:
    """How the language writes dates and counts."""
    return Locale.parse(_LOCALES[language])


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All sentences of a language. PoFileError where the file is damaged."""
    with Path(__file__).with_name(f"{language}.po").open("rb") as file:
        messages = read_po(file, locale=_LOCALES[language], abort_invalid=True)
    return {str(message.id): str(message.string) for message in messages if message.id}


def sentence(language: Language, key: str, n: object = None) -> str:
    """The sentence of a key, in the form for the number n where it has forms.

    One that this language lacks is said in the other: better than nothing (RELIABILITY 80). KeyError: no such key at
    all, a defect.
    """
    texts = catalogue(language)
    if key not in texts and f"{key}.other" not in texts:
        language = "en" if language == "zh" else "zh"
        texts = catalogue(language)
    if isinstance(n, int) and f"{key}.other" in texts:
        form = f"{key}.{locale(language).plural_form(n)}"
        return texts.get(form, texts[f"{key}.other"])
    return texts[key]
