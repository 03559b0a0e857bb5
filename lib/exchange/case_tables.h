/* The members of a CASE package (1EdTech CASE 1.0, 2017, and 1.1, 2025), as data. */
#ifndef PZ_EXCHANGE_CASE_TABLES_H
#define PZ_EXCHANGE_CASE_TABLES_H

typedef enum pz__case_type {
    PZ__CASE_UUID,
    PZ__CASE_TEXT,
    PZ__CASE_TIME,
    PZ__CASE_DATE,
    PZ__CASE_INT,
    PZ__CASE_REAL,
    PZ__CASE_TEXTS, /* a list of texts; in 1.0 also one text */
    PZ__CASE_LINK,  /* {title, identifier, uri} */
    PZ__CASE_NODE,  /* a link to anything, whose identifier need not be a UUID */
    PZ__CASE_LINKS,
    PZ__CASE_OBJECTS, /* a list of objects, described by `inner` */
    PZ__CASE_OBJECT,
    PZ__CASE_ANY
} pz__case_type;

enum {
    PZ__CASE_REQUIRED = 1,
    PZ__CASE_VITAL = 2,   /* without it the object cannot be kept, not even in lenient mode */
    PZ__CASE_LONG = 4,    /* up to PZ_LIMIT_TEXT bytes */
    PZ__CASE_ONLY_10 = 8, /* required in 1.0 only */
    PZ__CASE_UNKEPT = 16  /* nothing of it is kept: any length will do */
};

typedef struct pz__case_member {
    const char *name;
    pz__case_type type;
    int flags;
    const struct pz__case_member *inner; /* ends with a NULL name */
} pz__case_member;

extern const pz__case_member pz__case_package[];
extern const pz__case_member pz__case_document[];
extern const pz__case_member pz__case_item[];
extern const pz__case_member pz__case_association[];

#endif
