"""The signing key, for the operator: what it is, whether it is there, and a new one on an explicit word.

Must not know what is signed with it.
"""

import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.operator.backup import database_of
from bot.operator.check import Check
from bot.operator.opened import store_of
from bot.operator.proof import one_line
from bot.operator.trouble import Trouble
from bot.verify.keyfile import KeyMissing, KeyUnreadable, load, make, put_aside
from bot.verify.signing import Signer, fingerprint


def shown(settings: Settings) -> Signer:
    """The key in use. Trouble where there is none, or none that can be read."""
    path = settings.signing_key_file
    try:
        return load(path)
    except KeyMissing:
        if sealed(settings):
            raise _gone(path) from None
        raise Trouble(
            f"还没有签名密钥：第一次关闭评价时自动生成 {path}，现在生成可运行 gradewalk key new",
            f"no signing key yet: the first closing makes {path}; to make it now, run `gradewalk key new`",
        ) from None
    except KeyUnreadable as error:
        raise _unreadable(path, error) from None


def new(settings: Settings, at: datetime, *, replace: bool) -> tuple[Signer, Path | None]:
    """A new key; where the one of before stands now, if there was one. Trouble where there is one and not `replace`."""
    path = settings.signing_key_file
    aside = None
    try:
        if path.exists():
            if not replace:
                raise Trouble(
                    f"已有签名密钥：{path}；确要换新的，请加 --replace（旧的会改名保留）",
                    f"there is a signing key: {path}; to have a new one all the same, add --replace (it is kept aside)",
                )
            aside = put_aside(path, f"{path.name}.until-{at:%Y%m%dT%H%M%SZ}")
        return make(path), aside
    except OSError as error:
        raise one_line(error) from None
    except KeyUnreadable as error:
        raise _unreadable(path, error) from None


def sealed(settings: Settings) -> bool:
    """Whether anything was ever sealed. Trouble where the database cannot be read."""
    if not database_of(settings).is_file():
        return False
    with store_of(settings) as store, store.read() as unit:
        return unit.entries.any_of("sealed")


def signing_key(settings: Settings) -> Iterator[Check]:
    """For `gradewalk doctor` and the start: whether what was sealed can be sealed on."""
    path = settings.signing_key_file
    try:
        yield _sound(load(path))
    except KeyMissing:
        if _sealed_quietly(settings):
            zh, _, en = str(_gone(path)).partition(" / ")
            yield Check("fail", zh, en)
        else:
            yield Check(
                "ok",
                f"还没有签名密钥，第一次关闭评价时生成：{path}",
                f"no signing key yet, the first closing makes {path}",
            )
    except KeyUnreadable as error:
        if error.reason != os.strerror(errno.ENOTDIR):  # else the folder is none, which is said elsewhere
            zh, _, en = str(_unreadable(path, error)).partition(" / ")
            yield Check("fail", zh, en)


def _sound(signer: Signer) -> Check:
    mark = fingerprint(signer.key)
    return Check("ok", f"签名公钥指纹 {mark}", f"fingerprint of the signing key: {mark}")


def _sealed_quietly(settings: Settings) -> bool:
    try:
        return sealed(settings)
    except Trouble:
        return False  # what is wrong with the database is said elsewhere


def _gone(path: Path) -> Trouble:
    return Trouble(
        f"签名密钥不见了：{path}，评价不能关闭。请把它放回原处；找不回来就运行 gradewalk key new（以前的封印仍然有效）",
        f"the signing key is gone: {path}; nothing can be closed. Put it back; if it is lost, run `gradewalk key new` "
        "(seals of before stay valid)",
    )


def _unreadable(path: Path, error: KeyUnreadable) -> Trouble:
    return Trouble(
        f"签名密钥无法读取：{path}（{error.reason}），评价不能关闭",
        f"the signing key cannot be read: {path} ({error.reason}); nothing can be closed",
    )
