"""How Alembic runs our revisions: on the connection and in the transaction that it is handed.

Called by `bot.store.migration`. Must not open a database by itself.
"""

from alembic import context

from bot.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters hardly anything: Alembic rebuilds the table
)
with context.begin_transaction():
    context.run_migrations()
