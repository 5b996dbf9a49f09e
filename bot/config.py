"""The settings, read once: the only place that looks at the environment and at `.env`.

Each field's description says in both languages what it is and what it accepts: it is the comment in `.env.example`
and the line a person sees after a mistake. Knows nothing of what the settings are used for. No secret and no wrong
value is ever part of an error.
"""

import os
import re
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, DirectoryPath, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import paths

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram takes for `secret_token`


class SettingsError(Exception):
    """A setting cannot be used. One line: its name and what it accepts, in both languages.

    lines: the same for each of them, where several cannot be used.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.lines = lines


def _token(value: SecretStr) -> SecretStr:
    if _TOKEN.fullmatch(value.get_secret_value()) is None:
        raise ValueError("not a token")
    return value


def _secret(value: SecretStr) -> SecretStr:
    if _WEBHOOK_SECRET.fullmatch(value.get_secret_value()) is None:
        raise ValueError("not a webhook secret")
    return value


def _address(value: str) -> str:
    if re.fullmatch(r"https?://[^\s/]+\S*", value.strip()) is None:
        raise ValueError("not an address")
    return value.strip().rstrip("/")


def _public(value: str) -> str:
    if not value.startswith("https://"):
        raise ValueError("Telegram pushes to https only")
    return _address(value)


def _sqlite(value: str) -> str:
    if not value.startswith("sqlite:///"):
        raise ValueError("not SQLite")
    return value


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part for part in re.split(r"[\s,，]+", value) if part)


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _in_data_dir(name: str) -> Callable[[dict[str, Any]], Path]:
    """A default that depends on a field before it."""
    return lambda fields: Path(fields["data_dir"] / name)


class Settings(BaseSettings):
    """What the operator may set. An empty value means the default."""

    model_config = SettingsConfigDict(
        frozen=True, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        default=None,
        description="BotFather 给的令牌；留空则在终端对话 / the token from BotFather; empty: chat in the terminal",
    )
    telegram_api_url: Annotated[str, AfterValidator(_address)] = Field(
        default="https://api.telegram.org",
        description="Bot API 服务器网址 / address of the Bot API server, http:// or https://",
    )
    data_dir: Path = Field(
        default=Path("data"), description="存放全部数据的文件夹 / the folder that all data is kept in"
    )
    database_url: Annotated[str, AfterValidator(_sqlite)] = Field(
        default_factory=lambda fields: f"sqlite:///{(fields['data_dir'] / 'gradewalk.db').as_posix()}",
        description="sqlite:///文件；留空为 DATA_DIR 中的文件 / sqlite:///file; empty: a file in DATA_DIR",
    )
    schemes_dir: DirectoryPath = Field(
        default_factory=paths.schemes_dir,
        description="标准文件所在的文件夹；留空用自带的 / a folder of scheme files; empty: those that come along",
    )
    default_language: Literal["zh", "en"] = Field(
        default="zh", description="新用户的语言：zh 或 en / language of a new user: zh or en"
    )
    default_timezone: ZoneInfo = Field(
        default_factory=lambda: ZoneInfo("Asia/Shanghai"),
        description="新用户的时区名 / time zone of a new user, a name such as Asia/Shanghai",
    )
    admin_ids: Annotated[tuple[Annotated[int, Field(gt=0)], ...], NoDecode, BeforeValidator(_ids)] = Field(
        default=(),
        description="管理员的 Telegram 数字 ID，逗号分隔 / Telegram ids of the administrators, numbers with commas",
    )
    access: Literal["open", "invited"] = Field(
        default="open",
        description="谁能使用：open 任何人，invited 受邀者 / who may use it: open (anyone) or invited",
    )
    webhook_url: Annotated[str, AfterValidator(_public)] | None = Field(
        default=None,
        description="接收推送的公网网址；留空则轮询 / public address for a webhook, https://; empty: polling",
    )
    webhook_port: int = Field(
        default=8443, ge=1, le=65535, description="本机监听端口，1–65535 / the port to listen on, 1–65535"
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        default=None,
        description="用推送时必填：1–256 位字母、数字、_ - / needed for a webhook: 1–256 of A-Z a-z 0-9 _ -",
    )
    signing_key_file: Path = Field(
        default_factory=_in_data_dir("signing.key"),
        description="签名密钥文件；留空为 DATA_DIR 中的 signing.key / key for seals; empty: signing.key in DATA_DIR",
    )
    backup_dir: Path = Field(
        default_factory=_in_data_dir("backups"),
        description="备份文件夹；留空为 DATA_DIR 中的 backups / folder for backups; empty: backups in DATA_DIR",
    )
    retention_days: int = Field(
        default=0, ge=0, description="结束多少天后列入待删除；0 为从不 / days until listed for deletion; 0: never"
    )
    font_dir: DirectoryPath | None = Field(
        default=None,
        description="报告用字体的文件夹；留空用自带的 / a folder of fonts for reports; empty: those that come along",
    )
    word_template: Path | None = Field(
        default=None,
        description="Word 报告的模板（.docx）；留空用自带的 / your template (.docx) for Word reports; empty: ours",
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = Field(
        default="INFO", description="日志级别；DEBUG 只用于查错 / INFO, WARNING, ERROR, or DEBUG to find faults"
    )

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> Self:
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError("webhook_secret")
        return self


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings from the environment, then from `env_file` (by default `.env` in the current folder).

    Raises SettingsError for the settings that cannot be used; its text is about the first.
    """
    try:
        return Settings(_env_file=env_file)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{env_file}: 请存为 UTF-8 编码 / save it as UTF-8") from error
    except FileNotFoundError as error:  # the bundled schemes are gone
        raise SettingsError(str(error)) from error
    except OSError as error:
        raise SettingsError(f"{env_file}: 无法读取 / cannot be read: {error.strerror}") from None
    except ValidationError as error:
        # `from None`: the chain would carry what was typed.
        raise SettingsError(*_lines(error)) from None


