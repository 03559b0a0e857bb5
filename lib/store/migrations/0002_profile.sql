-- Profiles in the learner's hands: named adults, tags, disputes, private notes.

-- Adults who were named for a record of a learner: an entry of its profile, or a message of its own.
CREATE TABLE shared_with (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    record_id {int} NOT NULL,
    person_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    named_by {int},
    PRIMARY KEY (tenant_id, learner_id, record_id, person_id, since_change)
) {clustered};
CREATE INDEX shared_with_by_person ON shared_with (tenant_id, person_id, until_change, learner_id, record_id);

-- Tags of a record of a learner. folded is what two spellings of one tag have in common.
CREATE TABLE record_tag (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    record_id {int} NOT NULL,
    folded {text} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    tag {text} NOT NULL,
    uri {text},
    PRIMARY KEY (tenant_id, learner_id, record_id, folded, since_change)
) {clustered};

CREATE TABLE profile_dispute (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    dispute_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    entry_id {int} NOT NULL,
    entry_version {int} NOT NULL,
    state {int} NOT NULL,
    statement {text} NOT NULL,
    disputed_by {int},
    disputed_role {int} NOT NULL,
    disputed_at {int} NOT NULL,
    answer {text},
    answered_by {int},
    answered_role {int},
    answered_at {int},
    PRIMARY KEY (tenant_id, learner_id, dispute_id, since_change)
) {clustered};
CREATE INDEX profile_dispute_by_id ON profile_dispute (tenant_id, dispute_id, until_change);
CREATE INDEX profile_dispute_by_entry ON profile_dispute (tenant_id, entry_id, until_change);

-- What a person notes for itself of a learner. Nobody else reads it.
CREATE TABLE private_note (
    tenant_id {int} NOT NULL,
    author_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    note_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    content {text} NOT NULL,
    written_at {int} NOT NULL,
    is_ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, author_id, learner_id, note_id, since_change)
) {clustered};
CREATE INDEX private_note_by_learner ON private_note (tenant_id, learner_id);
CREATE INDEX private_note_by_id ON private_note (tenant_id, note_id, until_change);

-- Views of a class as a whole name no learner: they are found by the class.
CREATE INDEX change_item_by_class_view ON change_item (tenant_id, record_id, change_id) WHERE act = 4 AND learner_alias IS NULL;
