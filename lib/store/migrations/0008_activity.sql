-- ---------------------------------------------------------------------------------------------------- activities

CREATE TABLE activity (
    tenant_id {int} NOT NULL,
    activity_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    class_id {int},
    org_id {int},
    parent_id {int},
    kind {int} NOT NULL,
    choose {int} NOT NULL,
    title {text} NOT NULL,
    instructions {text},
    is_what_open {int} NOT NULL,
    is_how_open {int} NOT NULL,
    is_when_open {int} NOT NULL,
    is_where_open {int} NOT NULL,
    what {text},
    how {text},
    place {text},
    minutes {int} NOT NULL,
    opens_on {int},
    due_on {int},
    choose_by {int},
    choice_rule {int} NOT NULL,
    position {int} NOT NULL,
    ended {int} NOT NULL,
    author_id {int},
    PRIMARY KEY (tenant_id, activity_id, since_change)
) {clustered};
CREATE INDEX activity_by_parent ON activity (tenant_id, parent_id, until_change) WHERE parent_id IS NOT NULL;

-- target_id is a competency or an activity, as the kind says.
CREATE TABLE activity_tie (
    tenant_id {int} NOT NULL,
    activity_id {int} NOT NULL,
    kind {int} NOT NULL,
    target_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    weight {real} NOT NULL,
    PRIMARY KEY (tenant_id, activity_id, kind, target_id, since_change)
) {clustered};
CREATE INDEX activity_tie_by_target ON activity_tie (tenant_id, target_id, until_change, kind, activity_id);

CREATE TABLE assignment (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    assignment_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    version {int} NOT NULL,
    state {int} NOT NULL,
    activity_id {int},
    board_id {int},
    competency_id {int},
    goal_id {int},
    is_chosen {int} NOT NULL,
    what {text},
    how {text},
    place {text},
    due_on {int},
    minutes {int} NOT NULL,
    work {text},
    link {text},
    score {real},
    note {text},
    assigned_by {int},
    assigned_role {int} NOT NULL,
    acted_by {int},
    acted_role {int} NOT NULL,
    acted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, assignment_id, since_change)
) {clustered};
CREATE INDEX assignment_by_id ON assignment (tenant_id, assignment_id, until_change);
