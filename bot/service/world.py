"""What the use cases stand on: the store, the library of schemes, a clock, defaults. Made by the wiring, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.scales import Language
from bot.library import Library
from bot.service.access import Door
from bot.service.folds import Folds

if TYPE_CHECKING:
    from bot.store.unit import Store


@dataclass(frozen=True, slots=True)
class World:
    """clock: the time now, aware UTC. language, zone: for people who chose none. door: who may come in."""

    store: "Store"
    library: Library
    clock: Callable[[], datetime]
    language: Language = "zh"
    zone: str = "Asia/Shanghai"
    door: Door = field(default_factory=Door)
    folds: Folds = field(default_factory=Folds)
