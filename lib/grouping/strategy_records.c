#include "grouping/strategy.h"

#include "base/fail.h"
#include "grouping/result.h"

pz_status pz__strategy_options(const pz_grouping_options *options, pz_grouping_options *out)
{
    const int64_t iterations_max = 1000000000;
    const pz_grouping_options initial = PZ_GROUPING_OPTIONS_INIT;
    const uint32_t first_size = offsetof(pz_grouping_options, iterations) + sizeof initial.iterations; /* before members were added */
    *out = initial;
    if (options) PZ__TRY(pz__record_take(&pz__grouping_options_type, options, first_size, out));
    if (out->iterations < 0 || out->iterations > iterations_max)
        return pz__fail(PZ_E_INVALID, "options.iterations", NULL, "Iterations are 0 to %lld, not %lld.", (long long)iterations_max,
                        (long long)out->iterations);
    return PZ_OK;
}

static const char *const tutoring_names[] = {"", "gap", "reciprocal", NULL};

static const pz_field sizes_fields[] = {
    PZ__INT(pz_grouping_sizes, size_min, "0 to 100,000"),
    PZ__INT(pz_grouping_sizes, size_max, "0 to 100,000"),
    PZ__INT(pz_grouping_sizes, groups, "0 to 100,000"),
};
static const pz_grouping_sizes sizes_initial = PZ_GROUPING_SIZES_INIT;
const pz_record_type pz__grouping_sizes_type = PZ__RECORD_TYPE(pz_grouping_sizes, sizes_fields, &sizes_initial);

static const pz_field tutoring_options_fields[] = {
    PZ__ENUM(pz_tutoring_options, kind, tutoring_names),
    PZ__REAL(pz_tutoring_options, mastered_at, "above 0 to 1"),
};
static const pz_tutoring_options tutoring_options_initial = PZ_TUTORING_OPTIONS_INIT;
const pz_record_type pz__tutoring_options_type = PZ__RECORD_TYPE(pz_tutoring_options, tutoring_options_fields, &tutoring_options_initial);

static const pz_field tutoring_fields[] = {
    PZ__INT(pz_tutoring, group, "from 0"),           PZ__INT(pz_tutoring, tutor, "from 0"), PZ__INT(pz_tutoring, tutee, "from 0"),
    PZ__INT(pz_tutoring, column, "from 0; -1 none"), PZ__REAL(pz_tutoring, gain, "0 to 1"), PZ__NAME(pz_tutoring, code),
};
static const pz_tutoring tutoring_initial = {sizeof tutoring_initial, 0, -1, -1, -1, 0, NULL};
const pz_record_type pz__tutoring_type = PZ__RECORD_TYPE(pz_tutoring, tutoring_fields, &tutoring_initial);

