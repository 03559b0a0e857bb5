/* The records of competency.h. */
#include "records/types.h"
#include "base/record.h"

const char *const pz__association_kind_names[] = {"",
                                                  "is_child_of",
                                                  "is_peer_of",
                                                  "is_part_of",
                                                  "exact_match_of",
                                                  "precedes",
                                                  "is_related_to",
                                                  "replaced_by",
                                                  "exemplar",
                                                  "has_skill_level",
                                                  "is_translation_of",
                                                  "other",
                                                  NULL};

static const pz_field framework_fields[] = {
    PZ__ID(pz_framework, id),
    PZ__TEXT(pz_framework, title),
    PZ__TEXT(pz_framework, creator),
    PZ__TEXT(pz_framework, publisher),
    PZ__TEXT(pz_framework, version),
    PZ__TEXT(pz_framework, language),
    PZ__TEXT(pz_framework, adoption_status),
    PZ__TEXT(pz_framework, uri),
    PZ__BOOL(pz_framework, ended),
};
static const pz_framework framework_initial = PZ_FRAMEWORK_INIT;
const pz_record_type pz__framework_type = PZ__RECORD_TYPE(pz_framework, framework_fields, &framework_initial);

static const pz_field competency_fields[] = {
    PZ__ID(pz_competency, id),
    PZ__ID(pz_competency, framework),
    PZ__TEXT(pz_competency, code),
    PZ__TEXT(pz_competency, statement),
    PZ__TEXT(pz_competency, short_statement),
    PZ__TEXT(pz_competency, item_type),
    PZ__TEXT(pz_competency, levels),
    PZ__TEXT(pz_competency, language),
    PZ__TEXT(pz_competency, uri),
    PZ__INT(pz_competency, position, "order within the framework"),
    PZ__BOOL(pz_competency, ended),
};
static const pz_competency competency_initial = PZ_COMPETENCY_INIT;
const pz_record_type pz__competency_type = PZ__RECORD_TYPE(pz_competency, competency_fields, &competency_initial);

static const pz_field association_fields[] = {
    PZ__ID(pz_association, id),     PZ__ID(pz_association, framework),   PZ__ENUM(pz_association, kind, pz__association_kind_names),
    PZ__ID(pz_association, origin), PZ__ID(pz_association, destination), PZ__INT(pz_association, position, "0 none"),
};
static const pz_association association_initial = PZ_ASSOCIATION_INIT;
const pz_record_type pz__association_type = PZ__RECORD_TYPE(pz_association, association_fields, &association_initial);

static const char *const order_names[] = {"", "position", "code", NULL};
static const pz_field competency_query_fields[] = {
    PZ__ID(pz_competency_query, framework),
    PZ__ID(pz_competency_query, under),
    PZ__TEXT(pz_competency_query, code),
    PZ__BOOL(pz_competency_query, leaves_only),
    PZ__BOOL(pz_competency_query, with_ended),
    PZ__TEXT(pz_competency_query, text),
    PZ__ENUM(pz_competency_query, order, order_names),
    PZ__INT(pz_competency_query, limit, "rows, 0 all"),
    PZ__ID(pz_competency_query, after),
};
static const pz_competency_query competency_query_initial = PZ_COMPETENCY_QUERY_INIT;
const pz_record_type pz__competency_query_type = PZ__RECORD_TYPE(pz_competency_query, competency_query_fields, &competency_query_initial);

const pz_record_type *const pz__competency_types[] = {&pz__framework_type, &pz__competency_type, &pz__association_type,
                                                      &pz__competency_query_type, NULL};
