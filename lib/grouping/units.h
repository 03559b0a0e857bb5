/* Learners who must be together are one unit; units are what is placed and moved. Here is all that rules say of them. */
#ifndef PZ_GROUPING_UNITS_H
#define PZ_GROUPING_UNITS_H

#include "grouping/rules.h"

typedef struct pz__unit {
    int32_t size;
    int32_t locked;       /* group, or -1 */
    int32_t first_member; /* in members */
    int32_t first_apart;  /* in apart */
    int32_t apart_count;
    int32_t first_allowed; /* in allowed */
    int32_t allowed_count; /* -1: every group */
    int is_bound;          /* some rule is about it, or it is of several learners */
} pz__unit;

/* In every group the number of those who are flagged is from `least` to `most`, or none where `or_none`. */
typedef struct pz__count_rule {
    int32_t least, most;
    int or_none;
} pz__count_rule;

/* Of the slots from `first` on, at least so many are free for all of a group. */
typedef struct pz__time_rule {
    int32_t least, first, slots;
} pz__time_rule;

typedef struct pz__group_size {
    int32_t group, least, most;
    int is_widening; /* the sizes of the problem are as good */
} pz__group_size;

typedef struct pz__units {
    pz__unit *units;
    int32_t count;
    int32_t learners;     /* grouped ones */
    int32_t *unit_of;     /* by learner; -1 where absent */
    int32_t *members;     /* learners, unit by unit */
    int32_t *apart;       /* units, unit by unit */
    int32_t *allowed;     /* groups, unit by unit, in order */
    int32_t locked_max;   /* greatest group that somebody is locked to; -1 */
    int32_t named_max;    /* greatest group that any rule names; -1 */
    int is_contradictory; /* a unit is locked to two groups or to one that it may not sit in, or apart from itself */
    int is_plain;         /* no rule but the sizes */
    pz__count_rule count_rules[PZ__COUNT_RULES_MAX];
    int32_t count_rule_count;
    int32_t *flagged; /* unit by unit, by count rule: flagged learners */
    pz__time_rule *time_rules;
    int32_t time_rule_count;
    int32_t slots;
    uint8_t *busy; /* unit by unit, by slot: somebody is not free */
    pz__group_size *group_sizes;
    int32_t group_size_count;
} pz__units;

/* `skip` marks rules (by number) that are to be left out; NULL: none. A group whose own sizes are left out may have them still, or those of the problem. */
pz_status pz__units_make(const pz__grouping_data *data, const uint8_t *skip, pz__units *out_units);
void pz__units_free(pz__units *units);

int pz__unit_may_sit(const pz__units *units, int32_t unit, int32_t group);

/* Least and greatest size by group: those of its own, or else those that are given for all. */
void pz__units_sizes(const pz__units *units, int32_t groups, int32_t size_min, int32_t size_max, int32_t *out_min, int32_t *out_max);

#endif
