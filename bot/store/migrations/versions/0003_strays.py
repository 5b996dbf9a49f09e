"""Messages that were a chat's card once and may still have buttons: these are taken away until it succeeds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stray",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat_id", "message", name=op.f("pk_stray")),
    )


def downgrade() -> None:
    raise NotImplementedError("a newer database is never taken back")
