-- -------------------------------------------------------------------------------------------------- questionnaires

CREATE TABLE questionnaire (
    tenant_id {int} NOT NULL,
    questionnaire_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    org_id {int},
    version {int} NOT NULL,
    title {text} NOT NULL,
    language {text},
    questions {int} NOT NULL,
    ended {int} NOT NULL,
    author_id {int},
    document {text} NOT NULL,
    PRIMARY KEY (tenant_id, questionnaire_id, since_change)
) {clustered};

-- The learner's alone, until it confirms what becomes of them.
CREATE TABLE questionnaire_answer (
    tenant_id {int} NOT NULL,
    learner_id {int} NOT NULL,
    answer_id {int} NOT NULL,
    since_change {int} NOT NULL,
    until_change {int} NOT NULL,
    response_id {int} NOT NULL,
    questionnaire_id {int} NOT NULL,
    questionnaire_version {int} NOT NULL,
    question {text} NOT NULL,
    avenue {int} NOT NULL,
    answer {text},
    number {real},
    picture {text},
    reference {text},
    media_type {text},
    size {int} NOT NULL,
    hash {text},
    becomes {int} NOT NULL,
    section {int} NOT NULL,
    voice_kind {int} NOT NULL,
    topic {text},
    content {text},
    scale {text},
    state {int} NOT NULL,
    record_id {int},
    answered_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, learner_id, answer_id, since_change)
) {clustered};
CREATE INDEX questionnaire_answer_by_id ON questionnaire_answer (tenant_id, answer_id, until_change);
