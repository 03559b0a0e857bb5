/* The records of evidence.h. */
#include "base/record.h"
#include "records/by_id.h"
#include "records/types_learning.h"

const char *const pz__assessment_kind_names[] = {"", "diagnostic", "formative", "interim", "summative", "classwork", "standardized", NULL};
const char *const pz__evidence_kind_names[] = {"", "response", "result", "observation", "demonstration", "self", "peer", NULL};

static const pz_field assessment_fields[] = {
    PZ__ID(pz_assessment, id),
    PZ__ID(pz_assessment, class_id),
    PZ__ID(pz_assessment, org),
    PZ__ID(pz_assessment, cycle),
    PZ__ENUM(pz_assessment, kind, pz__assessment_kind_names),
    PZ__TEXT(pz_assessment, title),
    PZ__TEXT(pz_assessment, category),
    PZ__DATE(pz_assessment, held_on),
    PZ__DATE(pz_assessment, due_on),
    PZ__REAL(pz_assessment, score_min, ""),
    PZ__REAL(pz_assessment, score_max, ""),
    PZ__BOOL(pz_assessment, ended),
};
static const pz_assessment assessment_initial = PZ_ASSESSMENT_INIT;
const pz_record_type pz__assessment_type = PZ__RECORD_TYPE(pz_assessment, assessment_fields, &assessment_initial);

static const pz_field item_fields[] = {
    PZ__ID(pz_item, id),
    PZ__TEXT(pz_item, code),
    PZ__TEXT(pz_item, stem),
    PZ__BOOL(pz_item, ended),
};
static const pz_item item_initial = PZ_ITEM_INIT;
const pz_record_type pz__item_type = PZ__RECORD_TYPE(pz_item, item_fields, &item_initial);

static const pz_field item_option_fields[] = {
    PZ__ID(pz_item_option, item),          PZ__INT(pz_item_option, option, "from 1"),
    PZ__TEXT(pz_item_option, label),       PZ__INT(pz_item_option, is_correct, "1, 0, or -1 where it is not known"),
    PZ__ID(pz_item_option, misconception),
};
static const pz_item_option item_option_initial = PZ_ITEM_OPTION_INIT;
const pz_record_type pz__item_option_type = PZ__RECORD_TYPE(pz_item_option, item_option_fields, &item_option_initial);

static const pz_field misconception_fields[] = {
    PZ__ID(pz_misconception, id),
    PZ__ID(pz_misconception, competency),
    PZ__TEXT(pz_misconception, code),
    PZ__TEXT(pz_misconception, statement),
};
static const pz_misconception misconception_initial = PZ_MISCONCEPTION_INIT;
const pz_record_type pz__misconception_type = PZ__RECORD_TYPE(pz_misconception, misconception_fields, &misconception_initial);

static const pz_field bearing_fields[] = {
    PZ__ID(pz_bearing, of),
    PZ__ID(pz_bearing, competency),
    PZ__REAL(pz_bearing, weight, "above 0, up to 1"),
};
static const pz_bearing bearing_initial = PZ_BEARING_INIT;
const pz_record_type pz__bearing_type = PZ__RECORD_TYPE(pz_bearing, bearing_fields, &bearing_initial);

static const pz_field assessment_query_fields[] = {
    PZ__ID(pz_assessment_query, class_id),
    PZ__ID(pz_assessment_query, cycle),
    PZ__ENUM(pz_assessment_query, kind, pz__assessment_kind_names),
    PZ__TEXT(pz_assessment_query, text),
    PZ__ENUM(pz_assessment_query, order, pz__list_order_names),
    PZ__INT(pz_assessment_query, limit, "rows, 0 all"),
    PZ__ID(pz_assessment_query, after),
};
static const pz_assessment_query assessment_query_initial = PZ_ASSESSMENT_QUERY_INIT;
const pz_record_type pz__assessment_query_type = PZ__RECORD_TYPE(pz_assessment_query, assessment_query_fields, &assessment_query_initial);

static const pz_field item_query_fields[] = {
    PZ__ID(pz_item_query, competency),
    PZ__TEXT(pz_item_query, text),
    PZ__ENUM(pz_item_query, order, pz__list_order_names),
    PZ__INT(pz_item_query, limit, "rows, 0 all"),
    PZ__ID(pz_item_query, after),
};
static const pz_item_query item_query_initial = PZ_ITEM_QUERY_INIT;
const pz_record_type pz__item_query_type = PZ__RECORD_TYPE(pz_item_query, item_query_fields, &item_query_initial);

