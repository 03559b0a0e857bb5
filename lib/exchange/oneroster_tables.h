/* The files and columns of OneRoster CSV 1.1 (1EdTech, 2017, tables 1.1.1 of 2023) and 1.2 (1EdTech, 2022, CSV binding 1.2.1): one table of
 * data that the reader, the checks and the writer go by. */
#ifndef PZ_EXCHANGE_ONEROSTER_TABLES_H
#define PZ_EXCHANGE_ONEROSTER_TABLES_H

#include <stdint.h>

/* In an order in which a file comes after those it refers to. */
typedef enum pz__or_file {
    PZ__OR_ORGS,
    PZ__OR_ACADEMIC_SESSIONS,
    PZ__OR_COURSES,
    PZ__OR_CLASSES,
    PZ__OR_USERS,
    PZ__OR_USER_PROFILES,
    PZ__OR_ROLES,
    PZ__OR_ENROLLMENTS,
    PZ__OR_DEMOGRAPHICS,
    PZ__OR_CATEGORIES,
    PZ__OR_LINE_ITEMS,
    PZ__OR_RESULTS,
    PZ__OR_LINE_ITEM_OBJECTIVES,
    PZ__OR_RESULT_OBJECTIVES,
    PZ__OR_SCORE_SCALES,
    PZ__OR_LINE_ITEM_SCORE_SCALES,
    PZ__OR_RESULT_SCORE_SCALES,
    PZ__OR_RESOURCES,
    PZ__OR_CLASS_RESOURCES,
    PZ__OR_COURSE_RESOURCES,
    PZ__OR_USER_RESOURCES,
    PZ__OR_FILES
} pz__or_file;

typedef enum pz__or_type {
    PZ__OR_TEXT,
    PZ__OR_ID,       /* the row's own sourcedId */
    PZ__OR_REF,      /* sourcedId of a row of `target` */
    PZ__OR_REF_LIST, /* several of them, with commas */
    PZ__OR_LIST,     /* texts with commas */
    PZ__OR_BOOL,
    PZ__OR_DATE,
    PZ__OR_TIME,
    PZ__OR_INT,
    PZ__OR_REAL,
    PZ__OR_YEAR,
    PZ__OR_ENUM,      /* one of `values` */
    PZ__OR_OPEN_ENUM, /* one of `values`, or "ext:..." in 1.2 */
    PZ__OR_SECRET     /* a password: never kept, never shown */
} pz__or_type;

enum {
    PZ__OR_REQUIRED = 1, /* the standard requires a value */
    PZ__OR_VITAL = 2,    /* without it a row cannot be kept, not even in lenient mode */
    PZ__OR_ONLY_11 = 4,
    PZ__OR_ONLY_12 = 8,
    PZ__OR_LONG = 16 /* a text of more than a line, which is not kept */
};

typedef struct pz__or_column {
    const char *name;
    uint8_t type;
    uint8_t flags;
    int8_t target;             /* of references: a pz__or_file */
    const char *const *values; /* of enumerations, NULL at the end */
} pz__or_column;

typedef struct pz__or_table {
    const char *name; /* as in the manifest: the file without ".csv" */
    const char *file;
    const pz__or_column *columns;
    int32_t count;
    int32_t only_12;
    int32_t refers_to_itself; /* its ids must be known before its rows are checked */
    int32_t is_of_user;       /* sourcedId is that of a user, not its own (demographics) */
} pz__or_table;

extern const pz__or_table pz__or_tables[PZ__OR_FILES];

enum { PZ__OR_MOST_COLUMNS = 24 };

/* The columns that are read by name: their places in the tables above. The first three are the same everywhere. */
enum { PZ__OR_SOURCED_ID, PZ__OR_STATUS, PZ__OR_MODIFIED };
enum { PZ__ORG_NAME = 3, PZ__ORG_TYPE, PZ__ORG_IDENTIFIER, PZ__ORG_PARENT };
enum { PZ__SESSION_TITLE = 3, PZ__SESSION_TYPE, PZ__SESSION_START, PZ__SESSION_END, PZ__SESSION_PARENT, PZ__SESSION_YEAR };
enum {
    PZ__COURSE_SESSION = 3,
    PZ__COURSE_TITLE,
    PZ__COURSE_CODE,
    PZ__COURSE_GRADES,
    PZ__COURSE_ORG,
    PZ__COURSE_SUBJECTS,
    PZ__COURSE_SUBJECT_CODES
};
enum {
    PZ__CLASS_TITLE = 3,
    PZ__CLASS_GRADES,
    PZ__CLASS_COURSE,
    PZ__CLASS_CODE,
    PZ__CLASS_TYPE,
    PZ__CLASS_LOCATION,
    PZ__CLASS_SCHOOL,
    PZ__CLASS_TERMS,
    PZ__CLASS_SUBJECTS,
    PZ__CLASS_SUBJECT_CODES,
    PZ__CLASS_PERIODS
};
enum {
    PZ__USER_ENABLED = 3,
    PZ__USER_ORGS,
    PZ__USER_ROLE,
    PZ__USER_USERNAME,
    PZ__USER_IDS,
    PZ__USER_GIVEN,
    PZ__USER_FAMILY,
    PZ__USER_MIDDLE,
    PZ__USER_IDENTIFIER,
    PZ__USER_EMAIL,
    PZ__USER_SMS,
    PZ__USER_PHONE,
    PZ__USER_AGENTS,
    PZ__USER_GRADES,
    PZ__USER_PASSWORD,
    PZ__USER_MASTER,
    PZ__USER_PREFERRED_GIVEN,
    PZ__USER_PREFERRED_MIDDLE,
    PZ__USER_PREFERRED_FAMILY,
    PZ__USER_PRIMARY_ORG,
    PZ__USER_PRONOUNS
};
enum { PZ__ROLE_USER = 3, PZ__ROLE_TYPE, PZ__ROLE_ROLE, PZ__ROLE_BEGIN, PZ__ROLE_END, PZ__ROLE_ORG, PZ__ROLE_PROFILE };
enum {
    PZ__ENROLLMENT_CLASS = 3,
    PZ__ENROLLMENT_SCHOOL,
    PZ__ENROLLMENT_USER,
    PZ__ENROLLMENT_ROLE,
    PZ__ENROLLMENT_PRIMARY,
    PZ__ENROLLMENT_BEGIN,
    PZ__ENROLLMENT_END
};
enum { PZ__DEMOGRAPHICS_FIRST = 3 };
enum { PZ__CATEGORY_TITLE = 3 };
enum {
    PZ__LINE_ITEM_TITLE = 3,
    PZ__LINE_ITEM_DESCRIPTION,
    PZ__LINE_ITEM_ASSIGNED,
    PZ__LINE_ITEM_DUE,
    PZ__LINE_ITEM_CLASS,
    PZ__LINE_ITEM_CATEGORY,
    PZ__LINE_ITEM_PERIOD,
    PZ__LINE_ITEM_SESSION,
    PZ__LINE_ITEM_MIN,
    PZ__LINE_ITEM_MAX,
    PZ__LINE_ITEM_SCHOOL
};
enum { PZ__RESULT_LINE_ITEM = 3, PZ__RESULT_STUDENT, PZ__RESULT_STATUS, PZ__RESULT_SCORE, PZ__RESULT_DATE };
enum { PZ__OBJECTIVE_OF = 3, PZ__OBJECTIVE_SOURCE, PZ__OBJECTIVE_ID, PZ__OBJECTIVE_SCORE };

#endif
