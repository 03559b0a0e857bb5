#include "exchange/oneroster_tables.h"

#include <stddef.h>

/* clang-format off: one column, one line */
#define COUNT(array) ((int32_t)(sizeof(array) / sizeof((array)[0])))
#define TEXT(name, flags)                                                                                                                  \
    {                                                                                                                                      \
        name, PZ__OR_TEXT, flags, -1, NULL                                                                                                 \
    }
#define LIST(name, flags)                                                                                                                  \
    {                                                                                                                                      \
        name, PZ__OR_LIST, flags, -1, NULL                                                                                                 \
    }
#define BOOL(name, flags)                                                                                                                  \
    {                                                                                                                                      \
        name, PZ__OR_BOOL, flags, -1, NULL                                                                                                 \
    }
#define DATE(name, flags)                                                                                                                  \
    {                                                                                                                                      \
        name, PZ__OR_DATE, flags, -1, NULL                                                                                                 \
    }
#define REAL(name, flags)                                                                                                                  \
    {                                                                                                                                      \
        name, PZ__OR_REAL, flags, -1, NULL                                                                                                 \
    }
#define SECRET(name, flags)                                                                                                                \
    {                                                                                                                                      \
        name, PZ__OR_SECRET, flags, -1, NULL                                                                                               \
    }
#define ENUM(name, flags, values)                                                                                                          \
    {                                                                                                                                      \
        name, PZ__OR_ENUM, flags, -1, values                                                                                               \
    }
#define OPEN(name, flags, values)                                                                                                          \
    {                                                                                                                                      \
        name, PZ__OR_OPEN_ENUM, flags, -1, values                                                                                          \
    }
#define REF(name, flags, file)                                                                                                             \
    {                                                                                                                                      \
        name, PZ__OR_REF, flags, PZ__OR_##file, NULL                                                                                       \
    }
#define REFS(name, flags, file)                                                                                                            \
    {                                                                                                                                      \
        name, PZ__OR_REF_LIST, flags, PZ__OR_##file, NULL                                                                                  \
    }

#define NEED PZ__OR_REQUIRED
#define VITAL (PZ__OR_REQUIRED | PZ__OR_VITAL)
#define V11 PZ__OR_ONLY_11
#define V12 PZ__OR_ONLY_12

static const char *const statuses[] = {"active", "tobedeleted", NULL};
#define COMMON                                                                                                                             \
    {"sourcedId", PZ__OR_ID, VITAL, -1, NULL}, ENUM("status", 0, statuses),                                                                \
    {                                                                                                                                      \
        "dateLastModified", PZ__OR_TIME, 0, -1, NULL                                                                                       \
    }

static const char *const org_types[] = {"department", "school", "district", "local", "state", "national", NULL};
static const pz__or_column orgs[] = {
    COMMON, TEXT("name", VITAL), OPEN("type", VITAL, org_types), TEXT("identifier", 0), REF("parentSourcedId", 0, ORGS),
};

static const char *const session_types[] = {"gradingPeriod", "semester", "schoolYear", "term", NULL};
static const pz__or_column academic_sessions[] = {
    COMMON,
    TEXT("title", VITAL),
    OPEN("type", VITAL, session_types),
    DATE("startDate", VITAL),
    DATE("endDate", VITAL),
    REF("parentSourcedId", 0, ACADEMIC_SESSIONS),
    {"schoolYear", PZ__OR_YEAR, NEED, -1, NULL},
};

static const pz__or_column courses[] = {
    COMMON,
    REF("schoolYearSourcedId", 0, ACADEMIC_SESSIONS),
    TEXT("title", VITAL),
    TEXT("courseCode", 0),
    LIST("grades", 0),
    REF("orgSourcedId", NEED, ORGS),
    LIST("subjects", 0),
    LIST("subjectCodes", 0),
};

static const char *const class_types[] = {"homeroom", "scheduled", NULL};
static const pz__or_column classes[] = {
    COMMON,
    TEXT("title", VITAL),
    LIST("grades", 0),
    REF("courseSourcedId", NEED, COURSES),
    TEXT("classCode", 0),
    OPEN("classType", VITAL, class_types),
    TEXT("location", 0),
    REF("schoolSourcedId", VITAL, ORGS),
    REFS("termSourcedIds", NEED, ACADEMIC_SESSIONS),
    LIST("subjects", 0),
    LIST("subjectCodes", 0),
    LIST("periods", 0),
};

