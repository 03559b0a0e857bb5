/* Check-ins: planned, looked at, signed, held. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { PEOPLE_MAX = 32, TOUCHED_MAX = 100 };

static const char checkin_columns[] = "id,learner,state,due_on,held_at,template_id,next,outcome";

/* "teacher:ID" of --with. */
static pz_status take_people(cli_run *cli, pz_checkin_person *rows, const pz_checkin_person **pointers, size_t *out_count)
{
    const pz_record_type *type = pz_record_type_find("pz_checkin_person");
    const char *text;
    int index = 0;
    size_t count = 0;
    while ((text = cli_next(cli, OPTION_WITH, &index)) != NULL) {
        pz_checkin_person person = PZ_CHECKIN_PERSON_INIT;
        const char *colon = strchr(text, ':');
        if (count == PEOPLE_MAX) return usage_fault(cli, "--with may be given %d times.", PEOPLE_MAX);
        for (uint32_t i = 0; colon && i < type->field_count; i++)
            for (int32_t role = 1; !strcmp(type->fields[i].name, "role") && type->fields[i].names[role]; role++)
                if (strlen(type->fields[i].names[role]) == (size_t)(colon - text) &&
                    !strncmp(type->fields[i].names[role], text, (size_t)(colon - text)))
                    person.role = role;
        if (!person.role) return usage_fault(cli, "--with takes a role, a colon and a person, such as guardian:guardian-1.");
        TRY(text_id(cli, PZ_KIND_PERSON, colon + 1, strlen(colon + 1), &person.person));
        rows[count] = person;
        pointers[count] = &rows[count];
        count++;
    }
    *out_count = count;
    return PZ_OK;
}

static pz_status run_plan(cli_run *cli)
{
    pz_checkin checkin = PZ_CHECKIN_INIT;
    pz_checkin_person rows[PEOPLE_MAX];
    const pz_checkin_person *pointers[PEOPLE_MAX];
    size_t count = 0;
    pz_id id;
    TRY(need(cli, OPTION_DUE));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &checkin.learner));
    if (!checkin.learner) checkin.learner = cli->self;
    TRY(value_date(cli, OPTION_DUE, &checkin.due_on));
    TRY(value_id(cli, OPTION_TEMPLATE, PZ_KIND_CHECKIN_TEMPLATE, &checkin.template_id));
    TRY(value_enum(cli, OPTION_VISIBILITY, "pz_checkin", "visibility", &checkin.visibility));
    TRY(take_people(cli, rows, pointers, &count));
    TRY(pz_checkin_plan(cli->actor, &checkin, count ? pointers : NULL, count, cli_value(cli, OPTION_KEY), &id));
    return print_done(cli, "checkin", id, "The check-in %s is planned.");
}

static pz_status run_agenda(cli_run *cli)
{
    pz_agenda_item **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(pz_checkin_agenda_list(cli->actor, id, cli_value(cli, OPTION_LANGUAGE), &rows, &count));
    return print_rows(cli, "pz_agenda_item", rows, count, "text,due_on,record_kind,record");
}

static pz_status run_sign(cli_run *cli)
{
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(pz_checkin_sign(cli->actor, id, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "checkin", id, "You have signed that you are at the check-in %s.");
}

static pz_status worded(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, const char *, size_t, const char *), option_id option,
                        const char *words)
{
    const char *text = NULL;
    char *held = NULL;
    size_t length = 0;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(value_text(cli, option, &text, &length, &held));
    status = call(cli->actor, id, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "checkin", id, words);
}

static pz_status run_excuse(cli_run *cli)
{
    return worded(cli, pz_checkin_excuse, OPTION_NOTE, "You are excused from the check-in %s.");
}

static pz_status run_cancel(cli_run *cli)
{
    TRY(need(cli, OPTION_REASON));
    return worded(cli, pz_checkin_cancel, OPTION_REASON, "The check-in %s is cancelled.");
}

