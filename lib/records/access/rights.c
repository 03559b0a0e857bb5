/* The table of rights. What is not in it is denied. */
#include "records/access/rights.h"

enum {
    LEARNER = 1 << PZ_ROLE_LEARNER,
    GUARDIAN = 1 << PZ_ROLE_GUARDIAN,
    TEACHER = 1 << PZ_ROLE_TEACHER,
    COUNSELOR = 1 << PZ_ROLE_COUNSELOR,
    LEADER = 1 << PZ_ROLE_LEADER,
    STAFF = TEACHER | COUNSELOR | LEADER,
    ALL = LEARNER | GUARDIAN | STAFF,
    NOBODY = 0,

    IMPORT = PZ_SCOPE_IMPORT,
    READ = PZ_SCOPE_READ,
    RECOMMEND = PZ_SCOPE_RECOMMEND,
    READERS = READ | RECOMMEND,
    ANY = IMPORT | READ | RECOMMEND | PZ_SCOPE_ERASE | PZ_SCOPE_BACKUP | PZ_SCOPE_VERIFY
};

/* clang-format off */
static const pz__rights_row table[] = {
    {PZ_KIND_ORG, "orgs", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_SESSION, "academic sessions", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_COURSE, "courses", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_CLASS, "classes", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_PERSON, "people", {
        [PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT},
        [PZ__EXPORT] = {LEARNER | GUARDIAN | COUNSELOR | LEADER, READ},
        [PZ__ERASE] = {LEADER, PZ_SCOPE_ERASE}}},
    {PZ_KIND_ENROLLMENT, "enrollments", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_GUARDIANSHIP, "guardianships", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_FRAMEWORK, "frameworks", {[PZ__SEE] = {ALL, ANY}, [PZ__WRITE] = {LEADER, IMPORT}}},
    {PZ_KIND_COMPETENCY, "competencies", {[PZ__SEE] = {ALL, ANY}, [PZ__WRITE] = {LEADER, IMPORT}}},
    {PZ_KIND_ASSOCIATION, "associations", {[PZ__SEE] = {ALL, ANY}, [PZ__WRITE] = {LEADER, IMPORT}}},
    {PZ_KIND_ASSESSMENT, "assessments", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {TEACHER, IMPORT}}},
    {PZ_KIND_ITEM, "items and their options", {[PZ__SEE] = {STAFF, READERS}, [PZ__WRITE] = {TEACHER, IMPORT}}},
    {PZ_KIND_MISCONCEPTION, "misconceptions", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {TEACHER, IMPORT}}},
    {PZ_KIND_EVIDENCE, "evidence", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {TEACHER, IMPORT}}},
    {PZ_KIND_MASTERY, "mastery", {[PZ__SEE] = {ALL, READERS}}},
    {PZ_KIND_MASTERY_RULE, "mastery rules", {[PZ__SEE] = {ALL, ANY}, [PZ__WRITE] = {LEADER, RECOMMEND}}},
    {PZ_KIND_CYCLE, "cycles", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {STAFF, RECOMMEND}}},
    {PZ_KIND_GOAL, "goals", {[PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {ALL, NOBODY}, [PZ__ANSWER] = {ALL, NOBODY}}},
    {PZ_KIND_PROFILE_ENTRY, "profile entries", {[PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {ALL, IMPORT}}},
    {PZ_KIND_RECOMMENDATION, "recommendations", {
        [PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {STAFF, RECOMMEND}, [PZ__ANSWER] = {STAFF, NOBODY}}},
    {PZ_KIND_CHANGE, "changes", {[PZ__SEE] = {ALL, READERS}}},
    {PZ_KIND_STORE, "the store", {[PZ__SEE] = {NOBODY, PZ_SCOPE_VERIFY}, [PZ__EXPORT] = {NOBODY, PZ_SCOPE_BACKUP}}},
    {PZ_KIND_ROLE, "roles of people", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {NOBODY, IMPORT}}},
    {PZ_KIND_VOICE, "what learners say", {
        [PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {ALL, NOBODY}, [PZ__ANSWER] = {GUARDIAN | STAFF, NOBODY}}},
    {PZ_KIND_VOICE_POLICY, "days to answer in", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {LEADER, RECOMMEND}}},
    {PZ_KIND_CHECKIN, "check-ins", {[PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {ALL, NOBODY}, [PZ__ANSWER] = {ALL, NOBODY}}},
    {PZ_KIND_CHECKIN_TEMPLATE, "templates and schedules of check-ins", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {STAFF, RECOMMEND}}},
    {PZ_KIND_QUESTIONNAIRE, "questionnaires", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {STAFF, RECOMMEND}}},
    {PZ_KIND_ANSWER, "answers to questionnaires", {[PZ__SEE] = {LEARNER, NOBODY}, [PZ__WRITE] = {LEARNER, NOBODY}}},
    {PZ_KIND_THEME, "themes of classes and orgs", {[PZ__SEE] = {ALL, READ}, [PZ__ANSWER] = {STAFF, NOBODY}}},
    {PZ_KIND_NOTE, "private notes", {[PZ__SEE] = {STAFF, NOBODY}, [PZ__WRITE] = {STAFF, NOBODY}}},
    {PZ_KIND_GOAL_POLICY, "policies of goals", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {LEADER, RECOMMEND}}},
    {PZ_KIND_GOAL_GROUP, "goals of groups", {[PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {ALL, NOBODY}}},
    {PZ_KIND_ACTIVITY, "activities", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {STAFF, IMPORT}}},
    {PZ_KIND_ASSIGNMENT, "assignments", {[PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {LEARNER, NOBODY}, [PZ__ANSWER] = {STAFF, NOBODY}}},
    {PZ_KIND_PLAN, "plans", {[PZ__SEE] = {ALL, READ}, [PZ__WRITE] = {LEARNER | STAFF, NOBODY}, [PZ__ANSWER] = {ALL, NOBODY}}},
    {PZ_KIND_PLAN_TEMPLATE, "templates of plans", {[PZ__SEE] = {ALL, READERS}, [PZ__WRITE] = {STAFF, RECOMMEND}}},
};
/* clang-format on */

enum { ROWS = sizeof table / sizeof table[0] };

const pz__rights_row *pz__rights_at(size_t index)
{
    return index < ROWS ? &table[index] : NULL;
}

/* The kinds are numbered from 1 without holes. */
static const pz__rights_row *row_of(pz_kind kind)
{
    return kind >= 1 && (size_t)kind <= ROWS ? &table[kind - 1] : NULL;
}

int pz__right_is_given(int32_t role, int32_t scopes, pz_kind kind, pz__doing doing)
{
    const pz__rights_row *row = row_of(kind);
    if (!row || doing < 1 || doing > PZ__ERASE) return 0;
    if (role == PZ_ROLE_SERVICE) return (row->rights[doing].scopes & scopes) != 0;
    return role >= PZ_ROLE_LEARNER && role <= PZ_ROLE_LEADER && (row->rights[doing].roles >> role & 1) != 0;
}

int32_t pz__rights_scopes(pz_kind kind)
{
    const pz__rights_row *row = row_of(kind);
    int32_t scopes = 0;
    for (int doing = 1; row && doing <= PZ__DOINGS; doing++) scopes |= row->rights[doing].scopes;
    return scopes;
}
