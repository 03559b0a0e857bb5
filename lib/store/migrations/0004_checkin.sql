-- ------------------------------------------------------------------------------------------------------- check-ins

CREATE TABLE checkin_template (
    tenant_id {int} NOT NULL,
    template_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    org_id {int},
    title {text} NOT NULL,
    prompts {text},
    with_guardian {int} NOT NULL,
    with_teacher {int} NOT NULL,
    with_counselor {int} NOT NULL,
    with_leader {int} NOT NULL,
    ended {int} NOT NULL,
    author_id {int},
    PRIMARY KEY (tenant_id, template_id, since_change)
) {clustered};

-- scope_id is a class or an org.
CREATE TABLE checkin_schedule (
    tenant_id {int} NOT NULL,
    scope_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    rhythm {int} NOT NULL,
    template_id {int},
    starts_on {int},
    PRIMARY KEY (tenant_id, scope_id, since_change)
) {clustered};

CREATE TABLE checkin (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    checkin_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    state {int} NOT NULL,
    template_id {int},
    cycle_id {int},
    due_on {int} NOT NULL,
    visibility {int} NOT NULL,
    reason {text},
    outcome {text},
    held_at {int},
    previous_id {int},
    next_id {int},
    author_id {int},
    author_role {int} NOT NULL,
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, checkin_id, since_change)
) {clustered};
CREATE INDEX checkin_by_id ON checkin (tenant_id, checkin_id, until_change);
CREATE INDEX checkin_planned ON checkin (tenant_id, due_on, until_change) WHERE state = 1;

CREATE TABLE checkin_person (
    tenant_id {int} NOT NULL,
    checkin_id {int} NOT NULL,
    person_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    role {int} NOT NULL,
    presence {int} NOT NULL,
    note {text},
    signed_at {int},
    PRIMARY KEY (tenant_id, checkin_id, person_id, since_change)
) {clustered};
CREATE INDEX checkin_person_by_person ON checkin_person (tenant_id, person_id, until_change);

CREATE TABLE checkin_touch (
    tenant_id {int} NOT NULL,
    checkin_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    record_kind {int} NOT NULL,
    record_id {int} NOT NULL,
    note {text},
    PRIMARY KEY (tenant_id, checkin_id, position, since_change)
) {clustered};
