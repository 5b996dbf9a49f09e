CREATE TABLE account (
	channel TEXT NOT NULL,
	external_id TEXT NOT NULL,
	person TEXT NOT NULL,
	CONSTRAINT pk_account PRIMARY KEY (channel, external_id),
	CONSTRAINT fk_account_person_person FOREIGN KEY(person) REFERENCES person (id)
)

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)

CREATE TABLE assessment (
	id TEXT NOT NULL,
	ref TEXT NOT NULL,
	scheme_id TEXT NOT NULL,
	scheme_digest TEXT NOT NULL,
	scoring_digest TEXT NOT NULL,
	state TEXT NOT NULL,
	name TEXT NOT NULL,
	mode TEXT NOT NULL,
	answered INTEGER NOT NULL,
	asked INTEGER NOT NULL,
	touched_at DATETIME NOT NULL,
	seq INTEGER NOT NULL,
	head TEXT NOT NULL,
	created_at DATETIME NOT NULL,
	closed_at DATETIME,
	CONSTRAINT pk_assessment PRIMARY KEY (id),
	CONSTRAINT ck_assessment_state CHECK (state IN ('open', 'closed', 'deleted')),
	CONSTRAINT fk_assessment_scheme_digest_scheme_text FOREIGN KEY(scheme_digest) REFERENCES scheme_text (digest) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_assessment_ref UNIQUE (ref)
)

CREATE TABLE blob (
	sha256 TEXT NOT NULL,
	size BIGINT NOT NULL,
	mime TEXT NOT NULL,
	clean TEXT NOT NULL,
	stored_at DATETIME NOT NULL,
	CONSTRAINT pk_blob PRIMARY KEY (sha256)
)

CREATE TABLE "chat" (
	channel TEXT NOT NULL,
	chat_id TEXT NOT NULL,
	person TEXT NOT NULL,
	wanted_screen TEXT,
	wanted_version INTEGER NOT NULL,
	fresh_version INTEGER NOT NULL,
	shown_version INTEGER NOT NULL,
	shown_message TEXT,
	shown_digest TEXT,
	unreachable_at DATETIME,
	last_seen_at DATETIME NOT NULL,
	hint TEXT,
	CONSTRAINT pk_chat PRIMARY KEY (channel, chat_id),
	CONSTRAINT fk_chat_person_person FOREIGN KEY(person) REFERENCES person (id)
)

CREATE TABLE entry (
	assessment TEXT NOT NULL,
	seq INTEGER NOT NULL,
	v INTEGER NOT NULL,
	prev TEXT NOT NULL,
	at BIGINT NOT NULL,
	source_date BIGINT,
	person TEXT NOT NULL,
	role TEXT NOT NULL,
	kind TEXT NOT NULL,
	sheet TEXT NOT NULL,
	question TEXT NOT NULL,
	revision INTEGER NOT NULL,
	scheme TEXT NOT NULL,
	body_hash TEXT NOT NULL,
	source_channel TEXT NOT NULL,
	source_chat TEXT NOT NULL,
	source_message TEXT NOT NULL,
	source_update TEXT NOT NULL,
	hash TEXT NOT NULL,
	CONSTRAINT pk_entry PRIMARY KEY (assessment, seq),
	CONSTRAINT fk_entry_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
)

CREATE TABLE entry_body (
	assessment TEXT NOT NULL,
	seq INTEGER NOT NULL,
	salt BLOB NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_entry_body PRIMARY KEY (assessment, seq),
	CONSTRAINT fk_entry_body_assessment_entry FOREIGN KEY(assessment, seq) REFERENCES entry (assessment, seq)
)

CREATE TABLE fetch (
	assessment TEXT NOT NULL,
	seq INTEGER NOT NULL,
	channel TEXT NOT NULL,
	chat_id TEXT NOT NULL,
	file TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	not_before DATETIME,
	reason TEXT,
	sha256 TEXT,
	CONSTRAINT pk_fetch PRIMARY KEY (assessment, seq),
	CONSTRAINT ck_fetch_state CHECK (state IN ('waiting', 'done', 'lost', 'removed')),
	CONSTRAINT fk_fetch_assessment_entry FOREIGN KEY(assessment, seq) REFERENCES entry (assessment, seq)
)

CREATE TABLE focus (
	person TEXT NOT NULL,
	channel TEXT NOT NULL,
	place TEXT NOT NULL,
	assessment TEXT NOT NULL,
	sheet TEXT NOT NULL,
	question TEXT NOT NULL,
	expects TEXT NOT NULL,
	argument TEXT NOT NULL,
	message TEXT NOT NULL,
	pending TEXT NOT NULL,
	CONSTRAINT pk_focus PRIMARY KEY (person, channel),
	CONSTRAINT fk_focus_person_person FOREIGN KEY(person) REFERENCES person (id)
)

CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	update_id BIGINT NOT NULL,
	sha256 TEXT NOT NULL,
	raw TEXT,
	chat_key TEXT NOT NULL,
	received_at DATETIME NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	not_before DATETIME,
	tried_at DATETIME,
	reason TEXT,
	done_at DATETIME,
	CONSTRAINT ck_inbox_state CHECK (state IN ('new', 'done', 'dead')),
	CONSTRAINT uq_inbox_update_id_sha256 UNIQUE (update_id, sha256)
)

CREATE TABLE invite (
	id TEXT NOT NULL,
	token_hash TEXT NOT NULL,
	assessment TEXT NOT NULL,
	kind TEXT NOT NULL,
	shown BOOLEAN NOT NULL,
	made_by TEXT NOT NULL,
	made_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	taken_by TEXT,
	taken_at DATETIME,
	terms TEXT NOT NULL,
	settled_at DATETIME,
	outcome TEXT,
	upto INTEGER NOT NULL,
	led_to TEXT,
	CONSTRAINT pk_invite PRIMARY KEY (id),
	CONSTRAINT ck_invite_kind CHECK (kind IN ('assessor', 'viewer', 'basis')),
	CONSTRAINT ck_invite_outcome CHECK (outcome IN ('admitted', 'refused', 'declined', 'revoked')),
	CONSTRAINT fk_invite_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id),
	CONSTRAINT fk_invite_led_to_assessment FOREIGN KEY(led_to) REFERENCES assessment (id),
	CONSTRAINT fk_invite_made_by_person FOREIGN KEY(made_by) REFERENCES person (id),
	CONSTRAINT fk_invite_taken_by_person FOREIGN KEY(taken_by) REFERENCES person (id),
	CONSTRAINT uq_invite_token_hash UNIQUE (token_hash)
)

CREATE TABLE lease (
	name TEXT NOT NULL,
	holder TEXT NOT NULL,
	until DATETIME NOT NULL,
	CONSTRAINT pk_lease PRIMARY KEY (name)
)

CREATE TABLE "membership" (
	assessment TEXT NOT NULL,
	person TEXT NOT NULL,
	role TEXT NOT NULL,
	joined_at DATETIME NOT NULL,
	archived_at DATETIME,
	answered INTEGER,
	asked INTEGER,
	touched_at DATETIME,
	ask_order TEXT DEFAULT 'clause' NOT NULL,
	CONSTRAINT pk_membership PRIMARY KEY (assessment, person),
	CONSTRAINT fk_membership_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id),
	CONSTRAINT ck_membership_role CHECK (role IN ('lead', 'assessor', 'viewer')),
	CONSTRAINT fk_membership_person_person FOREIGN KEY(person) REFERENCES person (id),
	CONSTRAINT ck_membership_ask_order CHECK (ask_order IN ('clause', 'deciding'))
)

CREATE TABLE notice (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	channel TEXT NOT NULL,
	chat_id TEXT NOT NULL,
	content TEXT NOT NULL,
	created_at DATETIME NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	message TEXT,
	sent_at DATETIME,
	reason TEXT,
	CONSTRAINT ck_notice_state CHECK (state IN ('waiting', 'sent', 'failed'))
)

CREATE TABLE "person" (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	language TEXT NOT NULL,
	timezone TEXT NOT NULL,
	created_at DATETIME NOT NULL,
	reminders BOOLEAN DEFAULT 0 NOT NULL,
	quiet_from TEXT DEFAULT '' NOT NULL,
	quiet_to TEXT DEFAULT '' NOT NULL,
	erased_at DATETIME,
	guest BOOLEAN DEFAULT 0 NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id)
)

CREATE TABLE presence (
	channel TEXT NOT NULL,
	beat_at DATETIME NOT NULL,
	away_since DATETIME,
	away_until DATETIME,
	told_upto TEXT,
	drift INTEGER,
	CONSTRAINT pk_presence PRIMARY KEY (channel)
)

CREATE TABLE reminder (
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	kind TEXT NOT NULL,
	assessment TEXT NOT NULL,
	subject TEXT NOT NULL,
	day TEXT NOT NULL,
	claimed_at DATETIME NOT NULL,
	CONSTRAINT pk_reminder PRIMARY KEY (id),
	CONSTRAINT fk_reminder_person_person FOREIGN KEY(person) REFERENCES person (id),
	CONSTRAINT fk_reminder_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id),
	CONSTRAINT uq_reminder_person_kind_assessment_subject_day UNIQUE (person, kind, assessment, subject, day)
)

