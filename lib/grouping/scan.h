/* Going through all partners of a unit, for criteria about pairs alone: the change by each swap is five numbers read in order, so that a try takes
 * about a nanosecond. A change is made where it costs no more than its limit. */
#ifndef PZ_GROUPING_SCAN_H
#define PZ_GROUPING_SCAN_H

#include "grouping/state.h"
#include "grouping/watch.h"

enum { PZ__CHANCES = 1024 };

typedef struct pz__scan {
    pz__state *s;
    int is_plain;       /* no rules but sizes: a swap of single learners needs no leave */
    int may_move;       /* sizes leave room for moves beside swaps */
    int32_t *own;       /* by unit: its potential in its group */
    int32_t *elsewhere; /* by group: potential of the unit at hand there, less its own */
    int32_t *slots;     /* units, group by group */
    int32_t *place;     /* by unit: its slot */
    int32_t *start;     /* by group and one more: its first slot */
    float chances[PZ__CHANCES];
    int32_t limits[PZ__CHANCES]; /* the same at the temperature at hand */
    int64_t tries, made;
} pz__scan;

/* What an unfavourable change may cost, in units of the temperature: -log of equally spaced chances, in a mixed order. PZ__CHANCES numbers. */
void pz__scan_chances(float *out_chances);

pz_status pz__scan_make(pz__state *state, pz__scan *out_scan);
void pz__scan_free(pz__scan *scan);
/* After the state was set to another division. */
void pz__scan_reset(pz__scan *scan);
/* At 0 only what betters the division is made. */
void pz__scan_heat(pz__scan *scan, double temperature);
void pz__scan_unit(pz__scan *scan, int32_t unit);
/* Until no move and no swap betters the division, or little beyond what the caller asks to stop at; `done` is what the caller is told. Whether
 * anything bettered it. */
int pz__scan_descend(pz__scan *scan, pz__watch *watch, double done);

#endif
