/**
 * @file personalize/base.h
 * What every other header of libpersonalize stands on: status codes and error detail, memory, text, time, identifiers,
 * the description of records, progress and cancellation, version and limits.
 *
 * ## The rules of this interface
 *
 *  1. **Names.** Functions are `pz_noun_verb`, types `pz_noun`, constants `PZ_NOUN_VALUE`.
 *  2. **Status.** Every call that can fail returns a ::pz_status. ::PZ_OK is 0. On failure, pz_last_error() of the same
 *     thread says what was wrong, where, what the limit is and what to do next. It never holds personal data, only ids.
 *  3. **Results** come through the last parameters, named `out_...`. Each is set to NULL or zero before anything else
 *     happens, so it may be read whatever the status.
 *  4. **Handles** are opaque. They come from `_open` or `_new` and go with `_free`; `_free(NULL)` does nothing. A NULL
 *     handle is ::PZ_E_CLOSED, never a crash. A handle made from another keeps it alive: free them in any order.
 *  5. **Records** are visible structs whose first member is `struct_size`. Make one you pass in from its `PZ_..._INIT`
 *     macro. New members are added at the end only; the library reads no further than the `struct_size` you gave.
 *  6. **Lists** come back as an array of pointers to records with a count, all in one allocation: release it with one
 *     pz_free(). **Documents** come back as JSON text, NUL-terminated, released with pz_free(); `docs/schema` has their
 *     schemas.
 *  7. **Text** is UTF-8. Text written by people is passed with its length in bytes, or with ::PZ_NUL_TERMINATED. NUL
 *     inside, bad UTF-8 and text over the stated limit are errors. Text that comes out is NUL-terminated.
 *  8. **Time** is ::pz_time, a calendar day is ::pz_date. Nothing reads a clock except the store, through a function
 *     that its options can replace.
 *  9. **Writes take a key.** Each call that writes has a parameter `key`: a name that the caller gives to this one act
 *     (a request id, a file's digest). Repeating the act with the same key changes nothing and returns the first
 *     result; the same key with different content is ::PZ_E_KEY_REUSED. NULL gives no such protection.
 * 10. **Threads.** A handle belongs to one thread at a time. Two handles may be used by two threads. Error detail is
 *     thread-local. There is no other shared state. A handle carried over `fork()` answers ::PZ_E_FORKED.
 * 11. **Callbacks** have a `void *user_data`, return a ::pz_status, and stop the call by returning anything but ::PZ_OK;
 *     the call then returns ::PZ_E_CALLBACK. Callbacks that the library keeps come with a ::pz_destroy_fn.
 * 12. **Stability.** Each function says since which version it exists. Within a major version functions and members are
 *     only added. Functions marked "Experimental" may still change in a minor version.
 *
 * Unless a function says otherwise: Memory: nothing is kept of the arguments. Thread: any, one call at a time per handle.
 */
#ifndef PERSONALIZE_BASE_H
#define PERSONALIZE_BASE_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#if defined(PERSONALIZE_STATIC_DEFINE) || defined(SWIG)
#define PZ_API
#elif defined(_WIN32)
#ifdef PERSONALIZE_BUILDING
#define PZ_API __declspec(dllexport)
#else
#define PZ_API __declspec(dllimport)
#endif
#else
#define PZ_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------- version --- */

/** Version of the header, compare with pz_version_number() of the library that was loaded. */
enum { PZ_VERSION_MAJOR = 0, PZ_VERSION_MINOR = 1, PZ_VERSION_PATCH = 0 };

/** Version of the library as text, "0.1.0". Memory: static. Since: 0.1 */
PZ_API const char *pz_version(void);

/** Version of the library as major * 1000000 + minor * 1000 + patch. Since: 0.1 */
PZ_API int32_t pz_version_number(void);

/* -------------------------------------------------------------------------------------------------- status --- */

/**
 * The outcome of a call. The numbers never change; codes may be added.
 *
 * Codes come in blocks by what the caller can do about them: 1-19 mend the call, 20-39 rights and reach, 40-59 the state
 * of the record, 60-79 mend the input file, 80-99 the computation, 100-119 the store and the machine.
 */