def _lines(error: ValidationError) -> list[str]:
    """One line for each wrong setting: its name and what it accepts."""
    wrong = error.errors(include_input=False, include_url=False, include_context=False)
    # A default that is made from a field that is wrong is not wrong itself.
    own = [one["loc"] for one in wrong if one["type"] != "default_factory_not_called"]
    fields = dict.fromkeys(str(place[0]).lower() if place else "webhook_secret" for place in own)
    return [f"{field.upper()}: {Settings.model_fields[field].description}" for field in fields]


def shown(settings: Settings) -> dict[str, str]:
    """What was set by the operator: NAME → value; a secret's is left out."""
    values = {name: getattr(settings, name) for name in sorted(settings.model_fields_set)}
    return {name.upper(): "" if isinstance(value, SecretStr) else str(value) for name, value in values.items()}


def misspelt(env_file: Path) -> dict[str, str]:
    """Names in a `.env` that we do not know but that look like one we do: as written → as meant."""
    known = [name.upper() for name in Settings.model_fields]
    try:
        names = re.findall(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", env_file.read_text("utf-8-sig"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return {}
    odd = {name: get_close_matches(name.upper(), known, 1, 0.8) for name in names if name.upper() not in known}
    return {name: meant[0] for name, meant in odd.items() if meant}


def system_locale() -> str:
    """The language of whoever sits at this machine, as 'zh_CN' or 'en_US'; '' where the system names none.

    Not `locale.getlocale()`: it takes C.UTF-8, which says nothing, for American English.
    """
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    language = named.partition(".")[0].partition("@")[0]
    return "" if language in {"C", "POSIX"} else language


def cache_folder() -> Path | None:
    """Where things may be kept that can be made anew at any time; None where this account has no home."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(named) if named else Path.home() / ".cache") / "gradewalk"
    except RuntimeError:
        return None
