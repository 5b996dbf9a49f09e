"""The made-up company's session as data, and as what one does to a chat, whatever the chat is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ruamel.yaml import YAML

from bot.domain.scales import Language

FILE = Path(__file__).with_name("company.yaml")
TOTAL = "84.435556"
LABELS: dict[Language, dict[str, str]] = {
    "zh": {
        "scheme": "售后服务成熟度",
        "mode": "自评",
        "begin": "开始答题",
        "met": "守法合规",
        "keep": "存为备注",
        "later": "稍后答",
        "flag": "标记",
        "check": "检查",
        "home": "首页",
        "scope": "改范围",
        "participants": "改人员",
    },
    "en": {
        "scheme": "After-sales maturity",
        "mode": "Self-assessment",
        "begin": "Begin",
        "met": "Complies",
        "keep": "Save as note",
        "later": "Later",
        "flag": "Flag",
        "check": "Check",
        "home": "Home",
        "scope": "Scope",
        "participants": "People",
    },
}


@dataclass(frozen=True, slots=True)
class Say:
    """Type a text; name: to find the message again."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """Press the button that says this."""

    label: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Change the message that was sent under this name."""

    name: str
    text: str


class Chat(Protocol):
    """What a story can do in a chat. Each returns when the bot has answered."""

    def say(self, text: str) -> int: ...

    def tap(self, label: str) -> None: ...

    def edit(self, message: int, text: str) -> None: ...


def load() -> dict[str, Any]:
    """The file with every scalar as text."""
    data: dict[str, Any] = YAML(typ="base", pure=True).load(FILE.read_text(encoding="utf-8"))
    return data


def begun(language: Language) -> Iterator[Say | Tap]:
    """From nothing to the first question, with two fields of the head."""
    story, labels = load(), LABELS[language]
    yield Say("/new")
    yield Tap(labels["scheme"])
    yield Tap(labels["mode"])
    yield Say(story["organisation"][language], "organisation")
    for field, text in story["head"].items():
        yield Tap(labels[field])
        yield Say(text[language], field)
    yield Tap(labels["begin"])


def answered(language: Language) -> Iterator[Say | Tap | Edit]:
    """Every question in the order it is asked; notes go before the rating, which moves on."""
    story, labels = load(), LABELS[language]
    for step in story["steps"]:
        if "note" in step:
            yield Say(step["note"][language], f"note {step['clause']}")
            yield Tap(labels["keep"])
        if "flag" in step:
            yield Tap(labels["flag"])
        if "later" in step:
            yield Tap(labels["later"])
        elif "met" in step:
            yield Tap(labels["met"])
        elif "band" in step:
            yield Tap(step["band"][language])
            yield Tap(step["value"])
        else:
            yield Say(step["say"], step["clause"])


def changed() -> Iterator[Say | Tap | Edit]:
    """Two answers changed: one anew, one by editing the message that gave it."""
    for step in load()["changes"]:
        if "edit" in step:
            yield Edit(step["clause"], step["edit"])
        else:
            yield Say(f"#{step['clause']}")
            yield Say(step["say"], f"again {step['clause']}")


def answers_file() -> str:
    """The same answers as an answers file."""
    answers = {
        clause: {"ratio": v} if isinstance(v, str) else {"veto": False} for clause, v in load()["answers"].items()
    }
    return json.dumps({"scheme": "bjkb-006", "assessors": [{"name": "A", "answers": answers}]})
