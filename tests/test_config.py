"""Settings: defaults, what is refused and how, and that .env.example tells the truth."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import paths
from bot.config import Settings, SettingsError, read_settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
TOKEN = "123456789:made-up-token-made-up-token-made-up"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting and no .env of the developer reaches a test."""
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def env_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "given.env"
    file.write_text(text, encoding)
    return file


def test_defaults() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.database_url == "sqlite:///data/gradewalk.db"
    assert settings.signing_key_file == Path("data/signing.key")
    assert settings.schemes_dir == paths.schemes_dir()
    assert settings.default_timezone.key == "Asia/Shanghai"
    assert (settings.default_language, settings.access, settings.log_level) == ("zh", "open", "INFO")


def test_everything_follows_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings(env_file(tmp_path, "DATA_DIR=/srv/grades"))
    assert settings.database_url == "sqlite:////srv/grades/gradewalk.db"
    assert settings.signing_key_file == Path("/srv/grades/signing.key")
    assert settings.backup_dir == Path("/srv/grades/backups")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESS", "invited")
    settings = read_settings(env_file(tmp_path, "ACCESS=open\nWEBHOOK_PORT=8080\n"))
    assert (settings.access, settings.webhook_port) == ("invited", 8080)


def test_dot_env_of_the_current_folder_is_read(tmp_path: Path) -> None:
    # Notepad puts a mark of three bytes before the first name.
    (tmp_path / ".env").write_text("DEFAULT_LANGUAGE=en\n", "utf-8-sig")
    assert read_settings().default_language == "en"


def test_other_lines_of_dot_env_are_left_alone(tmp_path: Path) -> None:
    assert read_settings(env_file(tmp_path, "COMPOSE_PROJECT_NAME=x\nACCESS=invited\n")).access == "invited"


@pytest.mark.parametrize("typed", ["12,345", "12, 345", "12，345", " 12 345 "])
def test_administrators(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", typed)
    assert read_settings().admin_ids == (12, 345)


def test_the_level_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert read_settings().log_level == "DEBUG"


def test_a_slash_at_the_end_of_an_address_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://localhost:8081/")
    assert read_settings().telegram_api_url == "http://localhost:8081"


@pytest.mark.parametrize(
    ("name", "value", "accepts"),
    [
        ("TELEGRAM_BOT_TOKEN", "wrong-secret", "BotFather"),
        ("TELEGRAM_API_URL", "wrong-address", "http://"),
        ("DATABASE_URL", "postgresql://wrong", "sqlite:///"),
        ("SCHEMES_DIR", "wrong-folder", "folder"),
        ("DEFAULT_LANGUAGE", "wrong", "zh or en"),
        ("DEFAULT_TIMEZONE", "Wrong/Zone", "Asia/Shanghai"),
        ("DEFAULT_TIMEZONE", "../wrong", "Asia/Shanghai"),
        ("ADMIN_IDS", "12,wrong", "numbers"),
        ("ADMIN_IDS", "-12", "numbers"),
        ("ACCESS", "wrong", "invited"),
        ("WEBHOOK_URL", "http://wrong.example", "https://"),
        ("WEBHOOK_PORT", "65536", "1–65535"),
        ("WEBHOOK_SECRET", "wrong secret", "A-Z a-z 0-9 _ -"),
        ("RETENTION_DAYS", "-1", "days"),
        ("FONT_DIR", "wrong-folder", "folder"),
        ("LOG_LEVEL", "wrong", "WARNING"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_accepts(
    name: str, value: str, accepts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    line = str(refused.value)
    assert line.startswith(f"{name}: ")
    assert accepts in line
    assert "\n" not in line
    assert "wrong" not in line
    # A traceback prints the chain: what was typed must not hang on it either.
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET: .*needed for a webhook"):
        read_settings()
    monkeypatch.setenv("WEBHOOK_SECRET", "made-up")
    assert read_settings().webhook_url == "https://bot.example"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(env_file(tmp_path, "DATA_DIR=数据\n", "gb18030"))


def test_missing_scheme_files_are_a_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "bot")
    with pytest.raises(SettingsError, match=r"schemes.*missing"):
        read_settings()


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", "made-up-webhook-secret")
    settings = read_settings()
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    for printed in (repr(settings), str(settings), settings.model_dump_json()):
        assert "made-up" not in printed


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        read_settings().access = "invited"  # type: ignore[misc]


def example_lines() -> dict[str, tuple[str, str]]:
    """Name → (comment above it, value) as .env.example has them."""
    lines = EXAMPLE.read_text("utf-8").splitlines()
    return {
        line.partition("=")[0]: (before.removeprefix("# "), line.partition("=")[2])
        for before, line in pairwise(lines)
        if line and not line.startswith("#")
    }


def test_the_example_lists_every_setting_with_its_own_words() -> None:
    listed = {name: comment for name, (comment, _) in example_lines().items()}
    assert listed == {name.upper(): field.description for name, field in Settings.model_fields.items()}


def test_the_example_holds_the_defaults() -> None:
    assert read_settings(EXAMPLE) == read_settings(None)
    empty = {name.lower() for name, (_, value) in example_lines().items() if not value}
    fixed = {
        name
        for name, field in Settings.model_fields.items()
        if field.default_factory is None and field.default not in (None, ())
    }
    assert empty & fixed == set()
