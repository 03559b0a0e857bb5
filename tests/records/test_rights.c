/* Rights: docs/access.md says what the table says, every cell of the table holds at the one door, and at the public functions of every kind. */
#include "records/access/actor.h"
#include "records/access/rights.h"

#include "personalize/activity.h"
#include "personalize/checkin.h"
#include "personalize/goal.h"
#include "personalize/plan.h"
#include "personalize/profile.h"
#include "personalize/questionnaire.h"
#include "personalize/recommend.h"
#include "personalize/voice.h"
#include "records/lesson.h"

/* What a class has of them in a state, for a list; until the next such call. */
static pz_recommendation_query *recommendations_of(pz_id class_id, int32_t state)
{
    static pz_recommendation_query query;
    query = (pz_recommendation_query)PZ_RECOMMENDATION_QUERY_INIT;
    query.class_id = class_id;
    query.state = state;
    return &query;
}

/* What a class has of them in a state, for a list; until the next such call. */
static pz_cycle_list_query *cycles_of(pz_id class_id, int32_t state)
{
    static pz_cycle_list_query query;
    query = (pz_cycle_list_query)PZ_CYCLE_LIST_QUERY_INIT;
    query.class_id = class_id;
    query.state = state;
    return &query;
}

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}
static void teardown(void)
{
    lesson_end(&at);
}

enum {
    STAFF = 1 << PZ_ROLE_TEACHER | 1 << PZ_ROLE_COUNSELOR | 1 << PZ_ROLE_LEADER,
    EVERYBODY = STAFF | 1 << PZ_ROLE_LEARNER | 1 << PZ_ROLE_GUARDIAN
};
enum { LAST_KIND = PZ_KIND_PLAN_TEMPLATE };
enum { SCOPES = 6, ALL_SCOPES = (1 << SCOPES) - 1 };

/* --------------------------------------------------------------------------------------------------- page --- */

static void add_word(char *text, const char *before, const char *word, const char *after)
{
    if (*text) strcat(text, ", ");
    strcat(strcat(strcat(text, before), word), after);
}

static void write_cell(const pz__right *right, char *text)
{
    static const char *const roles[] = {"", "learner", "guardian", "teacher", "counselor", "leader"};
    static const char *const scopes[SCOPES] = {"import", "read", "recommend", "erase", "backup", "verify"};
    *text = 0;
    if (right->roles == EVERYBODY)
        add_word(text, "", "everybody", "");
    else if (right->roles == STAFF)
        add_word(text, "", "staff", "");
    else
        for (int role = PZ_ROLE_LEARNER; role <= PZ_ROLE_LEADER; role++)
            if (right->roles >> role & 1) add_word(text, "", roles[role], "");
    if (right->scopes == ALL_SCOPES)
        add_word(text, "", "any service", "");
    else
        for (int scope = 0; scope < SCOPES; scope++)
            if (right->scopes >> scope & 1) add_word(text, "`", scopes[scope], "`");
    if (!*text) strcpy(text, "-");
}

static void write_line(const pz__rights_row *row, char *line)
{
    sprintf(line, "| %s |", row->words);
    for (int doing = PZ__SEE; doing <= PZ__ERASE; doing++) {
        char cell[200];
        write_cell(&row->rights[doing], cell);
        strcat(strcat(strcat(line, " "), cell), " |");
    }
    strcat(line, "\n");
}

