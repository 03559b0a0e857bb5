#include "records/evidence/learning_tables.h"

#define MARKS_16 PZ__MARKS_13 ", ?16, ?17, ?18"
#define MARKS_17 MARKS_16 ", ?19"
#define MARKS_21 MARKS_17 ", ?20, ?21, ?22, ?23"

/* clang-format off: one table, one block */

/* ------------------------------------------------------------------------------------- assessments and items --- */

const pz__table pz__assessment_table = {&pz__assessment_type,
                                        PZ_KIND_ASSESSMENT,
                                        1,
                                        11,
                                        -1,
                                        0,
                                        PZ__TABLE_SQL("assessment", PZ__ASSESSMENT_COLUMNS(""), PZ__MARKS_12, "assessment_id = ?2")};

const pz__table pz__item_table = {
    &pz__item_type, PZ_KIND_ITEM, 1, 3, -1, 0, PZ__TABLE_SQL("item", "item_id, code, stem, ended", PZ__MARKS_4, "item_id = ?2")};

const pz__table pz__item_option_table = {&pz__item_option_type,
                                         PZ_KIND_ITEM,
                                         2,
                                         -1,
                                         -1,
                                         0,
                                         PZ__TABLE_SQL("item_option", "item_id, option_no, label, is_correct, misconception_id",
                                                       PZ__MARKS_5, "item_id = ?2 AND option_no = ?3")};

const pz__table pz__misconception_table = {
    &pz__misconception_type,
    PZ_KIND_MISCONCEPTION,
    1,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("misconception", "misconception_id, competency_id, code, statement", PZ__MARKS_4, "misconception_id = ?2")};

const pz__table pz__item_bearing_table = {
    &pz__bearing_type,
    PZ_KIND_ITEM,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("item_competency", "item_id, competency_id, weight", PZ__MARKS_3, "item_id = ?2 AND competency_id = ?3")};

const pz__table pz__assessment_bearing_table = {&pz__bearing_type,
                                                PZ_KIND_ASSESSMENT,
                                                2,
                                                -1,
                                                -1,
                                                0,
                                                PZ__TABLE_SQL("assessment_competency", "assessment_id, competency_id, weight", PZ__MARKS_3,
                                                              "assessment_id = ?2 AND competency_id = ?3")};

/* ------------------------------------------------------------------------------------------------- profile --- */

static const pz_field profile_fields[] = {
    PZ__ID(pz__profile_row, entry.learner),
    PZ__ID(pz__profile_row, entry.id),
    PZ__ENUM(pz__profile_row, entry.section, pz__profile_section_names),
    PZ__TEXT(pz__profile_row, entry.code),
    PZ__TEXT(pz__profile_row, entry.content),
    PZ__REAL(pz__profile_row, entry.value, ""),
    PZ__REAL(pz__profile_row, entry.standard_error, ""),
    PZ__TEXT(pz__profile_row, entry.scale),
    PZ__TEXT(pz__profile_row, entry.source),
    PZ__ID(pz__profile_row, entry.author),
    PZ__ENUM(pz__profile_row, entry.author_role, pz__role_names),
    PZ__TIME(pz__profile_row, entry.observed_at),
    PZ__DATE(pz__profile_row, entry.begins_on),
    PZ__DATE(pz__profile_row, entry.ends_on),
    PZ__REAL(pz__profile_row, entry.confidence, ""),
    PZ__ENUM(pz__profile_row, entry.visibility, pz__visibility_names),
    PZ__TEXT(pz__profile_row, withdrawn_because),
    PZ__ENUM(pz__profile_row, entry.value_type, pz__value_type_names),
    PZ__ENUM(pz__profile_row, entry.activation, pz__activation_names),
    PZ__TEXT(pz__profile_row, entry.times),
    PZ__TIME(pz__profile_row, entry.recorded_at),
};
static const pz__profile_row profile_initial = {PZ_PROFILE_ENTRY_INIT, NULL, 0};
static const pz_record_type profile_row_type = PZ__RECORD_TYPE(pz__profile_row, profile_fields, &profile_initial);

const pz__table pz__profile_table = {
    &profile_row_type,
    PZ_KIND_PROFILE_ENTRY,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL_BUT(
        "profile_entry",
        "learner_id, entry_id, section, code, content, value, standard_error, scale, source, author_id, author_role, observed_at, "
        "begins_on, ends_on, confidence, visibility, withdrawn_because, value_type, activation, times, recorded_at",
        MARKS_21, "learner_id = ?2 AND entry_id = ?3", 1)};

/* --------------------------------------------------------------------------------------------------- cycles --- */

static const pz_field cycle_fields[] = {
    PZ__ID(pz_cycle, id),
    PZ__ID(pz_cycle, org),
    PZ__ID(pz_cycle, class_id),
    PZ__ID(pz_cycle, framework),
    PZ__ID(pz_cycle, previous),
    PZ__ENUM(pz_cycle, kind, pz__assessment_kind_names),
    PZ__ENUM(pz_cycle, state, pz__cycle_state_names),
    PZ__TEXT(pz_cycle, title),
    PZ__DATE(pz_cycle, opens_on),
    PZ__DATE(pz_cycle, closes_on),
    PZ__BIGINT(pz_cycle, closed_change, ""),
};
static const pz_cycle cycle_initial = PZ_CYCLE_INIT;
static const pz_record_type cycle_row_type = PZ__RECORD_TYPE(pz_cycle, cycle_fields, &cycle_initial);

const pz__table pz__cycle_table = {
    &cycle_row_type,
    PZ_KIND_CYCLE,
    1,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("cycle", "cycle_id, org_id, class_id, framework_id, previous_id, kind, state, title, opens_on, closes_on, closed_change",
                  PZ__MARKS_11, "cycle_id = ?2")};
