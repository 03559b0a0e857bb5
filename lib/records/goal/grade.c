#include "records/goal/grade.h"

#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "records/ask.h"

static const struct named_grade {
    const char *name;
    int32_t place;
} named[] = {{"IT", -4}, {"PR", -3}, {"PK", -2}, {"TK", -1}, {"KG", 0}, {"K", 0}, {"PS", 14}};

int32_t pz__grade_of(const char *text, size_t length)
{
    int32_t number = 0;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (pz__ascii_equal_fold(text, length, named[i].name)) return named[i].place;
    if (length < 1 || length > 2) return PZ__NO_GRADE;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return PZ__NO_GRADE;
        number = number * 10 + (text[i] - '0');
    }
    return number >= 1 && number <= 13 ? number : PZ__NO_GRADE;
}

static int divides(char c)
{
    return c == ',' || c == ' ' || c == '\t';
}

void pz__grades_of(const char *list, size_t length, int32_t *out_lowest, int32_t *out_highest)
{
    *out_lowest = *out_highest = PZ__NO_GRADE;
    for (size_t start = 0, i = 0; list && i <= length; i++) {
        int32_t grade;
        if (i < length && !divides(list[i])) continue;
        grade = pz__grade_of(list + start, i - start);
        start = i + 1;
        if (grade == PZ__NO_GRADE) continue;
        if (*out_lowest == PZ__NO_GRADE || grade < *out_lowest) *out_lowest = grade;
        if (grade > *out_highest) *out_highest = grade;
    }
}

pz_status pz__learner_grades(pz__call *call, pz_id learner, int32_t *out_lowest, int32_t *out_highest)
{
    static const char sql[] =
        "SELECT grades FROM person WHERE tenant_id = ?1 AND person_id = ?2 AND until_change = " PZ__CURRENT_SQL " AND ?3 >= 0";
    pz__statement *statement;
    pz_status status;
    size_t length = 0;
    const char *text = NULL;
    int row;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    status = pz__db_step(statement, &row);
    if (row) text = pz__column_text(statement, 0, &length);
    pz__grades_of(text, length, out_lowest, out_highest);
    pz__db_reset(statement);
    return status;
}
