-- Words in braces are the driver's: {int} 64-bit integer, {real} double, {text}, {blob}, {clustered} rows kept in key order, {table} other
-- tables. Versioned tables have since_change and until_change (9223372036854775807 while current). Times are microseconds
-- since the epoch, dates are days since the epoch.

CREATE TABLE tenant (
    tenant_id {int} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    time_zone {text} NOT NULL,
    created_at {int} NOT NULL,
    host_key {int} NOT NULL,
    next_id {int} NOT NULL,
    last_change {int} NOT NULL,
    last_at {int} NOT NULL,
    chain {blob} NOT NULL,
    chain_key {blob},
    digest_key {blob},
    key_check {blob} NOT NULL
) {table};

-- One row a write transaction. author is an alias of a person, or a service's id; content is the sum of the hashes of the rows that it wrote, standing
-- that of rows without versions that it added and took; hash
-- chains the row, its items, its removals and the row before.
CREATE TABLE change (
    tenant_id {int} NOT NULL,
    change_id {int} NOT NULL,
    at {int} NOT NULL,
    author_alias {int},
    service_id {int},
    role {int} NOT NULL,
    purpose {text} NOT NULL,
    action {text} NOT NULL,
    key_hash {blob},
    request_digest {blob},
    result {blob},
    content {blob},
    standing {blob},
    next_id {int} NOT NULL,
    hash {blob} NOT NULL,
    PRIMARY KEY (tenant_id, change_id)
) {clustered};
CREATE INDEX change_by_time ON change (tenant_id, at);

-- What a change touched. Records that are persons, and learners, are named by alias.
CREATE TABLE change_item (
    tenant_id {int} NOT NULL,
    change_id {int} NOT NULL,
    item_no {int} NOT NULL,
    kind {int} NOT NULL,
    record_id {int} NOT NULL,
    learner_alias {int},
    act {int} NOT NULL,
    count {int} NOT NULL,
    PRIMARY KEY (tenant_id, change_id, item_no)
) {clustered};
CREATE INDEX change_item_by_learner ON change_item (tenant_id, learner_alias, change_id) WHERE learner_alias IS NOT NULL;

-- What an erasure took from the content of earlier changes.
CREATE TABLE change_removal (
    tenant_id {int} NOT NULL,
    change_id {int} NOT NULL,
    from_change {int} NOT NULL,
    content {blob} NOT NULL,
    PRIMARY KEY (tenant_id, change_id, from_change)
) {clustered};

CREATE TABLE act_key (
    tenant_id {int} NOT NULL,
    key_hash {blob} NOT NULL,
    change_id {int} NOT NULL,
    PRIMARY KEY (tenant_id, key_hash)
) {clustered};

-- salt makes the hashes of the person's rows: when it goes, what they were can be tied to nothing.
CREATE TABLE person_alias (
    tenant_id {int} NOT NULL,
    person_id {int} NOT NULL,
    alias {int} NOT NULL,
    salt {blob} NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
) {clustered};
CREATE UNIQUE INDEX person_alias_by_alias ON person_alias (tenant_id, alias);

CREATE TABLE service (
    tenant_id {int} NOT NULL,
    service_id {int} NOT NULL,
    name {text} NOT NULL,
    PRIMARY KEY (tenant_id, service_id)
) {clustered};
CREATE UNIQUE INDEX service_by_name ON service (tenant_id, name);

-- ---------------------------------------------------------------------------------------- ids of the outside world

CREATE TABLE source (
    tenant_id {int} NOT NULL,
    source_no {int} NOT NULL,
    name {text} NOT NULL,
    PRIMARY KEY (tenant_id, source_no)
) {clustered};

CREATE TABLE external_id (
    tenant_id {int} NOT NULL,
    kind {int} NOT NULL,
    source_no {int} NOT NULL,
    text {text} NOT NULL,
    record_id {int} NOT NULL,
    PRIMARY KEY (tenant_id, kind, source_no, text)
) {clustered};
-- Enrollments (6) and results (14) are many and are never asked for their outside id.
CREATE INDEX external_id_by_record ON external_id (tenant_id, kind, record_id) WHERE kind <> 6 AND kind <> 14;

-- -------------------------------------------------------------------------------------------------------- roster

CREATE TABLE org (
    tenant_id {int} NOT NULL,
    org_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    parent_id {int},
    kind {text} NOT NULL,
    name {text} NOT NULL,
    identifier {text},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, org_id, since_change)
) {clustered};
CREATE INDEX org_by_parent ON org (tenant_id, parent_id, until_change);

