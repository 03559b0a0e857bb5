/* Checking a store: what pz__duty_verify, backups and restoring share. */
#ifndef PZ_STORE_VERIFY_H
#define PZ_STORE_VERIFY_H

#include "base/buffer.h"
#include "base/json_write.h"
#include "store/state.h"

typedef struct pz__verification {
    pz_store *store;
    pz_progress_fn progress;
    void *user_data;
    double from; /* the part of progress that belongs to what runs now */
    double to;
    double told;   /* never goes back */
    int64_t turns; /* of the watch, within it */
    pz_status stopped;

    int pages_damaged; /* 1: something of the file is damaged */
    int64_t page_faults;
    char first_page_fault[256];
    int64_t schema_differs; /* objects */
    int64_t foreign_key_faults;
    int64_t version_tables;
    int64_t overlaps; /* versions of one record that are open at the same time, or end before they begin */
    int64_t changes;
    int64_t last_change;
    int64_t missing_changes;
    int64_t first_broken; /* number of the first change whose hash does not match, 0 if none */
    int64_t stray_items;  /* items, removals and keys of changes that are not there */
    int64_t rows;             /* that changes answer for */
    int64_t changed_contents; /* changes whose rows are not those that they wrote */
    int64_t first_changed;    /* the first of them, 0 if none */
    int64_t stray_rows;       /* of changes that are not there */
    int standing_differs;     /* outside ids, pseudonyms, names of services and sources are not those that changes wrote */
    uint8_t head[PZ__CHAIN_SIZE];
} pz__verification;

/* Runs every check in one snapshot. PZ_E_CANCELLED, PZ_E_NOMEM, PZ_E_IO, PZ_E_BUSY; damage is no failure of the call. */
pz_status pz__verify_all(pz__verification *verification, pz_store *store, pz_progress_fn progress, void *user_data);
/* PZ_OK, PZ_E_CORRUPT or PZ_E_TAMPERED, with detail. */
pz_status pz__verify_result(const pz__verification *verification);

/* Parts, in files of their own. */
pz_status pz__verify_versions(pz__verification *verification);
pz_status pz__verify_content(pz__verification *verification);
pz_status pz__verify_chain(pz__verification *verification);

/* Progress within a part: `done` 0 to 1. */
pz_status pz__verify_tell(pz__verification *verification, double done);

#endif
