"""Messages that are sent once, in order, and never merged: results, files, 'not saved'. Must not know channels."""

import json
from collections.abc import Mapping
from datetime import datetime

from bot.service.talk import Talk
from bot.store.unit import Unit


def text(talk: Talk, html: str) -> None:
    """Queue a text for the person's chat."""
    queue(talk.unit, talk.who.channel, talk.who.chat, {"kind": "text", "text": html}, talk)


def queue_text(unit: Unit, channel: str, chat: str, html: str, at: datetime) -> None:
    """Queue a text for any chat."""
    unit.notices.add(channel, chat, json.dumps({"kind": "text", "text": html}, ensure_ascii=False), at)


def queue_reminder(unit: Unit, channel: str, chat: str, html: str, person: str, at: datetime) -> None:
    """Queue a text that is only sent while it is timely and welcome."""
    content = {"kind": "text", "text": html, "reminds": person}
    unit.notices.add(channel, chat, json.dumps(content, ensure_ascii=False), at)


def queue_alert(unit: Unit, channel: str, chat: str, html: str, at: datetime) -> None:
    """Queue a text for an administrator: where that cannot be sent, nobody is told."""
    content = {"kind": "text", "text": html, "alert": 1}
    unit.notices.add(channel, chat, json.dumps(content, ensure_ascii=False), at)


def queue(unit: Unit, channel: str, chat: str, content: Mapping[str, str | int], talk: Talk) -> None:
    """Queue any content; `outbox.py` reads it back."""
    unit.notices.add(channel, chat, json.dumps(content, ensure_ascii=False, sort_keys=True), talk.now)