CREATE TABLE academic_session (
    tenant_id {int} NOT NULL,
    session_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    parent_id {int},
    kind {text} NOT NULL,
    title {text} NOT NULL,
    starts_on {int} NOT NULL,
    ends_on {int} NOT NULL,
    school_year {int},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, session_id, since_change)
) {clustered};

CREATE TABLE course (
    tenant_id {int} NOT NULL,
    course_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    org_id {int},
    session_id {int},
    title {text} NOT NULL,
    code {text},
    grades {text},
    subjects {text},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, course_id, since_change)
) {clustered};

CREATE TABLE class (
    tenant_id {int} NOT NULL,
    class_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    org_id {int} NOT NULL,
    course_id {int},
    title {text} NOT NULL,
    code {text},
    kind {text} NOT NULL,
    location {text},
    grades {text},
    subjects {text},
    periods {text},
    sessions {text},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, class_id, since_change)
) {clustered};
CREATE INDEX class_by_org ON class (tenant_id, org_id, until_change);

CREATE TABLE person (
    tenant_id {int} NOT NULL,
    person_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    given_name {text} NOT NULL,
    middle_name {text},
    family_name {text} NOT NULL,
    preferred_given_name {text},
    preferred_family_name {text},
    username {text},
    email {text},
    identifier {text},
    grades {text},
    pronouns {text},
    enabled {int} NOT NULL,
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, person_id, since_change)
) {clustered};

-- Demographics, one row a fact, only where the import was asked for them.
CREATE TABLE person_detail (
    tenant_id {int} NOT NULL,
    person_id {int} NOT NULL,
    name {text} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (tenant_id, person_id, name, since_change)
) {clustered};

CREATE TABLE person_role (
    tenant_id {int} NOT NULL,
    person_id {int} NOT NULL,
    org_id {int} NOT NULL,
    role_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    role {int} NOT NULL,
    outside_role {text} NOT NULL,
    is_primary {int} NOT NULL,
    begins_on {int},
    ends_on {int},
    PRIMARY KEY (tenant_id, person_id, org_id, role_id, since_change)
) {clustered};
CREATE INDEX person_role_by_id ON person_role (tenant_id, role_id, until_change);
CREATE INDEX person_role_by_org ON person_role (tenant_id, org_id, until_change, role, person_id);

CREATE TABLE guardianship (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    guardian_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, guardian_id, since_change)
) {clustered};
CREATE INDEX guardianship_by_guardian ON guardianship (tenant_id, guardian_id, until_change, learner_id);

CREATE TABLE enrollment (
    tenant_id {int} NOT NULL,
    class_id {int} NOT NULL,
    person_id {int} NOT NULL,
    enrollment_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    role {int} NOT NULL,
    is_primary {int} NOT NULL,
    begins_on {int},
    ends_on {int},
    PRIMARY KEY (tenant_id, class_id, person_id, enrollment_id, since_change)
) {clustered};
CREATE INDEX enrollment_by_id ON enrollment (tenant_id, enrollment_id, until_change);
CREATE INDEX enrollment_by_person ON enrollment (tenant_id, person_id, until_change, class_id);

-- --------------------------------------------------------------------------------------------------- competencies

CREATE TABLE framework (
    tenant_id {int} NOT NULL,
    framework_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    title {text} NOT NULL,
    creator {text},
    publisher {text},
    version {text},
    language {text},
    adoption_status {text},
    uri {text},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, framework_id, since_change)
) {clustered};

-- framework_id is NULL for an item that associations name but no imported document holds.
CREATE TABLE competency (
    tenant_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    framework_id {int},
    code {text},
    statement {text} NOT NULL,
    short_statement {text},
    item_type {text},
    levels {text},
    language {text},
    uri {text},
    position {int} NOT NULL,
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, competency_id, since_change)
) {clustered};
CREATE INDEX competency_by_framework ON competency (tenant_id, framework_id, until_change, position);
CREATE INDEX competency_by_code ON competency (tenant_id, code, until_change) WHERE code IS NOT NULL;

CREATE TABLE association (
    tenant_id {int} NOT NULL,
    association_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    framework_id {int},
    kind {int} NOT NULL,
    origin_id {int} NOT NULL,
    destination_id {int} NOT NULL,
    position {int},
    PRIMARY KEY (tenant_id, association_id, since_change)
) {clustered};
CREATE INDEX association_by_origin ON association (tenant_id, origin_id, until_change, kind, destination_id);
CREATE INDEX association_by_destination ON association (tenant_id, destination_id, until_change, kind, origin_id);
CREATE INDEX association_by_framework ON association (tenant_id, framework_id, until_change, kind);

