#include "exchange/csv_people.h"

#include "base/fail.h"
#include "store/external.h"

enum { AMBIGUOUS = -1 };

pz_status pz__csv_source_number(pz__session *session, const char *named, int32_t *out_number, int *out_unknown)
{
    const pz_import_options *options = &session->import.options;
    const char *name = named ? named : options->source;
    size_t length = named ? PZ_NUL_TERMINATED : options->source_len;
    *out_number = -1;
    *out_unknown = 0;
    if (!name || !name[0] || length == 0) return PZ_OK;
    pz_status status = pz__source_number(session->call.store, name, length, 0, out_number);
    if (status != PZ_E_NOT_FOUND) return status;
    *out_unknown = 1;
    return PZ_OK;
}

/* Reads (text, id) pairs into a map; a text that comes with two ids is kept as ambiguous. */
static pz_status load(pz__call *call, const char *sql, pz__map *map)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *text = pz__column_text(statement, 0, &length);
        int64_t id = pz__column_int(statement, 1), before;
        if (pz__map_get_text(map, text, length, &before) && before != id) id = AMBIGUOUS;
        if ((status = pz__map_put_text(map, text, length, id)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

/* --------------------------------------------------------------------------------------------------- people --- */

static const char *people_sql(pz__csv_by by)
{
#define PEOPLE(column)                                                                                                                     \
    "SELECT " column ", person_id FROM person WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 AND " column " IS NOT "    \
                                                                                                                             "NULL"
    switch (by) {
    case PZ__CSV_BY_IDENTIFIER: return PEOPLE("identifier");
    case PZ__CSV_BY_USERNAME: return PEOPLE("username");
    case PZ__CSV_BY_EMAIL: return PEOPLE("email");
    default: return NULL;
    }
}

pz_status pz__csv_people_start(pz__csv_people *people, pz__session *session, const pz__csv_mapping *mapping)
{
    const pz__csv_source *how = &mapping->sources[PZ__CSV_LEARNER];
    people->call = &session->call;
    people->by = how->by;
    PZ__TRY(pz__csv_source_number(session, how->source, &people->source, &people->source_unknown));
    PZ__TRY(pz__map_new(&people->known));
    return people_sql(people->by) ? load(people->call, people_sql(people->by), people->known) : PZ_OK;
}

void pz__csv_people_free(pz__csv_people *people)
{
    pz__map_free(people->known);
    people->known = NULL;
}

static pz_status look_up(pz__csv_people *people, const char *text, size_t length, int64_t *out_found)
{
    int more = 0;
    *out_found = 0;
    if (people->source_unknown) return PZ_OK;
    PZ__TRY(pz__external_find(people->call->store, PZ_KIND_PERSON, people->source, text, length, out_found, &more));
    if (more) *out_found = AMBIGUOUS;
    return pz__map_put_text(people->known, text, length, *out_found);
}

static void tell(int64_t found, pz_id *out_id, int *out_ambiguous)
{
    *out_ambiguous = found == AMBIGUOUS;
    *out_id = found == AMBIGUOUS ? 0 : found;
}

pz_status pz__csv_people_find(pz__csv_people *people, const char *text, size_t length, pz_id *out_person, int *out_ambiguous)
{
    int64_t found = 0;
    if (!pz__map_get_text(people->known, text, length, &found) && !people_sql(people->by)) PZ__TRY(look_up(people, text, length, &found));
    tell(found, out_person, out_ambiguous);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------- competencies --- */

pz_status pz__csv_competencies_start(pz__csv_competencies *competencies, pz__session *session, const pz__csv_mapping *mapping)
{
    static const char sql[] =
        "SELECT code, competency_id FROM competency WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 "
        "AND ended = 0 AND code IS NOT NULL";
    int32_t source;
    int unknown;
    competencies->call = &session->call;
    competencies->by = mapping->sources[PZ__CSV_COMPETENCY].by;
    PZ__TRY(pz__csv_source_number(session, NULL, &source, &unknown));
    PZ__TRY(pz__competency_ids_start(&competencies->ids, &session->call, source));
    PZ__TRY(pz__map_new(&competencies->codes));
    return competencies->by == PZ__CSV_BY_ID ? PZ_OK : load(&session->call, sql, competencies->codes);
}

void pz__csv_competencies_free(pz__csv_competencies *competencies)
{
    pz__competency_ids_free(&competencies->ids);
    pz__map_free(competencies->codes);
    competencies->codes = NULL;
}

pz_status pz__csv_competencies_find(pz__csv_competencies *competencies, const char *text, size_t length, pz_id *out_competency,
                                    int *out_ambiguous)
{
    int64_t found = 0;
    *out_competency = 0;
    *out_ambiguous = 0;
    if (competencies->by != PZ__CSV_BY_CODE)
        PZ__TRY(pz__competency_ids_find(&competencies->ids, text, length, out_competency, out_ambiguous));
    if (*out_competency || *out_ambiguous || competencies->by == PZ__CSV_BY_ID) return PZ_OK;
    pz__map_get_text(competencies->codes, text, length, &found);
    tell(found, out_competency, out_ambiguous);
    return PZ_OK;
}
