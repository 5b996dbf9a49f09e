"""Panels: invitations, evidence, reminders; a person's wishes; each member's own figures in their list."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _invites()
    _evidence()
    _reminders()
    _notes()
    with op.batch_alter_table("person", recreate="always") as person:
        person.add_column(sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.false()))
        person.add_column(sa.Column("quiet_from", sa.Text(), nullable=False, server_default=sa.text("''")))
        person.add_column(sa.Column("quiet_to", sa.Text(), nullable=False, server_default=sa.text("''")))
        person.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        person.add_column(sa.Column("guest", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("membership", recreate="always") as membership:
        membership.add_column(sa.Column("answered", sa.Integer(), nullable=True))
        membership.add_column(sa.Column("asked", sa.Integer(), nullable=True))
        membership.add_column(sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True))


def _invites() -> None:
    op.create_table(
        "invite",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('assessor', 'viewer', 'basis')", name=op.f("ck_invite_kind")),
        sa.CheckConstraint("outcome IN ('admitted', 'refused', 'declined', 'revoked')", name=op.f("ck_invite_outcome")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_invite_assessment_assessment")),
        sa.ForeignKeyConstraint(["led_to"], ["assessment.id"], name=op.f("fk_invite_led_to_assessment")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_invite_made_by_person")),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_invite_taken_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invite_token_hash")),
    )
    op.create_index(op.f("ix_invite_assessment"), "invite", ["assessment"])
    op.create_index(op.f("ix_invite_taken_by"), "invite", ["taken_by"])


def _evidence() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("clean", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "fetch",
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'lost', 'removed')", name=op.f("ck_fetch_state")),
        sa.ForeignKeyConstraint(
            ["assessment", "seq"], ["entry.assessment", "entry.seq"], name=op.f("fk_fetch_assessment_entry")
        ),
        sa.PrimaryKeyConstraint("assessment", "seq", name=op.f("pk_fetch")),
    )
    op.create_index(op.f("ix_fetch_state_not_before"), "fetch", ["state", "not_before"])
    op.create_index(op.f("ix_fetch_sha256"), "fetch", ["sha256"])


def _reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_reminder_person_person")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_reminder_assessment_assessment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "person",
            "kind",
            "assessment",
            "subject",
            "day",
            name=op.f("uq_reminder_person_kind_assessment_subject_day"),
        ),
    )


def _notes() -> None:
    """A note and its revisions may go alone, with a later entry that names the note."""
    op.execute("DROP TRIGGER entry_body_no_delete")
    op.execute("""CREATE TRIGGER entry_body_no_delete BEFORE DELETE ON entry_body
    WHEN NOT EXISTS (
        SELECT 1 FROM entry WHERE assessment = OLD.assessment AND seq > OLD.seq AND kind = 'erased'
    ) AND NOT EXISTS (
        SELECT 1 FROM entry AS said JOIN entry_body USING (assessment, seq)
        WHERE said.assessment = OLD.assessment AND said.seq > OLD.seq AND said.kind = 'text-erased'
        AND json_extract(entry_body.body, '$.of') IN (OLD.seq, json_extract(OLD.body, '$.of'))
        AND (
            SELECT kind FROM entry WHERE assessment = OLD.assessment AND seq = OLD.seq
        ) IN ('noted', 'note-revised')
    )
    BEGIN SELECT RAISE(ABORT, 'a body goes only with a later entry that says so'); END""")


def downgrade() -> None:
    raise NotImplementedError("a newer database is never taken back")
