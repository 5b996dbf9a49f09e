"""The bot that any tutorial makes, to compare with: python-telegram-bot as it comes, 80 questions, nothing stored."""

import os
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

QUESTIONS = 80
_State = dict[int, list[int]]
_said: _State = {}


def card(person: int) -> tuple[str, InlineKeyboardMarkup]:
    """A question with about as much text and as many buttons as a real card."""
    given = _said.setdefault(person, [])
    number = len(given) % QUESTIONS + 1
    text = (
        f"<b>{number}/{QUESTIONS} · 4.{number}</b>\nHow does the company make sure that this is done, every time?\n\n"
        "• who is responsible\n• what is written down\n• what an auditor could see today\n• how often it is looked at\n"
        f"\nSaved so far: {len(given)}"
    )
    values = [InlineKeyboardButton(f"Level {n}", callback_data=f"a:{number}:{n}") for n in range(1, 6)]
    more = [
        InlineKeyboardButton(name, callback_data=f"x:{number}:{name}")
        for name in ("Note", "Later", "Flag", "Sections", "Back")
    ]
    return text, InlineKeyboardMarkup([values[:3], values[3:], more[:3], more[3:]])


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """/start."""
    assert update.effective_user
    assert update.message
    text, markup = card(update.effective_user.id)
    await update.message.reply_html(text, reply_markup=markup)


async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """A button."""
    query = update.callback_query
    assert query is not None
    _said.setdefault(query.from_user.id, []).append(int((query.data or "::0").split(":")[2]))
    await query.answer("Saved")
    text, markup = card(query.from_user.id)
    await query.edit_message_text(text, parse_mode="HTML", reply_markup=markup)


def main() -> None:
    """Poll for ever."""
    root = os.environ["TELEGRAM_API_URL"]
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(f"{root}/bot")
    if "concurrent" in sys.argv:
        builder = builder.concurrent_updates(True)
    app = builder.build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(tapped))
    app.run_polling(poll_interval=0, timeout=30)


if __name__ == "__main__":
    main()
