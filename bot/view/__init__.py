"""Domain values -> screens: text and buttons. Must not know Telegram, storage, or who may see what."""
