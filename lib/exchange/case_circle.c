/* Circles among the associations of a package: what precedes itself, or is below itself. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "exchange/case.h"
#include "records/competency/write.h"

enum { MOST_CIRCLES = 100, MOST_SHOWN = 8 };

/* What a circle is told by: the codes of its items, or their identifiers. */
static const char *name_of(const pz__case *package, int64_t node)
{
    for (size_t i = 0; i < package->item_count; i++) {
        const char *code;
        if (package->items[i].node != node) continue;
        code = pz__case_text(package->items[i].json, pz__case_item, "humanCodingScheme");
        return code && *code ? code : pz__json_as_text(pz__json_member(package->items[i].json, "identifier"));
    }
    return node == package->framework_node ? "the document" : "an item outside the file";
}

/* Of the ties along a circle, the one that comes last in the file. */
static pz_status find_last_tie(pz__case *package, int32_t kind, const pz_id *path, size_t count, pz__case_tie **out_tie)
{
    int64_t *next = pz__alloc_zero(package->nodes.count + 1, sizeof *next); /* place + 1 of the node that follows on the circle */
    *out_tie = NULL;
    if (!next) return pz__fail_memory();
    for (size_t i = 0; i + 1 < count; i++) next[path[i] - 1] = path[i + 1];
    for (size_t i = package->tie_count; i-- > 0 && !*out_tie;) {
        pz__case_tie *tie = &package->ties[i];
        if (tie->is_usable && tie->kind == kind && next[tie->origin] == tie->destination + 1) *out_tie = tie;
    }
    pz__release(next);
    return PZ_OK;
}

/* Names the circle at the tie of it that comes last in the file, and leaves that out. */
static pz_status note_circle(pz__case *package, int32_t kind, const pz_id *path, size_t count)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__case_tie *last;
    char field[64] = "$.CFAssociations";
    pz__fault_place place = {NULL, 0, 0, field, NULL, 0};
    PZ__TRY(find_last_tie(package, kind, path, count, &last));
    pz__buffer_text(&words, kind == PZ_ASSOCIATION_PRECEDES ? "Items precede each other in a circle: "
                                                            : "Items lie below each other in a circle: ");
    for (size_t i = 0; i < count; i++) {
        if (i == MOST_SHOWN && count > MOST_SHOWN + 2) {
            pz__buffer_format(&words, " > ... %zu more", count - MOST_SHOWN - 1);
            i = count - 1;
        }
        pz__buffer_format(&words, "%s%.64s", i ? " > " : "", name_of(package, path[i] - 1));
    }
    pz__buffer_text(&words, ".|This association of it is left out.");
    if (words.status) {
        pz__buffer_free(&words);
        return pz__fail_memory();
    }
    if (last) snprintf(field, sizeof field, "$.CFAssociations[%zu]", last->number);
    pz__import_fault(package->import, last != NULL, "case.circle", &place, words.data);
    if (last) last->is_usable = 0;
    pz__buffer_free(&words);
    return PZ_OK;
}

/* Ids of nodes are their places + 1. Only usable ties count, so that a tie that was left out is not found again. */
static pz_status find_circle(pz__case *package, int32_t kind, pz_id *from, pz_id *to, int *out_found)
{
    size_t rows = 0, count;
    pz_id *path;
    pz_status status;
    *out_found = 0;
    for (size_t i = 0; i < package->tie_count; i++) {
        if (!package->ties[i].is_usable || package->ties[i].kind != kind) continue;
        from[rows] = package->ties[i].origin + 1;
        to[rows++] = package->ties[i].destination + 1;
    }
    PZ__TRY(pz__circle_find(from, to, rows, &path, &count));
    if (!path) return PZ_OK;
    *out_found = 1;
    status = note_circle(package, kind, path, count);
    pz__release(path);
    return status;
}

pz_status pz__case_check_circles(pz__case *package)
{
    static const int32_t kinds[] = {PZ_ASSOCIATION_IS_CHILD_OF, PZ_ASSOCIATION_PRECEDES};
    pz_id *from = pz__alloc_zero(package->tie_count + 1, sizeof *from), *to = pz__alloc_zero(package->tie_count + 1, sizeof *to);
    pz_status status = from && to ? PZ_OK : pz__fail_memory();
    for (size_t k = 0; k < 2; k++) {
        int found = 1;
        for (int i = 0; i < MOST_CIRCLES && found && status == PZ_OK; i++) status = find_circle(package, kinds[k], from, to, &found);
        if (status == PZ_OK && found) {
            pz__fault_place place = {NULL, 0, 0, "$.CFAssociations", NULL, 0};
            pz__faults_add(&package->import->faults, PZ__FATAL, "case.circle", &place, "There are more circles than can be told.");
        }
    }
    pz__release(from);
    pz__release(to);
    return status;
}
