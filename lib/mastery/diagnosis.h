#ifndef PZ_MASTERY_DIAGNOSIS_H
#define PZ_MASTERY_DIAGNOSIS_H

#include "base/record.h"
#include "personalize/diagnosis.h"

struct pz_dina_model {
    size_t items, skills, profiles;
    double *guess, *slip; /* by item */
    double *share;        /* by profile: bit i is skill i */
    uint32_t *needs;      /* by item, bits */
    pz_dina_fit fit;
    double *trace; /* log-likelihood before each sweep; NULL where the model was not fitted here */
    size_t trace_room;
};

enum { PZ__DINA_SKILLS = 14 };

/* A model with starting values; to be released even where this fails. */
pz_status pz__dina_new(size_t items, size_t skills, pz_dina_model **out);

/* The posterior of the profiles for one row of answers, adding up to 1; returns the logarithm of the row's probability. */
double pz__dina_posterior(const pz_dina_model *model, const int32_t *row, double *out);

extern const pz_record_type pz__dina_options_type;
extern const pz_record_type pz__dina_item_type;
extern const pz_record_type pz__dina_fit_type;
extern const pz_record_type pz__option_type;
extern const pz_record_type pz__misconception_evidence_type;
extern const pz_record_type pz__ranked_misconception_type;

#endif
