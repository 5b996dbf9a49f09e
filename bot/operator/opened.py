"""The database as a command uses it beside a running bot: there, of this version, and let go of again.

Must not know what it is opened for.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.config import Settings
from bot.library import Library
from bot.operator.backup import database_of
from bot.operator.trouble import Trouble
from bot.service.world import World
from bot.store.engine import opened_file
from bot.store.errors import StoreError
from bot.store.migration import versions
from bot.store.unit import Store
from bot.verify.keyfile import Keyring
from bot.wiring import chance, now


@contextmanager
def store_of(settings: Settings) -> Iterator[Store]:
    """The store of the database in use. Trouble where there is none, of another version, or not to be used."""
    database = database_of(settings)
    if not database.is_file():
        raise Trouble(f"还没有数据库：{database}", f"there is no database yet: {database}")
    try:
        with opened_file(database) as engine:
            found, newest, _ = versions(engine)
            if found != newest:
                raise Trouble(
                    f"数据库版本为 {found}，本程序为 {newest}，请先运行 gradewalk migrate",
                    f"the database has version {found}, this program {newest}: run `gradewalk migrate` first",
                )
            yield Store(engine, *chance(), settings.data_dir)
    except StoreError as error:
        raise Trouble(f"无法使用数据库：{error}", f"the database cannot be used: {error}") from None


@contextmanager
def world_of(settings: Settings) -> Iterator[World]:
    """The same as a world with the key, without the standards on offer: each record has its own text. Trouble."""
    with store_of(settings) as store:
        yield World(
            store=store,
            library=Library(()),
            clock=now,
            language=settings.default_language,
            zone=str(settings.default_timezone),
            keys=Keyring(settings.signing_key_file),
        )