static const char *const user_roles[] = {"administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher", NULL};
static const pz__or_column users[] = {
    COMMON,
    BOOL("enabledUser", NEED),
    REFS("orgSourcedIds", NEED | V11, ORGS),
    ENUM("role", NEED | V11, user_roles),
    TEXT("username", NEED),
    LIST("userIds", 0),
    TEXT("givenName", NEED),
    TEXT("familyName", NEED),
    TEXT("middleName", 0),
    TEXT("identifier", 0),
    TEXT("email", 0),
    TEXT("sms", 0),
    TEXT("phone", 0),
    REFS("agentSourcedIds", 0, USERS),
    LIST("grades", 0),
    SECRET("password", 0),
    TEXT("userMasterIdentifier", V12),
    TEXT("preferredGivenName", V12),
    TEXT("preferredMiddleName", V12),
    TEXT("preferredFamilyName", V12),
    REF("primaryOrgSourcedId", V12, ORGS),
    TEXT("pronouns", V12),
};

static const pz__or_column user_profiles[] = {
    COMMON,
    REF("userSourcedId", VITAL, USERS),
    TEXT("profileType", NEED),
    TEXT("vendorId", NEED),
    TEXT("applicationId", 0),
    TEXT("description", PZ__OR_LONG),
    TEXT("credentialType", NEED),
    TEXT("username", NEED),
    SECRET("password", 0),
};

static const char *const role_types[] = {"primary", "secondary", NULL};
static const char *const roles_12[] = {"aide",
                                       "counselor",
                                       "districtAdministrator",
                                       "guardian",
                                       "parent",
                                       "principal",
                                       "proctor",
                                       "relative",
                                       "siteAdministrator",
                                       "student",
                                       "systemAdministrator",
                                       "teacher",
                                       NULL};
static const pz__or_column roles[] = {
    COMMON,
    REF("userSourcedId", VITAL, USERS),
    ENUM("roleType", NEED, role_types),
    OPEN("role", VITAL, roles_12),
    DATE("beginDate", 0),
    DATE("endDate", 0),
    REF("orgSourcedId", VITAL, ORGS),
    REF("userProfileSourcedId", 0, USER_PROFILES),
};

static const char *const enrollment_roles[] = {"administrator", "proctor", "student", "teacher", NULL};
static const pz__or_column enrollments[] = {
    COMMON,
    REF("classSourcedId", VITAL, CLASSES),
    REF("schoolSourcedId", NEED, ORGS),
    REF("userSourcedId", VITAL, USERS),
    OPEN("role", VITAL, enrollment_roles),
    BOOL("primary", 0),
    DATE("beginDate", 0),
    DATE("endDate", 0),
};

static const char *const sexes[] = {"male", "female", "unspecified", "other", NULL};
static const pz__or_column demographics[] = {
    COMMON,
    DATE("birthDate", 0),
    OPEN("sex", 0, sexes),
    BOOL("americanIndianOrAlaskaNative", 0),
    BOOL("asian", 0),
    BOOL("blackOrAfricanAmerican", 0),
    BOOL("nativeHawaiianOrOtherPacificIslander", 0),
    BOOL("white", 0),
    BOOL("demographicRaceTwoOrMoreRaces", 0),
    BOOL("hispanicOrLatinoEthnicity", 0),
    TEXT("countryOfBirthCode", 0),
    TEXT("stateOfBirthAbbreviation", 0),
    TEXT("cityOfBirth", 0),
    TEXT("publicSchoolResidenceStatus", 0),
};

static const pz__or_column categories[] = {
    COMMON,
    TEXT("title", VITAL),
    {"weight", PZ__OR_INT, V12, -1, NULL},
};

static const pz__or_column line_items[] = {
    COMMON,
    TEXT("title", VITAL),
    TEXT("description", PZ__OR_LONG),
    DATE("assignDate", NEED),
    DATE("dueDate", NEED),
    REF("classSourcedId", VITAL, CLASSES),
    REF("categorySourcedId", NEED, CATEGORIES),
    REF("gradingPeriodSourcedId", NEED | V11, ACADEMIC_SESSIONS),
    REF("academicSessionSourcedId", NEED | V12, ACADEMIC_SESSIONS),
    REAL("resultValueMin", 0),
    REAL("resultValueMax", 0),
    REF("schoolSourcedId", NEED | V12, ORGS),
};

static const char *const score_statuses[] = {"exempt", "fully graded", "not submitted", "partially graded", "submitted", NULL};
static const pz__or_column results[] = {
    COMMON,
    REF("lineItemSourcedId", VITAL, LINE_ITEMS),
    REF("studentSourcedId", VITAL, USERS),
    OPEN("scoreStatus", NEED, score_statuses),
    REAL("score", 0),
    DATE("scoreDate", VITAL),
    TEXT("comment", PZ__OR_LONG),
    TEXT("textScore", V12),
    REF("classSourcedId", V12, CLASSES),
    BOOL("inProgress", V12),
    BOOL("incomplete", V12),
    BOOL("late", V12),
    BOOL("missing", V12),
};

static const char *const objective_sources[] = {"case", "unknown", NULL};
static const pz__or_column line_item_objectives[] = {
    COMMON,
    REF("lineItemSourcedId", VITAL, LINE_ITEMS),
    OPEN("source", VITAL, objective_sources),
    TEXT("learningObjectiveId", VITAL),
};

