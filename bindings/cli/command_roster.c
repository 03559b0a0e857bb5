/* Who is where. */
#include "cli.h"

static pz_status run_orgs(cli_run *cli)
{
    pz_org **rows;
    size_t count;
    TRY(pz_org_list(cli->actor, cli_has(cli, OPTION_ENDED), &rows, &count));
    return print_rows(cli, "pz_org", rows, count, "id,kind,parent,name,identifier,ended");
}

static pz_status run_sessions(cli_run *cli)
{
    pz_academic_session **rows;
    size_t count;
    TRY(pz_academic_session_list(cli->actor, cli_has(cli, OPTION_ENDED), &rows, &count));
    return print_rows(cli, "pz_academic_session", rows, count, "id,kind,starts_on,ends_on,title,ended");
}

static pz_status run_courses(cli_run *cli)
{
    pz_course **rows;
    size_t count;
    TRY(pz_course_list(cli->actor, cli_has(cli, OPTION_ENDED), &rows, &count));
    return print_rows(cli, "pz_course", rows, count, "id,code,title,grades,subjects,ended");
}

static pz_status run_classes(cli_run *cli)
{
    pz_class_query query = PZ_CLASS_QUERY_INIT;
    pz_class **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    query.with_ended = cli_has(cli, OPTION_ENDED);
    TRY(value_page(cli, PZ_KIND_CLASS, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_class_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_class", rows, count, "id,code,title,org,grades,subjects,ended");
}

static pz_status run_people(cli_run *cli)
{
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    pz_person **rows;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &query.org));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_enum(cli, OPTION_WITH_ROLE, "pz_person_role", "role", &query.role));
    query.with_ended = cli_has(cli, OPTION_ENDED);
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_PERSON, &query.after));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_enum(cli, OPTION_ORDER, "pz_person_query", "order", &query.order));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_person_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_person", rows, count, "id,family_name,given_name,preferred_given_name,identifier,grades,ended");
}

static pz_status run_person(cli_run *cli)
{
    pz_person *person;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &id));
    TRY(pz_person_get(cli->actor, id, &person));
    return print_record(cli, "pz_person", person);
}

static pz_status run_roles(cli_run *cli)
{
    pz_person_role **rows;
    pz_id person;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &person));
    TRY(pz_person_role_list(cli->actor, person, &rows, &count));
    return print_rows(cli, "pz_person_role", rows, count, "role,org,outside_role,is_primary,begins_on,ends_on");
}

static pz_status run_enrollments(cli_run *cli)
{
    pz_enrollment **rows;
    pz_id class_id, person;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(value_id(cli, OPTION_PERSON, PZ_KIND_PERSON, &person));
    if (!class_id && !person) return usage_fault(cli, "'%s' needs --class ID, --person ID, or both.", cli->command->words);
    TRY(pz_enrollment_list(cli->actor, class_id, person, cli_has(cli, OPTION_ENDED), &rows, &count));
    return print_rows(cli, "pz_enrollment", rows, count, "id,class_id,person,role,is_primary,begins_on,ends_on");
}

static pz_status run_guardians(cli_run *cli)
{
    pz_guardianship **rows;
    pz_id learner;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(pz_guardianship_list(cli->actor, learner, &rows, &count));
    return print_rows(cli, "pz_guardianship", rows, count, "learner,guardian");
}

static pz_status run_ids(cli_run *cli)
{
    pz_outside_id **rows;
    pz_kind kind = kind_by_word(cli->arguments[0]);
    pz_id id;
    size_t count;
    if (!kind)
        return usage_fault(
            cli, "KIND is org, session, course, class, person, enrollment, framework, competency, association, assessment or item.");
    TRY(argument_id(cli, 1, kind, &id));
    TRY(pz_outside_id_list(cli->actor, kind, id, &rows, &count));
    return print_rows(cli, "pz_outside_id", rows, count, "id,kind,source,text");
}

static const option_id ended_options[] = {OPTION_ENDED, OPTION_COUNT};
static const option_id classes_options[] = {OPTION_LEARNER, OPTION_ENDED, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id people_options[] = {OPTION_CLASS, OPTION_ORG,   OPTION_LEARNER, OPTION_WITH_ROLE, OPTION_ENDED,
                                           OPTION_TEXT,  OPTION_ORDER, OPTION_LIMIT,   OPTION_AFTER,     OPTION_COUNT};
static const option_id enrollments_options[] = {OPTION_CLASS, OPTION_PERSON, OPTION_ENDED, OPTION_COUNT};
static const option_id guardians_options[] = {OPTION_LEARNER, OPTION_COUNT};
static const option_id no_options[] = {OPTION_COUNT};

const cli_command roster_commands[] = {
    {"roster orgs", "", "List the schools and districts in reach.", "", "personalize roster orgs --as leader-1 --role leader\n",
     ended_options, DOOR_ACTOR, PZ_SCOPE_READ, run_orgs},
    {"roster sessions", "", "List school years, terms and grading periods.", "",
     "personalize roster sessions --as leader-1 --role leader\n", ended_options, DOOR_ACTOR, PZ_SCOPE_READ, run_sessions},
    {"roster courses", "", "List the courses of the orgs in reach.", "", "personalize roster courses --as leader-1 --role leader\n",
     ended_options, DOOR_ACTOR, PZ_SCOPE_READ, run_courses},
    {"roster classes", "", "List the classes in reach.", "", "personalize roster classes --as teacher-1 --role teacher\n", classes_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_classes},
    {"roster people", "", "List people in reach, by name.", "",
     "personalize roster people --as teacher-1 --role teacher --class class-1\n"
     "personalize roster people --as leader-1 --role leader --with-role teacher --json\n",
     people_options, DOOR_ACTOR, PZ_SCOPE_READ, run_people},
    {"roster person", "PERSON", "Show one person.", "", "personalize roster person learner-1 --as teacher-1 --role teacher\n", no_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_person},
    {"roster roles", "PERSON", "List the roles of a person.", "", "personalize roster roles teacher-1 --as leader-1 --role leader\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_roles},
    {"roster enrollments", "", "List who is in a class, or the classes of a person.", "",
     "personalize roster enrollments --class class-1 --as teacher-1 --role teacher\n", enrollments_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_enrollments},
    {"roster guardians", "", "List the guardians of learners.", "",
     "personalize roster guardians --learner learner-1 --as counselor-1 --role counselor\n", guardians_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_guardians},
    {"roster ids", "KIND ID", "List the ids that a record has in other systems.",
     "KIND is org, session, course, class, person, enrollment, framework, competency, association, assessment or item.",
     "personalize roster ids person learner-1 --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_ids},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