static pz_status run_invite(cli_run *cli)
{
    int32_t role = 0;
    pz_id id, person;
    TRY(need(cli, OPTION_PERSON));
    TRY(need(cli, OPTION_WITH_ROLE));
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(value_id(cli, OPTION_PERSON, PZ_KIND_PERSON, &person));
    TRY(value_enum(cli, OPTION_WITH_ROLE, "pz_checkin_person", "role", &role));
    TRY(pz_checkin_invite(cli->actor, id, person, (pz_role)role, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "checkin", id, "The person takes part in the check-in %s.");
}

/* The version that is current, or that of --if-version. */
static pz_status take_version(cli_run *cli, pz_id id, int64_t *out_version)
{
    pz_checkin *checkin;
    TRY(pz_checkin_get(cli->actor, id, &checkin));
    *out_version = checkin->version;
    pz_free(checkin);
    return value_int(cli, OPTION_VERSION, 1, INT64_MAX, out_version);
}

static pz_status run_move(cli_run *cli)
{
    pz_date day = PZ_DATE_NONE;
    int64_t version;
    pz_id id;
    TRY(need(cli, OPTION_DUE));
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(value_date(cli, OPTION_DUE, &day));
    TRY(take_version(cli, id, &version));
    TRY(pz_checkin_move(cli->actor, id, version, day, cli_value(cli, OPTION_REASON), PZ_NUL_TERMINATED, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "checkin", id, "The check-in %s is moved.");
}

/* "goal:17" of --touched. */
static pz_status take_touched(cli_run *cli, pz_checkin_touch *rows, const pz_checkin_touch **pointers, size_t *out_count)
{
    static const struct {
        const char *word;
        pz_kind kind;
    } kinds[] = {{"goal", PZ_KIND_GOAL}, {"entry", PZ_KIND_PROFILE_ENTRY}, {"competency", PZ_KIND_COMPETENCY}, {"voice", PZ_KIND_VOICE}};
    const char *text;
    int index = 0;
    size_t count = 0;
    while ((text = cli_next(cli, OPTION_TOUCHED, &index)) != NULL) {
        pz_checkin_touch touch = PZ_CHECKIN_TOUCH_INIT;
        const char *colon = strchr(text, ':');
        if (count == TOUCHED_MAX) return usage_fault(cli, "--touched may be given %d times.", TOUCHED_MAX);
        for (size_t i = 0; colon && i < sizeof kinds / sizeof kinds[0]; i++)
            if (strlen(kinds[i].word) == (size_t)(colon - text) && !strncmp(kinds[i].word, text, (size_t)(colon - text)))
                touch.record_kind = kinds[i].kind;
        if (!touch.record_kind)
            return usage_fault(cli, "--touched takes goal, entry, competency or voice, a colon and an id, such as goal:latest.");
        TRY(text_id(cli, (pz_kind)touch.record_kind, colon + 1, strlen(colon + 1), &touch.record));
        rows[count] = touch;
        pointers[count] = &rows[count];
        count++;
    }
    *out_count = count;
    return PZ_OK;
}

static pz_status run_hold(cli_run *cli)
{
    pz_checkin_touch rows[TOUCHED_MAX];
    const pz_checkin_touch *pointers[TOUCHED_MAX];
    const char *outcome = NULL;
    char *held = NULL;
    pz_date next_on = PZ_DATE_NONE;
    int64_t version;
    size_t count = 0, length = 0;
    pz_id id, next;
    pz_status status;
    TRY(need(cli, OPTION_OUTCOME));
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(value_date(cli, OPTION_NEXT, &next_on));
    TRY(take_version(cli, id, &version));
    TRY(take_touched(cli, rows, pointers, &count));
    TRY(value_text(cli, OPTION_OUTCOME, &outcome, &length, &held));
    status = pz_checkin_hold(cli->actor, id, version, outcome, length, count ? pointers : NULL, count, next_on, cli_value(cli, OPTION_KEY),
                             &next);
    free(held);
    TRY(status);
    if (next) return print_done(cli, "next", next, "The check-in is held; the next one is %s.");
    return print_done(cli, "checkin", id, "The check-in %s is held.");
}

/* ----------------------------------------------------------------------------------------------------- reading --- */

static pz_status run_show(cli_run *cli)
{
    char *json;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(pz_checkin_document(cli->actor, id, cli_value(cli, OPTION_LANGUAGE), &json));
    return print_document(cli, json);
}

static pz_status run_people(cli_run *cli)
{
    pz_checkin_person **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_CHECKIN, &id));
    TRY(pz_checkin_person_list(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_checkin_person", rows, count, "role,person,presence,signed_at,note");
}

static pz_status run_list(cli_run *cli)
{
    pz_checkin_query query = PZ_CHECKIN_QUERY_INIT;
    pz_checkin **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_PERSON, PZ_KIND_PERSON, &query.person));
    TRY(value_enum(cli, OPTION_STATE, "pz_checkin", "state", &query.state));
    TRY(value_date(cli, OPTION_UNTIL, &query.due_until));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_CHECKIN, &query.after));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_enum(cli, OPTION_ORDER, "pz_checkin_query", "order", &query.order));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_checkin_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_checkin", rows, count, checkin_columns);
}

static pz_status run_late(cli_run *cli)
{
    pz_overdue_checkin **rows;
    pz_id org, class_id;
    size_t count;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(pz_checkin_overdue_list(cli->actor, org, class_id, &rows, &count));
    return print_rows(cli, "pz_overdue_checkin", rows, count, "class_id,learner,due_on,days,checkin");
}

