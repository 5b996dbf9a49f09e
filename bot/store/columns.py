"""Column types that mean the same on SQLite and PostgreSQL. Must not know tables.

Times need none: SQLModel keeps an aware datetime as UTC and refuses a naive one.
"""

from sqlalchemy import BigInteger, Dialect, Integer, Text, TypeDecorator

# SQLite numbers rows by itself only where the type is exactly INTEGER, which has 64 bits there.
BigId = BigInteger().with_variant(Integer, "sqlite")


def storable(text: str | None) -> str | None:
    """The text itself. ValueError for NUL: PostgreSQL cannot keep it, so nothing may depend on it."""
    if text is not None and "\0" in text:
        raise ValueError("NUL in a text")
    return text


class PlainText(TypeDecorator[str]):
    """Text of any length, as far as it is storable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the interface
        """What SQLAlchemy asks for each value."""
        return storable(value)