CREATE TABLE round (
	id TEXT NOT NULL,
	assessment TEXT NOT NULL,
	name TEXT NOT NULL,
	CONSTRAINT pk_round PRIMARY KEY (id),
	CONSTRAINT fk_round_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id),
	CONSTRAINT uq_round_assessment_name UNIQUE (assessment, name)
)

CREATE TABLE scheme_text (
	digest TEXT NOT NULL,
	scheme_id TEXT NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT pk_scheme_text PRIMARY KEY (digest)
)

CREATE TABLE sheet (
	id TEXT NOT NULL,
	ref TEXT NOT NULL,
	assessment TEXT NOT NULL,
	person TEXT NOT NULL,
	round TEXT NOT NULL,
	covers TEXT NOT NULL,
	status TEXT NOT NULL,
	CONSTRAINT pk_sheet PRIMARY KEY (id),
	CONSTRAINT ck_sheet_status CHECK (status IN ('open', 'submitted', 'set-aside')),
	CONSTRAINT fk_sheet_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id),
	CONSTRAINT fk_sheet_person_person FOREIGN KEY(person) REFERENCES person (id),
	CONSTRAINT fk_sheet_round_round FOREIGN KEY(round) REFERENCES round (id),
	CONSTRAINT uq_sheet_ref UNIQUE (ref)
)

CREATE TABLE stray (
	channel TEXT NOT NULL,
	chat_id TEXT NOT NULL,
	message TEXT NOT NULL,
	CONSTRAINT pk_stray PRIMARY KEY (channel, chat_id, message)
)

CREATE TABLE tried (
	person TEXT NOT NULL,
	assessment TEXT NOT NULL,
	sheet TEXT NOT NULL,
	question TEXT NOT NULL,
	answer TEXT NOT NULL,
	revision INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_tried PRIMARY KEY (person, assessment, sheet, question),
	CONSTRAINT fk_tried_person_person FOREIGN KEY(person) REFERENCES person (id),
	CONSTRAINT fk_tried_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
)

CREATE TABLE wish (
	person TEXT NOT NULL,
	assessment TEXT NOT NULL,
	indicator TEXT NOT NULL,
	cost TEXT NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_wish PRIMARY KEY (person, assessment, indicator),
	CONSTRAINT fk_wish_person_person FOREIGN KEY(person) REFERENCES person (id),
	CONSTRAINT fk_wish_assessment_assessment FOREIGN KEY(assessment) REFERENCES assessment (id)
)

CREATE INDEX ix_account_person ON account (person)

CREATE INDEX ix_chat_behind ON chat (channel) WHERE shown_version < wanted_version

CREATE INDEX ix_chat_person ON chat (person)

CREATE INDEX ix_entry_source ON entry (source_channel, source_chat, source_message)

CREATE INDEX ix_fetch_sha256 ON fetch (sha256)

CREATE INDEX ix_fetch_state_not_before ON fetch (state, not_before)

CREATE INDEX ix_inbox_state_id ON inbox (state, id)

CREATE INDEX ix_invite_assessment ON invite (assessment)

CREATE INDEX ix_invite_taken_by ON invite (taken_by)

CREATE INDEX ix_membership_person ON membership (person)

CREATE INDEX ix_notice_channel_chat_id_state ON notice (channel, chat_id, state)

CREATE INDEX ix_notice_state_id ON notice (state, id)

CREATE INDEX ix_sheet_assessment ON sheet (assessment)

CREATE INDEX ix_tried_assessment ON tried (assessment)

CREATE INDEX ix_wish_assessment ON wish (assessment)

CREATE UNIQUE INDEX uq_entry_answer ON entry (sheet, question, revision) WHERE kind = 'answered'

CREATE UNIQUE INDEX uq_entry_decision ON entry (assessment, kind, question, revision) WHERE kind IN ('findings-decided', 'bonus-decided')

CREATE TRIGGER entry_body_no_delete BEFORE DELETE ON entry_body
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
    BEGIN SELECT RAISE(ABORT, 'a body goes only with a later entry that says so'); END

CREATE TRIGGER entry_body_no_update BEFORE UPDATE ON entry_body
    BEGIN SELECT RAISE(ABORT, 'bodies of entries are never changed'); END

CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END

INSERT INTO alembic_version (version_num) VALUES ('0006')
