"""The single-person interview in a terminal: no token, no network. Must not know storage, schemes or Telegram."""
