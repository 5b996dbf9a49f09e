"""What all tables share: the names of constraints, and the base class. Must not know any table."""

from typing import ClassVar

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """The base of all tables. SQLModel checks nothing here: what is stored was checked at the edge."""

    metadata: ClassVar[MetaData] = metadata


class Aside(Row):
    """The base of tables that no tap asks for: only their rows are used as objects too (`bot.store.work`)."""


def table_of(row: type[Row]) -> Table:
    """The table of a row's class, for statements that are made once and give plain tuples."""
    return row.metadata.tables[str(row.__tablename__)]