-- ------------------------------------------------------------------------------------------- assessments, evidence

CREATE TABLE assessment (
    tenant_id {int} NOT NULL,
    assessment_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    class_id {int},
    org_id {int},
    cycle_id {int},
    kind {int} NOT NULL,
    title {text} NOT NULL,
    category {text},
    held_on {int},
    due_on {int},
    score_min {real},
    score_max {real},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, assessment_id, since_change)
) {clustered};
CREATE INDEX assessment_by_class ON assessment (tenant_id, class_id, until_change);
CREATE INDEX assessment_by_cycle ON assessment (tenant_id, cycle_id, until_change);

CREATE TABLE assessment_competency (
    tenant_id {int} NOT NULL,
    assessment_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    weight {real} NOT NULL,
    PRIMARY KEY (tenant_id, assessment_id, competency_id, since_change)
) {clustered};

CREATE TABLE item (
    tenant_id {int} NOT NULL,
    item_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    code {text} NOT NULL,
    stem {text},
    ended {int} NOT NULL,
    PRIMARY KEY (tenant_id, item_id, since_change)
) {clustered};

CREATE TABLE item_competency (
    tenant_id {int} NOT NULL,
    item_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    weight {real} NOT NULL,
    PRIMARY KEY (tenant_id, item_id, competency_id, since_change)
) {clustered};

-- Options are numbered from 1 in the order in which they were first met.
CREATE TABLE item_option (
    tenant_id {int} NOT NULL,
    item_id {int} NOT NULL,
    option_no {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    label {text} NOT NULL,
    is_correct {int},
    misconception_id {int},
    PRIMARY KEY (tenant_id, item_id, option_no, since_change)
) {clustered};

CREATE TABLE misconception (
    tenant_id {int} NOT NULL,
    misconception_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    competency_id {int},
    code {text} NOT NULL,
    statement {text} NOT NULL,
    PRIMARY KEY (tenant_id, misconception_id, since_change)
) {clustered};

-- Append-only. score is a share of what could be reached, 0 to 1.
CREATE TABLE evidence (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    at {int} NOT NULL,
    sequence {int} NOT NULL,
    change_id {int} NOT NULL,
    score {real} NOT NULL,
    weight {real} NOT NULL,
    kind {int} NOT NULL,
    assessment_id {int},
    item_id {int},
    option_no {int},
    PRIMARY KEY (tenant_id, learner_id, competency_id, at, sequence)
) {clustered};

-- Corrections and withdrawals. The newest fix that the view knows counts; score NULL withdraws.
CREATE TABLE evidence_fix (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    at {int} NOT NULL,
    sequence {int} NOT NULL,
    change_id {int} NOT NULL,
    score {real},
    weight {real},
    reason {text},
    PRIMARY KEY (tenant_id, learner_id, competency_id, at, sequence, change_id)
) {clustered};

-- Frozen by version: a changed rule is a new version. scope_id is a class, an org, or 0 for the store; competency_id 0 for all.
CREATE TABLE mastery_rule (
    tenant_id {int} NOT NULL,
    scope_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    rule_id {int} NOT NULL,
    settings {text} NOT NULL,
    PRIMARY KEY (tenant_id, scope_id, competency_id, since_change)
) {clustered};

-- The current state, a function of the evidence: state is the model's own record.
CREATE TABLE mastery (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    rule_id {int} NOT NULL,
    estimate {real},
    standard_error {real},
    decision {int} NOT NULL,
    evidence_count {int} NOT NULL,
    last_at {int} NOT NULL,
    last_sequence {int} NOT NULL,
    change_id {int} NOT NULL,
    state {blob} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, competency_id)
) {clustered};

-- --------------------------------------------------------------------------------------------------------- cycles

CREATE TABLE cycle (
    tenant_id {int} NOT NULL,
    cycle_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    org_id {int},
    class_id {int},
    framework_id {int},
    previous_id {int},
    kind {int} NOT NULL,
    state {int} NOT NULL,
    title {text} NOT NULL,
    opens_on {int},
    closes_on {int},
    closed_change {int},
    PRIMARY KEY (tenant_id, cycle_id, since_change)
) {clustered};
CREATE INDEX cycle_by_org ON cycle (tenant_id, org_id, until_change);