START_TEST(the_page_says_what_the_table_says)
{
    static const char head[] = "| records | see | write | answer | export | erase |\n";
    FILE *page = fopen(ACCESS_PAGE, "r");
    char line[2000], wanted[2000];
    const pz__rights_row *row;
    size_t rows = 0;
    ck_assert_ptr_nonnull(page);
    do ck_assert_msg(fgets(line, sizeof line, page) != NULL, "docs/access.md has no table of rights");
    while (strcmp(line, head));
    ck_assert_ptr_nonnull(fgets(line, sizeof line, page)); /* the rule under the head */
    while ((row = pz__rights_at(rows)) != NULL) {
        ck_assert_int_eq(row->kind, (int)++rows);
        write_line(row, wanted);
        ck_assert_ptr_nonnull(fgets(line, sizeof line, page));
        ck_assert_str_eq(line, wanted);
    }
    ck_assert_uint_eq(rows, LAST_KIND);
    ck_assert(!fgets(line, sizeof line, page) || line[0] != '|');
    fclose(page);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- door --- */

typedef struct who {
    int32_t role;
    pz_id person;
    pz_id learner, class_id, org;       /* in reach */
    pz_id no_learner, no_class, no_org; /* out of reach; 0: there is none */
} who;

static size_t all_roles(who *out)
{
    const school *s = &at.school;
    const who roles[] = {
        {PZ_ROLE_LEARNER, s->ana, s->ana, s->a, s->north, s->ben, s->c, s->south},
        {PZ_ROLE_GUARDIAN, s->gil, s->ben, s->b, s->north, s->ana, s->c, s->south},
        {PZ_ROLE_TEACHER, s->tea, s->cid, s->a, s->north, s->dan, s->b, s->south},
        {PZ_ROLE_COUNSELOR, s->cou, s->ana, s->b, s->north, s->eva, s->c, s->south},
        {PZ_ROLE_LEADER, s->lea, s->ben, s->a, s->north, s->dan, s->c, s->south},
    };
    memcpy(out, roles, sizeof roles);
    return sizeof roles / sizeof roles[0];
}

static void walk_role(const who *w)
{
    pz_actor *actor = school_actor(&at.school, w->person, (pz_role)w->role);
    pz__call call;
    ck_assert_ok(pz__call_read(&call, actor));
    for (int kind = PZ_KIND_ORG; kind <= LAST_KIND; kind++)
        for (int doing = PZ__SEE; doing <= PZ__ERASE; doing++) {
            int given = pz__rights_at((size_t)kind - 1)->rights[doing].roles >> w->role & 1;
            pz_status wanted = given ? PZ_OK : PZ_E_DENIED;
            int has_orgs = w->role == PZ_ROLE_COUNSELOR || w->role == PZ_ROLE_LEADER;
            ck_assert_status(pz__may(&call, (pz_kind)kind, (pz__doing)doing), wanted);
            ck_assert_status(pz__may_learner(&call, (pz_kind)kind, (pz__doing)doing, w->learner, "x"), wanted);
            ck_assert_status(pz__may_person(&call, (pz_kind)kind, (pz__doing)doing, w->learner, "x"), wanted);
            ck_assert_status(pz__may_class(&call, (pz_kind)kind, (pz__doing)doing, w->class_id, "x"), wanted);
            ck_assert_status(pz__may_org(&call, (pz_kind)kind, (pz__doing)doing, w->org, "x"),
                             doing == PZ__SEE || has_orgs ? wanted : PZ_E_DENIED);
            ck_assert_status(pz__may_learner(&call, (pz_kind)kind, (pz__doing)doing, w->no_learner, "x"), PZ_E_NOT_FOUND);
            ck_assert_status(pz__may_learner(&call, (pz_kind)kind, (pz__doing)doing, 999999, "x"), PZ_E_NOT_FOUND);
            ck_assert_status(pz__may_learner(&call, (pz_kind)kind, (pz__doing)doing, 0, "x"), PZ_E_NOT_FOUND);
            ck_assert_status(pz__may_person(&call, (pz_kind)kind, (pz__doing)doing, at.school.tim, "x"), PZ_E_NOT_FOUND);
            ck_assert_status(pz__may_class(&call, (pz_kind)kind, (pz__doing)doing, w->no_class, "x"), PZ_E_NOT_FOUND);
            ck_assert_status(pz__may_org(&call, (pz_kind)kind, (pz__doing)doing, w->no_org, "x"), PZ_E_NOT_FOUND);
        }
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    pz_actor_free(actor);
}

START_TEST(every_cell_holds_for_every_role)
{
    who roles[8];
    size_t count = all_roles(roles);
    ck_assert_uint_eq(count, PZ_ROLE_LEADER);
    for (size_t i = 0; i < count; i++) walk_role(&roles[i]);
}
END_TEST

START_TEST(every_cell_holds_for_every_scope)
{
    for (int scope = 0; scope < SCOPES; scope++) {
        pz_actor *actor = school_service(&at.school, 1 << scope);
        pz__call call;
        ck_assert_ok(pz__call_read(&call, actor));
        for (int kind = PZ_KIND_ORG; kind <= LAST_KIND; kind++) {
            int32_t any = 0;
            for (int doing = PZ__SEE; doing <= PZ__ERASE; doing++) {
                int32_t scopes = pz__rights_at((size_t)kind - 1)->rights[doing].scopes;
                int given = scopes >> scope & 1;
                any |= scopes;
                ck_assert_status(pz__may(&call, (pz_kind)kind, (pz__doing)doing), given ? PZ_OK : PZ_E_DENIED);
                ck_assert_status(pz__may_learner(&call, (pz_kind)kind, (pz__doing)doing, at.school.dan, "x"), given ? PZ_OK : PZ_E_DENIED);
                ck_assert_status(pz__may_learner(&call, (pz_kind)kind, (pz__doing)doing, 999999, "x"),
                                 given ? PZ_E_NOT_FOUND : PZ_E_DENIED);
            }
            ck_assert_int_eq(pz__rights_scopes((pz_kind)kind), any);
        }
        ck_assert_ok(pz__call_end(&call, PZ_OK));
        pz_actor_free(actor);
    }
}
END_TEST

START_TEST(what_is_no_cell_is_denied)
{
    for (int32_t role = -1; role <= 8; role++)
        for (int32_t kind = -1; kind <= LAST_KIND + 1; kind++)
            for (int doing = -1; doing <= PZ__ERASE + 1; doing++)
                if (role < 1 || role > PZ_ROLE_SERVICE || kind < 1 || kind > LAST_KIND || doing < 1 || doing > PZ__ERASE)
                    ck_assert_int_eq(pz__right_is_given(role, ALL_SCOPES, (pz_kind)kind, (pz__doing)doing), 0);
    ck_assert_int_eq(pz__rights_scopes((pz_kind)0), 0);
}
END_TEST

/* --------------------------------------------------------------------------------------- public functions --- */

/* What a probe is to touch. 0 in `learner` and so on is never given. */
typedef struct target {
    pz_id learner, class_id, org;
} target;

typedef pz_status (*probe_fn)(pz_actor *actor, const target *t);

#define LISTS(name, call_text)                                                                                                             \
    static pz_status name(pz_actor *actor, const target *t)                                                                                \
    {                                                                                                                                      \
        void *rows = NULL;                                                                                                                 \
        size_t count;                                                                                                                      \
        pz_status status;                                                                                                                  \
        (void)t, (void)count;                                                                                                              \
        status = call_text;                                                                                                                \
        ck_assert(status == PZ_OK || rows == NULL);                                                                                        \
        pz_free(rows);                                                                                                                     \
        return status;                                                                                                                     \
    }

LISTS(see_org, pz_org_get(actor, t->org, (pz_org **)&rows))
LISTS(see_sessions, pz_academic_session_list(actor, 0, (pz_academic_session ***)&rows, &count))
LISTS(see_courses, pz_course_list(actor, 0, (pz_course ***)&rows, &count))
LISTS(see_class, pz_class_get(actor, t->class_id, (pz_class **)&rows))
LISTS(see_person, pz_person_get(actor, t->learner, (pz_person **)&rows))
LISTS(see_enrollments, pz_enrollment_list(actor, t->class_id, 0, 0, (pz_enrollment ***)&rows, &count))
LISTS(see_guardians, pz_guardianship_list(actor, t->learner, (pz_guardianship ***)&rows, &count))
LISTS(see_frameworks, pz_framework_list(actor, 0, (pz_framework ***)&rows, &count))
LISTS(see_competencies, pz_competency_list(actor, NULL, (pz_competency ***)&rows, &count))
LISTS(see_associations, pz_association_list(actor, 0, 0, 0, (pz_association ***)&rows, &count))
LISTS(see_assessments, pz_assessment_list(actor, lesson_assessments_of(t->class_id, 0), (pz_assessment ***)&rows, &count))
LISTS(see_items, pz_item_list(actor, NULL, (pz_item ***)&rows, &count))
LISTS(see_misconceptions, pz_misconception_list(actor, NULL, (pz_misconception ***)&rows, &count))
LISTS(see_rules, pz_mastery_rule_list(actor, 0, (pz_mastery_rule ***)&rows, &count))
LISTS(see_cycles, pz_cycle_list(actor, cycles_of(t->class_id, 0), (pz_cycle ***)&rows, &count))
LISTS(see_recommendations, pz_recommendation_list(actor, recommendations_of(t->class_id, 0), (pz_recommendation ***)&rows, &count))
LISTS(see_roles, pz_person_role_list(actor, t->learner, (pz_person_role ***)&rows, &count))
LISTS(see_checkin_templates, pz_checkin_template_list(actor, NULL, NULL, (pz_checkin_template ***)&rows, &count))
LISTS(see_questionnaires, pz_questionnaire_list(actor, NULL, NULL, (pz_questionnaire ***)&rows, &count))
LISTS(see_answers, pz_answer_list(actor, NULL, (pz_answer ***)&rows, &count))
LISTS(see_themes, pz_theme_list(actor, t->org, 0, (pz_theme ***)&rows, &count))
LISTS(see_voice_policies, pz_voice_policy_list(actor, 0, (pz_voice_policy ***)&rows, &count))
LISTS(export_person, pz_person_export(actor, t->learner, (char **)&rows))
LISTS(verify_store, pz_store_verify(actor, NULL, NULL, (char **)&rows))
LISTS(erase_person, pz_person_erase(actor, t->learner, NULL, (char **)&rows))

static pz_status see_evidence(pz_actor *actor, const target *t)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *evidence;
    query.learner = t->learner;
    pz_status status = pz_evidence_read(actor, &query, &evidence);
    pz_free(evidence);
    return status;
}

