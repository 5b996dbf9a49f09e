"""Insight: what a person marks for the way to a grade, what they try without saving it, and in which order they ask."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _wishes()
    _tries()
    with op.batch_alter_table("membership", recreate="always") as membership:
        membership.add_column(sa.Column("ask_order", sa.Text(), nullable=False, server_default=sa.text("'clause'")))
        membership.create_check_constraint(op.f("ck_membership_ask_order"), "ask_order IN ('clause', 'deciding')")


def _wishes() -> None:
    op.create_table(
        "wish",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_wish_person_person")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_wish_assessment_assessment")),
        sa.PrimaryKeyConstraint("person", "assessment", "indicator", name=op.f("pk_wish")),
    )
    op.create_index(op.f("ix_wish_assessment"), "wish", ["assessment"])


def _tries() -> None:
    op.create_table(
        "tried",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_tried_person_person")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_tried_assessment_assessment")),
        sa.PrimaryKeyConstraint("person", "assessment", "sheet", "question", name=op.f("pk_tried")),
    )
    op.create_index(op.f("ix_tried_assessment"), "tried", ["assessment"])


def downgrade() -> None:
    raise NotImplementedError("a newer database is never taken back")
