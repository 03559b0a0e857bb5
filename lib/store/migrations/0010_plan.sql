-- --------------------------------------------------------------------------------------------------------- plans

CREATE TABLE plan_template (
    tenant_id {int} NOT NULL,
    template_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    org_id {int},
    title {text} NOT NULL,
    prompts {text},
    weeks {int} NOT NULL,
    with_guardian {int} NOT NULL,
    with_teacher {int} NOT NULL,
    with_counselor {int} NOT NULL,
    with_leader {int} NOT NULL,
    ended {int} NOT NULL,
    author_id {int},
    copied_from {int},
    copied_author {int},
    PRIMARY KEY (tenant_id, template_id, since_change)
) {clustered};

-- version is the change that last changed what the plan says; a row that only moves its state keeps it.
CREATE TABLE plan (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    plan_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    state {int} NOT NULL,
    template_id {int},
    title {text} NOT NULL,
    vision {text},
    summary {text},
    begins_on {int} NOT NULL,
    ends_on {int} NOT NULL,
    with_guardian {int} NOT NULL,
    with_teacher {int} NOT NULL,
    with_counselor {int} NOT NULL,
    with_leader {int} NOT NULL,
    parts {int} NOT NULL,
    previous_id {int},
    next_id {int},
    author_id {int},
    author_role {int} NOT NULL,
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, plan_id, since_change)
) {clustered};
CREATE INDEX plan_by_id ON plan (tenant_id, plan_id, until_change);

CREATE TABLE plan_part (
    tenant_id {int} NOT NULL,
    plan_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    record_kind {int} NOT NULL,
    record_id {int} NOT NULL,
    note {text},
    PRIMARY KEY (tenant_id, plan_id, position, since_change)
) {clustered};

CREATE TABLE plan_signature (
    tenant_id {int} NOT NULL,
    plan_id {int} NOT NULL,
    person_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    role {int} NOT NULL,
    version {int} NOT NULL,
    note {text},
    signed_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, plan_id, person_id, since_change)
) {clustered};

CREATE TABLE plan_review (
    tenant_id {int} NOT NULL,
    plan_id {int} NOT NULL,
    checkin_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    outcome {text} NOT NULL,
    reviewed_by {int},
    reviewed_role {int} NOT NULL,
    reviewed_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, plan_id, checkin_id, since_change)
) {clustered};
