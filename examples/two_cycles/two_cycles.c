/* Two whole cycles in C: a diagnostic with two parallel forms, groups from what it found, a second cycle with the forms crossed over, growth, what the groups achieved,
 * and new groups.
 *
 *     two_cycles
 *
 * The school is made here, of twelve learners, so that each step can be read. The store's clock is set to days of the school year. A host leaves it alone. */
#define _POSIX_C_SOURCE 200809L

#include <personalize.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEARNERS = 12, SKILLS = 2, ITEMS = 4, FORMS = 4, ROWS = LEARNERS * SKILLS * ITEMS };

static const char *const skill_names[SKILLS] = {"comparing fractions", "adding fractions"}; /* the first comes before the second */

typedef struct school {
    pz_id class_id, teacher;
    pz_id learners[LEARNERS];
    pz_id skills[SKILLS];
    pz_id items[SKILLS][FORMS * ITEMS];
    pz_id focus[LEARNERS]; /* what each works on in its group; 0 nothing */
} school;

/* Everything that fails ends the program with what the library says. */
static void must(pz_status status, const char *doing)
{
    if (status == PZ_OK) return;
    const pz_error *error = pz_last_error();
    fprintf(stderr, "%s: %s: %s %s\n", doing, pz_status_describe(status)->name, error->message, error->hint);
    exit(pz_status_describe(status)->exit_status);
}

static pz_time now;

static pz_time school_clock(void *user_data)
{
    (void)user_data;
    return now += 1000; /* time goes on between two calls */
}

static void set_day(const char *text)
{
    must(pz_time_parse(text, PZ_NUL_TERMINATED, &now), "time");
}

static pz_date day(const char *text)
{
    pz_date date;
    must(pz_date_parse(text, PZ_NUL_TERMINATED, &date), "date");
    return date;
}

static int place_of(const school *at, pz_id learner)
{
    int place = 0;
    while (at->learners[place] != learner) place++;
    return place;
}

/* ----------------------------------------------------------------------- the school, as an import would bring it --- */

static pz_id save_person(pz_actor *office, const char *given, const char *family)
{
    pz_person person = PZ_PERSON_INIT;
    pz_id id;
    person.given_name = given;
    person.family_name = family;
    must(pz_person_save(office, &person, NULL, NULL, NULL, &id), "person");
    return id;
}

static void enroll(pz_actor *office, pz_id class_id, pz_id person, int32_t role)
{
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    pz_id id;
    enrollment.class_id = class_id;
    enrollment.person = person;
    enrollment.role = role;
    must(pz_enrollment_save(office, &enrollment, NULL, NULL, NULL, &id), "enrollment");
}

static void make_class(pz_actor *office, school *at)
{
    pz_org org = PZ_ORG_INIT;
    pz_class class_record = PZ_CLASS_INIT;
    org.name = "School";
    must(pz_org_save(office, &org, NULL, NULL, NULL, &class_record.org), "org");
    class_record.title = "5A";
    must(pz_class_save(office, &class_record, NULL, NULL, NULL, &at->class_id), "class");
    at->teacher = save_person(office, "Teacher", "One");
    enroll(office, at->class_id, at->teacher, PZ_ROLE_TEACHER);
    for (int i = 0; i < LEARNERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Learner %d", i);
        at->learners[i] = save_person(office, name, "Two");
    }
    for (int i = 0; i < LEARNERS; i++) enroll(office, at->class_id, at->learners[i], PZ_ROLE_LEARNER);
}

static pz_id save_item(pz_actor *office, const char *code, pz_id skill)
{
    pz_item item = PZ_ITEM_INIT;
    pz_bearing bearing = PZ_BEARING_INIT;
    const pz_bearing *const bearings[] = {&bearing};
    item.code = code;
    must(pz_item_save(office, &item, NULL, NULL, NULL, &bearing.of), "item");
    bearing.competency = skill;
    must(pz_bearings_set(office, PZ_KIND_ITEM, bearing.of, bearings, 1, NULL), "bearing");
    return bearing.of;
}