static pz_status run_schedule(cli_run *cli)
{
    pz_checkin_schedule schedule = PZ_CHECKIN_SCHEDULE_INIT;
    TRY(need(cli, OPTION_RHYTHM));
    if (cli_value(cli, OPTION_CLASS))
        TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &schedule.scope));
    else
        TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &schedule.scope));
    if (!schedule.scope) return usage_fault(cli, "'%s' needs --class ID or --org ID.", cli->command->words);
    TRY(value_enum(cli, OPTION_RHYTHM, "pz_checkin_schedule", "rhythm", &schedule.rhythm));
    TRY(value_id(cli, OPTION_TEMPLATE, PZ_KIND_CHECKIN_TEMPLATE, &schedule.template_id));
    TRY(value_date(cli, OPTION_BEGINS, &schedule.starts_on));
    TRY(pz_checkin_schedule_set(cli->actor, &schedule, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "scope", schedule.scope, "The schedule is set.");
}

static pz_status run_templates(cli_run *cli)
{
    pz_checkin_template_query query = PZ_CHECKIN_TEMPLATE_QUERY_INIT;
    pz_checkin_template **rows;
    size_t count;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &query.org));
    TRY(value_page(cli, PZ_KIND_CHECKIN_TEMPLATE, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_checkin_template_list(cli->actor, &query, cli_value(cli, OPTION_LANGUAGE), &rows, &count));
    return print_rows(cli, "pz_checkin_template", rows, count, "id,org,title,ended");
}

static pz_status take_required(cli_run *cli, pz_checkin_template *made)
{
    const struct {
        const char *role;
        int32_t *is_needed;
    } roles[] = {{"guardian", &made->with_guardian},
                 {"teacher", &made->with_teacher},
                 {"counselor", &made->with_counselor},
                 {"leader", &made->with_leader}};
    const char *text;
    int index = 0;
    if (cli_has(cli, OPTION_REQUIRES))
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) *roles[i].is_needed = 0;
    while ((text = cli_next(cli, OPTION_REQUIRES, &index)) != NULL) {
        int found = 0;
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
            if (!strcmp(text, roles[i].role)) found = *roles[i].is_needed = 1;
        if (!found) return usage_fault(cli, "--requires takes guardian, teacher, counselor or leader, not '%.40s'.", text);
    }
    return PZ_OK;
}

/* What the options leave out stays as it is. */
static pz_status save_template(cli_run *cli, pz_checkin_template *made, char **held)
{
    if (cli_value(cli, OPTION_ORG)) TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &made->org));
    if (cli_value(cli, OPTION_TITLE)) {
        made->title = cli_value(cli, OPTION_TITLE);
        made->title_len = PZ_NUL_TERMINATED;
    }
    TRY(take_required(cli, made));
    TRY(value_text(cli, OPTION_PROMPTS, &made->prompts, &made->prompts_len, held));
    if (cli_has(cli, OPTION_ENDED)) made->ended = 1;
    return pz_checkin_template_save(cli->actor, made, cli_value(cli, OPTION_KEY), &made->id);
}

