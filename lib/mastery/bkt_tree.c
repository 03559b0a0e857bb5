/* The tree of answers of one skill. Learners who answered alike share a path, and a sweep passes it once. */
#include "base/fail.h"
#include "base/memory.h"
#include "mastery/bkt.h"

void pz__bkt_tree_free(pz__bkt_tree *tree)
{
    pz__release(tree->nodes);
    pz__release(tree->work);
    pz__release(tree->roots);
    *tree = (pz__bkt_tree){0};
}

static pz_status add_node(pz__bkt_tree *tree, int32_t parent, int32_t item, int32_t learn, int32_t *link, int32_t *out)
{
    PZ__TRY(pz__reserve((void **)&tree->nodes, &tree->capacity, tree->count + 1, sizeof *tree->nodes));
    tree->nodes[tree->count] = (pz__bkt_node){parent, -1, *link, item, learn, 0, 0};
    *link = *out = (int32_t)tree->count++;
    return PZ_OK;
}

static int32_t find_node(const pz__bkt_tree *tree, int32_t first, int32_t item, int32_t learn)
{
    while (first >= 0 && (tree->nodes[first].item != item || tree->nodes[first].learn != learn)) first = tree->nodes[first].sibling;
    return first;
}

/* Walks down one answer, growing the tree where nobody has been. */
static pz_status descend(pz__bkt_tree *tree, const pz__bkt_rows *rows, uint32_t row, int32_t *place)
{
    int32_t item = (rows->item_class ? rows->item_class[row] * 2 : 0) + (rows->score[row] >= rows->pass_at);
    int32_t learn = rows->learn_class ? rows->learn_class[row] : 0;
    int32_t first = *place < 0 ? tree->roots[-1 - *place] : tree->nodes[*place].child;
    int32_t found = find_node(tree, first, item, learn), link = first;
    if (found < 0) {
        PZ__TRY(add_node(tree, *place, item, learn, &link, &found));
        if (*place < 0)
            tree->roots[-1 - *place] = link;
        else
            tree->nodes[*place].child = link;
    }
    tree->nodes[found].through++;
    *place = found;
    return PZ_OK;
}

pz_status pz__bkt_tree_fill(pz__bkt_tree *tree, const pz__bkt_shape *shape, const pz__bkt_rows *rows)
{
    int32_t place = -1;
    tree->count = 0;
    if (!tree->roots) tree->roots = pz__alloc_zero((size_t)shape->priors, sizeof *tree->roots);
    if (!tree->roots) return pz__fail_memory();
    for (int32_t i = 0; i < shape->priors; i++) tree->roots[i] = -1;
    for (size_t i = 0; i < rows->rows; i++) {
        uint32_t row = rows->order[i];
        if (i == 0 || rows->learner[row] != rows->learner[rows->order[i - 1]])
            place = -1 - (rows->prior_class ? rows->prior_class[row] : 0);
        PZ__TRY(descend(tree, rows, row, &place));
        if (i + 1 == rows->rows || rows->learner[row] != rows->learner[rows->order[i + 1]]) tree->nodes[place].ended++;
    }
    return pz__reserve((void **)&tree->work, &tree->work_capacity, tree->count, sizeof *tree->work);
}
