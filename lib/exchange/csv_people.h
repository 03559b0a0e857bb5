/* Learners and competencies of a CSV file: from what the file calls them to records of the store. */
#ifndef PZ_EXCHANGE_CSV_PEOPLE_H
#define PZ_EXCHANGE_CSV_PEOPLE_H

#include "exchange/competency_ids.h"
#include "exchange/csv_mapping.h"
#include "exchange/session.h"

typedef struct pz__csv_people {
    pz__call *call;
    pz__csv_by by;
    int32_t source;     /* of outside ids; -1 any */
    int source_unknown; /* the store has no such source, and so nobody of it */
    pz__map *known;     /* text to person; AMBIGUOUS where several have it */
} pz__csv_people;

pz_status pz__csv_people_start(pz__csv_people *people, pz__session *session, const pz__csv_mapping *mapping);
void pz__csv_people_free(pz__csv_people *people);
/* 0 where there is nobody; *out_ambiguous 1 where there are several. */
pz_status pz__csv_people_find(pz__csv_people *people, const char *text, size_t length, pz_id *out_person, int *out_ambiguous);

typedef struct pz__csv_competencies {
    pz__call *call;
    pz__csv_by by;
    pz__competency_ids ids;
    pz__map *codes; /* code to competency; AMBIGUOUS */
} pz__csv_competencies;

pz_status pz__csv_competencies_start(pz__csv_competencies *competencies, pz__session *session, const pz__csv_mapping *mapping);
void pz__csv_competencies_free(pz__csv_competencies *competencies);
pz_status pz__csv_competencies_find(pz__csv_competencies *competencies, const char *text, size_t length, pz_id *out_competency,
                                    int *out_ambiguous);

/* The number of the source that ids belong to: the one named, otherwise the import's option; -1 for any. *out_unknown: there is none of that name. */
pz_status pz__csv_source_number(pz__session *session, const char *named, int32_t *out_number, int *out_unknown);

#endif
