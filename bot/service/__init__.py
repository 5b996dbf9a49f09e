"""The use cases; each is one transaction. Must not know Telegram, the terminal, HTTP or SQL."""
