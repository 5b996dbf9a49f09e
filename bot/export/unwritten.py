"""Signs that no font at hand has, said in words: exact, and readable by anybody. Must not know which fonts there are.

'〔grinning face U+1F600〕', '〔Hangul gim-cheol-su U+AE40 U+CCA0 U+C218〕', '〔Han U+20BB7〕'.
"""

import unicodedata
from collections.abc import Iterable, Iterator

JOINER = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_PLAIN = frozenset({"\ufe0e", "\ufe0f"})
"""Selectors that only say whether a sign is wanted in colour."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")
"""Signs that turn text around beyond the place where they stand: shown, never obeyed (RELIABILITY row 67)."""
_SEEN = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    + "".join(map(chr, range(0x13430, 0x13440)))
)
"""Signs of the kind "format" that have a shape all the same: they stand around numbers, or join hieroglyphs."""
_HAN = ("CJK", "KANGXI")
_OF_NONE = ("COMBINING", "VARIATION", "MODIFIER", "MATHEMATICAL")
"""How the names of letters and marks begin that belong to no script."""


def clusters(text: str) -> Iterator[str]:
    """The text in the pieces that a reader takes for one sign: a letter with its marks, an emoji with its parts."""
    held = ""
    for sign in text:
        if held and _belongs(held, sign):
            held += sign
        else:
            if held:
                yield held
            held = sign
    if held:
        yield held


def _belongs(held: str, sign: str) -> bool:
    number = ord(sign)
    if sign == JOINER or unicodedata.category(sign) in {"Mn", "Me", "Mc"} or number in _TONES or number in _TAGS:
        return held[-1] not in "\n\t "
    if number in _FLAGS:
        return len(held) == 1 and ord(held) in _FLAGS
    return held[-1] == JOINER and unicodedata.category(sign) == "So"


def invisible(sign: str) -> bool:
    """It has no shape of its own, and every text engine hides it."""
    hidden = unicodedata.category(sign) in {"Cf", "Zl", "Zp"} and sign not in _TURNING and sign not in _SEEN
    return hidden or sign in _PLAIN


def family(cluster: str) -> str:
    """The script of a letter: what one bracket may be about; '' for all that is said by its own name."""
    name = unicodedata.name(cluster[0], "")
    if unicodedata.category(cluster[0])[0] not in "LM" or not name or name.startswith(_OF_NONE):
        return ""
    first = name.split(maxsplit=1)[0].split("-")[0]
    return "Han" if first in _HAN else first.capitalize()


def said(run: Iterable[str]) -> str:
    """Clusters of one family in one bracket, with all code points."""
    run = tuple(run)
    signs = "".join(run)
    points = " ".join(f"U+{ord(sign):04X}" for sign in signs)
    script = family(run[0])
    words = _letters(script, signs) if script else _names(signs)
    return f"〔{words} {points}〕" if words else f"〔{points}〕"


def _letters(script: str, signs: str) -> str:
    if script != "Hangul":
        return script
    sounds = [unicodedata.name(sign, "").removeprefix("HANGUL SYLLABLE ") for sign in signs]
    return " ".join([script, *(["-".join(sounds).lower()] if all(" " not in one for one in sounds) else [])])


def _names(signs: str) -> str:
    if all(ord(sign) in _FLAGS for sign in signs):
        return "flag " + "".join(chr(ord(sign) - _FLAGS.start + ord("A")) for sign in signs)
    tagged = "".join(chr(ord(sign) - 0xE0000) for sign in signs if ord(sign) in _TAGS).rstrip("\x7f")
    shown = [sign for sign in signs if sign != JOINER and sign not in _PLAIN and ord(sign) not in _TAGS]
    names = [unicodedata.name(sign, "").lower() for sign in shown]
    return " ".join([" + ".join(name for name in names if name), *([tagged] if tagged else [])]).strip()