static pz_status see_mastery(pz_actor *actor, const target *t)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_learner_mastery_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status see_goals(pz_actor *actor, const target *t)
{
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    pz_goal **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_goal_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status see_entries(pz_actor *actor, const target *t)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_profile_entry_list(actor, &query, &rows, &count);
    pz_free(rows);
    char *json;
    ck_assert_int_eq(pz_profile_difference(actor, t->learner, 0, 0, NULL, &json), status); /* the same right */
    pz_free(json);
    return status;
}

static pz_status see_changes(pz_actor *actor, const target *t)
{
    pz_event **rows;
    int64_t cursor;
    size_t count;
    (void)t;
    pz_status status = pz_changes_since(actor, 0, 10, &rows, &count, &cursor);
    pz_free(rows);
    return status;
}

static pz_status write_org(pz_actor *actor, const target *t)
{
    pz_org record = PZ_ORG_INIT;
    pz_id id;
    record.name = "new";
    record.parent = t->org;
    return pz_org_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_session(pz_actor *actor, const target *t)
{
    pz_academic_session record = PZ_ACADEMIC_SESSION_INIT;
    pz_id id;
    (void)t;
    record.title = "new";
    record.starts_on = record.ends_on = SCHOOL_TODAY;
    return pz_academic_session_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_course(pz_actor *actor, const target *t)
{
    pz_course record = PZ_COURSE_INIT;
    pz_id id;
    record.title = "new";
    record.org = t->org;
    return pz_course_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_class(pz_actor *actor, const target *t)
{
    pz_class record = PZ_CLASS_INIT;
    pz_id id;
    record.title = "new";
    record.org = t->org;
    return pz_class_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_person(pz_actor *actor, const target *t)
{
    pz_person record = PZ_PERSON_INIT;
    record.id = t->learner;
    record.given_name = record.family_name = "new";
    return pz_person_save(actor, &record, NULL, NULL, NULL, &record.id);
}

static pz_status write_enrollment(pz_actor *actor, const target *t)
{
    pz_enrollment record = PZ_ENROLLMENT_INIT;
    pz_id id;
    record.class_id = t->class_id;
    record.person = t->learner;
    record.ends_on = SCHOOL_TODAY - 1; /* changes nobody's reach */
    return pz_enrollment_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_guardian(pz_actor *actor, const target *t)
{
    return pz_guardianship_add(actor, t->learner, at.school.cou, NULL);
}

static pz_status write_framework(pz_actor *actor, const target *t)
{
    pz_framework record = PZ_FRAMEWORK_INIT;
    pz_id id;
    (void)t;
    record.title = "new";
    return pz_framework_save(actor, &record, NULL, NULL, NULL, &id);
}

/* A leader writes in frameworks of its own: this one first makes one. */
static pz_status write_competency(pz_actor *actor, const target *t)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz_competency record = PZ_COMPETENCY_INIT;
    pz_id id;
    (void)t;
    framework.title = "new";
    record.statement = "new";
    if (pz_framework_save(actor, &framework, NULL, NULL, NULL, &record.framework) != PZ_OK) record.framework = at.framework;
    return pz_competency_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_association(pz_actor *actor, const target *t)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz_association record = PZ_ASSOCIATION_INIT;
    pz_id id;
    (void)t;
    framework.title = "new";
    if (pz_framework_save(actor, &framework, NULL, NULL, NULL, &record.framework) != PZ_OK) record.framework = at.framework;
    record.kind = PZ_ASSOCIATION_IS_RELATED_TO;
    record.origin = at.add;
    record.destination = at.divide;
    return pz_association_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_assessment(pz_actor *actor, const target *t)
{
    pz_assessment record = PZ_ASSESSMENT_INIT;
    pz_id id;
    record.title = "new";
    record.class_id = t->class_id;
    return pz_assessment_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_item(pz_actor *actor, const target *t)
{
    pz_item record = PZ_ITEM_INIT;
    pz_id id;
    (void)t;
    record.code = "new";
    return pz_item_save(actor, &record, NULL, NULL, NULL, &id);
}

static pz_status write_misconception(pz_actor *actor, const target *t)
{
    static int number;
    pz_misconception record = PZ_MISCONCEPTION_INIT;
    char code[20];
    pz_id id;
    (void)t;
    snprintf(code, sizeof code, "new%d", number++);
    record.code = record.statement = code;
    return pz_misconception_save(actor, &record, NULL, &id);
}

static pz_status write_evidence(pz_actor *actor, const target *t)
{
    static const double score = 1;
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    evidence.rows = 1;
    evidence.learner = &t->learner;
    evidence.competency = &at.add;
    evidence.score = &score;
    return pz_evidence_add(actor, &evidence, NULL, NULL);
}

static pz_status write_rule(pz_actor *actor, const target *t)
{
    pz_id id;
    return pz_mastery_rule_set(actor, t->org, at.add, "{\"model\":\"mean\"}", PZ_NUL_TERMINATED, NULL, &id);
}

static pz_status write_cycle(pz_actor *actor, const target *t)
{
    pz_cycle record = PZ_CYCLE_INIT;
    pz_id id;
    record.title = "new";
    record.class_id = t->class_id;
    record.opens_on = record.closes_on = SCHOOL_TODAY;
    return pz_cycle_open(actor, &record, NULL, &id);
}

static pz_status propose_goal(pz_actor *actor, const target *t, pz_id *out_id)
{
    pz_goal record = PZ_GOAL_INIT;
    record.learner = t->learner;
    record.statement = "new";
    return pz_goal_propose(actor, &record, NULL, out_id);
}

static pz_status write_goal(pz_actor *actor, const target *t)
{
    pz_id id;
    return propose_goal(actor, t, &id);
}

/* The learner agrees to what a leader proposed; adults support what the learner proposed. */
static pz_status answer_goal(pz_actor *actor, const target *t)
{
    int by_learner = pz__right_is_given(PZ_ROLE_LEARNER, 0, PZ_KIND_GOAL, PZ__ANSWER);
    pz_actor *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER),
             *learner = school_actor(&at.school, t->learner, PZ_ROLE_LEARNER);
    pz_id by_adult, own;
    pz_status status;
    ck_assert_int_eq(by_learner, 1);
    ck_assert_ok(propose_goal(head, t, &by_adult));
    ck_assert_ok(propose_goal(learner, t, &own));
    status = pz_goal_agree(actor, by_adult, NULL);
    if (status == PZ_E_DENIED) status = pz_goal_support(actor, own, NULL, 0, NULL);
    pz_actor_free(learner);
    pz_actor_free(head);
    return status;
}

static pz_status write_entry(pz_actor *actor, const target *t)
{
    pz_profile_entry record = PZ_PROFILE_ENTRY_INIT;
    pz_id id;
    record.learner = t->learner;
    record.section = PZ_PROFILE_INTEREST;
    record.content = "new";
    return pz_profile_entry_add(actor, &record, NULL, &id);
}

static pz_status see_voice(pz_actor *actor, const target *t)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_voice_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status say(pz_actor *actor, const target *t, pz_id *out_id)
{
    pz_voice_entry record = PZ_VOICE_ENTRY_INIT;
    record.learner = t->learner;
    record.kind = PZ_VOICE_NEED;
    record.content = "new";
    return pz_voice_say(actor, &record, NULL, 0, NULL, out_id);
}

static pz_status write_voice(pz_actor *actor, const target *t)
{
    pz_id id;
    return say(actor, t, &id);
}

/* Of a learner that is none, nothing is said: the number stands for an entry. */
static pz_status answer_voice(pz_actor *actor, const target *t)
{
    pz_actor *learner;
    pz_id id = t->learner;
    if (pz_actor_open(at.school.store, t->learner, PZ_ROLE_LEARNER, "tests", &learner) == PZ_OK) {
        ck_assert_ok(say(learner, t, &id));
        pz_actor_free(learner);
    }
    return pz_voice_reply(actor, id, "new", PZ_NUL_TERMINATED, NULL);
}

static pz_status see_checkins(pz_actor *actor, const target *t)
{
    pz_checkin_query query = PZ_CHECKIN_QUERY_INIT;
    pz_checkin **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_checkin_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

/* With a leader above all, so that there is an adult whoever plans it. */
static pz_status plan(pz_actor *actor, const target *t, pz_id *out_id)
{
    pz_checkin record = PZ_CHECKIN_INIT;
    pz_checkin_person person = PZ_CHECKIN_PERSON_INIT;
    const pz_checkin_person *people[] = {&person};
    record.learner = t->learner;
    record.due_on = SCHOOL_TODAY;
    person.person = at.school.head;
    person.role = PZ_ROLE_LEADER;
    return pz_checkin_plan(actor, &record, people, 1, NULL, out_id);
}

static pz_status write_checkin(pz_actor *actor, const target *t)
{
    pz_id id;
    return plan(actor, t, &id);
}

/* Who may not plan one may sign none either. */
static pz_status answer_checkin(pz_actor *actor, const target *t)
{
    pz_id id;
    pz_status status = plan(actor, t, &id);
    return status == PZ_OK ? pz_checkin_sign(actor, id, NULL) : status;
}

static pz_status write_checkin_template(pz_actor *actor, const target *t)
{
    pz_checkin_template record = PZ_CHECKIN_TEMPLATE_INIT;
    record.org = t->org;
    record.title = "new";
    return pz_checkin_template_save(actor, &record, NULL, &record.id);
}

static pz_status write_questionnaire(pz_actor *actor, const target *t)
{
    static const char document[] = "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"new\",\"questions\":[{\"code\":\"q\","
                                   "\"kind\":\"text\",\"prompt\":\"What?\"}]}";
    pz_id id;
    return pz_questionnaire_save(actor, t->org, 0, document, PZ_NUL_TERMINATED, NULL, &id);
}

static pz_status write_answer(pz_actor *actor, const target *t)
{
    pz_answer record = PZ_ANSWER_INIT;
    const pz_answer *answers[] = {&record};
    pz_id id;
    (void)t;
    record.question = "need";
    record.text = "new";
    return pz_questionnaire_answer(actor, 0, 0, answers, 1, NULL, &id);
}

/* Nobody has said anything: whoever may answer finds no theme, others are denied before. */
static pz_status answer_theme(pz_actor *actor, const target *t)
{
    pz_status status = pz_theme_answer(actor, t->class_id, "new", PZ_NUL_TERMINATED, PZ_VOICE_ANSWERED, "new", PZ_NUL_TERMINATED, NULL);
    return status == PZ_E_NOT_FOUND && !strcmp(pz_last_error()->field, "topic") ? PZ_OK : status;
}

static pz_status write_voice_policy(pz_actor *actor, const target *t)
{
    pz_voice_policy record = PZ_VOICE_POLICY_INIT;
    record.org = t->org;
    record.days = 3;
    return pz_voice_policy_set(actor, &record, NULL);
}

static pz_status recommend(pz_actor *actor, const target *t, pz_id *out_id)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = t->class_id;
    request.strategy = PZ_STRATEGY_RANDOM;
    request.size_min = 1;
    return pz_grouping_recommend(actor, &request, NULL, 0, NULL, NULL, NULL, out_id);
}

/* Class b has one learner, too few for groups: whoever may gets that answer. */
static pz_status write_recommendation(pz_actor *actor, const target *t)
{
    pz_id id;
    pz_status status = recommend(actor, t, &id);
    return status == PZ_E_NOT_ENOUGH ? PZ_OK : status;
}

static pz_status backup_store(pz_actor *actor, const target *t)
{
    const char *path = place_file(&at.school.place, "copy.pz");
    (void)t;
    pz_status status = pz_store_backup(actor, path, NULL, NULL);
    unlink(path);
    return status;
}

static pz_status write_role(pz_actor *actor, const target *t)
{
    pz_person_role record = PZ_PERSON_ROLE_INIT;
    pz_id id;
    record.person = t->learner;
    record.org = t->org;
    record.role = PZ_ROLE_LEARNER;
    record.ends_on = SCHOOL_TODAY - 1;
    return pz_person_role_save(actor, &record, NULL, &id);
}

/* Accepting needs a recommendation that stands: a leader above all makes it. */
static pz_status answer_recommendation(pz_actor *actor, const target *t)
{
    pz_actor *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER);
    pz_recommendation *made = NULL;
    pz_status status;
    pz_id id = 0;
    ck_assert_ok(recommend(head, &(target){t->learner, t->class_id == at.school.b ? at.school.a : t->class_id, t->org}, &id));
    ck_assert_ok(pz_recommendation_get(head, id, &made));
    status = pz_recommendation_accept(actor, id, made->version, NULL, 0, NULL);
    pz_free(made);
    pz_actor_free(head);
    return status;
}

enum { REACHED = 1, ANYWHERE = 0 };

static pz_status see_notes(pz_actor *actor, const target *t)
{
    pz_private_note **rows;
    size_t count;
    pz_private_note_query query = PZ_PRIVATE_NOTE_QUERY_INIT;
    query.learner = t->learner;
    pz_status status = pz_private_note_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status write_note(pz_actor *actor, const target *t)
{
    pz_id id;
    return pz_private_note_add(actor, t->learner, "x", PZ_NUL_TERMINATED, NULL, &id);
}

static pz_status see_goal_policies(pz_actor *actor, const target *t)
{
    pz_goal_policy **rows;
    size_t count;
    pz_status status = pz_goal_policy_list(actor, 0, &rows, &count);
    (void)t;
    pz_free(rows);
    return status;
}

static pz_status write_goal_policy(pz_actor *actor, const target *t)
{
    return pz_goal_policy_set(actor, t->org, NULL, 0, NULL);
}

static pz_status see_goal_groups(pz_actor *actor, const target *t)
{
    pz_goal_group **rows;
    size_t count;
    pz_status status = pz_goal_group_list(actor, t->class_id, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status write_goal_group(pz_actor *actor, const target *t)
{
    pz_goal_group record = PZ_GOAL_GROUP_INIT;
    pz_id id;
    record.class_id = t->class_id;
    record.statement = "Together";
    return pz_goal_group_save(actor, &record, NULL, &id);
}

static pz_status see_activities(pz_actor *actor, const target *t)
{
    pz_activity **rows;
    size_t count;
    (void)t;
    pz_status status = pz_activity_list(actor, NULL, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status write_activity(pz_actor *actor, const target *t)
{
    pz_activity record = PZ_ACTIVITY_INIT;
    record.class_id = t->class_id;
    record.title = "new";
    return pz_activity_save(actor, &record, NULL, &record.id);
}

static pz_status see_assignments(pz_actor *actor, const target *t)
{
    pz_assignment_query query = PZ_ASSIGNMENT_QUERY_INIT;
    pz_assignment **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_assignment_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

/* What it has in hand already is as good as what it takes up. */
static pz_status take_assignment(pz_actor *actor, const target *t)
{
    pz_id id;
    (void)t;
    pz_status status = pz_assignment_take(actor, at.add, 0, PZ_DATE_NONE, NULL, &id);
    return status == PZ_E_EXISTS ? PZ_OK : status;
}

/* A leader above all has made an activity of the district. */
static pz_status answer_assignment(pz_actor *actor, const target *t)
{
    pz_actor *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER);
    pz_activity record = PZ_ACTIVITY_INIT;
    record.org = at.school.district;
    record.title = "new";
    ck_assert_ok(pz_activity_save(head, &record, NULL, &record.id));
    pz_actor_free(head);
    return pz_activity_assign(actor, record.id, t->learner, 0, 0, PZ_DATE_NONE, NULL, NULL);
}

static pz_status see_plans(pz_actor *actor, const target *t)
{
    pz_plan_query query = PZ_PLAN_QUERY_INIT;
    pz_plan **rows;
    size_t count;
    query.learner = t->learner;
    pz_status status = pz_plan_list(actor, &query, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status write_plan(pz_actor *actor, const target *t)
{
    pz_id id;
    return pz_plan_begin(actor, t->learner, SCHOOL_TODAY, 0, 0, NULL, NULL, &id);
}

/* A plan that asks every role, by a leader above all. */
static pz_status answer_plan(pz_actor *actor, const target *t)
{
    pz_actor *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER);
    pz_plan record = PZ_PLAN_INIT, *made;
    record.learner = t->learner == 999999 ? at.school.ana : t->learner;
    record.title = "new";
    record.begins_on = record.ends_on = SCHOOL_TODAY;
    record.with_guardian = record.with_teacher = record.with_counselor = record.with_leader = 1;
    ck_assert_ok(pz_plan_save(head, &record, NULL, 0, NULL, &record.id));
    ck_assert_ok(pz_plan_get(head, record.id, &made));
    pz_status status = pz_plan_sign(actor, record.id, made->version, NULL, 0, NULL);
    pz_free(made);
    pz_actor_free(head);
    return status;
}

static pz_status see_plan_templates(pz_actor *actor, const target *t)
{
    pz_plan_template **rows;
    size_t count;
    (void)t;
    pz_status status = pz_plan_template_list(actor, NULL, &rows, &count);
    pz_free(rows);
    return status;
}

static pz_status write_plan_template(pz_actor *actor, const target *t)
{
    pz_plan_template record = PZ_PLAN_TEMPLATE_INIT;
    record.org = t->org;
    record.title = "new";
    return pz_plan_template_save(actor, &record, NULL, &record.id);
}

/* Every cell that anybody has must have a probe. REACHED: out of reach it answers PZ_E_NOT_FOUND to people. */
static const struct {
    probe_fn probe[PZ__DOINGS + 1];
    int reached[PZ__DOINGS + 1];
} probes[LAST_KIND + 1] = {
    [PZ_KIND_ORG] = {{[PZ__SEE] = see_org, [PZ__WRITE] = write_org}, {[PZ__SEE] = REACHED}},
    [PZ_KIND_SESSION] = {{[PZ__SEE] = see_sessions, [PZ__WRITE] = write_session}, {0}},
    [PZ_KIND_COURSE] = {{[PZ__SEE] = see_courses, [PZ__WRITE] = write_course}, {0}},
    [PZ_KIND_CLASS] = {{[PZ__SEE] = see_class, [PZ__WRITE] = write_class}, {[PZ__SEE] = REACHED}},
    [PZ_KIND_PERSON] = {{[PZ__SEE] = see_person, [PZ__WRITE] = write_person, [PZ__EXPORT] = export_person, [PZ__ERASE] = erase_person},
                        {[PZ__SEE] = REACHED, [PZ__EXPORT] = REACHED, [PZ__ERASE] = REACHED}},
    [PZ_KIND_ENROLLMENT] = {{[PZ__SEE] = see_enrollments, [PZ__WRITE] = write_enrollment}, {[PZ__SEE] = REACHED}},
    [PZ_KIND_GUARDIANSHIP] = {{[PZ__SEE] = see_guardians, [PZ__WRITE] = write_guardian}, {[PZ__SEE] = REACHED}},
    [PZ_KIND_FRAMEWORK] = {{[PZ__SEE] = see_frameworks, [PZ__WRITE] = write_framework}, {0}},
    [PZ_KIND_COMPETENCY] = {{[PZ__SEE] = see_competencies, [PZ__WRITE] = write_competency}, {0}},
    [PZ_KIND_ASSOCIATION] = {{[PZ__SEE] = see_associations, [PZ__WRITE] = write_association}, {0}},
    [PZ_KIND_ASSESSMENT] = {{[PZ__SEE] = see_assessments, [PZ__WRITE] = write_assessment}, {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_ITEM] = {{[PZ__SEE] = see_items, [PZ__WRITE] = write_item}, {0}},
    [PZ_KIND_MISCONCEPTION] = {{[PZ__SEE] = see_misconceptions, [PZ__WRITE] = write_misconception}, {0}},
    [PZ_KIND_EVIDENCE] = {{[PZ__SEE] = see_evidence, [PZ__WRITE] = write_evidence}, {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_MASTERY] = {{[PZ__SEE] = see_mastery}, {[PZ__SEE] = REACHED}},
    [PZ_KIND_MASTERY_RULE] = {{[PZ__SEE] = see_rules, [PZ__WRITE] = write_rule}, {[PZ__WRITE] = REACHED}},
    [PZ_KIND_CYCLE] = {{[PZ__SEE] = see_cycles, [PZ__WRITE] = write_cycle}, {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_GOAL] = {{[PZ__SEE] = see_goals, [PZ__WRITE] = write_goal, [PZ__ANSWER] = answer_goal},
                      {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED, [PZ__ANSWER] = REACHED}},
    [PZ_KIND_PROFILE_ENTRY] = {{[PZ__SEE] = see_entries, [PZ__WRITE] = write_entry}, {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_RECOMMENDATION] = {{[PZ__SEE] = see_recommendations, [PZ__WRITE] = write_recommendation, [PZ__ANSWER] = answer_recommendation},
                                {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_CHANGE] = {{[PZ__SEE] = see_changes}, {0}},
    [PZ_KIND_STORE] = {{[PZ__SEE] = verify_store, [PZ__EXPORT] = backup_store}, {0}},
    [PZ_KIND_ROLE] = {{[PZ__SEE] = see_roles, [PZ__WRITE] = write_role}, {[PZ__SEE] = REACHED}},
    [PZ_KIND_VOICE] = {{[PZ__SEE] = see_voice, [PZ__WRITE] = write_voice, [PZ__ANSWER] = answer_voice},
                       {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED, [PZ__ANSWER] = REACHED}},
    [PZ_KIND_CHECKIN] = {{[PZ__SEE] = see_checkins, [PZ__WRITE] = write_checkin, [PZ__ANSWER] = answer_checkin},
                         {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED, [PZ__ANSWER] = REACHED}},
    [PZ_KIND_CHECKIN_TEMPLATE] = {{[PZ__SEE] = see_checkin_templates, [PZ__WRITE] = write_checkin_template}, {[PZ__WRITE] = REACHED}},
    [PZ_KIND_QUESTIONNAIRE] = {{[PZ__SEE] = see_questionnaires, [PZ__WRITE] = write_questionnaire}, {[PZ__WRITE] = REACHED}},
    [PZ_KIND_ANSWER] = {{[PZ__SEE] = see_answers, [PZ__WRITE] = write_answer}, {0}},
    [PZ_KIND_THEME] = {{[PZ__SEE] = see_themes, [PZ__ANSWER] = answer_theme}, {[PZ__SEE] = REACHED, [PZ__ANSWER] = REACHED}},
    [PZ_KIND_NOTE] = {{[PZ__SEE] = see_notes, [PZ__WRITE] = write_note}, {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_GOAL_POLICY] = {{[PZ__SEE] = see_goal_policies, [PZ__WRITE] = write_goal_policy}, {[PZ__WRITE] = REACHED}},
    [PZ_KIND_GOAL_GROUP] = {{[PZ__SEE] = see_goal_groups, [PZ__WRITE] = write_goal_group}, {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED}},
    [PZ_KIND_ACTIVITY] = {{[PZ__SEE] = see_activities, [PZ__WRITE] = write_activity}, {[PZ__WRITE] = REACHED}},
    [PZ_KIND_ASSIGNMENT] = {{[PZ__SEE] = see_assignments, [PZ__WRITE] = take_assignment, [PZ__ANSWER] = answer_assignment},
                            {[PZ__SEE] = REACHED, [PZ__ANSWER] = REACHED}},
    [PZ_KIND_PLAN] = {{[PZ__SEE] = see_plans, [PZ__WRITE] = write_plan, [PZ__ANSWER] = answer_plan},
                      {[PZ__SEE] = REACHED, [PZ__WRITE] = REACHED, [PZ__ANSWER] = REACHED}},
    [PZ_KIND_PLAN_TEMPLATE] = {{[PZ__SEE] = see_plan_templates, [PZ__WRITE] = write_plan_template}, {[PZ__WRITE] = REACHED}},
    [PZ_KIND_VOICE_POLICY] = {{[PZ__SEE] = see_voice_policies, [PZ__WRITE] = write_voice_policy}, {[PZ__WRITE] = REACHED}},
};

static void must_give(pz_status status, pz_status wanted, int32_t role, int kind, int doing, const char *where)
{
    ck_assert_msg(status == wanted, "role %d, %s, doing %d, %s: %s, wanted %s: %s", (int)role, pz__rights_at((size_t)kind - 1)->words,
                  doing, where, pz_status_describe(status)->name, pz_status_describe(wanted)->name, status ? pz_last_error()->message : "");
}

START_TEST(every_kind_has_its_probes)
{
    for (int kind = 1; kind <= LAST_KIND; kind++)
        for (int doing = PZ__SEE; doing <= PZ__ERASE; doing++) {
            const pz__right *right = &pz__rights_at((size_t)kind - 1)->rights[doing];
            ck_assert_int_eq(probes[kind].probe[doing] != NULL, (right->roles | right->scopes) != 0);
        }
}
END_TEST

/* What is out of reach answers as what does not exist: not found, or denied where the role may do this to no record whatever. */
static void probe_out_of_reach(pz_actor *actor, const who *w, int kind, int doing, int given)
{
    const target out = {w->no_learner, w->no_class, w->no_org}, nowhere = {999999, 999999, 999999};
    pz_status status = probes[kind].probe[doing](actor, &out);
    must_give(status, given || status != PZ_E_DENIED ? PZ_E_NOT_FOUND : PZ_E_DENIED, w->role, kind, doing, "out of reach");
    if (doing != PZ__ANSWER) must_give(probes[kind].probe[doing](actor, &nowhere), status, w->role, kind, doing, "nowhere");
}

/* Erasing comes last, and of each role in a district of its own. */
static void probe_role(const who *w, int from_doing, int until_doing)
{
    pz_actor *actor = school_actor(&at.school, w->person, (pz_role)w->role);
    const target in = {w->learner, w->class_id, w->org};
    for (int kind = 1; kind <= LAST_KIND; kind++)
        for (int doing = from_doing; doing <= until_doing; doing++) {
            int given = pz__right_is_given(w->role, 0, (pz_kind)kind, (pz__doing)doing);
            if (!probes[kind].probe[doing]) continue;
            if (kind == PZ_KIND_RECOMMENDATION && doing == PZ__ANSWER && !given)
                continue; /* what is not answered yet is not seen either: tried below */
            if (probes[kind].reached[doing]) probe_out_of_reach(actor, w, kind, doing, given);
            must_give(probes[kind].probe[doing](actor, &in), given ? PZ_OK : PZ_E_DENIED, w->role, kind, doing, "in reach");
        }
    pz_actor_free(actor);
}

START_TEST(public_functions_keep_to_the_table)
{
    who roles[8];
    all_roles(roles);
    probe_role(&roles[_i], PZ__SEE, PZ__EXPORT);
    probe_role(&roles[_i], PZ__ERASE, PZ__ERASE);
}
END_TEST

/* No way of reading goes around the record of reads: whoever sees what concerns a learner leaves a note, whichever kind it is. */
START_TEST(reading_of_a_learner_is_on_record)
{
    static const int kinds[] = {PZ_KIND_PERSON, PZ_KIND_ENROLLMENT,    PZ_KIND_GUARDIANSHIP, PZ_KIND_EVIDENCE, PZ_KIND_MASTERY,
                                PZ_KIND_GOAL,   PZ_KIND_PROFILE_ENTRY, PZ_KIND_VOICE,        PZ_KIND_CHECKIN,  PZ_KIND_ROLE};
    const target in = {at.school.ana, at.school.a, at.school.north};
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    school_role(&at.school, at.school.ana, at.school.north, PZ_ROLE_LEARNER);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "101");
    for (int i = 0; i < 10; i++)
        if (probes[kinds[i]].probe[PZ__WRITE])
            probes[kinds[i]].probe[PZ__WRITE](ana, &in); /* something to read, where a learner writes it */
    for (int i = 0; i < 10; i++) {
        pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
        ck_assert_status(probes[kinds[i]].probe[PZ__SEE](tea, &in), PZ_OK);
        ck_assert_msg(tea->reads.count > 0, "seeing %s leaves no record", pz__rights_at((size_t)kinds[i] - 1)->words);
        pz_actor_free(tea);
    }
    pz_actor_free(ana);
}
END_TEST

START_TEST(public_functions_keep_to_scopes)
{
    const target in = {at.school.eva, at.school.c, at.school.south};
    pz_actor *actor = school_service(&at.school, 1 << _i);
    for (int kind = 1; kind <= LAST_KIND; kind++)
        for (int doing = PZ__SEE; doing <= PZ__EXPORT; doing++)
            if (probes[kind].probe[doing])
                must_give(probes[kind].probe[doing](actor, &in),
                          pz__right_is_given(PZ_ROLE_SERVICE, 1 << _i, (pz_kind)kind, (pz__doing)doing) ? PZ_OK : PZ_E_DENIED,
                          PZ_ROLE_SERVICE, kind, doing, "");
    must_give(erase_person(actor, &in), 1 << _i == PZ_SCOPE_ERASE ? PZ_OK : PZ_E_DENIED, PZ_ROLE_SERVICE, PZ_KIND_PERSON, PZ__ERASE, "");
    pz_actor_free(actor);
}
END_TEST

START_TEST(families_do_not_see_what_nobody_has_answered)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *gus = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
    const target in = {at.school.ana, at.school.a, at.school.north};
    ck_assert_status(answer_recommendation(ana, &in), PZ_E_NOT_FOUND);
    ck_assert_status(answer_recommendation(gus, &in), PZ_E_NOT_FOUND);
    pz_actor_free(gus);
    pz_actor_free(ana);
}
END_TEST

static Suite *rights_suite(void)
{
    Suite *suite = suite_create("records_rights");
    TCase *rights = tcase_create("rights");
    tcase_add_checked_fixture(rights, setup, teardown);
    tcase_set_timeout(rights, 60);
    tcase_add_test(rights, the_page_says_what_the_table_says);
    tcase_add_test(rights, every_cell_holds_for_every_role);
    tcase_add_test(rights, every_cell_holds_for_every_scope);
    tcase_add_test(rights, what_is_no_cell_is_denied);
    tcase_add_test(rights, every_kind_has_its_probes);
    tcase_add_loop_test(rights, public_functions_keep_to_the_table, 0, PZ_ROLE_LEADER);
    tcase_add_test(rights, reading_of_a_learner_is_on_record);
    tcase_add_loop_test(rights, public_functions_keep_to_scopes, 0, SCOPES);
    tcase_add_test(rights, families_do_not_see_what_nobody_has_answered);
    suite_add_tcase(suite, rights);
    return suite;
}

SUITE_MAIN(rights_suite)
