"""A Telegram for tests: the Bot API with its limits and errors, and people in front of it. See README.md."""

from tests.fake_telegram.client import Control
from tests.fake_telegram.core import TOKEN, FakeTelegram, Refusal
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.person import Person
from tests.fake_telegram.remote import RemotePerson
from tests.fake_telegram.transport import FakeRequest, FakeWeb, make_bot
from tests.fake_telegram.views import Attachment, Button, ChatMessage
from tests.fake_telegram.world import Toast

__all__ = [
    "TOKEN",
    "Attachment",
    "Button",
    "ChatMessage",
    "Control",
    "FakeRequest",
    "FakeTelegram",
    "FakeWeb",
    "Fault",
    "Person",
    "Refusal",
    "RemotePerson",
    "Toast",
    "make_bot",
]