static const pz__or_column result_objectives[] = {
    COMMON,
    REF("resultSourcedId", VITAL, RESULTS),
    OPEN("source", VITAL, objective_sources),
    TEXT("learningObjectiveId", VITAL),
    REAL("score", 0),
    TEXT("textScore", 0),
};

static const pz__or_column score_scales[] = {
    COMMON,
    TEXT("title", NEED),
    TEXT("type", NEED),
    REF("orgSourcedId", NEED, ORGS),
    REF("courseSourcedId", NEED, COURSES),
    REF("classSourcedId", NEED, CLASSES),
    LIST("scoreScaleValue", NEED),
};

static const pz__or_column line_item_score_scales[] = {
    COMMON,
    TEXT("title", 0),
    REF("lineItemSourcedId", VITAL, LINE_ITEMS),
    REF("scoreScaleSourcedId", VITAL, SCORE_SCALES),
};

static const pz__or_column result_score_scales[] = {
    COMMON,
    TEXT("title", 0),
    REF("resultSourcedId", VITAL, RESULTS),
    REF("scoreScaleSourcedId", VITAL, SCORE_SCALES),
};

static const char *const importances[] = {"primary", "secondary", NULL};
static const pz__or_column resources[] = {
    COMMON,
    TEXT("vendorResourceId", NEED),
    TEXT("title", 0),
    LIST("roles", 0),
    OPEN("importance", 0, importances),
    TEXT("vendorId", 0),
    TEXT("applicationId", 0),
};

static const pz__or_column class_resources[] = {
    COMMON,
    TEXT("title", 0),
    REF("classSourcedId", VITAL, CLASSES),
    REF("resourceSourcedId", VITAL, RESOURCES),
};

static const pz__or_column course_resources[] = {
    COMMON,
    TEXT("title", 0),
    REF("courseSourcedId", VITAL, COURSES),
    REF("resourceSourcedId", VITAL, RESOURCES),
};

static const pz__or_column user_resources[] = {
    COMMON,
    REF("userSourcedId", VITAL, USERS),
    REF("orgSourcedId", 0, ORGS),
    REF("classSourcedId", 0, CLASSES),
    REF("resourceSourcedId", VITAL, RESOURCES),
};

#define TABLE(name, columns, only_12, refers_to_itself, is_of_user)                                                                        \
    {                                                                                                                                      \
        name, name ".csv", columns, COUNT(columns), only_12, refers_to_itself, is_of_user                                                  \
    }

const pz__or_table pz__or_tables[PZ__OR_FILES] = {
    [PZ__OR_ORGS] = TABLE("orgs", orgs, 0, 1, 0),
    [PZ__OR_ACADEMIC_SESSIONS] = TABLE("academicSessions", academic_sessions, 0, 1, 0),
    [PZ__OR_COURSES] = TABLE("courses", courses, 0, 0, 0),
    [PZ__OR_CLASSES] = TABLE("classes", classes, 0, 0, 0),
    [PZ__OR_USERS] = TABLE("users", users, 0, 1, 0),
    [PZ__OR_USER_PROFILES] = TABLE("userProfiles", user_profiles, 1, 0, 0),
    [PZ__OR_ROLES] = TABLE("roles", roles, 1, 0, 0),
    [PZ__OR_ENROLLMENTS] = TABLE("enrollments", enrollments, 0, 0, 0),
    [PZ__OR_DEMOGRAPHICS] = TABLE("demographics", demographics, 0, 0, 1),
    [PZ__OR_CATEGORIES] = TABLE("categories", categories, 0, 0, 0),
    [PZ__OR_LINE_ITEMS] = TABLE("lineItems", line_items, 0, 0, 0),
    [PZ__OR_RESULTS] = TABLE("results", results, 0, 0, 0),
    [PZ__OR_LINE_ITEM_OBJECTIVES] = TABLE("lineItemLearningObjectiveIds", line_item_objectives, 1, 0, 0),
    [PZ__OR_RESULT_OBJECTIVES] = TABLE("resultLearningObjectiveIds", result_objectives, 1, 0, 0),
    [PZ__OR_SCORE_SCALES] = TABLE("scoreScales", score_scales, 1, 0, 0),
    [PZ__OR_LINE_ITEM_SCORE_SCALES] = TABLE("lineItemScoreScales", line_item_score_scales, 1, 0, 0),
    [PZ__OR_RESULT_SCORE_SCALES] = TABLE("resultScoreScales", result_score_scales, 1, 0, 0),
    [PZ__OR_RESOURCES] = TABLE("resources", resources, 0, 0, 0),
    [PZ__OR_CLASS_RESOURCES] = TABLE("classResources", class_resources, 0, 0, 0),
    [PZ__OR_COURSE_RESOURCES] = TABLE("courseResources", course_resources, 0, 0, 0),
    [PZ__OR_USER_RESOURCES] = TABLE("userResources", user_resources, 1, 0, 0),
};
