-- Who is to sit an assessment, who is exempt and why, and whose last day is another one.
CREATE TABLE assessment_seat (
    tenant_id {int} NOT NULL,
    assessment_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    state {int} NOT NULL,
    due_on {int},
    reason {text},
    PRIMARY KEY (tenant_id, assessment_id, learner_id, since_change)
) {clustered};
CREATE INDEX assessment_seat_by_learner ON assessment_seat (tenant_id, learner_id, until_change);

-- A closed cycle that was opened again. closed_change is the closing that it goes back on.
CREATE TABLE cycle_reopening (
    tenant_id {int} NOT NULL,
    cycle_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    closed_change {int} NOT NULL,
    reason {text} NOT NULL,
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, cycle_id, since_change)
) {clustered};

-- What a cycle found that was closed again; its first closing stays in cycle_result.
CREATE TABLE cycle_result_again (
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
    PRIMARY KEY (tenant_id, cycle_id, change_id, learner_id, competency_id)
) {clustered};
CREATE INDEX cycle_result_again_by_learner ON cycle_result_again (tenant_id, learner_id, cycle_id);
