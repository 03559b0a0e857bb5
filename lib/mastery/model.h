/* What the files of this room share: checked settings and states, and the step of each model. */
#ifndef PZ_MASTERY_MODEL_H
#define PZ_MASTERY_MODEL_H

#include "base/record.h"
#include "personalize/mastery.h"

enum { PZ__MASTERY_WINDOW = 62 }; /* last answers that a state remembers one by one */

extern const pz_record_type pz__mastery_settings_type;
extern const pz_record_type pz__mastery_state_type;
extern const pz_record_type pz__mastery_estimate_type;
extern const pz_record_type pz__mastery_step_type;
extern const pz_record_type pz__growth_type;
extern const pz_record_type pz__growth_outlook_type;

/* Record types of this room, NULL at the end. */
extern const pz_record_type *const pz__mastery_types[];

/* Names by number, NULL at the end, as descriptions have them. */
extern const char *const pz__mastery_model_names[];
extern const char *const pz__mastery_decision_names[];

/* Records that the caller owns and the library fills: first brought to their initial state, in the end given what the caller's struct has
 * room for. */
pz_status pz__out_start(const pz_record_type *type, void *out);
void pz__out_give(const pz_record_type *type, const void *full, void *out);

/* One setting: which models have it, and its range. */
typedef struct pz__setting {
    const char *name;
    size_t offset;
    int is_whole;    /* int32_t, otherwise double */
    unsigned models; /* bit 1 << model */
    double low, high;
    int low_open, high_open; /* the end itself is not allowed */
} pz__setting;

extern const pz__setting pz__settings_table[];
extern const size_t pz__settings_count;

double pz__setting_get(const pz_mastery_settings *settings, const pz__setting *setting);
void pz__setting_set(pz_mastery_settings *settings, const pz__setting *setting, double value);

/* Points *out at the settings or, where the caller's struct is of another size, at `room` with a copy; then checks every range. */
pz_status pz__settings_take(const pz_mastery_settings *given, pz_mastery_settings *room, const pz_mastery_settings **out);
/* The same for a state, which must be of the settings' model and possible. */
pz_status pz__state_take(const pz_mastery_settings *settings, const pz_mastery_state *given, const char *name, pz_mastery_state *out);

pz_status pz__answers_check(const double *scores, const double *weights, size_t rows);

/* Factor on the odds of knowing as a logarithm, for scores and weights that are not simply right or wrong. */
double pz__bkt_log_factor(const pz_mastery_settings *settings, double score, double weight);
/* Share of a new answer in a decaying average. */
double pz__decay_share(const pz_mastery_settings *settings, double weight);

/* One answer, checked before. Estimating from a checked state cannot fail either. */
void pz__state_step(const pz_mastery_settings *settings, double score, double weight, pz_mastery_state *state);
void pz__state_estimate(const pz_mastery_settings *settings, const pz_mastery_state *state, pz_mastery_estimate *out);

/* The last answers of n_of_m: how many there are, at most m, and how many of them are right. */
int32_t pz__window(const pz_mastery_settings *settings, const pz_mastery_state *state, int32_t *right);

#endif
