/* The page of a class or of one learner. */
#include "cli.h"

static pz_status run_page(cli_run *cli)
{
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    pz_id whose;
    char *text;
    if (cli_has(cli, OPTION_STYLE)) {
        put_document(cli->out, pz_page_style(), MARKUP_HTML);
        return PZ_OK;
    }
    int is_learner = cli_has(cli, OPTION_LEARNER);
    if (is_learner == (cli->argument_count > 0)) return usage_fault(cli, "'page' needs a class, or --learner, or --style.");
    TRY(open_actor(cli));
    if (is_learner) {
        TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &whose));
    } else {
        TRY(argument_id(cli, 0, PZ_KIND_CLASS, &whose));
    }
    TRY(value_id(cli, OPTION_CYCLE, PZ_KIND_CYCLE, &options.cycle));
    TRY(value_id(cli, OPTION_RECOMMENDATION, PZ_KIND_RECOMMENDATION, &options.recommendation));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &options.framework));
    options.language = cli_value(cli, OPTION_LANGUAGE);
    options.fragment = cli_has(cli, OPTION_FRAGMENT);
    if (cli_value(cli, OPTION_ID_PREFIX)) options.id_prefix = cli_value(cli, OPTION_ID_PREFIX);
    if (wants_json(cli)) {
        TRY((is_learner ? pz_learner_page_data : pz_class_page_data)(cli->actor, whose, &options, &text));
        return print_as_is(cli, text, MARKUP_JSON);
    }
    TRY((is_learner ? pz_learner_page : pz_class_page)(cli->actor, whose, &options, &text));
    return print_as_is(cli, text, MARKUP_HTML);
}

static const option_id page_options[] = {OPTION_LEARNER,  OPTION_CYCLE,     OPTION_RECOMMENDATION, OPTION_FRAMEWORK,
                                         OPTION_FRAGMENT, OPTION_ID_PREFIX, OPTION_STYLE,          OPTION_COUNT};

const cli_command page_commands[] = {
    {"page", "[CLASS]",
     "Write the page of a class: mastery, growth, and groups with their reasons, in one HTML file. With --learner, the page of one learner "
     "in plain words.",
     "With --json, what the page shows as data. A fragment needs the style sheet that --style prints, once a page.",
     "personalize page class-1 --as teacher-1 --role teacher --out class.html\n"
     "personalize page class-1 --fragment --language es --as teacher-1 --role teacher --out fragment.html\n"
     "personalize page --learner learner-1 --as learner-1 --role learner --out me.html\n"
     "personalize page --style --out personalize.css\n",
     page_options, DOOR_NONE, PZ_SCOPE_READ, run_page},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
