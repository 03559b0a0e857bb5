#include "exchange/case_tables.h"

#include <stddef.h>

/* clang-format off: one member, one line */
#define NEED PZ__CASE_REQUIRED
#define VITAL (PZ__CASE_REQUIRED | PZ__CASE_VITAL)
#define LONG PZ__CASE_LONG
#define UNKEPT PZ__CASE_UNKEPT
#define END                                                                                                                                \
    {                                                                                                                                      \
        NULL, PZ__CASE_ANY, 0, NULL                                                                                                        \
    }

const pz__case_member pz__case_document[] = {
    {"identifier", PZ__CASE_UUID, VITAL, NULL},
    {"uri", PZ__CASE_TEXT, NEED, NULL},
    {"creator", PZ__CASE_TEXT, NEED, NULL},
    {"title", PZ__CASE_TEXT, VITAL, NULL},
    {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},
    {"CFPackageURI", PZ__CASE_LINK, 0, NULL},
    {"officialSourceURL", PZ__CASE_TEXT, UNKEPT, NULL},
    {"publisher", PZ__CASE_TEXT, 0, NULL},
    {"description", PZ__CASE_TEXT, UNKEPT, NULL},
    {"subject", PZ__CASE_TEXTS, UNKEPT, NULL},
    {"subjectURI", PZ__CASE_LINKS, 0, NULL},
    {"language", PZ__CASE_TEXT, 0, NULL},
    {"version", PZ__CASE_TEXT, 0, NULL},
    {"adoptionStatus", PZ__CASE_TEXT, 0, NULL},
    {"statusStartDate", PZ__CASE_DATE, 0, NULL},
    {"statusEndDate", PZ__CASE_DATE, 0, NULL},
    {"licenseURI", PZ__CASE_LINK, 0, NULL},
    {"notes", PZ__CASE_TEXT, UNKEPT, NULL},
    {"frameworkType", PZ__CASE_TEXT, UNKEPT, NULL},
    {"caseVersion", PZ__CASE_TEXT, UNKEPT, NULL},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

const pz__case_member pz__case_item[] = {
    {"identifier", PZ__CASE_UUID, VITAL, NULL},
    {"fullStatement", PZ__CASE_TEXT, VITAL | LONG, NULL},
    {"alternativeLabel", PZ__CASE_TEXT, UNKEPT, NULL},
    {"CFItemType", PZ__CASE_TEXT, 0, NULL},
    {"CFItemTypeURI", PZ__CASE_LINK, 0, NULL},
    {"uri", PZ__CASE_TEXT, NEED, NULL},
    {"humanCodingScheme", PZ__CASE_TEXT, 0, NULL},
    {"listEnumeration", PZ__CASE_TEXT, UNKEPT, NULL},
    {"abbreviatedStatement", PZ__CASE_TEXT, 0, NULL},
    {"conceptKeywords", PZ__CASE_TEXTS, UNKEPT, NULL},
    {"conceptKeywordsURI", PZ__CASE_LINK, 0, NULL},
    {"notes", PZ__CASE_TEXT, UNKEPT, NULL},
    {"subject", PZ__CASE_TEXTS, UNKEPT, NULL},
    {"subjectURI", PZ__CASE_LINKS, 0, NULL},
    {"language", PZ__CASE_TEXT, 0, NULL},
    {"educationLevel", PZ__CASE_TEXTS, 0, NULL},
    {"licenseURI", PZ__CASE_LINK, 0, NULL},
    {"statusStartDate", PZ__CASE_DATE, 0, NULL},
    {"statusEndDate", PZ__CASE_DATE, 0, NULL},
    {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},
    {"CFDocumentURI", PZ__CASE_ANY, 0, NULL},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

const pz__case_member pz__case_association[] = {
    {"identifier", PZ__CASE_UUID, VITAL, NULL},
    {"associationType", PZ__CASE_TEXT, VITAL, NULL},
    {"sequenceNumber", PZ__CASE_INT, 0, NULL},
    {"uri", PZ__CASE_TEXT, NEED | UNKEPT, NULL},
    {"originNodeURI", PZ__CASE_NODE, VITAL, NULL},
    {"destinationNodeURI", PZ__CASE_NODE, VITAL, NULL},
    {"CFAssociationGroupingURI", PZ__CASE_LINK, 0, NULL},
    {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},
    {"notes", PZ__CASE_TEXT, UNKEPT, NULL},
    {"CFDocumentURI", PZ__CASE_ANY, 0, NULL},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

/* What the definitions have in common. */
#define DEFINED                                                                                                                            \
    {"identifier", PZ__CASE_UUID, NEED, NULL}, {"uri", PZ__CASE_TEXT, NEED | UNKEPT, NULL}, {"title", PZ__CASE_TEXT, NEED | UNKEPT, NULL}, \
        {"description", PZ__CASE_TEXT, UNKEPT, NULL}, {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},                                   \
    {                                                                                                                                      \
        "extensions", PZ__CASE_ANY, 0, NULL                                                                                                \
    }

static const pz__case_member concept[] = {DEFINED, {"keywords", PZ__CASE_ANY, 0, NULL}, {"hierarchyCode", PZ__CASE_TEXT, NEED, NULL}, END};
static const pz__case_member subject[] = {DEFINED, {"hierarchyCode", PZ__CASE_TEXT, NEED, NULL}, END};
static const pz__case_member license[] = {DEFINED, {"licenseText", PZ__CASE_TEXT, NEED | UNKEPT, NULL}, END};
static const pz__case_member item_type[] = {
    DEFINED, {"hierarchyCode", PZ__CASE_TEXT, NEED, NULL}, {"typeCode", PZ__CASE_TEXT, 0, NULL}, END};
static const pz__case_member grouping[] = {DEFINED, END};

static const pz__case_member definitions[] = {
    {"CFConcepts", PZ__CASE_OBJECTS, PZ__CASE_ONLY_10, concept},
    {"CFSubjects", PZ__CASE_OBJECTS, PZ__CASE_ONLY_10, subject},
    {"CFLicenses", PZ__CASE_OBJECTS, PZ__CASE_ONLY_10, license},
    {"CFItemTypes", PZ__CASE_OBJECTS, PZ__CASE_ONLY_10, item_type},
    {"CFAssociationGroupings", PZ__CASE_OBJECTS, PZ__CASE_ONLY_10, grouping},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

static const pz__case_member level[] = {
    {"identifier", PZ__CASE_UUID, NEED, NULL},
    {"uri", PZ__CASE_TEXT, NEED | UNKEPT, NULL},
    {"description", PZ__CASE_TEXT, UNKEPT, NULL},
    {"quality", PZ__CASE_TEXT, UNKEPT, NULL},
    {"score", PZ__CASE_REAL, 0, NULL},
    {"feedback", PZ__CASE_TEXT, UNKEPT, NULL},
    {"position", PZ__CASE_INT, 0, NULL},
    {"rubricCriterionId", PZ__CASE_TEXT, UNKEPT, NULL},
    {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

static const pz__case_member criterion[] = {
    {"identifier", PZ__CASE_UUID, NEED, NULL},
    {"uri", PZ__CASE_TEXT, NEED | UNKEPT, NULL},
    {"category", PZ__CASE_TEXT, UNKEPT, NULL},
    {"description", PZ__CASE_TEXT, UNKEPT, NULL},
    {"CFItemURI", PZ__CASE_LINK, 0, NULL},
    {"weight", PZ__CASE_REAL, 0, NULL},
    {"position", PZ__CASE_INT, 0, NULL},
    {"rubricId", PZ__CASE_TEXT, UNKEPT, NULL},
    {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},
    {"CFRubricCriterionLevels", PZ__CASE_OBJECTS, 0, level},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

static const pz__case_member rubric[] = {
    {"identifier", PZ__CASE_UUID, NEED, NULL},
    {"uri", PZ__CASE_TEXT, NEED | UNKEPT, NULL},
    {"title", PZ__CASE_TEXT, UNKEPT, NULL},
    {"description", PZ__CASE_TEXT, UNKEPT, NULL},
    {"lastChangeDateTime", PZ__CASE_TIME, NEED, NULL},
    {"CFRubricCriteria", PZ__CASE_OBJECTS, 0, criterion},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};

const pz__case_member pz__case_package[] = {
    {"CFDocument", PZ__CASE_OBJECT, VITAL, pz__case_document},
    {"CFItems", PZ__CASE_OBJECTS, 0, pz__case_item},
    {"CFAssociations", PZ__CASE_OBJECTS, 0, pz__case_association},
    {"CFDefinitions", PZ__CASE_OBJECT, 0, definitions},
    {"CFRubrics", PZ__CASE_OBJECTS, 0, rubric},
    {"extensions", PZ__CASE_ANY, 0, NULL},
    END,
};