static void make_skills(pz_actor *office, school *at)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz_association precedes = PZ_ASSOCIATION_INIT;
    pz_id id;
    framework.title = "Fractions";
    must(pz_framework_save(office, &framework, NULL, NULL, NULL, &precedes.framework), "framework");
    for (int n = 0; n < SKILLS; n++) {
        pz_competency skill = PZ_COMPETENCY_INIT;
        skill.framework = precedes.framework;
        skill.code = skill.statement = skill_names[n];
        skill.position = n;
        must(pz_competency_save(office, &skill, NULL, NULL, NULL, &at->skills[n]), "skill");
    }
    precedes.kind = PZ_ASSOCIATION_PRECEDES;
    precedes.origin = at->skills[0];
    precedes.destination = at->skills[1];
    must(pz_association_save(office, &precedes, NULL, NULL, NULL, &id), "association");
    for (int n = 0; n < SKILLS; n++)
        for (int i = 0; i < FORMS * ITEMS; i++) {
            char code[16];
            snprintf(code, sizeof code, "%d.%d", n, i);
            at->items[n][i] = save_item(office, code, at->skills[n]);
        }
}

/* ------------------------------------------------------------------------------------------------- answers --- */

/* What teaching has added by the second cycle: in its group a learner works on one skill, and half of them learn a little anyway. */
static int learned(const school *at, int cycle, int learner, int skill)
{
    if (cycle == 0) return 0;
    return at->focus[learner] == at->skills[skill] ? 3 : learner % 2;
}

/* Of four items in a skill a learner gets none, two or four right, the later ones; teaching adds to it. */
static int answers_right(int learner, int skill, int item, int extra)
{
    static const int right[] = {0, 2, 4};
    return item >= 4 - right[(skill == 0 ? learner : learner / 4) % 3] - extra;
}

typedef struct columns {
    pz_id learner[ROWS], competency[ROWS], item[ROWS], assessment[ROWS];
    double score[ROWS], prediction[ROWS];
    size_t rows;
} columns;

static void answer(const school *at, columns *c, pz_id form, int first_item, int cycle, int place)
{
    for (int skill = 0; skill < SKILLS; skill++)
        for (int item = 0; item < ITEMS; item++, c->rows++) {
            c->learner[c->rows] = at->learners[place];
            c->competency[c->rows] = at->skills[skill];
            c->item[c->rows] = at->items[skill][first_item + item];
            c->assessment[c->rows] = form;
            c->score[c->rows] = answers_right(place, skill, item, learned(at, cycle, place, skill));
        }
}

/* The answers of those who have a seat in a form, in one batch: columns of equal length. What was foreseen comes back. */
static void sit(pz_actor *teacher, const school *at, pz_id form, int first_item, int cycle, columns *c)
{
    pz_assessment_seat **seats;
    pz_evidence evidence = PZ_EVIDENCE_INIT, *stored;
    size_t count, first = c->rows, named = 0;
    must(pz_assessment_seat_list(teacher, form, &seats, &count), "seats");
    for (size_t i = 0; i < count; i++) {
        int place = place_of(at, seats[i]->learner);
        if (!seats[i]->is_missing) continue;
        printf("%s %d", named++ ? "," : "", place);
        answer(at, c, form, first_item, cycle, place);
    }
    puts("");
    pz_free(seats);
    evidence.rows = c->rows - first;
    evidence.learner = c->learner + first;
    evidence.competency = c->competency + first;
    evidence.item = c->item + first;
    evidence.score = c->score + first;
    evidence.assessment = c->assessment + first;
    must(pz_evidence_add_predicted(teacher, &evidence, NULL, &stored), "answers");
    memcpy(c->prediction + first, stored->prediction, evidence.rows * sizeof *c->prediction);
    pz_free(stored);
}

static void show_missing(pz_actor *teacher, pz_id cycle, const char *when)
{
    pz_assessment_seat **rows;
    size_t count;
    must(pz_cycle_missing_list(teacher, cycle, 0, &rows, &count), "missing");
    printf("  missing %s: %zu\n", when, count);
    pz_free(rows);
}

static void exempt(pz_actor *teacher, const pz_id forms[2], pz_id learner)
{
    pz_assessment_seat seats[2] = {PZ_ASSESSMENT_SEAT_INIT, PZ_ASSESSMENT_SEAT_INIT};
    const pz_assessment_seat *const rows[] = {&seats[0], &seats[1]};
    for (int i = 0; i < 2; i++) {
        seats[i].assessment = forms[i];
        seats[i].learner = learner;
        seats[i].state = PZ_SEAT_EXEMPT;
        seats[i].reason = "Away";
    }
    must(pz_assessment_seats_set(teacher, rows, 2, NULL), "exemption");
}

