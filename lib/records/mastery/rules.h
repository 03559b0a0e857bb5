/* Which rule of mastery holds for a learner and a competency, as a call sees rules and roster. */
#ifndef PZ_RECORDS_MASTERY_RULES_H
#define PZ_RECORDS_MASTERY_RULES_H

#include "personalize/mastery.h"
#include "records/access/call.h"

typedef struct pz__rule {
    pz_id id; /* 0: the built-in default */
    pz_id scope;
    pz_id competency;
    pz_mastery_settings settings;
} pz__rule;

typedef struct pz__rules pz__rules;

/* Reads all rules in force and who is in their scopes. Ask for it once a call. */
pz_status pz__rules_load(pz__call *call, pz__rules **out_rules);
void pz__rules_free(pz__rules *rules);

/* The nearest rule; never NULL. Quick when asked learner by learner. The class comes before the org, a lower org before a higher one, the store
 * last, then the default; in each the competency's own before the one for all. Where two classes of a learner have rules, the one with the
 * smaller id counts; the same for two orgs on one level. */
const pz__rule *pz__rules_for(pz__rules *rules, pz_id learner, pz_id competency);

/* A rule that is or was in force. PZ_E_CORRUPT if a record names one that never was. */
pz_status pz__rules_find(pz__rules *rules, pz_id id, const pz__rule **out_rule);

/* The learners that the rule of a scope can govern at the call's day: of the class, or of the org with all below it. Sorted, each once; freed by
 * the caller with pz__release. */
pz_status pz__scope_learners(pz__call *call, pz_id scope, pz_id **out_learners, size_t *out_count);

#endif