typedef enum pz_status {
    PZ_OK = 0,              /**< Done. */
    PZ_E_INVALID = 1,       /**< An argument is missing, contradictory or outside its stated range. */
    PZ_E_CLOSED = 2,        /**< The handle is NULL or was closed. */
    PZ_E_TEXT = 3,          /**< Text is not UTF-8, holds a NUL or a forbidden control character. */
    PZ_E_TOO_LONG = 4,      /**< Text, list or number is over its stated limit. */
    PZ_E_STRUCT_SIZE = 5,   /**< A record's `struct_size` is zero or smaller than the first version of that record. */
    PZ_E_FORKED = 6,        /**< The handle was opened in another process; open one of your own. */
    PZ_E_BUSY_HANDLE = 7,   /**< The handle is in use: called from within its own callback, or by another thread. */
    PZ_E_CALLBACK = 8,      /**< A callback asked to stop. */
    PZ_E_CANCELLED = 9,     /**< The cancel callback asked to stop; nothing was written. */
    PZ_E_NOT_FOUND = 20,    /**< There is no such record, or it is out of this actor's reach. */
    PZ_E_DENIED = 21,       /**< The actor can see the record, but its role may not do this. */
    PZ_E_READ_ONLY = 22,    /**< The handle is a view of the past, or the store was opened for reading. */
    PZ_E_STATE = 40,        /**< The record is in a state that does not allow this step. */
    PZ_E_CONFLICT = 41,     /**< Somebody else changed the record since the version that was named. */
    PZ_E_KEY_REUSED = 42,   /**< This idempotency key was used for a different act. */
    PZ_E_EXISTS = 43,       /**< There is one already. */
    PZ_E_LIMIT = 44,        /**< A stated limit of the store or of an option would be passed. */
    PZ_E_FAULTS = 60,       /**< The input has faults; the report names each with its place. Nothing was written. */
    PZ_E_FORMAT = 61,       /**< The input is not of the format it claims, or is broken beyond reading. */
    PZ_E_HOSTILE = 62,      /**< The input would exceed its limits (size, ratio, depth, names) and was refused. */
    PZ_E_INFEASIBLE = 80,   /**< No solution meets all constraints; the report names the smallest set that clashes. */
    PZ_E_NO_CONVERGENCE = 81, /**< The fit did not converge within its limits; the trace is in the result. */
    PZ_E_NOT_ENOUGH = 82,   /**< Too little evidence or data for this estimate. */
    PZ_E_BUSY = 100,        /**< Another writer held the store past the deadline. Try again later. */
    PZ_E_CORRUPT = 101,     /**< The store is damaged. Restore a backup. */
    PZ_E_TAMPERED = 102,    /**< The audit chain or a digest does not match. */
    PZ_E_NEWER = 103,       /**< The store was written by a newer version of the library. */
    PZ_E_NOT_STORE = 104,   /**< The file is not a libpersonalize store. */
    PZ_E_NO_SPACE = 105,    /**< The disk or the quota is full. */
    PZ_E_IO = 106,          /**< Reading or writing failed. */
    PZ_E_NOMEM = 107,       /**< Memory could not be had. */
    PZ_E_INTERNAL = 108     /**< A fault of the library itself. Please report it. */
} pz_status;

/** What is fixed about a status code: one row of the table that the bindings and the command line are made from. */
typedef struct pz_status_info {
    uint32_t struct_size;
    int32_t status;
    const char *name;         /**< "PZ_E_INVALID" */
    const char *kind;         /**< "ok", "call", "rights", "state", "input", "computation" or "store" */
    const char *meaning;      /**< one English sentence */
    const char *python_class; /**< name of the exception in the Python binding */
    const char *php_class;    /**< name of the exception in the PHP binding, without its namespace */
    int32_t exit_status;      /**< of the command line, see `personalize help exit` */
} pz_status_info;

/** The table of all status codes. @param index from 0 @return the row, or NULL past the end. Memory: static. Since: 0.1 */
PZ_API const pz_status_info *pz_status_at(size_t index);

/** The row of one status code. @return never NULL; unknown codes give the row of ::PZ_E_INTERNAL. Memory: static. Since: 0.1 */
PZ_API const pz_status_info *pz_status_describe(pz_status status);

/** Detail of a failure. Every member is set; texts may be empty but are never NULL. */
typedef struct pz_error {
    uint32_t struct_size;
    int32_t status;       /**< the code that the call returned */
    const char *message;  /**< what was wrong and where, in one or two sentences, with the limit if there is one */
    const char *field;    /**< the parameter or record member at fault, or "" */
    const char *hint;     /**< what to do next, or "" */
} pz_error;

