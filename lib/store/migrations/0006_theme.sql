-- Answers to themes: what many learners of a class or an org say under one topic, folded. Every answer is a version.
CREATE TABLE theme (
    tenant_id {int} NOT NULL,
    theme_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    scope_id {int} NOT NULL,
    topic {text} NOT NULL,
    state {int} NOT NULL,
    content {text} NOT NULL,
    answered_by {int},
    answered_role {int} NOT NULL,
    answered_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, theme_id, since_change)
) {clustered};
CREATE INDEX theme_by_scope ON theme (tenant_id, scope_id, topic, until_change);
