/* A small school as OneRoster 1.2 files, of which a test changes what it wants; and what tests read from reports. */
#ifndef PZ_TESTS_EXCHANGE_ROSTER_FILES_H
#define PZ_TESTS_EXCHANGE_ROSTER_FILES_H

#include <unistd.h>

#include "base/json_read.h"
#include "personalize/exchange.h"
#include "support/schema_check.h"
#include "support/suite.h"

#include "exchange/zip_build.h"

enum { ROSTER_MOST = 24 };

typedef struct roster_files {
    zip_part parts[ROSTER_MOST];
    size_t count;
    char *owned[4 * ROSTER_MOST];
    size_t owned_count;
} roster_files;

static const char roster_manifest[] =
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.academicSessions,bulk\nfile.categories,absent\n"
    "file.classes,bulk\nfile.classResources,absent\nfile.courseResources,absent\nfile.courses,bulk\nfile.demographics,absent\n"
    "file.enrollments,bulk\nfile.lineItemLearningObjectiveIds,absent\nfile.lineItems,absent\nfile.lineItemScoreScales,absent\n"
    "file.orgs,bulk\nfile.resources,absent\nfile.resultLearningObjectiveIds,absent\nfile.results,absent\nfile.resultScoreScales,absent\n"
    "file.roles,bulk\nfile.scoreScales,absent\nfile.userProfiles,absent\nfile.userResources,absent\nfile.users,bulk\n";

static inline char *roster_own(roster_files *files, char *text)
{
    ck_assert(files->owned_count < sizeof files->owned / sizeof files->owned[0]);
    return files->owned[files->owned_count++] = text;
}

static inline zip_part *roster_find(roster_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (!strcmp(files->parts[i].name, name)) return &files->parts[i];
    return NULL;
}

/* Adds or replaces a file. */
static inline void roster_put(roster_files *files, const char *name, const char *text)
{
    zip_part *part = roster_find(files, name);
    if (!part) {
        ck_assert(files->count < ROSTER_MOST);
        part = &files->parts[files->count++];
        memset(part, 0, sizeof *part);
        part->name = roster_own(files, strdup(name));
    }
    part->data = roster_own(files, strdup(text));
    part->length = strlen(text);
}

/* Replaces the one place of `from` in a file. */
static inline void roster_change(roster_files *files, const char *name, const char *from, const char *to)
{
    zip_part *part = roster_find(files, name);
    const char *text = part->data, *at = strstr(text, from);
    char *changed;
    ck_assert_msg(at != NULL, "%s has no %s", name, from);
    changed = malloc(strlen(text) + strlen(to) + 1);
    sprintf(changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    part->data = roster_own(files, changed);
    part->length = strlen(changed);
}

/* Names a further file in the manifest as bulk or delta, and adds it. */
static inline void roster_add(roster_files *files, const char *name, const char *mode, const char *text)
{
    char from[64], to[64], file[64];
    snprintf(from, sizeof from, "file.%s,absent", name);
    snprintf(to, sizeof to, "file.%s,%s", name, mode);
    snprintf(file, sizeof file, "%s.csv", name);
    roster_change(files, "manifest.csv", from, to);
    roster_put(files, file, text);
}

static inline void roster_start(roster_files *files)
{
    memset(files, 0, sizeof *files);
    roster_put(files, "manifest.csv", roster_manifest);
    roster_put(files, "orgs.csv",
               "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
               "d1,,,District,district,,\ns1,,,North School,school,N-1,d1\ns2,,,South School,school,S-1,d1\n");
    roster_put(files, "academicSessions.csv",
               "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
               "y1,,,Year,schoolYear,2026-08-01,2027-06-30,,2027\nt1,,,Autumn,term,2026-08-01,2026-12-20,y1,2027\n");
    roster_put(files, "courses.csv",
               "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n"
               "k1,,,y1,Mathematics 5,M5,05,s1,Mathematics,\nk2,,,y1,Mathematics 6,M6,06,s2,Mathematics,\n");
    roster_put(files, "classes.csv",
               "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,"
               "subjects,subjectCodes,periods\n"
               "c1,,,Mathematics 5a,05,k1,5a,scheduled,Room 1,s1,t1,Mathematics,,1\n"
               "c2,,,Mathematics 6b,06,k2,6b,scheduled,Room 2,s2,\"t1,y1\",Mathematics,,2\n");
    roster_put(files, "users.csv",
               "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
               "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
               "primaryOrgSourcedId,pronouns\n"
               "u1,,,true,ada,,Ada,One,,1001,ada@example.org,,,g1,05,secret-1,,,,,s1,she\n"
               "u2,,,true,ben,,Ben,Two,,1002,,,,\"g1,g2\",05,,,Benny,,,s1,\n"
               "u3,,,true,cy,,Cy,Three,,1003,,,,,06,,,,,,s2,\n"
               "g1,,,true,gia,,Gia,One,,,,,,,,,,,,,,\n"
               "g2,,,true,gus,,Gus,Two,,,,,,,,,,,,,,\n"
               "w1,,,true,tia,,Tia,Teacher,,,,,,,,,,,,,s1,\n"
               "w2,,,true,lee,,Lee,Leader,,,,,,,,,,,,,d1,\n");
    roster_put(files, "roles.csv",
               "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
               "r1,,,u1,primary,student,,,s1,\nr2,,,u2,primary,student,,,s1,\nr3,,,u3,primary,student,,,s2,\n"
               "r4,,,g1,primary,guardian,,,s1,\nr5,,,g2,primary,parent,,,s1,\nr6,,,w1,primary,teacher,2026-08-01,,s1,\n"
               "r7,,,w2,primary,districtAdministrator,,,d1,\n");
    roster_put(files, "enrollments.csv",
               "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
               "e1,,,c1,s1,u1,student,,,\ne2,,,c1,s1,u2,student,,2026-08-01,2027-06-30\ne3,,,c2,s2,u3,student,,,\n"
               "e4,,,c1,s1,w1,teacher,true,,\n");
}

static inline void roster_free(roster_files *files)
{
    for (size_t i = 0; i < files->owned_count; i++) free(files->owned[i]);
}

/* Writes the archive to a new file; remove() and free() the path. */
static inline char *roster_save(const roster_files *files)
{
    char *path = strdup("/tmp/pz_roster_XXXXXX");
    zip_bytes zip = zip_build(files->parts, files->count);
    int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, zip.data, zip.length) == (ssize_t)zip.length && close(file) == 0);
    free(zip.data);
    return path;
}

