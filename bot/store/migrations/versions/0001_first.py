"""The first tables, and the triggers that guard the record.

The form of `entry` is final: what was recorded is never rewritten. Column types are plain ones, not the models': a
revision must read the same when the models have moved on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TRIGGERS = (
    """CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
    """CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
    """CREATE TRIGGER entry_body_no_update BEFORE UPDATE ON entry_body
    BEGIN SELECT RAISE(ABORT, 'bodies of entries are never changed'); END""",
    """CREATE TRIGGER entry_body_no_delete BEFORE DELETE ON entry_body
    WHEN NOT EXISTS (
        SELECT 1 FROM entry WHERE assessment = OLD.assessment AND seq > OLD.seq AND kind = 'erased'
    )
    BEGIN SELECT RAISE(ABORT, 'a body goes only with a later entry that says so'); END""",
)


def upgrade() -> None:
    _people()
    _places()
    _assessments()
    _sheets()
    _record()
    _bodies()
    for trigger in _TRIGGERS:
        op.execute(trigger)
    _traffic()


def downgrade() -> None:
    raise NotImplementedError("nothing comes before the first tables")


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "account",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_account_person_person")),
        sa.PrimaryKeyConstraint("channel", "external_id", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_person"), "account", ["person"])


def _places() -> None:
    op.create_table(
        "focus",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("expects", sa.Text(), nullable=False),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("pending", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_focus_person_person")),
        sa.PrimaryKeyConstraint("person", "channel", name=op.f("pk_focus")),
    )
    op.create_table(
        "chat",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("wanted_screen", sa.Text(), nullable=True),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("fresh_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.Column("shown_message", sa.Text(), nullable=True),
        sa.Column("shown_digest", sa.Text(), nullable=True),
        sa.Column("unreachable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_chat_person_person")),
        sa.PrimaryKeyConstraint("channel", "chat_id", name=op.f("pk_chat")),
    )
    op.create_index(
        "ix_chat_behind",
        "chat",
        ["channel"],
        sqlite_where=sa.text("shown_version < wanted_version"),
        postgresql_where=sa.text("shown_version < wanted_version"),
    )
    op.create_index(op.f("ix_chat_person"), "chat", ["person"])


def _assessments() -> None:
    op.create_table(
        "scheme_text",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scheme_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_scheme_text")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("scheme_id", sa.Text(), nullable=False),
        sa.Column("scheme_digest", sa.Text(), nullable=False),
        sa.Column("scoring_digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'closed', 'deleted')", name=op.f("ck_assessment_state")),
        sa.ForeignKeyConstraint(
            ["scheme_digest"],
            ["scheme_text.digest"],
            name=op.f("fk_assessment_scheme_digest_scheme_text"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("ref", name=op.f("uq_assessment_ref")),
    )
    op.create_table(
        "membership",
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('lead', 'assessor', 'viewer')", name=op.f("ck_membership_role")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_membership_assessment_assessment")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_membership_person_person")),
        sa.PrimaryKeyConstraint("assessment", "person", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person"), "membership", ["person"])


def _sheets() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_round_assessment_assessment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("assessment", "name", name=op.f("uq_round_assessment_name")),
    )
    op.create_table(
        "sheet",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('open', 'submitted', 'set-aside')", name=op.f("ck_sheet_status")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_sheet_assessment_assessment")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_sheet_person_person")),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_sheet_round_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("ref", name=op.f("uq_sheet_ref")),
    )
    op.create_index(op.f("ix_sheet_assessment"), "sheet", ["assessment"])


def _record() -> None:
    op.create_table(
        "entry",
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source_date", sa.BigInteger(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("source_chat", sa.Text(), nullable=False),
        sa.Column("source_message", sa.Text(), nullable=False),
        sa.Column("source_update", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_entry_assessment_assessment")),
        sa.PrimaryKeyConstraint("assessment", "seq", name=op.f("pk_entry")),
    )
    op.create_index("ix_entry_source", "entry", ["source_channel", "source_chat", "source_message"])
    op.create_index(
        "uq_entry_answer",
        "entry",
        ["sheet", "question", "revision"],
        unique=True,
        sqlite_where=sa.text("kind = 'answered'"),
        postgresql_where=sa.text("kind = 'answered'"),
    )
    op.create_index(
        "uq_entry_decision",
        "entry",
        ["assessment", "kind", "question", "revision"],
        unique=True,
        sqlite_where=sa.text("kind IN ('findings-decided', 'bonus-decided')"),
        postgresql_where=sa.text("kind IN ('findings-decided', 'bonus-decided')"),
    )


def _bodies() -> None:
    op.create_table(
        "entry_body",
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment", "seq"], ["entry.assessment", "entry.seq"], name=op.f("fk_entry_body_assessment_entry")
        ),
        sa.PrimaryKeyConstraint("assessment", "seq", name=op.f("pk_entry_body")),
    )


def _traffic() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("chat_key", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('new', 'done', 'dead')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("update_id", "sha256", name=op.f("uq_inbox_update_id_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_inbox_state_id"), "inbox", ["state", "id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name=op.f("ck_notice_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_state_id"), "notice", ["state", "id"])
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