/**
 * Detail of the last failed call of this thread.
 * Set by each call that fails and left alone by calls that succeed: read it only after a failure.
 * @return never NULL. Memory: thread-local, valid until the next failing call of this thread. Since: 0.1
 */
PZ_API const pz_error *pz_last_error(void);

/* -------------------------------------------------------------------------------------------------- memory --- */

/**
 * Functions that the library takes all its own memory from. (SQLite, libsodium and other libraries below keep theirs.)
 * All three are needed. They must be callable from any thread and behave as malloc, realloc and free.
 */
typedef struct pz_allocator {
    uint32_t struct_size;
    void *(*allocate)(size_t size, void *user_data);
    void *(*reallocate)(void *block, size_t size, void *user_data);
    void (*release)(void *block, void *user_data);
    void *user_data;
} pz_allocator;

/**
 * Replaces the allocator of the whole process. Call it before any other function, once.
 * @param allocator NULL goes back to malloc, realloc and free
 * @return ::PZ_OK; ::PZ_E_INVALID (a function is missing); ::PZ_E_STRUCT_SIZE; ::PZ_E_STATE (blocks are in use)
 * Memory: a copy of the struct is kept. Thread: not while another thread is in the library. Since: 0.1
 */
PZ_API pz_status pz_allocator_set(const pz_allocator *allocator);

/** Releases a list or a document that a call returned. NULL does nothing. Since: 0.1 */
PZ_API void pz_free(void *block);

/** Blocks of memory that the library holds at this moment, for leak tests. Since: 0.1 */
PZ_API int64_t pz_memory_blocks(void);

/** Tells the owner of `user_data` that the library has let go of it. */
typedef void (*pz_destroy_fn)(void *user_data);

/* ------------------------------------------------------------------------------------- text, ids, time, date --- */

/** In place of a length in bytes: the text ends at its first NUL. */
#define PZ_NUL_TERMINATED ((size_t)-1)

/** Identifier of a record, unique in its store and never used again. 0 is no record. As JSON it is a string. */
typedef int64_t pz_id;

/** Microseconds since 1970-01-01T00:00:00Z, without leap seconds. As JSON "2026-11-24T08:30:00.000000Z". */
typedef int64_t pz_time;
#define PZ_TIME_NONE INT64_MIN

/** Days since 1970-01-01 in the store's time zone. As JSON "2026-11-24". */
typedef int32_t pz_date;
#define PZ_DATE_NONE INT32_MIN

/** A number that is not there. Test with isnan(). As JSON null. */
#define PZ_REAL_NONE ((double)NAN)

/**
 * Reads "2026-11-24T08:30:00Z", with up to six decimals of a second and with "Z" or an offset such as "+01:00".
 * Years 0001 to 9999. @return ::PZ_OK; ::PZ_E_INVALID. Since: 0.1
 */
PZ_API pz_status pz_time_parse(const char *text, size_t text_len, pz_time *out_time);

/** Writes 27 characters and a NUL, "2026-11-24T08:30:00.000000Z". @param size at least 28 @return ::PZ_OK; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_time_format(pz_time time, char *buffer, size_t size);

/** Reads "2026-11-24"; years 0001 to 9999, days that exist. @return ::PZ_OK; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_date_parse(const char *text, size_t text_len, pz_date *out_date);

/** Writes 10 characters and a NUL, "2026-11-24". @param size at least 11 @return ::PZ_OK; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_date_format(pz_date date, char *buffer, size_t size);

/* -------------------------------------------------------------------------------------- description of records --- */

/** The type of a record's member, as bindings and documents see it. */
typedef enum pz_field_type {
    PZ_FIELD_ID = 1,     /**< pz_id; 0 is null; JSON string */
    PZ_FIELD_INT = 2,    /**< int32_t */
    PZ_FIELD_BIGINT = 3, /**< int64_t; JSON string */
    PZ_FIELD_REAL = 4,   /**< double; NaN is null */
    PZ_FIELD_BOOL = 5,   /**< int32_t, 0 or 1 */
    PZ_FIELD_TEXT = 6,   /**< const char *; NULL is null; see pz_field.length_offset */
    PZ_FIELD_TIME = 7,   /**< pz_time; PZ_TIME_NONE is null */
    PZ_FIELD_DATE = 8,   /**< pz_date; PZ_DATE_NONE is null */
    PZ_FIELD_ENUM = 9    /**< int32_t with names; JSON string; an unset input enum is 0 */
} pz_field_type;

