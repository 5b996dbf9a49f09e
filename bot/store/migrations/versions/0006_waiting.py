"""Whether a notice waits for a chat is asked at every tap: found by the chat, however many wait elsewhere."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_notice_channel_chat_id_state"), "notice", ["channel", "chat_id", "state"])


def downgrade() -> None:
    raise NotImplementedError("a newer database is never taken back")
