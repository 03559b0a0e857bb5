/* A CASE package: its tree read strictly, its objects checked, its graph laid out by place. */
#include "exchange/case.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/number.h"
#include "exchange/file.h"
#include "personalize/competency.h"

/* ----------------------------------------------------------------------------------------------- the document --- */

static void count_list(pz__case *package, const pz__json_value *in, const char *member, const char *name)
{
    const pz__json_value *list = pz__json_member(in, member);
    if (pz__json_kind_of(list) == PZ__JSON_ARRAY) pz__import_count(package->import, name, (int64_t)pz__json_size(list));
}

static pz_status read_framework(pz__case *package, const pz__json_value *root)
{
    const pz__json_value *framework = pz__json_member(root, "CFDocument");
    const char *version = pz__json_as_text(pz__json_member(framework, "caseVersion")), *id;
    int usable;
    package->version = version && !strcmp(version, "1.1") ? 11 : 10;
    package->import->version = package->version == 11 ? "1.1" : "1.0";
    package->framework_node = -1;
    usable = pz__case_check_object(package, root, pz__case_package, "$");
    id = pz__json_as_text(pz__json_member(framework, "identifier"));
    if (id && *id) {
        PZ__TRY(pz__id_register_add(&package->nodes, id, strlen(id), &package->framework_node));
        package->nodes.flags[package->framework_node] |= PZ__ID_LISTED | PZ__ID_SEEN;
    }
    if (usable && package->framework_node >= 0) {
        package->framework = framework;
    } else if (!pz__import_is_strict(package->import)) {
        pz__fault_place place = {NULL, 0, 0, "$.CFDocument", NULL, 0};
        pz__faults_add(&package->import->faults, PZ__FATAL, "case.no_document", &place,
                       "Without a document that has identifier and title nothing can be kept.");
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ items --- */

static pz_status read_item(pz__case *package, const pz__json_value *json, size_t number)
{
    pz__case_item_row row = {json, -1, number};
    char path[64];
    const char *id;
    int usable;
    snprintf(path, sizeof path, "$.CFItems[%zu]", number);
    usable = pz__case_check_object(package, json, pz__case_item, path);
    id = pz__json_as_text(pz__json_member(json, "identifier"));
    if (id && *id) {
        int64_t node;
        PZ__TRY(pz__id_register_add(&package->nodes, id, strlen(id), &node));
        if (package->nodes.flags[node] & PZ__ID_SEEN) {
            pz__fault_place place = {NULL, 0, 0, path, id, strlen(id)};
            pz__import_fault(package->import, 1, "case.duplicate_identifier", &place,
                             "An object before it has the same identifier.|Only the first is read.");
            usable = 0;
        } else {
            package->nodes.flags[node] |= PZ__ID_LISTED | PZ__ID_SEEN;
            if (usable)
                row.node = node;
            else
                package->nodes.flags[node] |= PZ__ID_LEFT_OUT;
        }
    }
    PZ__TRY(pz__reserve((void **)&package->items, &package->item_capacity, package->item_count + 1, sizeof row));
    package->items[package->item_count++] = row;
    return PZ_OK;
}

static pz_status read_items(pz__case *package, const pz__json_value *root)
{
    const pz__json_value *list = pz__json_member(root, "CFItems");
    size_t number = 0, all = pz__json_size(list);
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY) return PZ_OK;
    for (const pz__json_value *one = pz__json_first(list); one; one = pz__json_next(one), number++) {
        PZ__TRY(read_item(package, one, number));
        if (number % 256 == 0) PZ__TRY(pz__import_progress(package->import, 0.1 + 0.4 * (double)number / (double)all));
    }
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------- associations --- */

static const char *const kind_names[] = {
    "",           "isChildOf", "isPeerOf",      "isPartOf",       "exactMatchOf", "precedes", "isRelatedTo",
    "replacedBy", "exemplar",  "hasSkillLevel", "isTranslationOf"};

static int32_t read_kind(pz__case *package, const char *text, const char *path, int *usable)
{
    char member[128];
    pz__fault_place place = {NULL, 0, 0, member, text, strlen(text)};
    for (int i = 1; i < PZ_ASSOCIATION_OTHER; i++)
        if (!strcmp(text, kind_names[i]) && (package->version == 11 || i < PZ_ASSOCIATION_IS_TRANSLATION_OF)) return i;
    if (package->version == 11 && !strncmp(text, "ext:", 4) && text[4]) return PZ_ASSOCIATION_OTHER;
    snprintf(member, sizeof member, "%s.associationType", path);
    if (!pz__import_fault(package->import, 1, "case.invalid_enum", &place,
                          "The standard knows no such type of association.|It is kept as another type."))
        *usable = 0;
    return strcmp(text, kind_names[PZ_ASSOCIATION_IS_TRANSLATION_OF]) ? PZ_ASSOCIATION_OTHER : PZ_ASSOCIATION_IS_TRANSLATION_OF;
}

static pz_status find_node(pz__case *package, const pz__json_value *json, const char *member, int64_t *out_node)
{
    const char *id = pz__json_as_text(pz__json_member(pz__json_member(json, member), "identifier"));
    *out_node = -1;
    if (!id || !*id || strlen(id) > (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) return PZ_OK;
    return pz__id_register_add(&package->nodes, id, strlen(id), out_node);
}

static int32_t read_position(const pz__json_value *json)
{
    const pz__json_value *value = pz__json_member(json, "sequenceNumber");
    const char *text = pz__json_as_text(value);
    int64_t number = 0;
    if (!pz__json_as_int(value, &number) && !(text && pz__int_parse(text, strlen(text), &number))) return 0;
    return number >= INT32_MIN && number <= INT32_MAX ? (int32_t)number : 0;
}

/* An origin must be in the package: an item that was left out takes its associations along. A destination may lie outside. */
static void check_ends(pz__case *package, pz__case_tie *tie, const char *path)
{
    char member[128];
    pz__fault_place place = {NULL, 0, 0, member, NULL, 0};
    snprintf(member, sizeof member, "%.80s.originNodeURI.identifier", path);
    if (!(package->nodes.flags[tie->origin] & PZ__ID_LISTED) && tie->origin != package->framework_node)
        tie->is_usable &= pz__import_fault(package->import, 1, "case.origin_outside", &place,
                                           "The origin is in no object of the package.|It is kept as a competency outside of it.");
    if ((package->nodes.flags[tie->origin] | package->nodes.flags[tie->destination]) & PZ__ID_LEFT_OUT) {
        if (!pz__import_is_strict(package->import))
            pz__import_fault(package->import, 1, "case.end_left_out", &place, "An item that it ties was left out.|So is the association.");
        tie->is_usable = 0;
    }
    if (tie->origin == tie->destination)
        tie->is_usable &= pz__import_fault(package->import, 1, "case.tied_to_itself", &place,
                                           "The association ties an object to itself.|It is left out.") &&
                          0;
}

static pz_status read_tie(pz__case *package, const pz__json_value *json, size_t number)
{
    pz__case_tie tie = {json, -1, -1, -1, PZ_ASSOCIATION_OTHER, read_position(json), number, 0};
    char path[64];
    const char *id, *type = pz__json_as_text(pz__json_member(json, "associationType"));
    snprintf(path, sizeof path, "$.CFAssociations[%zu]", number);
    tie.is_usable = pz__case_check_object(package, json, pz__case_association, path);
    if (type) tie.kind = read_kind(package, type, path, &tie.is_usable);
    id = pz__json_as_text(pz__json_member(json, "identifier"));
    if (id && *id) {
        PZ__TRY(pz__id_register_add(&package->tie_ids, id, strlen(id), &tie.id));
        if (package->tie_ids.flags[tie.id] & PZ__ID_SEEN) {
            pz__fault_place place = {NULL, 0, 0, path, id, strlen(id)};
            pz__import_fault(package->import, 1, "case.duplicate_identifier", &place,
                             "An object before it has the same identifier.|Only the first is read.");
            tie.is_usable = 0;
        }
        package->tie_ids.flags[tie.id] |= PZ__ID_LISTED | PZ__ID_SEEN;
    }
    PZ__TRY(find_node(package, json, "originNodeURI", &tie.origin));
    PZ__TRY(find_node(package, json, "destinationNodeURI", &tie.destination));
    if (tie.id < 0 || tie.origin < 0 || tie.destination < 0)
        tie.is_usable = 0;
    else
        check_ends(package, &tie, path);
    PZ__TRY(pz__reserve((void **)&package->ties, &package->tie_capacity, package->tie_count + 1, sizeof tie));
    package->ties[package->tie_count++] = tie;
    return PZ_OK;
}

static void count_ties(pz__case *package)
{
    static const char *const names[] = {"",
                                        "associations.isChildOf",
                                        "associations.isPeerOf",
                                        "associations.isPartOf",
                                        "associations.exactMatchOf",
                                        "associations.precedes",
                                        "associations.isRelatedTo",
                                        "associations.replacedBy",
                                        "associations.exemplar",
                                        "associations.hasSkillLevel",
                                        "associations.isTranslationOf",
                                        "associations.other"};
    int64_t counts[PZ_ASSOCIATION_OTHER + 1] = {0}, outside = 0;
    for (size_t i = 0; i < package->tie_count; i++) {
        counts[package->ties[i].kind]++;
        if (package->ties[i].destination >= 0) outside += !(package->nodes.flags[package->ties[i].destination] & PZ__ID_LISTED);
    }
    pz__import_count(package->import, "associations", (int64_t)package->tie_count);
    for (int i = 1; i <= PZ_ASSOCIATION_OTHER; i++)
        if (counts[i]) pz__import_count(package->import, names[i], counts[i]);
    pz__import_count(package->import, "destinations_outside", outside);
}

static pz_status read_ties(pz__case *package, const pz__json_value *root)
{
    const pz__json_value *list = pz__json_member(root, "CFAssociations");
    size_t number = 0, all = pz__json_size(list);
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY) return PZ_OK;
    for (const pz__json_value *one = pz__json_first(list); one; one = pz__json_next(one), number++) {
        PZ__TRY(read_tie(package, one, number));
        if (number % 256 == 0) PZ__TRY(pz__import_progress(package->import, 0.5 + 0.5 * (double)number / (double)all));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ whole --- */

static void note_broken(pz__case *package, const pz__json_fault *fault)
{
    pz__fault_place place = {NULL, fault->line, fault->column, fault->path, NULL, 0};
    if (fault->code) pz__faults_add(&package->import->faults, PZ__FATAL, fault->code, &place, "%s", fault->words);
}

static pz_status read_package(pz__case *package)
{
    const pz__json_value *root = pz__json_root(package->document);
    const pz__json_value *definitions = pz__json_member(root, "CFDefinitions");
    PZ__TRY(pz__import_progress(package->import, 0.1));
    if (pz__json_kind_of(root) != PZ__JSON_OBJECT || !pz__json_member(root, "CFDocument")) {
        pz__fault_place place = {NULL, 0, 0, "$", NULL, 0};
        pz__faults_add(&package->import->faults, PZ__FATAL, "case.no_package", &place, "A CASE package is an object with a CFDocument.");
        return pz__fail(PZ_E_FORMAT, NULL, "Export a CFPackage.", "The file is JSON, but no CASE package.");
    }
    PZ__TRY(read_framework(package, root));
    PZ__TRY(read_items(package, root));
    PZ__TRY(read_ties(package, root));
    pz__import_count(package->import, "documents", 1);
    pz__import_count(package->import, "items", (int64_t)package->item_count);
    count_ties(package);
    count_list(package, definitions, "CFConcepts", "concepts");
    count_list(package, definitions, "CFSubjects", "subjects");
    count_list(package, definitions, "CFLicenses", "licenses");
    count_list(package, definitions, "CFItemTypes", "item_types");
    count_list(package, definitions, "CFAssociationGroupings", "association_groupings");
    count_list(package, root, "CFRubrics", "rubrics");
    return pz__case_check_circles(package);
}

static pz_status start(pz__case *package)
{
    PZ__TRY(pz__id_register_start(&package->nodes));
    return pz__id_register_start(&package->tie_ids);
}

pz_status pz__case_open_text(pz__case *package, pz__import *import, char *text, size_t length)
{
    pz__json_fault fault;
    pz_status status;
    memset(package, 0, sizeof *package);
    package->import = import;
    package->text = text;
    package->framework_node = -1;
    PZ__TRY(start(package));
    status = pz__json_parse(text, length, &fault, &package->document);
    if (status == PZ_E_FORMAT || status == PZ_E_HOSTILE) note_broken(package, &fault);
    PZ__TRY(status);
    pz__release(package->text); /* the tree has copies */
    package->text = NULL;
    return read_package(package);
}

pz_status pz__case_open(pz__case *package, pz__import *import, const char *path)
{
    char *text;
    size_t length;
    pz_status status;
    import->faults.file = pz__file_name(path);
    status = pz__file_load(path, "package", pz_limit(PZ_LIMIT_JSON_BYTES), &text, &length);
    if (status == PZ_OK) return pz__case_open_text(package, import, text, length);
    memset(package, 0, sizeof *package);
    return status;
}

void pz__case_close(pz__case *package)
{
    pz__json_free(package->document);
    pz__release(package->text);
    pz__id_register_free(&package->nodes);
    pz__id_register_free(&package->tie_ids);
    pz__release(package->items);
    pz__release(package->ties);
    memset(package, 0, sizeof *package);
}