/** One member of a record. */
typedef struct pz_field {
    uint32_t struct_size;
    const char *name;          /**< the same in C, JSON, Python and PHP */
    int32_t type;              /**< a ::pz_field_type */
    uint32_t offset;           /**< in the struct */
    uint32_t length_offset;    /**< of the size_t that holds a text's length; 0 where the text is always NUL-terminated */
    const char *const *names;  /**< names of an enumeration's values from 0, NULL at the end; a hole is "" */
    const char *unit;          /**< unit or range in words, or "" */
} pz_field;

/** The description of one record type. It is what JSON forms, the bindings and the reference are made from. */
typedef struct pz_record_type {
    uint32_t struct_size;
    const char *name;          /**< the C type's name, such as "pz_goal" */
    uint32_t record_size;      /**< sizeof the struct in this version of the library */
    uint32_t field_count;
    const pz_field *fields;    /**< `struct_size` itself is not among them */
    const void *initial;       /**< a record as its PZ_..._INIT macro makes it */
} pz_record_type;

/** Every record type of the interface. @param index from 0 @return NULL past the end. Memory: static. Since: 0.1 */
PZ_API const pz_record_type *pz_record_type_at(size_t index);

/** A record type by its C name. @return NULL if there is none. Memory: static. Since: 0.1 */
PZ_API const pz_record_type *pz_record_type_find(const char *name);

/**
 * Records as a JSON array of objects, members named as in C, ids and times as strings.
 * @param type their description @param rows `count` pointers to records of that type, as a list gives them; each its full size
 * @return ::PZ_OK; ::PZ_E_INVALID (no type, or a NULL row); ::PZ_E_NOMEM. Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_records_json(const pz_record_type *type, const void *const *rows, size_t count, char **out_json);

/* --------------------------------------------------------------------------------------- progress and cancel --- */

/**
 * Called now and then by anything that can take longer than 100 ms.
 * @param done part that is done, 0 to 1
 * @return ::PZ_OK to go on; anything else stops the call with ::PZ_E_CANCELLED and nothing written
 */
typedef pz_status (*pz_progress_fn)(double done, void *user_data);

/* -------------------------------------------------------------------------------------------------- limits --- */

/** Limits that are fixed in this version. Each is also a value of pz_limit(). */
typedef enum pz_limit_kind {
    PZ_LIMIT_ID_TEXT = 1,     /**< bytes in an outside identifier, 255 (OneRoster 1.2 and CASE 1.1 GUIDs are shorter) */
    PZ_LIMIT_TITLE = 2,       /**< bytes in a name or title, 1,024 */
    PZ_LIMIT_TEXT = 3,        /**< bytes in a text by people, 65,536 */
    PZ_LIMIT_KEY = 4,         /**< bytes in an idempotency key, 255 */
    PZ_LIMIT_PURPOSE = 5,     /**< bytes in an actor's purpose, 255 */
    PZ_LIMIT_JSON_DEPTH = 6,  /**< nesting of JSON that is read, 64 */
    PZ_LIMIT_JSON_BYTES = 7,  /**< bytes of one JSON document that is read, 268,435,456 */
    PZ_LIMIT_CSV_COLUMNS = 8, /**< columns in a CSV file, 1,024 */
    PZ_LIMIT_CSV_FIELD = 9,   /**< bytes in one CSV field, 1,048,576 */
    PZ_LIMIT_ARCHIVE_BYTES = 10, /**< bytes of an archive's entries unpacked, 4,294,967,296 */
    PZ_LIMIT_ARCHIVE_RATIO = 11, /**< unpacked to packed size of an entry over 1 MiB, 200 */
    PZ_LIMIT_ARCHIVE_ENTRIES = 12, /**< entries in an archive, 64 */
    PZ_LIMIT_JSON_VALUES = 13 /**< values in one JSON document that is read, objects and lists included, 16,777,216 */
} pz_limit_kind;

/** The value of a limit; -1 for a number that is none. Since: 0.1 */
PZ_API int64_t pz_limit(pz_limit_kind kind);

#ifdef __cplusplus
}
#endif
#endif
