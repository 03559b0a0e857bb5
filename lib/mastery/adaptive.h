#ifndef PZ_MASTERY_ADAPTIVE_H
#define PZ_MASTERY_ADAPTIVE_H

#include "base/record.h"
#include "personalize/adaptive.h"

enum { PZ__ADAPTIVE_CONTENTS = 100, PZ__ADAPTIVE_AMONG = 100 };

struct pz_adaptive_test {
    pz_irt_model *model; /* of its own: handles are freed in any order */
    pz_adaptive_options options;
    double *posterior; /* by node, adding up to 1 with the weights of the trapezium rule in it */
    int32_t *content;  /* by item, or NULL */
    double *exposure;  /* by item, or NULL */
    unsigned char *given;
    unsigned char *held; /* by item: held back from this sitting */
    double share[PZ__ADAPTIVE_CONTENTS];
    int32_t given_of[PZ__ADAPTIVE_CONTENTS];
    int32_t length;
    double ability, error;
};

/* Begins a sitting, or another one with the same items. */
void pz__adaptive_begin(pz_adaptive_test *test, uint64_t seed);
/* The item that comes next and why; -1 at the end. Where `passed` is given, items that were held back though they tell more are marked there. */
void pz__adaptive_choose(const pz_adaptive_test *test, unsigned char *passed, pz_adaptive_choice *out);
void pz__adaptive_take(pz_adaptive_test *test, int32_t item, int32_t response);

extern const pz_record_type pz__adaptive_options_type;
extern const pz_record_type pz__adaptive_choice_type;

#endif
