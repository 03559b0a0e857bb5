#include "records/profile/tables.h"

#include "base/fail.h"


/* clang-format off: one table, one block */

static const pz_field named_fields[] = {
    PZ__ID(pz_profile_named, entry),
    PZ__ID(pz_profile_named, person),
    PZ__ID(pz_profile_named, learner),
    PZ__ID(pz_profile_named, named_by),
};
static const pz_profile_named named_initial = {sizeof(pz_profile_named), 0, 0, 0, 0, 0};
static const pz_record_type named_row_type = PZ__RECORD_TYPE(pz_profile_named, named_fields, &named_initial);

const pz__table pz__profile_named_table = {&named_row_type, PZ_KIND_PROFILE_ENTRY, 2, -1, 2, 0,
                                           PZ__TABLE_SQL("shared_with", "record_id, person_id, learner_id, named_by", PZ__MARKS_4,
                                                         "record_id = ?2 AND person_id = ?3")};

static const pz_field dispute_fields[] = {
    PZ__ID(pz_profile_dispute, learner),
    PZ__ID(pz_profile_dispute, id),
    PZ__ID(pz_profile_dispute, entry),
    PZ__BIGINT(pz_profile_dispute, entry_version, ""),
    PZ__ENUM(pz_profile_dispute, state, pz__dispute_state_names),
    PZ__TEXT(pz_profile_dispute, statement),
    PZ__ID(pz_profile_dispute, disputed_by),
    PZ__ENUM(pz_profile_dispute, disputed_role, pz__role_names),
    PZ__TIME(pz_profile_dispute, disputed_at),
    PZ__TEXT(pz_profile_dispute, answer),
    PZ__ID(pz_profile_dispute, answered_by),
    PZ__ENUM(pz_profile_dispute, answered_role, pz__role_names),
    PZ__TIME(pz_profile_dispute, answered_at),
};
static const pz_profile_dispute dispute_initial = {sizeof(pz_profile_dispute), 0, 0, 0, 0, 0, 0, NULL, 0, 0, 0, PZ_TIME_NONE, NULL, 0, 0, 0, PZ_TIME_NONE};
static const pz_record_type dispute_row_type = PZ__RECORD_TYPE(pz_profile_dispute, dispute_fields, &dispute_initial);

const pz__table pz__profile_dispute_table = {
    &dispute_row_type, PZ_KIND_PROFILE_ENTRY, 2, -1, 0, 2,
    PZ__TABLE_SQL("profile_dispute",
                  "learner_id, dispute_id, entry_id, entry_version, state, statement, disputed_by, disputed_role, disputed_at, answer, "
                  "answered_by, answered_role, answered_at",
                  PZ__MARKS_13, "learner_id = ?2 AND dispute_id = ?3")};

static const pz_field note_fields[] = {
    PZ__ID(pz__note_row, author),
    PZ__ID(pz__note_row, note.id),
    PZ__ID(pz__note_row, note.learner),
    PZ__TEXT(pz__note_row, note.content),
    PZ__TIME(pz__note_row, note.written_at),
    PZ__BOOL(pz__note_row, is_ended),
};
static const pz__note_row note_initial = {{sizeof(pz_private_note), 0, 0, 0, NULL, 0, PZ_TIME_NONE}, 0, 0};
static const pz_record_type note_row_type = PZ__RECORD_TYPE(pz__note_row, note_fields, &note_initial);

/* Changes say that there is a note, and not on whom. */
const pz__table pz__private_note_table = {&note_row_type, PZ_KIND_NOTE, 2, 5, -1, 1,
                                          PZ__TABLE_SQL("private_note", "author_id, note_id, learner_id, content, written_at, is_ended",
                                                        PZ__MARKS_6, "author_id = ?2 AND note_id = ?3")};
/* clang-format on */

pz_status pz__profile_tags_each(pz__call *call, pz_id learner, pz_id entry, pz__tag_fn each, void *user_data)
{
#define TAGS_OF "SELECT record_id, learner_id, tag, uri FROM record_tag WHERE tenant_id = ?1 AND learner_id = ?2 AND "
    static const char one[] = TAGS_OF "record_id = ?3 AND since_change <= ?4 AND until_change > ?4 ORDER BY folded";
    static const char all[] = TAGS_OF "?3 = 0 AND since_change <= ?4 AND until_change > ?4 ORDER BY record_id, folded";
#undef TAGS_OF
    pz_profile_tag tag;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, entry ? one : all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, entry);
    pz__bind_int(statement, 4, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__profile_tag_type, statement, 0, &tag);
        if ((status = each(&tag, user_data)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__disputes_each(pz__call *call, pz_id learner, pz_id entry, pz__dispute_fn each, void *user_data)
{
    static const char sql[] = "SELECT " PZ__DISPUTE_COLUMNS " FROM profile_dispute WHERE tenant_id = ?1 AND learner_id = ?2 "
                              "AND (?3 = 0 OR entry_id = ?3) AND since_change <= ?4 AND until_change > ?4 ORDER BY dispute_id";
    pz_profile_dispute dispute;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, entry);
    pz__bind_int(statement, 4, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__profile_dispute_type, statement, 0, &dispute);
        if ((status = each(&dispute, user_data)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}