/* Two parallel forms on the same days, each for one half of the class; then what is missing is looked at, and all sit theirs. */
static void hold_forms(pz_actor *teacher, const school *at, pz_id cycle, const pz_id forms[2], const pz_id earlier[2], int number, const char *opens,
                       const char *closes)
{
    columns c = {.rows = 0};
    pz_accuracy accuracy = PZ_ACCURACY_INIT;
    for (int i = 0; i < 2; i++) must(pz_cycle_schedule(teacher, cycle, forms[i], day(opens), day(closes), 1, NULL), "window");
    must(pz_forms_cross(teacher, forms[0], forms[1], earlier[0], earlier[1], 3, NULL), "forms");
    exempt(teacher, forms, at->learners[11]);
    must(pz_cycle_collect(teacher, cycle, NULL), "collect");
    show_missing(teacher, cycle, "before");
    for (int i = 0; i < 2; i++) {
        printf("  form %c:", "AB"[i]);
        sit(teacher, at, forms[i], (2 * number + i) * ITEMS, number, &c);
    }
    show_missing(teacher, cycle, "after");
    must(pz_accuracy_of(c.prediction, c.score, c.rows, NULL, NULL, &accuracy), "accuracy");
    printf("  the model foresaw the answers with an AUC of %.2f\n", accuracy.auc);
}

/* ------------------------------------------------------------------------------------------------- results --- */

static void show_skill(pz_actor *teacher, const school *at, pz_id cycle, int skill)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count;
    int decided[4] = {0}, grown = 0;
    double growth = 0;
    query.cycle = cycle;
    query.competency = at->skills[skill];
    must(pz_cycle_result_list(teacher, &query, &rows, &count), "results");
    for (size_t i = 0; i < count; i++) {
        decided[rows[i]->decision]++;
        if (isnan(rows[i]->growth)) continue;
        grown++;
        growth += rows[i]->growth;
    }
    pz_free(rows);
    printf("  %s: %d mastered, %d not yet, %d not enough evidence", skill_names[skill], decided[PZ_MASTERY_MASTERED], decided[PZ_MASTERY_NOT_YET],
           decided[PZ_MASTERY_NOT_ENOUGH_EVIDENCE]);
    if (grown) printf("; mean growth %.2f of %d learners", growth / grown, grown);
    puts("");
}

static void show_results(pz_actor *teacher, const school *at, pz_id cycle)
{
    pz_settling_item **rows;
    size_t count, times = 0;
    for (int skill = 0; skill < SKILLS; skill++) show_skill(teacher, at, cycle, skill);
    must(pz_cycle_unsettled_list(teacher, cycle, 0, 0, &rows, &count), "undecided");
    for (size_t i = 0; i < count; i++) times += rows[i]->position == 1;
    printf("  undecided: %zu times, settled at best by %zu more answers\n", times, count);
    pz_free(rows);
}

static const char *work_of(const school *at, pz_id competency)
{
    for (int skill = 0; skill < SKILLS; skill++)
        if (at->skills[skill] == competency) return skill_names[skill];
    return "what each needs";
}

/* Groups by need from what the cycle found, accepted as they are. */
static void form_groups(pz_actor *teacher, school *at, pz_id cycle)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_recommendation *made;
    pz_group **groups;
    pz_group_member **members;
    size_t count, member_count;
    pz_id chosen;
    request.class_id = at->class_id;
    request.cycle = cycle;
    request.size_min = 3;
    request.size_max = 4;
    request.seed = 5;
    must(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &chosen), "groups");
    must(pz_group_list(teacher, chosen, NULL, &groups, &count), "groups");
    must(pz_group_member_list(teacher, chosen, NULL, &members, &member_count), "members");
    for (size_t g = 0; g < count; g++) {
        int named = 0;
        printf("  group %d works on %s:", groups[g]->group_no, work_of(at, groups[g]->competency));
        for (int place = 0; place < LEARNERS; place++)
            for (size_t m = 0; m < member_count; m++) {
                if (members[m]->learner != at->learners[place] || members[m]->group_no != groups[g]->group_no) continue;
                printf("%s %d", named++ ? "," : "", place);
                at->focus[place] = groups[g]->competency;
            }
        puts("");
    }
    must(pz_recommendation_get(teacher, chosen, &made), "recommendation");
    must(pz_recommendation_accept(teacher, chosen, made->version, NULL, 0, NULL), "acceptance");
    pz_free(made);
    pz_free(members);
    pz_free(groups);
}

static void put_value(double value)
{
    if (isnan(value))
        printf("nobody");
    else
        printf("%.2f", value);
}

