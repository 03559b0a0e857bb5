/* Going through all swaps between two groups at a time, for criteria about pairs alone where no matrix of costs is kept. A tile is the costs of each member of the one
 * group with each of the other: added up by row and by column they say what every member would cost in the other group, so that each swap takes one distance. */
#ifndef PZ_GROUPING_TILES_H
#define PZ_GROUPING_TILES_H

#include "grouping/scan.h"

enum { PZ__TILE_MAX = 4096 };

typedef struct pz__tiles {
    pz__state *s;
    int is_plain;        /* no rules but sizes: a swap of single learners needs no leave */
    int32_t *members[2]; /* units of the two groups */
    int32_t count[2];
    int64_t *away[2];           /* what each would cost in the other group */
    int32_t tile[PZ__TILE_MAX]; /* costs row by row, where they fit */
    int has_tile;
    int32_t *row; /* one of them, where they do not */
    float chances[PZ__CHANCES];
    int64_t limits[PZ__CHANCES];
    int64_t *changed; /* by group: how many changes had been made at its last one */
    int64_t tries, made;
} pz__tiles;

pz_status pz__tiles_make(pz__state *state, pz__tiles **out_tiles);
void pz__tiles_free(pz__tiles *tiles);
/* At 0 only what betters the division is made. */
void pz__tiles_heat(pz__tiles *tiles, double temperature);
/* Swaps, and moves where sizes leave room, between two groups. */
void pz__tiles_try(pz__tiles *tiles, int32_t group, int32_t other);
/* Until no swap and no move betters the division, or so many tries were made, or little beyond what the caller asks to stop at. */
void pz__tiles_descend(pz__tiles *tiles, pz__watch *watch, double done);

#endif
