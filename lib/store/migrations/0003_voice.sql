-- ---------------------------------------------------------------------------------------------------------- voice

-- What learners say. Days and visibility are of the version; due_on is NULL where no answer is awaited.
CREATE TABLE voice_entry (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    voice_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    kind {int} NOT NULL,
    avenue {int} NOT NULL,
    state {int} NOT NULL,
    content {text},
    topic {text},
    to_role {int},
    to_person_id {int},
    visibility {int} NOT NULL,
    shared_class_id {int},
    about_kind {int} NOT NULL,
    about_id {int},
    due_on {int},
    learner_agreed {int} NOT NULL,
    author_id {int},
    author_role {int} NOT NULL,
    said_at {int} NOT NULL,
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, voice_id, since_change)
) {clustered};
CREATE INDEX voice_entry_by_id ON voice_entry (tenant_id, voice_id, until_change);
CREATE INDEX voice_entry_shared ON voice_entry (tenant_id, shared_class_id, until_change) WHERE shared_class_id IS NOT NULL;
CREATE INDEX voice_entry_waiting ON voice_entry (tenant_id, due_on, until_change) WHERE state IN (1, 2);

-- What is heard or seen: the host keeps the bytes.
CREATE TABLE voice_media (
    tenant_id {int} NOT NULL,
    voice_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    name {text},
    reference {text} NOT NULL,
    media_type {text},
    size {int} NOT NULL,
    hash {text},
    alternative {text} NOT NULL,
    PRIMARY KEY (tenant_id, voice_id, position, since_change)
) {clustered};

-- Every step of the answer, in the order in which they were taken.
CREATE TABLE voice_answer (
    tenant_id {int} NOT NULL,
    voice_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    state {int} NOT NULL,
    person_id {int},
    role {int} NOT NULL,
    at {int} NOT NULL,
    content {text},
    done_kind {int} NOT NULL,
    done_id {int},
    PRIMARY KEY (tenant_id, voice_id, position, since_change)
) {clustered};

CREATE TABLE voice_cosigner (
    tenant_id {int} NOT NULL,
    voice_id {int} NOT NULL,
    person_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (tenant_id, voice_id, person_id, since_change)
) {clustered};
CREATE INDEX voice_cosigner_by_person ON voice_cosigner (tenant_id, person_id, until_change);

-- What a counter-proposal counters, as it stood, and what it proposes.
CREATE TABLE voice_counter (
    tenant_id {int} NOT NULL,
    voice_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    subject {int} NOT NULL,
    recommendation_id {int},
    cycle_id {int},
    competency_id {int},
    was_group {int} NOT NULL,
    was_estimate {real},
    proposed_group {int} NOT NULL,
    instead_id {int},
    estimate {real},
    PRIMARY KEY (tenant_id, voice_id, since_change)
) {clustered};

-- Days to answer in. org_id 0 is the store, kind 0 all kinds.
CREATE TABLE voice_policy (
    tenant_id {int} NOT NULL,
    org_id {int} NOT NULL,
    kind {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    days {int} NOT NULL,
    PRIMARY KEY (tenant_id, org_id, kind, since_change)
) {clustered};
