"""Somebody in a panel with a phone: presses buttons by what they send, not by what they say."""

from bot.service.world import World
from bot.view import places
from bot.view.payload import Tap, decode
from bot.view.places import Place
from tests.fake_telegram import Button, FakeTelegram, Person
from tests.service.scene import Scene
from tests.stories.company import Say
from tests.stories.running import Player


class Member:
    """A person with a phone; `scene` is the same person without one."""

    def __init__(self, fake: FakeTelegram, world: World, number: int, name: str) -> None:
        self.world = world
        self.person = Person(fake, number, name, "zh-hans")
        self.player = Player(self.person, world)
        self.scene = Scene(world, str(number))

    async def say(self, text: str) -> None:
        await self.player.do(Say(text))

    async def press(self, kind: type[Place | Tap], **fields: object) -> None:
        """The first button of the live card that sends this."""
        await self.person.until(lambda: self.button(kind, fields) is not None, f"{kind.__name__} {fields}")
        button = self.button(kind, fields)
        assert button is not None
        await self.person.press(button)
        await self.player.settled()

    def button(self, kind: type[Place | Tap], fields: dict[str, object]) -> Button | None:
        """None: no such button on the live card."""
        for button in self.person.card.buttons:
            sent = decode(button.data) if button.data else None
            if isinstance(sent, kind) and all(getattr(sent, name) == value for name, value in fields.items()):
                return button
        return None

    def heard(self) -> str:
        """All messages from the bot."""
        return "\n".join(message.text for message in self.person.chat if not message.mine)

    async def home(self) -> None:
        """To the head of the only assessment."""
        await self.say("/my")
        await self.press(places.Head)

    async def sheets(self) -> None:
        await self.home()
        await self.press(places.Sheets)
