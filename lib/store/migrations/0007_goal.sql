-- ----------------------------------------------------------------------------------------------------------- goals

-- What a goal says beyond its first members. NULL in rows that were written before; visibility NULL is that of the school.
ALTER TABLE goal ADD COLUMN target_high {real};
ALTER TABLE goal ADD COLUMN baseline {real};
ALTER TABLE goal ADD COLUMN measured {text};
ALTER TABLE goal ADD COLUMN grew_from_kind {int};
ALTER TABLE goal ADD COLUMN grew_from_id {int};
ALTER TABLE goal ADD COLUMN strategies {text};
ALTER TABLE goal ADD COLUMN resources {text};
ALTER TABLE goal ADD COLUMN confidence {real};
ALTER TABLE goal ADD COLUMN visibility {int};
ALTER TABLE goal ADD COLUMN serves_id {int};
ALTER TABLE goal ADD COLUMN group_id {int};
ALTER TABLE goal ADD COLUMN resumes {int};
ALTER TABLE goal ADD COLUMN step {int};
ALTER TABLE goal ADD COLUMN why {text};
CREATE INDEX goal_by_group ON goal (tenant_id, group_id, until_change) WHERE group_id IS NOT NULL;

-- Who may take which step. org_id 0 is the store.
CREATE TABLE goal_policy (
    tenant_id {int} NOT NULL,
    org_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    step {int} NOT NULL,
    role {int} NOT NULL,
    decision {int} NOT NULL,
    first_grade {text},
    last_grade {text},
    age_from {int} NOT NULL,
    own_goals_from {int} NOT NULL,
    PRIMARY KEY (tenant_id, org_id, position, since_change)
) {clustered};

-- Steps that were asked for, with their answers.
CREATE TABLE goal_request (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    request_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    step {int} NOT NULL,
    state {int} NOT NULL,
    asked_by {int},
    asked_role {int} NOT NULL,
    asked_at {int} NOT NULL,
    why {text},
    answered_by {int},
    answered_role {int} NOT NULL,
    answered_at {int},
    answer {text},
    PRIMARY KEY (tenant_id, goal_id, request_id, since_change)
) {clustered};
CREATE INDEX goal_request_by_id ON goal_request (tenant_id, request_id, until_change);

-- What a request to revise asks for.
CREATE TABLE goal_revision (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    request_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    area {int} NOT NULL,
    statement {text} NOT NULL,
    reason {text},
    measure {int} NOT NULL,
    competency_id {int},
    target {real},
    target_high {real},
    baseline {real},
    measured {text},
    due_on {int},
    grew_from_kind {int},
    grew_from_id {int},
    strategies {text},
    resources {text},
    serves_id {int},
    group_id {int},
    PRIMARY KEY (tenant_id, goal_id, request_id, since_change)
) {clustered};

-- Goals of a group: learners of a class take part with goals of their own.
CREATE TABLE goal_group (
    tenant_id {int} NOT NULL,
    group_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    class_id {int} NOT NULL,
    statement {text} NOT NULL,
    competency_id {int},
    due_on {int},
    proposed_by {int},
    proposed_role {int} NOT NULL,
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, group_id, since_change)
) {clustered};
CREATE INDEX goal_group_by_class ON goal_group (tenant_id, class_id, until_change);

-- Steps on the way. done_at is NULL until it is reached.
CREATE TABLE goal_milestone (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    milestone_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    state {int} NOT NULL,
    statement {text} NOT NULL,
    due_on {int},
    learner_agreed {int} NOT NULL,
    added_by {int},
    added_role {int} NOT NULL,
    done_by {int},
    done_role {int} NOT NULL,
    done_at {int},
    competency_id {int},
    sequence {int},
    description {text},
    link {text},
    PRIMARY KEY (tenant_id, goal_id, milestone_id, since_change)
) {clustered};
CREATE INDEX goal_milestone_by_id ON goal_milestone (tenant_id, milestone_id, until_change);

-- Values of what a goal measures, in the order in which they came.
CREATE TABLE goal_measurement (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    value {real} NOT NULL,
    at {int} NOT NULL,
    note {text},
    measured_by {int},
    measured_role {int} NOT NULL,
    PRIMARY KEY (tenant_id, goal_id, position, since_change)
) {clustered};

CREATE TABLE goal_reflection (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    content {text} NOT NULL,
    person_id {int},
    role {int} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (tenant_id, goal_id, position, since_change)
) {clustered};

-- What a learner shows, with media as voice entries have them, and how adults rate it; the learner's own rating stands apart.
CREATE TABLE demonstration (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    demonstration_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    title {text} NOT NULL,
    content {text},
    shown_by {int},
    shown_role {int} NOT NULL,
    shown_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, goal_id, demonstration_id, since_change)
) {clustered};
CREATE INDEX demonstration_by_id ON demonstration (tenant_id, demonstration_id, until_change);

CREATE TABLE demonstration_media (
    tenant_id {int} NOT NULL,
    demonstration_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    name {text},
    reference {text} NOT NULL,
    media_type {text},
    size {int} NOT NULL,
    hash {text},
    alternative {text} NOT NULL,
    PRIMARY KEY (tenant_id, demonstration_id, position, since_change)
) {clustered};

CREATE TABLE demonstration_rating (
    tenant_id {int} NOT NULL,
    demonstration_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    criterion {text} NOT NULL,
    level {int} NOT NULL,
    levels {int} NOT NULL,
    words {text},
    note {text},
    rated_by {int},
    rated_role {int} NOT NULL,
    rated_at {int} NOT NULL,
    is_self {int} NOT NULL,
    PRIMARY KEY (tenant_id, demonstration_id, position, since_change)
) {clustered};
