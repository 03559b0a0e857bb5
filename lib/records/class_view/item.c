/* What items and their options tell, and whether items work alike for groups of learners. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "personalize/diagnosis.h"
#include "personalize/metrics.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/class_view/answers.h"
#include "records/class_view/types.h"
#include "records/listing.h"
#include "records/need.h"

typedef struct item_work {
    pz__call *call;
    pz__answer_table answers;
    int32_t *key;     /* the right option of each item; 0: not known */
    pz_option **drawn; /* by item with a known key and option */
    size_t drawn_count;
    int32_t *column; /* place of each drawn item in `answers` */
} item_work;

/* -------------------------------------------------------------------------------------------------- options --- */

static pz_status find_key(pz__call *call, pz_id item, int32_t *out_key)
{
    static const char sql[] = "SELECT option_no FROM item_option WHERE tenant_id = ?1 AND item_id = ?2 AND is_correct = 1 AND option_no < 100 "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY option_no";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_key = 0;
    PZ__TRY(pz__ask(call, sql, item, &statement));
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) *out_key = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* Items with a known key alone, as the pure function takes them. */
static pz_status draw(item_work *work, size_t known)
{
    const pz__answer_table *answers = &work->answers;
    int32_t *chosen = pz__alloc((answers->rows * known + 1) * sizeof *chosen), *key = pz__alloc((known + 1) * sizeof *key);
    pz_status status = chosen && key ? PZ_OK : pz__fail_memory();
    size_t place = 0;
    for (size_t c = 0; c < answers->cols && status == PZ_OK; c++) {
        if (!work->key[c]) continue;
        key[place] = work->key[c];
        work->column[place] = (int32_t)c;
        for (size_t r = 0; r < answers->rows; r++) {
            int32_t option = answers->option[r * answers->cols + c];
            chosen[r * known + place] = option < 100 ? option : -1;
        }
        place++;
    }
    if (status == PZ_OK) status = pz_option_list(chosen, answers->rows, known, key, known, NULL, 0, NULL, NULL, &work->drawn, &work->drawn_count);
    pz__release(chosen);
    pz__release(key);
    return status;
}

static pz_status find_options(item_work *work)
{
    size_t known = 0;
    work->key = pz__alloc_zero(work->answers.cols + 1, sizeof *work->key);
    work->column = pz__alloc_zero(work->answers.cols + 1, sizeof *work->column);
    if (!work->key || !work->column) return pz__fail_memory();
    for (size_t c = 0; c < work->answers.cols; c++) {
        PZ__TRY(find_key(work->call, work->answers.items[c], &work->key[c]));
        known += work->key[c] != 0;
    }
    return known && work->answers.rows ? draw(work, known) : PZ_OK;
}

static pz_status start(item_work *work, pz_id scope, pz_id assessment, pz_id competency)
{
    pz_id *learners;
    size_t count;
    PZ__TRY(pz__view_learners(work->call, scope, &learners, &count));
    PZ__TRY(pz__answer_table_read(work->call, assessment, competency, learners, count, &work->answers));
    return find_options(work);
}

static void finish(item_work *work)
{
    pz__answer_table_free(&work->answers);
    pz__release(work->key);
    pz__release(work->column);
    pz_free(work->drawn);
}

/* ---------------------------------------------------------------------------------------------------- items --- */

/* Correlation of the score with the mean of the learner's other items, in two passes so that little is lost to rounding. */
static double discriminate(const pz__answer_table *answers, size_t col)
{
    double sum_x = 0, sum_y = 0, xx = 0, yy = 0, xy = 0, n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t r = 0; r < answers->rows; r++) {
            const double *row = answers->score + r * answers->cols;
            double rest = 0, others = 0;
            if (isnan(row[col])) continue;
            for (size_t c = 0; c < answers->cols; c++)
                if (c != col && !isnan(row[c])) {
                    rest += row[c];
                    others++;
                }
            if (others == 0) continue;
            rest /= others;
            if (pass == 0) {
                n++;
                sum_x += row[col];
                sum_y += rest;
            } else {
                double x = row[col] - sum_x / n, y = rest - sum_y / n;
                xx += x * x;
                yy += y * y;
                xy += x * y;
            }
        }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : PZ_REAL_NONE;
}

