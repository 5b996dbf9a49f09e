"""When a channel was last in touch, what chats are to be told of an absence, and in which language."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("away_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_upto", sa.Text(), nullable=True),
        sa.Column("drift", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("chat", recreate="always") as chat:
        chat.add_column(sa.Column("hint", sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a newer database is never taken back")