/* ------------------------------------------------------------------------------------------------- reports --- */

typedef struct report {
    char *text;
    pz__json *document;
    const pz__json_value *root;
} report;

static inline report report_read(char *text)
{
    report read = {text, NULL, NULL};
    ck_assert_ptr_nonnull(text);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &read.document));
    read.root = pz__json_root(read.document);
    return read;
}

/* The same for a report of an import or a check, which must fit its schema. */
static inline report report_of_import(char *text)
{
    ck_assert_ptr_nonnull(text);
    ck_assert_schema("import-report", text);
    return report_read(text);
}

static inline void report_free(report *read)
{
    pz__json_free(read->document);
    pz_free(read->text);
}

static inline const char *report_text(const pz__json_value *object, const char *key)
{
    return pz__json_as_text(pz__json_member(object, key));
}

static inline int64_t report_number(const pz__json_value *object, const char *key)
{
    int64_t number = -1;
    return pz__json_as_int(pz__json_member(object, key), &number) ? number : -1;
}

/* The fault with this code (and field, unless NULL), or NULL. */
static inline const pz__json_value *report_fault(const report *read, const char *code, const char *field)
{
    const pz__json_value *fault = pz__json_first(pz__json_member(read->root, "faults"));
    for (; fault; fault = pz__json_next(fault)) {
        const char *at = report_text(fault, "field");
        if (!strcmp(report_text(fault, "code"), code) && (!field || (at && !strcmp(at, field)))) return fault;
    }
    return NULL;
}

static inline size_t report_faults(const report *read)
{
    return pz__json_size(pz__json_member(read->root, "faults"));
}

static inline int64_t report_difference(const report *read, const char *kind, const char *what)
{
    return report_number(pz__json_member(pz__json_member(read->root, "difference"), kind), what);
}

/* The folder of real data, or NULL with a line that says so. */
static inline const char *real_data(const char *below)
{
    static char path[512];
    const char *folder = getenv("PERSONALIZE_DATA");
    if (!folder) {
        printf("PERSONALIZE_DATA is not set: the tests with real files in %s are left out\n", below);
        return NULL;
    }
    snprintf(path, sizeof path, "%s/%s", folder, below);
    if (access(path, R_OK) == 0) return path;
    printf("there is no %s below PERSONALIZE_DATA: its tests are left out\n", below);
    return NULL;
}

static inline char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long size;
    ck_assert_msg(file != NULL, "%s cannot be opened", path);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    text = malloc((size_t)size + 1);
    ck_assert_uint_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    text[size] = '\0';
    fclose(file);
    return text;
}

#endif
