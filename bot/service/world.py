"""What the use cases stand on: the store, the library of schemes, a clock, defaults. Made by the wiring, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.scales import Language
from bot.library import Library
from bot.service.access import Door
from bot.service.folds import Folds
from bot.service.supplies import Supplies
from bot.service.weights import Weights
from bot.verify.keyfile import Keyring

if TYPE_CHECKING:
    from bot.service.workshop import Workshop
    from bot.store.unit import Store


@dataclass(slots=True)
class BotName:
    """The bot's name at the channel, without @; '' while it is not known, or where there is none (a terminal)."""

    username: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """clock: the time now, aware UTC. language, zone: for people who chose none. door: who may come in.

    bot: told by the channel once it knows; links to the bot are made with it.
    keys: what closings and bundles are signed with; None: nothing is signed (tests). workshop: where files are made;
    None: in this process (a terminal, tests). supplies: what the operator hands to files. weights: how large they were.
    """

    store: "Store"
    library: Library
    clock: Callable[[], datetime]
    language: Language = "zh"
    zone: str = "Asia/Shanghai"
    door: Door = field(default_factory=Door)
    folds: Folds = field(default_factory=Folds)
    bot: BotName = field(default_factory=BotName)
    keys: Keyring | None = None
    workshop: "Workshop | None" = None
    supplies: Supplies = field(default_factory=Supplies)
    weights: Weights = field(default_factory=Weights)