static void add_item(const item_work *work, size_t col, pz__rows *rows)
{
    pz_item_analysis row = *(const pz_item_analysis *)pz__item_analysis_type.initial;
    double sum = 0;
    row.item = work->answers.items[col];
    for (size_t r = 0; r < work->answers.rows; r++) {
        double score = work->answers.score[r * work->answers.cols + col];
        if (isnan(score)) continue;
        row.learners++;
        sum += score;
    }
    row.difficulty = sum / row.learners;
    row.discrimination = discriminate(&work->answers, col);
    for (size_t i = 0; i < work->drawn_count; i++) {
        if ((size_t)work->column[work->drawn[i]->item] != col) continue;
        row.options++;
        row.draws_strong += work->drawn[i]->note == PZ_OPTION_DRAWS_STRONG;
        row.is_key_doubtful |= work->drawn[i]->note == PZ_OPTION_RIGHT_DRAWS_NOBODY;
    }
    pz__rows_add(rows, &row);
}

pz_status pz_item_analysis_list(pz_actor *actor, pz_id scope, pz_id assessment, pz_id competency, pz_item_analysis ***out_rows, size_t *out_count)
{
    item_work work = {0};
    pz__rows rows;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    work.call = &call;
    pz__rows_start(&rows, &pz__item_analysis_type);
    status = start(&work, scope, assessment, competency);
    for (size_t c = 0; c < work.answers.cols && status == PZ_OK; c++) add_item(&work, c, &rows);
    finish(&work);
    return pz__call_end_rows(&call, status, &rows, (void ***)out_rows, out_count);
}

static pz_status add_option(const item_work *work, const pz_option *drawn, pz__rows *rows)
{
    static const char sql[] = "SELECT misconception_id FROM item_option WHERE tenant_id = ?1 AND item_id = ?2 AND option_no = ?4 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz_option_analysis row = *(const pz_option_analysis *)pz__option_analysis_type.initial;
    pz__statement *statement;
    pz_status status;
    int found;
    row.item = work->answers.items[work->column[drawn->item]];
    row.option = drawn->option;
    row.is_right = drawn->is_right;
    row.chosen = (int32_t)drawn->chosen;
    row.share = drawn->share;
    row.point_biserial = drawn->point_biserial;
    row.p_value = drawn->p_value;
    row.note = drawn->note;
    PZ__TRY(pz__ask(work->call, sql, row.item, &statement));
    pz__bind_int(statement, 4, row.option);
    status = pz__db_step(statement, &found);
    if (status == PZ_OK && found) row.misconception = pz__column_int(statement, 0);
    pz__db_reset(statement);
    pz__rows_add(rows, &row);
    return status;
}

