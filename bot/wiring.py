"""Makes the things that the rest is handed: store, library, world. The only place where they meet.

Must not know what is done with them.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings, SettingsError, cache_folder
from bot.domain.record import SALT_BYTES
from bot.library import Library, Problem
from bot.service.access import Door
from bot.service.supplies import Supplies
from bot.service.world import World
from bot.verify.keyfile import Keyring

log = logging.getLogger(__name__)

_ALPHABET = b"abcdefghijkmnpqrstuvwxyz23456789"
"""For ids and refs: no sign that is taken for another, none that a payload gives a meaning."""
_SIGNS = _ALPHABET * (256 // len(_ALPHABET))
"""For each byte one: of 32 signs each has the same chance."""


class SchemesBroken(Exception):  # noqa: N818  told to the operator, problem by problem
    """The folder of schemes holds a file that is not sound."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("schemes")
        self.problems = problems


def open_library(settings: Settings) -> Library:
    """All schemes of the folder. SchemesBroken where one is not sound."""
    library, problems = Library.open(settings.schemes_dir, cache_folder())
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if errors:
        raise SchemesBroken(errors)
    return library


def open_world(settings: Settings, library: Library | None = None, *, whole: bool = False) -> World:
    """Everything the use cases need, with the database brought up to date. StoreError, SchemesBroken, SettingsError.

    whole: the database is known to be as it was left, see bot/store/whole.py; else all of it is checked first.
    """
    # The database is heavy to import, and scoring a file needs none.
    from bot.store.engine import open_engine  # noqa: PLC0415
    from bot.store.opening import prepare  # noqa: PLC0415
    from bot.store.unit import Store  # noqa: PLC0415

    library = library or open_library(settings)
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = open_engine(settings.database_url)
    except OSError as error:
        raise SettingsError(f"DATA_DIR: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from None
    prepare(engine, whole=whole)
    return World(
        store=Store(engine, *chance(), settings.data_dir),
        library=library,
        clock=now,
        language=settings.default_language,
        zone=str(settings.default_timezone),
        keys=Keyring(settings.signing_key_file),
        supplies=Supplies(settings.font_dir, usable_template(settings)),
        door=Door(settings.access == "open", frozenset(("telegram", str(one)) for one in settings.admin_ids)),
    )


def usable_template(settings: Settings) -> Path | None:
    """The operator's own Word template, None where there is none, or it is broken: the log says so, `doctor` why."""
    if settings.word_template is None:
        return None
    from bot.export.word_check import fault  # noqa: PLC0415  heavy, and few have a template

    found = fault(settings.word_template)
    if found is None:
        return settings.word_template
    log.warning("WORD_TEMPLATE cannot be used (%s): reports are made with ours; see `gradewalk doctor`", found.fault)
    return None


def chance() -> tuple[Callable[[], bytes], Callable[[], str], Callable[[], str]]:
    """What a store needs that is random: salts, ids, short names."""
    return new_salt, lambda: random_name(26), lambda: random_name(8)


def new_salt() -> bytes:
    """The salt of an entry's body."""
    return secrets.token_bytes(SALT_BYTES)


def now() -> datetime:
    """The time, to the millisecond that entries keep."""
    exact = datetime.now(UTC)
    return exact.replace(microsecond=exact.microsecond // 1000 * 1000)


def random_name(length: int) -> str:
    """An unguessable name: five bits a sign."""
    return secrets.token_bytes(length).translate(_SIGNS).decode()
