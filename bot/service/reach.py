"""Who can be reached and who must hear of it: chats that are lost, administrators. Must not know why."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.service.notices import queue_alert, queue_text
from bot.service.talk import language_for
from bot.service.world import World
from bot.view import post
from bot.words import Words

if TYPE_CHECKING:
    from bot.store.unit import Unit


def lost(world: World, unit: "Unit", channel: str, chat: str) -> None:
    """The chat takes nothing any more; what waits for it is kept, and anything that comes from there revives it.

    The leads of the open assessments in which that person takes part are told, once until it is revived. Nothing for
    a chat that was never seen.
    """
    state = unit.chats.state(channel, chat)
    if state is None or state.unreachable_at is not None:
        return
    now = world.clock()
    unit.chats.unreachable(channel, chat, now)
    name = unit.people.get(state.person).name
    for assessment, lead in unit.assessments.leads_beside(state.person):
        for theirs in unit.chats.of(channel, lead)[:1]:
            words = words_for(world, unit, channel, theirs.chat)
            queue_text(unit, channel, theirs.chat, post.member_unreachable(words, name, assessment), now)


def alert(world: World, unit: "Unit", channel: str, say: Callable[[Words], str], at: datetime) -> None:
    """Tell every administrator of this channel in their own chat. Nobody hears of it when that fails in its turn."""
    for where, external_id in sorted(world.door.admins):
        if where == channel:
            queue_alert(unit, channel, external_id, say(words_for(world, unit, channel, external_id)), at)


def words_for(world: World, unit: "Unit", channel: str, chat: str) -> Words:
    """The language of a chat's person: chosen, else what their client reports, else the default."""
    state = unit.chats.state(channel, chat)
    chosen, hint = (unit.people.get(state.person).language, state.hint) if state else ("", "")
    return Words.of(language_for(chosen, hint, world.language))