static const pz_field misconception_query_fields[] = {
    PZ__ID(pz_misconception_query, competency),
    PZ__TEXT(pz_misconception_query, text),
    PZ__ENUM(pz_misconception_query, order, pz__list_order_names),
    PZ__INT(pz_misconception_query, limit, "rows, 0 all"),
    PZ__ID(pz_misconception_query, after),
};
static const pz_misconception_query misconception_query_initial = PZ_MISCONCEPTION_QUERY_INIT;
const pz_record_type pz__misconception_query_type = PZ__RECORD_TYPE(pz_misconception_query, misconception_query_fields, &misconception_query_initial);

static const pz_field evidence_summary_fields[] = {
    PZ__BIGINT(pz_evidence_summary, rows, "rows written"),
    PZ__BIGINT(pz_evidence_summary, learners, "learners concerned"),
    PZ__BIGINT(pz_evidence_summary, states, "mastery states computed anew"),
    PZ__BIGINT(pz_evidence_summary, first_sequence, ""),
    PZ__BIGINT(pz_evidence_summary, change, ""),
};
static const pz_evidence_summary evidence_summary_initial = {sizeof(pz_evidence_summary), 0, 0, 0, 0, 0};
const pz_record_type pz__evidence_summary_type = PZ__RECORD_TYPE(pz_evidence_summary, evidence_summary_fields, &evidence_summary_initial);

static const char *const order_names[] = {"", "learner", "arrived", NULL};
static const pz_field evidence_query_fields[] = {
    PZ__ID(pz_evidence_query, learner),
    PZ__ID(pz_evidence_query, class_id),
    PZ__ID(pz_evidence_query, competency),
    PZ__ID(pz_evidence_query, assessment),
    PZ__TIME(pz_evidence_query, from),
    PZ__TIME(pz_evidence_query, until),
    PZ__ENUM(pz_evidence_query, kind, pz__evidence_kind_names),
    PZ__ENUM(pz_evidence_query, order, order_names),
    PZ__INT(pz_evidence_query, limit, "rows, 0 all"),
    PZ__BIGINT(pz_evidence_query, after, ""),
};
static const pz_evidence_query evidence_query_initial = PZ_EVIDENCE_QUERY_INIT;
const pz_record_type pz__evidence_query_type = PZ__RECORD_TYPE(pz_evidence_query, evidence_query_fields, &evidence_query_initial);

static const pz_field mastery_rule_fields[] = {
    PZ__ID(pz_mastery_rule, id),           PZ__ID(pz_mastery_rule, scope),      PZ__ID(pz_mastery_rule, competency),
    PZ__TEXT(pz_mastery_rule, model),      PZ__TEXT(pz_mastery_rule, settings), PZ__BIGINT(pz_mastery_rule, since_change, ""),
    PZ__BOOL(pz_mastery_rule, is_current),
};
static const pz_mastery_rule mastery_rule_initial = {sizeof(pz_mastery_rule), 0, 0, 0, "", 0, "", 0, 0, 1};
const pz_record_type pz__mastery_rule_type = PZ__RECORD_TYPE(pz_mastery_rule, mastery_rule_fields, &mastery_rule_initial);

static const pz_field learner_mastery_fields[] = {
    PZ__ID(pz_learner_mastery, learner),
    PZ__ID(pz_learner_mastery, competency),
    PZ__REAL(pz_learner_mastery, estimate, "0 to 1"),
    PZ__REAL(pz_learner_mastery, standard_error, "0 to 1"),
    PZ__ENUM(pz_learner_mastery, decision, pz__mastery_decision_names),
    PZ__INT(pz_learner_mastery, evidence_count, "rows that count"),
    PZ__TIME(pz_learner_mastery, last_at),
    PZ__ID(pz_learner_mastery, rule),
    PZ__NAME(pz_learner_mastery, model),
};
static const pz_learner_mastery learner_mastery_initial = {
    sizeof(pz_learner_mastery), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_MASTERY_NOT_ENOUGH_EVIDENCE, 0, PZ_TIME_NONE, 0, ""};
const pz_record_type pz__learner_mastery_type = PZ__RECORD_TYPE(pz_learner_mastery, learner_mastery_fields, &learner_mastery_initial);

static const pz_field mastery_query_fields[] = {
    PZ__ID(pz_mastery_query, learner),
    PZ__ID(pz_mastery_query, class_id),
    PZ__ID(pz_mastery_query, competency),
    PZ__ID(pz_mastery_query, framework),
    PZ__ENUM(pz_mastery_query, decision, pz__mastery_decision_names),
};
static const pz_mastery_query mastery_query_initial = PZ_MASTERY_QUERY_INIT;
const pz_record_type pz__mastery_query_type = PZ__RECORD_TYPE(pz_mastery_query, mastery_query_fields, &mastery_query_initial);