pz_status pz_option_analysis_list(pz_actor *actor, pz_id scope, pz_id assessment, pz_id competency, pz_option_analysis ***out_rows,
                                  size_t *out_count)
{
    item_work work = {0};
    pz__rows rows;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    work.call = &call;
    pz__rows_start(&rows, &pz__option_analysis_type);
    status = start(&work, scope, assessment, competency);
    for (size_t i = 0; i < work.drawn_count && status == PZ_OK; i++) status = add_option(&work, work.drawn[i], &rows);
    finish(&work);
    return pz__call_end_rows(&call, status, &rows, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------------- fairness --- */

typedef struct fair_work {
    pz__answer_table answers;
    int32_t *group;   /* of each learner: 0 with the value, 1 with another, -1 not known */
    int64_t *stratum; /* items that each got right */
    int32_t *right;   /* of the item at hand, packed */
    int32_t *side;
    int64_t *match;
} fair_work;

static pz_status find_group(pz__call *call, pz_id learner, const char *detail, const char *value, int32_t *out_group)
{
    static const char sql[] = "SELECT value = ?5 FROM person_detail WHERE tenant_id = ?1 AND person_id = ?2 AND name = ?4 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_group = -1;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    pz__bind_text(statement, 4, detail, PZ_NUL_TERMINATED);
    pz__bind_text(statement, 5, value, PZ_NUL_TERMINATED);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) *out_group = pz__column_int(statement, 0) ? 0 : 1;
    pz__db_reset(statement);
    return status;
}

static pz_status find_groups(pz__call *call, const char *detail, const char *value, fair_work *work)
{
    size_t rows = work->answers.rows, cols = work->answers.cols;
    work->group = pz__alloc_zero(rows + 1, sizeof *work->group);
    work->stratum = pz__alloc_zero(rows + 1, sizeof *work->stratum);
    work->right = pz__alloc_zero(rows + 1, sizeof *work->right);
    work->side = pz__alloc_zero(rows + 1, sizeof *work->side);
    work->match = pz__alloc_zero(rows + 1, sizeof *work->match);
    if (!work->group || !work->stratum || !work->right || !work->side || !work->match) return pz__fail_memory();
    for (size_t r = 0; r < rows; r++) {
        PZ__TRY(find_group(call, work->answers.learners[r], detail, value, &work->group[r]));
        for (size_t c = 0; c < cols; c++) work->stratum[r] += work->answers.score[r * cols + c] >= 0.5;
    }
    return PZ_OK;
}

static pz_status judge(fair_work *work, size_t col, int32_t least, pz__rows *rows)
{
    pz_item_fairness row = *(const pz_item_fairness *)pz__item_fairness_type.initial;
    pz_dif dif = PZ_DIF_INIT;
    int32_t counts[2] = {0, 0};
    size_t n = 0;
    pz_status status;
    row.item = work->answers.items[col];
    for (size_t r = 0; r < work->answers.rows; r++) {
        double score = work->answers.score[r * work->answers.cols + col];
        if (isnan(score) || work->group[r] < 0) continue;
        work->right[n] = score >= 0.5;
        work->side[n] = work->group[r];
        work->match[n++] = work->stratum[r];
        counts[work->group[r]]++;
    }
    row.is_suppressed = counts[0] < least || counts[1] < least;
    if (!row.is_suppressed) {
        row.learners = counts[0];
        row.others = counts[1];
        status = pz_dif_of(work->right, work->side, work->match, n, NULL, NULL, &dif);
        if (status != PZ_OK && status != PZ_E_NOT_ENOUGH) return status;
        row.odds_ratio = dif.odds_ratio;
        row.delta = dif.delta;
        row.p_value = dif.p_value;
        row.category = dif.category;
    }
    pz__rows_add(rows, &row);
    return PZ_OK;
}

static pz_status may_compare(pz__call *call)
{
    if (pz__call_role(call) != PZ_ROLE_TEACHER) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "actor", "A leader or a counselor of the school can ask.", "A class is too small to compare groups of its learners.");
}

static pz_status compare(pz__call *call, pz_id scope, pz_id assessment, const char *detail, const char *value, int32_t least, pz__rows *rows)
{
    fair_work work = {0};
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(may_compare(call));
    PZ__TRY(pz__view_learners(call, scope, &learners, &count));
    PZ__TRY(pz__answer_table_read(call, assessment, 0, learners, count, &work.answers));
    status = find_groups(call, detail, value, &work);
    for (size_t c = 0; c < work.answers.cols && status == PZ_OK; c++) status = judge(&work, c, least, rows);
    pz__answer_table_free(&work.answers);
    pz__release(work.group);
    pz__release(work.stratum);
    pz__release(work.right);
    pz__release(work.side);
    pz__release(work.match);
    return status;
}

pz_status pz_item_fairness_list(pz_actor *actor, pz_id scope, pz_id assessment, const char *detail, const char *value, int32_t least,
                                pz_item_fairness ***out_rows, size_t *out_count)
{
    size_t length;
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(detail, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "detail", &length));
    PZ__TRY(pz__text_need(value, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "value", &length));
    if (least < 5 || least > 1000) return pz__fail(PZ_E_INVALID, "least", NULL, "least is %d; it must be 5 to 1,000.", (int)least);
    if (!assessment) return pz__fail(PZ_E_INVALID, "assessment", "pz_assessment_list() lists them.", "Name the assessment whose items were sat together.");
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__item_fairness_type);
    return pz__call_end_rows(&call, compare(&call, scope, assessment, detail, value, least, &rows), &rows, (void ***)out_rows, out_count);
}
