"""The form of a rule: severity, and the sentences of what must hold and what to do. Must not know any code."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """zh, en: what must hold. zh_do, en_do: what to do about it, '' where the rule says it all."""

    severity: Literal["error", "warning"]
    zh: str
    en: str
    zh_do: str
    en_do: str


def error(zh: str, en: str, zh_do: str = "", en_do: str = "") -> Rule:
    """A rule whose breach keeps the file from being used."""
    return Rule("error", zh, en, zh_do, en_do)


def warning(zh: str, en: str, zh_do: str = "", en_do: str = "") -> Rule:
    """A rule whose breach is only pointed out."""
    return Rule("warning", zh, en, zh_do, en_do)
