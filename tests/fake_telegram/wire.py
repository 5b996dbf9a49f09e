"""Bodies of HTTP requests → parameters and files: JSON, form-encoded, multipart. Knows no Bot API."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from tests.fake_telegram.params import Upload

_NAME = re.compile(r'[; ]name="([^"]*)"')
_FILENAME = re.compile(r'filename="([^"]*)"')


def read_body(content_type: str, query: str, body: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Parameters (of the query string too) and files by part name. ValueError for a body of another kind."""
    params: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        fields, files = _multipart(content_type, body)
        return params | fields, files
    if kind == "application/json":
        return params | (json.loads(body) if body else {}), {}
    if kind == "application/x-www-form-urlencoded":
        return params | dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    if body:
        raise ValueError(f"no body of this kind: {content_type!r}")
    return params, {}


def _multipart(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    if boundary is None:
        raise ValueError("multipart without boundary")
    mark = b"\r\n--" + boundary[1].encode()
    for part in (b"\r\n" + body).split(mark)[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        text = head.decode("utf-8", "replace")
        name, filename = _NAME.search(text), _FILENAME.search(text)
        if name is None:
            raise ValueError("a part without a name")
        if filename is None:
            fields[name[1]] = data.decode()
        else:
            mime = re.search(r"content-type: *([^\r\n]+)", text, re.IGNORECASE)
            kind = mime[1] if mime else "application/octet-stream"
            files[name[1]] = Upload.of(data, filename[1].replace("%22", '"'), kind)
    return fields, files