static pz_status run_template(cli_run *cli)
{
    pz_checkin_template fresh = PZ_CHECKIN_TEMPLATE_INIT, *made = &fresh, **rows = NULL;
    char *held = NULL;
    size_t count = 0;
    pz_id id;
    pz_status status;
    TRY(value_id(cli, OPTION_TEMPLATE, PZ_KIND_CHECKIN_TEMPLATE, &id));
    if (!id) TRY(need(cli, OPTION_TITLE));
    if (id) TRY(pz_checkin_template_list(cli->actor, NULL, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->id == id) made = rows[i];
    if (id && made == &fresh) {
        pz_free(rows);
        return cli_fail(cli, PZ_E_NOT_FOUND, "personalize checkin templates lists them.", "No template in reach has the number %lld.",
                        (long long)id);
    }
    status = save_template(cli, made, &held);
    id = made->id;
    free(held);
    pz_free(rows);
    TRY(status);
    return print_done(cli, "template", id, "The template %s is saved.");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id plan_options[] = {OPTION_LEARNER, OPTION_DUE, OPTION_WITH, OPTION_TEMPLATE, OPTION_VISIBILITY, OPTION_COUNT};
static const option_id invite_options[] = {OPTION_PERSON, OPTION_WITH_ROLE, OPTION_COUNT};
static const option_id note_options[] = {OPTION_NOTE, OPTION_COUNT};
static const option_id reason_options[] = {OPTION_REASON, OPTION_COUNT};
static const option_id move_options[] = {OPTION_DUE, OPTION_REASON, OPTION_VERSION, OPTION_COUNT};
static const option_id hold_options[] = {OPTION_OUTCOME, OPTION_TOUCHED, OPTION_NEXT, OPTION_VERSION, OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_PERSON, OPTION_STATE, OPTION_UNTIL,
                                         OPTION_TEXT,    OPTION_ORDER, OPTION_LIMIT,  OPTION_AFTER, OPTION_COUNT};
static const option_id scope_options[] = {OPTION_ORG, OPTION_CLASS, OPTION_COUNT};
static const option_id schedule_options[] = {OPTION_ORG, OPTION_CLASS, OPTION_RHYTHM, OPTION_BEGINS, OPTION_TEMPLATE, OPTION_COUNT};

static const option_id templates_options[] = {OPTION_ORG, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id template_options[] = {OPTION_TITLE,    OPTION_PROMPTS, OPTION_REQUIRES, OPTION_ORG,
                                             OPTION_TEMPLATE, OPTION_ENDED,   OPTION_COUNT};

const cli_command checkin_commands[] = {
    {"checkin plan", "", "Plan a check-in with named people.", "The learner and you take part without being named.",
     "personalize checkin plan --learner learner-1 --due 2027-02-01 --with guardian:guardian-1 --as teacher-1 --role teacher\n",
     plan_options, DOOR_ACTOR, 0, run_plan},
    {"checkin agenda", "CHECKIN", "Show what has changed since the last one, what is late, and the questions of the template.",
     "'latest' is the newest check-in that is planned.", "personalize checkin agenda latest --as teacher-1 --role teacher\n", no_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_agenda},
    {"checkin invite", "CHECKIN", "Name somebody else to take part.", "",
     "personalize checkin invite latest --person counselor-1 --with-role counselor --as teacher-1 --role teacher\n", invite_options,
     DOOR_ACTOR, 0, run_invite},
    {"checkin move", "CHECKIN", "Move a check-in to another day.", "",
     "personalize checkin move latest --due 2027-02-02 --reason \"School trip\" --as guardian-1 --role guardian\n", move_options,
     DOOR_ACTOR, 0, run_move},
    {"checkin sign", "CHECKIN", "Sign that you are there.", "", "personalize checkin sign latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_sign},
    {"checkin excuse", "CHECKIN", "Say that you do not come, or were not there.", "",
     "personalize checkin excuse latest --note \"At work\" --as guardian-1 --role guardian\n", note_options, DOOR_ACTOR, 0, run_excuse},
    {"checkin people", "CHECKIN", "List who takes part and who has signed.", "",
     "personalize checkin people latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_people},
    {"checkin hold", "CHECKIN", "Hold a check-in: keep its outcome, and set the next one.",
     "The learner, and every role that the template needs, must have signed.",
     "personalize checkin hold latest --outcome \"Twenty minutes a day\" --touched competency:M.1 --next 2200-01-01 --as teacher-1 --role "
     "teacher\n",
     hold_options, DOOR_ACTOR, 0, run_hold},
    {"checkin show", "CHECKIN", "Show one check-in with its people, agenda and what it touched.", "", "personalize checkin show latest --as learner-1 --role learner\n", no_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_show},
    {"checkin list", "", "List check-ins.", "", "personalize checkin list --class class-1 --state held --as teacher-1 --role teacher\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"checkin cancel", "CHECKIN", "Cancel a check-in, as an adult who takes part.", "",
     "personalize checkin cancel latest --reason \"Moved away\" --as teacher-1 --role teacher\n", reason_options, DOOR_ACTOR, 0,
     run_cancel},
    {"checkin schedule", "", "Set how often a class or an org has check-ins: monthly, each_cycle or on_demand.",
     "A monthly one needs --begins, the day of the first.",
     "personalize checkin schedule --class class-1 --rhythm monthly --begins 2026-10-01 --as teacher-1 --role teacher\n", schedule_options,
     DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_schedule},
    {"checkin late", "", "List learners whose check-in is late, by class.", "",
     "personalize checkin late --class class-1 --as teacher-1 --role teacher\n", scope_options, DOOR_ACTOR, PZ_SCOPE_READ, run_late},
    {"checkin template", "", "Save a template of check-ins, or with --template revise one; what the options leave out stays.",
     "--ended: no new check-in is planned by it.",
     "personalize checkin template --title \"Start of term\" --prompts \"What went well?\" --requires teacher --org school-1 --as "
     "teacher-1 "
     "--role "
     "teacher\n"
     "personalize checkin template --template latest --requires teacher --requires guardian --as teacher-1 --role teacher\n",
     template_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_template},
    {"checkin templates", "", "List templates of check-ins.", "", "personalize checkin templates --as teacher-1 --role teacher\n",
     templates_options, DOOR_ACTOR, PZ_SCOPE_READ, run_templates},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
