#include "records/recommend/wish.h"

#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"

/* -------------------------------------------------------------------------------------------------- reading --- */

/* Rows come by learner, in the order of the request. */
static void find_first_rows(pz__wish_data *data, const pz__grouping_ask *ask)
{
    size_t row = 0;
    for (size_t i = 0; i < ask->learner_count; i++) {
        data->first[i] = row;
        while (row < data->row_count && data->rows[row]->learner == ask->learners[i]) row++;
    }
    data->first[ask->learner_count] = data->row_count;
}

static pz_status number_columns(pz__wish_data *data, pz__map *places)
{
    for (size_t i = 0; i < data->row_count; i++) {
        const char *name = data->rows[i]->name;
        int64_t column = data->column_count;
        if (!pz__map_get_text(places, name, strlen(name), &column)) {
            PZ__TRY(pz__map_put_text(places, name, strlen(name), column));
            data->names[data->column_count++] = name;
        }
        data->columns[i] = (int32_t)column;
    }
    return PZ_OK;
}

static pz_status read(pz__call *call, const pz__grouping_ask *ask, int32_t criterion, pz__wish_data *data)
{
    pz__map *places;
    pz_status status;
    PZ__TRY(pz__features_read(call, criterion, ask->learners, ask->learner_count, &data->rows, &data->row_count));
    data->first = pz__alloc((ask->learner_count + 1) * sizeof *data->first);
    data->columns = pz__alloc(data->row_count * sizeof *data->columns);
    data->names = pz__alloc(data->row_count * sizeof *data->names);
    data->counts = pz__alloc(data->row_count * sizeof *data->counts);
    if (!data->first || !data->columns || !data->names || !data->counts) return pz__fail_memory();
    find_first_rows(data, ask);
    PZ__TRY(pz__map_new(&places));
    status = number_columns(data, places);
    pz__map_free(places);
    return status;
}

pz_status pz__class_wishes_read(pz__call *call, const pz__grouping_ask *ask, pz__class_wishes *out_wishes)
{
    pz_status status = PZ_OK;
    memset(out_wishes, 0, sizeof *out_wishes);
    out_wishes->ask = ask;
    for (size_t i = 0; i < ask->wish_count && status == PZ_OK; i++) status = read(call, ask, ask->wishes[i].criterion, &out_wishes->of[i]);
    if (status != PZ_OK) pz__class_wishes_free(out_wishes);
    if (status == PZ_OK && ask->wish_count) pz__call_read_class(call, PZ_KIND_PROFILE_ENTRY, ask->request.class_id);
    return status;
}

void pz__class_wishes_free(pz__class_wishes *wishes)
{
    for (int i = 0; i < PZ__FEATURE_CRITERIA; i++) {
        pz_free(wishes->of[i].rows);
        pz__release(wishes->of[i].first);
        pz__release(wishes->of[i].columns);
        pz__release((void *)wishes->of[i].names);
        pz__release(wishes->of[i].counts);
    }
    memset(wishes, 0, sizeof *wishes);
}

/* --------------------------------------------------------------------------------------------------- adding --- */

/* Who says nothing is unknown, and so decides nothing; all else that is not said is 0. */
static void fill(const pz__wish_data *data, size_t learners, double *values)
{
    size_t columns = (size_t)data->column_count;
    for (size_t i = 0; i < learners; i++) {
        int is_known = data->first[i] < data->first[i + 1];
        for (size_t k = 0; k < columns; k++) values[i * columns + k] = is_known ? 0 : PZ_REAL_NONE;
        for (size_t row = data->first[i]; row < data->first[i + 1]; row++) values[i * columns + (size_t)data->columns[row]] = 1;
    }
}

static pz_status add(pz_grouping_problem *problem, const pz__wish *wish, const pz__wish_data *data, size_t learners)
{
    const char *name = pz__feature_criterion_name(wish->criterion);
    pz_grouping_metric metric = pz__feature_is_times(wish->criterion) ? PZ_METRIC_TIMES : PZ_METRIC_SETS;
    char title[32] = "profile.";
    double *values;
    pz_status status;
    if (!data->column_count)
        return pz__fail(PZ_E_NOT_ENOUGH, "criteria", "Add tags, codes or times to profiles, or leave the criterion out.",
                        "No profile in the class that this actor sees says anything of %s.", name);
    values = pz__alloc(learners * (size_t)data->column_count * sizeof *values);
    if (!values) return pz__fail_memory();
    fill(data, learners, values);
    strncat(title, name, sizeof title - strlen(title) - 1);
    status = pz_grouping_add_features(problem, title, values, learners, (size_t)data->column_count, metric,
                                      (pz_grouping_direction)wish->direction, wish->weight);
    pz__release(values);
    return status;
}

pz_status pz__class_wishes_add(pz_grouping_problem *problem, const pz__class_wishes *wishes)
{
    const pz__grouping_ask *ask = wishes->ask;
    for (size_t i = 0; i < ask->wish_count; i++) PZ__TRY(add(problem, &ask->wishes[i], &wishes->of[i], ask->learner_count));
    return PZ_OK;
}
