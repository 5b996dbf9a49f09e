"""The parameters of one call, whichever way they travelled: as strings of a form or as JSON values."""

import json
from collections.abc import Mapping
from typing import Any

from tests.fake_telegram.rules import RefusedError


class Upload(bytes):
    """The bytes of an uploaded file, with the name and type that came along."""

    filename: str
    mime: str

    @classmethod
    def of(cls, data: bytes, filename: str, mime: str = "application/octet-stream") -> "Upload":
        upload = cls(data)
        upload.filename, upload.mime = filename, mime
        return upload


class Params:
    def __init__(self, raw: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> None:
        self.raw, self.files = raw, files or {}

    def __contains__(self, name: str) -> bool:
        return self.raw.get(name) is not None

    def text(self, name: str) -> str:
        value = self.raw.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        try:
            return int(self.text(name)) if name in self else None
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise RefusedError(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent under this name, directly or by an attach:// address; None if it was not uploaded."""
        found = self.files.get(self.text(name).removeprefix("attach://") or name)
        if found is None or isinstance(found, Upload):
            return found
        return Upload.of(found, name)