-- What a closed cycle found; never changed afterwards.
CREATE TABLE cycle_result (
    tenant_id {int} NOT NULL,
    cycle_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    competency_id {int} NOT NULL,
    change_id {int} NOT NULL,
    rule_id {int} NOT NULL,
    estimate {real},
    standard_error {real},
    decision {int} NOT NULL,
    evidence_count {int} NOT NULL,
    growth {real},
    growth_standard_error {real},
    is_need {int} NOT NULL,
    step {int} NOT NULL,
    PRIMARY KEY (tenant_id, cycle_id, learner_id, competency_id)
) {clustered};
CREATE INDEX cycle_result_by_learner ON cycle_result (tenant_id, learner_id, cycle_id);

-- ------------------------------------------------------------------------------------------------- profile, goals

CREATE TABLE profile_entry (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    entry_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    section {int} NOT NULL,
    code {text},
    content {text},
    value {real},
    standard_error {real},
    scale {text},
    source {text} NOT NULL,
    author_id {int},
    author_role {int} NOT NULL,
    observed_at {int} NOT NULL,
    begins_on {int},
    ends_on {int},
    confidence {real},
    visibility {int} NOT NULL,
    withdrawn_because {text},
    value_type {int},
    activation {int},
    times {text},
    recorded_at {int},
    PRIMARY KEY (tenant_id, learner_id, entry_id, since_change)
) {clustered};
CREATE INDEX profile_entry_by_id ON profile_entry (tenant_id, entry_id, until_change);

CREATE TABLE goal (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    state {int} NOT NULL,
    area {int} NOT NULL,
    statement {text} NOT NULL,
    reason {text},
    measure {int} NOT NULL,
    competency_id {int},
    target {real},
    due_on {int},
    proposed_by {int},
    proposed_role {int} NOT NULL,
    reflection {text},
    learner_agreed {int} NOT NULL,
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, goal_id, since_change)
) {clustered};
CREATE INDEX goal_by_id ON goal (tenant_id, goal_id, until_change);

CREATE TABLE goal_supporter (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    person_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    role {int} NOT NULL,
    state {int} NOT NULL,
    note {text},
    PRIMARY KEY (tenant_id, goal_id, person_id, since_change)
) {clustered};
CREATE INDEX goal_supporter_by_person ON goal_supporter (tenant_id, person_id, until_change);

CREATE TABLE goal_evidence (
    tenant_id {int} NOT NULL,
    goal_id {int} NOT NULL,
    position {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    competency_id {int},
    at {int} NOT NULL,
    sequence {int},
    description {text},
    link {text},
    PRIMARY KEY (tenant_id, goal_id, position, since_change)
) {clustered};

-- ------------------------------------------------------------------------------------------------ recommendations

-- request holds what was asked; problem holds the numbers that the engine was given, for replay: in the first version only, NULL once a member was
-- erased.
CREATE TABLE recommendation (
    tenant_id {int} NOT NULL,
    recommendation_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    class_id {int} NOT NULL,
    cycle_id {int},
    version {int} NOT NULL,
    state {int} NOT NULL,
    strategy {text} NOT NULL,
    title {text} NOT NULL,
    seed {int} NOT NULL,
    objective {real},
    recommended_objective {real},
    request {text} NOT NULL,
    problem {text},
    report {text} NOT NULL,
    note {text},
    answer_by {int},
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, recommendation_id, since_change)
) {clustered};
CREATE INDEX recommendation_by_class ON recommendation (tenant_id, class_id, until_change);

-- Names a group: focus competency and the reason codes with numbers as JSON.
CREATE TABLE recommended_group (
    tenant_id {int} NOT NULL,
    recommendation_id {int} NOT NULL,
    group_no {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    competency_id {int},
    reasons {text} NOT NULL,
    PRIMARY KEY (tenant_id, recommendation_id, group_no, since_change)
) {clustered};

CREATE TABLE recommended_member (
    tenant_id {int} NOT NULL,
    recommendation_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    group_no {int} NOT NULL,
    is_locked {int} NOT NULL,
    by_hand {int} NOT NULL,
    reasons {text} NOT NULL,
    PRIMARY KEY (tenant_id, recommendation_id, learner_id, since_change)
) {clustered};
CREATE INDEX recommended_member_by_learner ON recommended_member (tenant_id, learner_id, until_change);
