/**
 * @file personalize/exchange.h
 * Files in: OneRoster 1.1 and 1.2 rosters, CASE 1.0 and 1.1 frameworks, CSV with a mapping. Every import can be tried first (`dry_run`): it then reports
 * faults and differences and writes nothing. Nothing is ever half written. (That a service of a new name came is a change of its own, made by
 * pz_actor_open_service(), and stays on record after a dry run and a refused import.)
 *
 * A report is a JSON document (docs/schema/import-report.json):
 *
 *     {"format": "oneroster", "version": "1.2", "mode": "strict", "dry_run": false, "written": true, "repeated": false, "change": "17",
 *      "faults": [{"file", "line", "column", "field", "code", "severity", "value", "message"}],
 *      "faults_left_off": 0, "difference": {"users": {"new": 3, "changed": 1, "gone": 0, "same": 180}, ...}, "counts": {...}}
 *
 * `severity` is "fatal" (nothing is written), or "tolerated" (lenient mode went on and says how). `value` is what the file holds there, cut
 * at 200 bytes; passwords are never repeated. A report is for whoever gave the file: it is neither kept nor logged.
 */
#ifndef PERSONALIZE_EXCHANGE_H
#define PERSONALIZE_EXCHANGE_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_import_mode {
    PZ_IMPORT_STRICT = 1, /**< every departure from the standard is a fatal fault */
    PZ_IMPORT_LENIENT = 2 /**< what real files do and what can be read without guessing is tolerated and reported */
} pz_import_mode;

/** Options of an import. Begin with ::PZ_IMPORT_OPTIONS_INIT. */
typedef struct pz_import_options {
    uint32_t struct_size;
    int32_t mode;             /**< a ::pz_import_mode. Default ::PZ_IMPORT_STRICT. */
    int32_t dry_run;          /**< 1: report only. Default 0. */
    int32_t demographics;     /**< 1: also keep OneRoster demographics. Default 0. */
    int32_t gone_percent_max; /**< a bulk import that would end more than this share of the records of a kind is refused with the
                                   fault "gone_above_limit", 0 to 100. Default 20. */
    int32_t faults_max;       /**< most faults listed; the rest are counted. 1 to 100,000. Default 1,000. */
    int32_t rows_max;         /**< most rows of a OneRoster archive, ids in lists among them, or of a CSV file, where each item of a wide row is
                                   one; beyond, the import is refused with the fault "rows_above_limit". What a row costs in memory
                                   is in docs/exchange.md. 1 to 100,000,000. Default 5,000,000. */
    const char *source;       /**< name of the source system that ids belong to. Default "". */
    size_t source_len;
    pz_progress_fn progress;  /**< NULL, or called as it goes; can cancel */
    void *progress_data;
} pz_import_options;

#define PZ_IMPORT_OPTIONS_INIT \
    {sizeof(pz_import_options), PZ_IMPORT_STRICT, 0, 0, 20, 1000, 5000000, "", PZ_NUL_TERMINATED, NULL, NULL}

/* Imports need a service with PZ_SCOPE_IMPORT. `path` names a file (for OneRoster also a folder). The report is given with PZ_OK and with
 * PZ_E_FAULTS; with other statuses if it could be begun. Rosters and frameworks are compared with the
 * store, so that importing one again changes nothing; for CSV without a key, the digest of the file, the mapping and what else was asked serves as
 * one. A repeated key writes nothing ("repeated" in the report). Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_DENIED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_FAULTS; PZ_E_FORMAT;
 * PZ_E_HOSTILE; PZ_E_CANCELLED; PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. Memory: the report with pz_free(). */

/**
 * Imports a OneRoster CSV archive (zip or folder), version 1.1 or 1.2 as its manifest says: orgs, academic sessions, courses,
 * classes, users, roles, agents, enrollments, line items, results and their learning objectives. Passwords are never kept.
 * What a bulk archive no longer lists is ended, in the orgs that it covers; a delta archive ends what it marks "tobedeleted".
 * Since: 0.1
 */
PZ_API pz_status pz_import_oneroster(pz_actor *actor, const char *path, const pz_import_options *options, const char *key, char **out_json);

/** Imports a CASE package (JSON): document, items, associations, levels. Faults have a JSON path in `field`. Since: 0.1 */
PZ_API pz_status pz_import_case(pz_actor *actor, const char *path, const pz_import_options *options, const char *key, char **out_json);

/**
 * Imports a CSV file by a mapping (docs/csv-mapping.md): item responses, scores of standardized tests, attendance, interests,
 * experiences, prior successes, supports, needs, goals.
 * @param mapping the mapping as JSON text. Since: 0.1
 */
PZ_API pz_status pz_import_csv(pz_actor *actor, const char *path, const char *mapping, size_t mapping_len, const pz_import_options *options,
                               const char *key, char **out_json);

/**
 * Suggests a mapping from a CSV file's header and first rows. It lists as "unsure" what a person must look at, with every needed value that no column
 * looks like, and as "ignored" the columns that it leaves out. Without "unsure" it can be used as it stands.
 * @param kind such as "responses"; NULL: guessed
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_FORMAT; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_csv_mapping_suggest(const char *path, const char *kind, char **out_json);

/**
 * Checks a OneRoster archive without a store: faults only.
 * @return ::PZ_OK (also with faults: see the report); otherwise as pz_import_oneroster(). Since: 0.1
 */
PZ_API pz_status pz_oneroster_check(const char *path, const pz_import_options *options, char **out_json);

/** Checks a CASE package without a store. @return as pz_oneroster_check(). Since: 0.1 */
PZ_API pz_status pz_case_check(const char *path, const pz_import_options *options, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