static const pz_field tutoring_summary_fields[] = {
    PZ__INT(pz_tutoring_summary, groups, ""),
    PZ__INT(pz_tutoring_summary, without, "pairs"),
    PZ__INT(pz_tutoring_summary, rules_broken, ""),
    PZ__REAL(pz_tutoring_summary, value, "sum of gains"),
    PZ__REAL(pz_tutoring_summary, bound, "sum of gains"),
    PZ__REAL(pz_tutoring_summary, gap, "sum of gains"),
};
static const pz_tutoring_summary tutoring_summary_initial = {sizeof tutoring_summary_initial, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__tutoring_summary_type = PZ__RECORD_TYPE(pz_tutoring_summary, tutoring_summary_fields, &tutoring_summary_initial);

static const pz_field seat_fields[] = {
    PZ__INT(pz_rotation_seat, round, "from 0"), PZ__INT(pz_rotation_seat, learner, "from 0"),  PZ__INT(pz_rotation_seat, group, "from 0"),
    PZ__INT(pz_rotation_seat, met, "learners"), PZ__INT(pz_rotation_seat, others, "learners"), PZ__NAME(pz_rotation_seat, code),
};
static const pz_rotation_seat seat_initial = {sizeof seat_initial, 0, -1, -1, 0, 0, NULL};
const pz_record_type pz__rotation_seat_type = PZ__RECORD_TYPE(pz_rotation_seat, seat_fields, &seat_initial);

static const pz_field rotation_fields[] = {
    PZ__INT(pz_rotation_summary, rounds, ""),
    PZ__INT(pz_rotation_summary, groups, "of each round"),
    PZ__BIGINT(pz_rotation_summary, repeats, "meetings"),
    PZ__BIGINT(pz_rotation_summary, bound, "meetings"),
    PZ__INT(pz_rotation_summary, most, "meetings"),
    PZ__INT(pz_rotation_summary, apart_broken, "meetings"),
};
static const pz_rotation_summary rotation_initial = {sizeof rotation_initial, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__rotation_summary_type = PZ__RECORD_TYPE(pz_rotation_summary, rotation_fields, &rotation_initial);

static const pz_field row_fields[] = {
    PZ__INT(pz_comparison_row, strategy, "from 0"),   PZ__NAME(pz_comparison_row, name),
    PZ__INT(pz_comparison_row, seeds, "runs"),        PZ__REAL(pz_comparison_row, objective, "0 to 1, less is better"),
    PZ__REAL(pz_comparison_row, best, "0 to 1"),      PZ__REAL(pz_comparison_row, worst, "0 to 1"),
    PZ__REAL(pz_comparison_row, gap, "0 to 1"),       PZ__INT(pz_comparison_row, rules_broken, ""),
    PZ__REAL(pz_comparison_row, stability, "0 to 1"), PZ__REAL(pz_comparison_row, likeness, "0 to 1"),
};
static const pz_comparison_row row_initial = {sizeof row_initial, 0, NULL, 0, 0, 0, 0, 0, 0, PZ_REAL_NONE, 0};
const pz_record_type pz__comparison_row_type = PZ__RECORD_TYPE(pz_comparison_row, row_fields, &row_initial);

static const pz_field term_fields[] = {
    PZ__INT(pz_comparison_term, strategy, "from 0"), PZ__NAME(pz_comparison_term, name),
    PZ__REAL(pz_comparison_term, value, "0 to 1"),   PZ__REAL(pz_comparison_term, best, "0 to 1"),
    PZ__REAL(pz_comparison_term, worst, "0 to 1"),
};
static const pz_comparison_term term_initial = {sizeof term_initial, 0, NULL, 0, 0, 0};
const pz_record_type pz__comparison_term_type = PZ__RECORD_TYPE(pz_comparison_term, term_fields, &term_initial);

static const char *const direction_names[] = {"", "alike", "mixed", "balanced", "complementary", NULL};
static const char *const metric_names[] = {"", "manhattan", "euclidean", "categories", "sets", "times", NULL};

static const pz_field settings_fields[] = {
    PZ__NAME(pz_settings_summary, name),
    PZ__NAME(pz_settings_summary, author),
    PZ__INT(pz_settings_summary, size_min, "learners"),
    PZ__INT(pz_settings_summary, size_max, "learners"),
    PZ__INT(pz_settings_summary, groups, "0: as the sizes need"),
    PZ__BIGINT(pz_settings_summary, seed, ""),
    PZ__BIGINT(pz_settings_summary, iterations, "0 to 1,000,000,000"),
};
static const pz_settings_summary settings_initial = {sizeof settings_initial, NULL, NULL, 0, 0, 0, 1, 0};
const pz_record_type pz__settings_summary_type = PZ__RECORD_TYPE(pz_settings_summary, settings_fields, &settings_initial);

static const pz_field part_fields[] = {
    PZ__NAME(pz_settings_part, name),
    PZ__NAME(pz_settings_part, kind),
    PZ__BOOL(pz_settings_part, is_rule),
    PZ__ENUM(pz_settings_part, direction, direction_names),
    PZ__ENUM(pz_settings_part, metric, metric_names),
    PZ__REAL(pz_settings_part, weight, "above 0"),
    PZ__REAL(pz_settings_part, decay, "0 to 1"),
    PZ__INT(pz_settings_part, least, "-1 none"),
    PZ__INT(pz_settings_part, most, "-1 none"),
};
static const pz_settings_part part_initial = {sizeof part_initial, NULL, NULL, 0, 0, 0, 0, 0, -1, -1};
const pz_record_type pz__settings_part_type = PZ__RECORD_TYPE(pz_settings_part, part_fields, &part_initial);

const pz_record_type *const pz__strategy_types[] = {&pz__grouping_sizes_type,
                                                    &pz__tutoring_options_type,
                                                    &pz__tutoring_type,
                                                    &pz__tutoring_summary_type,
                                                    &pz__rotation_seat_type,
                                                    &pz__rotation_summary_type,
                                                    &pz__comparison_row_type,
                                                    &pz__comparison_term_type,
                                                    &pz__settings_summary_type,
                                                    &pz__settings_part_type,
                                                    NULL};
