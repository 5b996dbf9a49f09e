"""One thing that `gradewalk doctor` looked at, and what it found. Knows none of them."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["ok", "warn", "fail"]
_WORDS: dict[Level, tuple[str, str]] = {"ok": ("正常", "ok"), "warn": ("注意", "warn"), "fail": ("错误", "fail")}


@dataclass(frozen=True, slots=True)
class Check:
    """level: ok, warn (works, but should not stay so) or fail (does not work, or is not safe)."""

    level: Level
    zh: str
    en: str

    def line(self, language: str = "") -> str:
        """One line in 'zh' or 'en', or else in both."""
        zh, en = _WORDS[self.level]
        match language:
            case "zh":
                return f"{zh}  {self.zh}"
            case "en":
                return f"{en:4}  {self.en}"
            case _:
                return f"{zh} {en:4}  {self.zh} / {self.en}"
