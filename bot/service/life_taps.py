"""The taps of what goes on around an assessment. Must not know what buttons look like."""

from typing import assert_never

from bot.service import forgetting, unsaying, wishes
from bot.service.talk import Outcome, Talk
from bot.view.life_places import EraseTap, ForgetTap, LifeTap, QuietTap, RemindTap


def life_tap(talk: Talk, tap: LifeTap) -> Outcome:
    """BadPayload, Refused."""
    match tap:
        case RemindTap():
            return wishes.remind(talk, tap)
        case QuietTap():
            return wishes.quiet_tapped(talk, tap)
        case ForgetTap():
            return forgetting.forget(talk, tap)
        case EraseTap():
            return unsaying.erase(talk, tap)
        case _:
            assert_never(tap)
