#include "grouping/lanes.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/distance.h"

void pz__lanes_codes(const double *values, size_t rows, size_t columns, size_t column, double *codes, int32_t *out_count)
{
    int32_t count = 0;
    for (size_t i = 0; i < rows && count <= PZ__CODES_MAX; i++) {
        double code = values[i * columns + column];
        int32_t at = 0;
        if (isnan(code)) continue;
        while (at < count && codes[at] < code) at++;
        if (at < count && codes[at] == code) continue;
        if (count++ == PZ__CODES_MAX) break;
        memmove(codes + at + 1, codes + at, (size_t)(count - 1 - at) * sizeof *codes);
        codes[at] = code;
    }
    *out_count = count;
}

static pz_status add_lane(pz__lanes *lanes, size_t *capacity, int32_t criterion, int32_t column, double code)
{
    PZ__TRY(pz__reserve((void **)&lanes->lanes, capacity, (size_t)lanes->count + 1, sizeof *lanes->lanes));
    lanes->lanes[lanes->count++] = (pz__lane){criterion, column, code, 0, 0, 0, 0, 0};
    return PZ_OK;
}

static pz_status list_lanes(const pz__grouping_data *data, pz__lanes *lanes)
{
    size_t capacity = 0;
    double codes[PZ__CODES_MAX + 1];
    for (int32_t k = 0; k < data->criterion_count; k++) {
        const pz__criterion *criterion = &data->criteria[k];
        for (int32_t c = 0; pz__is_of_lanes(criterion) && c < criterion->columns; c++) {
            int32_t count = 0;
            if (criterion->metric != PZ_METRIC_CATEGORIES) {
                PZ__TRY(add_lane(lanes, &capacity, k, c, PZ_REAL_NONE));
                continue;
            }
            pz__lanes_codes(criterion->values, data->learners, (size_t)criterion->columns, (size_t)c, codes, &count);
            for (int32_t i = 0; i < count; i++) PZ__TRY(add_lane(lanes, &capacity, k, c, codes[i]));
        }
    }
    return PZ_OK;
}

double pz__lane_value(const pz__lane *lane, const pz__criterion *criterion, int32_t learner)
{
    double value = criterion->values[(size_t)learner * (size_t)criterion->columns + (size_t)lane->column];
    return isnan(lane->code) || isnan(value) ? value : value == lane->code;
}

/* The mean of a lane, and its sum of squares around it. */
static double spread(const pz__grouping_data *data, const int32_t *group_of, pz__lane *lane)
{
    const pz__criterion *criterion = &data->criteria[lane->criterion];
    double sum = 0, squares = 0, known = 0;
    for (size_t i = 0; i < data->learners; i++) {
        double value = group_of[i] < 0 ? PZ_REAL_NONE : pz__lane_value(lane, criterion, (int32_t)i);
        if (isnan(value)) continue;
        sum += value;
        known++;
        lane->having += value != 0;
        lane->lacking += value == 0;
    }
    lane->mean = known > 0 ? sum / known : 0;
    for (size_t i = 0; i < data->learners; i++) {
        double value = group_of[i] < 0 ? PZ_REAL_NONE : pz__lane_value(lane, criterion, (int32_t)i);
        if (!isnan(value)) squares += (value - lane->mean) * (value - lane->mean);
    }
    return squares;
}

/* Lanes of one column share its scale, so that every column counts the same. */
static void scale(const pz__grouping_data *data, const int32_t *group_of, pz__lanes *lanes)
{
    for (int32_t first = 0, next; first < lanes->count; first = next) {
        double squares = 0;
        for (next = first; next < lanes->count && lanes->lanes[next].criterion == lanes->lanes[first].criterion &&
                           lanes->lanes[next].column == lanes->lanes[first].column;
             next++)
            squares += spread(data, group_of, &lanes->lanes[next]);
        for (int32_t l = first; l < next; l++) {
            pz__lane *lane = &lanes->lanes[l];
            int is_balanced = data->criteria[lane->criterion].kind == PZ__BALANCED;
            lane->is_balanced = is_balanced;
            lane->scale = is_balanced ? (squares > 0 ? 1 / sqrt(squares) : 0) : lane->having > 0;
        }
    }
}

pz_status pz__lanes_make(const pz__grouping_data *data, const int32_t *group_of, pz__lanes *out_lanes)
{
    memset(out_lanes, 0, sizeof *out_lanes);
    pz_status status = list_lanes(data, out_lanes);
    if (status != PZ_OK) {
        pz__lanes_free(out_lanes);
        return status;
    }
    scale(data, group_of, out_lanes);
    return PZ_OK;
}

void pz__lanes_free(pz__lanes *lanes)
{
    pz__release(lanes->lanes);
    memset(lanes, 0, sizeof *lanes);
}

void pz__lanes_add(const pz__lanes *lanes, const pz__grouping_data *data, int32_t learner, double *numbers)
{
    for (int32_t l = 0; l < lanes->count; l++) {
        const pz__lane *lane = &lanes->lanes[l];
        const pz__criterion *criterion = &data->criteria[lane->criterion];
        double value = pz__lane_value(lane, criterion, learner);
        if (isnan(value)) continue;
        if (criterion->kind == PZ__BALANCED) {
            numbers[2 * l] += (value - lane->mean) * lane->scale;
            numbers[2 * l + 1]++;
        } else {
            numbers[2 * l] += value != 0;
            numbers[2 * l + 1] += value == 0;
        }
    }
}

/* Balanced lanes have known learners wherever their sum is not 0, and complementary ones whole numbers: no rounding can make a gap of nothing. */
double pz__lanes_gather(const pz__lanes *lanes, int32_t criterion, const double *numbers, const double *out, const double *in)
{
    double gathered = 0;
    for (int32_t l = 0; l < lanes->count; l++) {
        const pz__lane *lane = &lanes->lanes[l];
        if (lane->criterion != criterion || !(lane->scale > 0)) continue;
        double a = numbers[2 * l] - (out ? out[2 * l] : 0) + (in ? in[2 * l] : 0);
        double b = numbers[2 * l + 1] - (out ? out[2 * l + 1] : 0) + (in ? in[2 * l + 1] : 0);
        if (lane->is_balanced) {
            gathered += b > 0 ? a * a / b : 0;
        } else {
            gathered += a > 0 ? 0 : b;
        }
    }
    return gathered;
}

double pz__lanes_total(const pz__lanes *lanes, int32_t criterion)
{
    double total = 0;
    for (int32_t l = 0; l < lanes->count; l++) {
        const pz__lane *lane = &lanes->lanes[l];
        if (lane->criterion != criterion || !(lane->scale > 0)) continue;
        if (!lane->is_balanced) {
            total += lane->lacking;
        } else {
            total += l == 0 || lane[-1].criterion != criterion || lane[-1].column != lane->column;
        }
    }
    return total;
}

int32_t pz__lanes_widest(const pz__lanes *lanes, int32_t criterion, const double *numbers, double *out_mean, double *out_of_all)
{
    int32_t widest = -1;
    double most = -1;
    *out_mean = *out_of_all = PZ_REAL_NONE;
    for (int32_t l = 0; l < lanes->count; l++) {
        const pz__lane *lane = &lanes->lanes[l];
        if (lane->criterion != criterion || !(lane->scale > 0) || !(numbers[2 * l + 1] > 0)) continue;
        double away = numbers[2 * l] / numbers[2 * l + 1];
        if (fabs(away) <= most) continue;
        most = fabs(away);
        widest = l;
        *out_mean = lane->mean + away / lane->scale;
        *out_of_all = lane->mean;
    }
    return widest;
}