static void show_effects(pz_actor *teacher, pz_id cycle)
{
    pz_group_effect **rows;
    size_t count;
    must(pz_cycle_effect_list(teacher, cycle, &rows, &count), "effects");
    for (size_t i = 0; i < count; i++) {
        printf("  group %d, %s: ", rows[i]->group_no, rows[i]->measure == PZ_EFFECT_GROWTH ? "growth" : "need met");
        put_value(rows[i]->value);
        printf(" of %lld against ", (long long)rows[i]->learners);
        put_value(rows[i]->others_value);
        printf(" of %lld, ", (long long)rows[i]->others);
        if (isnan(rows[i]->lower))
            puts("too few to say how sure");
        else
            printf("95 %% from %.2f to %.2f\n", rows[i]->lower, rows[i]->upper);
    }
    pz_free(rows);
}

/* -------------------------------------------------------------------------------------------------- cycles --- */

static pz_cycle make_cycle(const school *at, const char *title, int32_t kind, const char *opens, const char *closes)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    cycle.class_id = at->class_id;
    cycle.title = title;
    cycle.kind = kind;
    cycle.opens_on = day(opens);
    cycle.closes_on = day(closes);
    return cycle;
}

static void make_forms(pz_actor *teacher, const school *at, pz_id forms[FORMS])
{
    for (int i = 0; i < FORMS; i++) {
        pz_assessment form = PZ_ASSESSMENT_INIT;
        char title[8];
        snprintf(title, sizeof title, "Form %c", 'A' + i);
        form.class_id = at->class_id;
        form.title = title;
        form.kind = i < 2 ? PZ_ASSESSMENT_DIAGNOSTIC : PZ_ASSESSMENT_INTERIM;
        must(pz_assessment_save(teacher, &form, NULL, NULL, NULL, &forms[i]), "form");
    }
}

static void run_cycles(pz_actor *teacher, school *at)
{
    static const pz_id none[2] = {0, 0};
    pz_cycle autumn = make_cycle(at, "Autumn", PZ_ASSESSMENT_DIAGNOSTIC, "2025-09-01", "2025-10-10");
    pz_cycle winter = make_cycle(at, "Winter", PZ_ASSESSMENT_INTERIM, "2025-10-13", "2025-11-28");
    pz_id forms[FORMS], first, second;
    make_forms(teacher, at, forms);
    puts("The first cycle: a diagnostic");
    must(pz_cycle_open(teacher, &autumn, NULL, &first), "cycle");
    set_day("2025-09-15T09:00:00Z");
    hold_forms(teacher, at, first, forms, none, 0, "2025-09-15", "2025-09-19");
    set_day("2025-10-13T09:00:00Z");
    must(pz_cycle_close(teacher, first, NULL, NULL, NULL), "closing");
    show_results(teacher, at, first);
    puts("Groups for the next weeks");
    form_groups(teacher, at, first);
    puts("The second cycle: forms crossed over");
    must(pz_cycle_hand_over(teacher, first, &winter, NULL, &second), "hand-over");
    set_day("2025-11-17T09:00:00Z");
    hold_forms(teacher, at, second, forms + 2, forms, 1, "2025-11-17", "2025-11-21");
    set_day("2025-12-01T09:00:00Z");
    must(pz_cycle_close(teacher, second, NULL, NULL, NULL), "closing");
    show_results(teacher, at, second);
    puts("What the groups achieved, against the others of the class");
    show_effects(teacher, second);
    puts("New groups");
    form_groups(teacher, at, second);
}

int main(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    char folder[] = "/tmp/two-cycles-XXXXXX", path[64], file[80];
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_actor *office, *teacher;
    pz_store *store;
    school at = {0};
    if (!mkdtemp(folder)) return perror("mkdtemp"), 1;
    snprintf(path, sizeof path, "%s/school.pz", folder);
    options.clock = school_clock;
    set_day("2025-09-01T08:00:00Z");
    must(pz_store_create(path, &options, &store), "create");
    must(pz_actor_open_service(store, "office", PZ_SCOPE_IMPORT, "start of the year", &office), "office");
    make_class(office, &at);
    make_skills(office, &at);
    pz_actor_free(office);
    must(pz_actor_open(store, at.teacher, PZ_ROLE_TEACHER, "two cycles", &teacher), "teacher");
    run_cycles(teacher, &at);
    pz_actor_free(teacher);
    pz_store_free(store);
    for (int i = 0; i < 4; i++) {
        snprintf(file, sizeof file, "%s%s", path, ends[i]);
        unlink(file);
    }
    rmdir(folder);
    return 0;
}
