"""Makes the things that the rest is handed: store, library, world. The only place where they meet.

Must not know what is done with them.
"""

import secrets
from datetime import UTC, datetime

from bot.config import Settings, SettingsError, cache_folder
from bot.domain.record import SALT_BYTES
from bot.library import Library, Problem
from bot.service.world import World

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""For ids and refs: no sign that is taken for another, none that a payload gives a meaning."""


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


def open_world(settings: Settings, library: Library | None = None) -> World:
    """Everything the use cases need, with the database brought up to date. StoreError, SchemesBroken, SettingsError."""
    # The database is heavy to import, and scoring a file needs none.
    from bot.store.engine import open_engine  # noqa: PLC0415
    from bot.store.migration import migrate  # noqa: PLC0415
    from bot.store.unit import Store  # noqa: PLC0415

    library = library or open_library(settings)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        engine = open_engine(settings.database_url)
    except OSError as error:
        raise SettingsError(f"DATA_DIR: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from None
    migrate(engine)
    store = Store(
        engine,
        new_salt=lambda: secrets.token_bytes(SALT_BYTES),
        new_id=lambda: random_name(26),
        new_ref=lambda: random_name(8),
    )
    return World(
        store=store,
        library=library,
        clock=now,
        language=settings.default_language,
        zone=str(settings.default_timezone),
    )


def now() -> datetime:
    """The time, to the millisecond that entries keep."""
    exact = datetime.now(UTC)
    return exact.replace(microsecond=exact.microsecond // 1000 * 1000)


def random_name(length: int) -> str:
    """An unguessable name: five bits a sign."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
