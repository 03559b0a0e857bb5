/* Pages: of a learner, for its family, of a class and of a school; as HTML, as data, or one chart of it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

typedef pz_status (*page_fn)(pz_actor *actor, pz_id whose, const pz_page_options *options, char **out_text);

typedef struct audience {
    const char *word;
    pz_page_audience audience;
    pz_kind kind; /* of what the argument names */
    page_fn html, data;
} audience;

static const audience audiences[] = {
    {"learner", PZ_PAGE_LEARNER, PZ_KIND_PERSON, pz_learner_page, pz_learner_page_data},
    {"guardian", PZ_PAGE_GUARDIAN, PZ_KIND_PERSON, pz_guardian_page, pz_guardian_page_data},
    {"teacher", PZ_PAGE_TEACHER, PZ_KIND_CLASS, pz_class_page, pz_class_page_data},
    {"leader", PZ_PAGE_LEADER, PZ_KIND_ORG, pz_school_page, pz_school_page_data},
};
enum { AUDIENCES = sizeof audiences / sizeof *audiences };

static const char *const formats[] = {"html", "json", "svg", "vega-lite"};
typedef enum format { HTML, JSON, SVG, VEGA_LITE, FORMATS } format;

static pz_status choose_audience(cli_run *cli, const audience **out)
{
    const char *word = cli_value(cli, OPTION_FOR);
    *out = &audiences[cli_has(cli, OPTION_LEARNER) ? 0 : 2];
    if (!word) return PZ_OK;
    for (size_t i = 0; i < AUDIENCES; i++) {
        if (strcmp(word, audiences[i].word)) continue;
        *out = &audiences[i];
        return PZ_OK;
    }
    return usage_fault(cli, "--for is learner, guardian, teacher or leader.");
}

static pz_status choose_format(cli_run *cli, format *out)
{
    const char *word = cli_value(cli, OPTION_FORMAT);
    *out = wants_json(cli) ? JSON : HTML;
    if (!word) return PZ_OK;
    for (int i = 0; i < FORMATS; i++) {
        if (strcmp(word, formats[i])) continue;
        *out = (format)i;
        return PZ_OK;
    }
    return usage_fault(cli, "--format is html, json, svg or vega-lite.");
}

static pz_status whose_page(cli_run *cli, const audience *of, pz_id *out_whose)
{
    if (cli_has(cli, OPTION_LEARNER)) return value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, out_whose);
    return argument_id(cli, 0, of->kind, out_whose);
}

static pz_status print_page(cli_run *cli, const audience *of, format as, pz_id whose, const pz_page_options *options)
{
    const char *chart = cli_value(cli, OPTION_CHART);
    char *text;
    switch (as) {
    case JSON: TRY(of->data(cli->actor, whose, options, &text)); return print_as_is(cli, text, MARKUP_JSON);
    case SVG: TRY(pz_page_svg(cli->actor, of->audience, whose, chart, options, &text)); return print_as_is(cli, text, MARKUP_HTML);
    case VEGA_LITE: TRY(pz_page_vega_lite(cli->actor, of->audience, whose, chart, options, &text)); return print_as_is(cli, text, MARKUP_JSON);
    case HTML:
    case FORMATS: break;
    }
    TRY(of->html(cli->actor, whose, options, &text));
    return print_as_is(cli, text, MARKUP_HTML);
}

/* The file gets its name once it is whole, and is for its owner alone. */
static pz_status write_page(cli_run *cli, const char *folder, pz_id learner, const char *html)
{
    char part[4096], whole[4096];
    snprintf(whole, sizeof whole, "%s/%lld.html", folder, (long long)learner);
    if (snprintf(part, sizeof part, "%s/%lld.part", folder, (long long)learner) >= (int)sizeof part) return cli_fail(cli, PZ_E_TOO_LONG, NULL, "The name of the folder is too long.");
    int descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!file) {
        if (descriptor >= 0) close(descriptor);
        return cli_fail(cli, PZ_E_IO, "Check that the folder can be written to.", "The page of learner %lld cannot be made.", (long long)learner);
    }
    int failed = fputs(html, file) < 0;
    failed |= fclose(file) != 0;
    if (!failed && rename(part, whole) == 0) return PZ_OK;
    int error = errno;
    unlink(part);
    return cli_fail(cli, error == ENOSPC ? PZ_E_NO_SPACE : PZ_E_IO, NULL, "The page of learner %lld could not be written.", (long long)learner);
}

/* One file for each learner, with progress on a terminal. */
static pz_status run_each(cli_run *cli, const audience *of, const pz_page_options *options)
{
    const char *folder = cli_value(cli, OPTION_EACH);
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    pz_person **rows;
    size_t count;
    pz_status status = PZ_OK;
    if (of->kind != PZ_KIND_PERSON) return usage_fault(cli, "--each makes pages --for learner or guardian.");
    query.role = PZ_ROLE_LEARNER;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return cli_fail(cli, PZ_E_IO, "Check the folder above it.", "The folder given as --each cannot be made.");
    TRY(pz_person_list(cli->actor, &query, &rows, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        char *html;
        status = of->html(cli->actor, rows[i]->id, options, &html);
        if (status == PZ_OK) status = write_page(cli, folder, rows[i]->id, html);
        pz_free(html);
        if (status == PZ_OK && show_progress((double)(i + 1) / (double)count, cli) != PZ_OK) status = cli_fail(cli, PZ_E_CANCELLED, NULL, "Stopped after %zu of %zu pages.", i + 1, count);
    }
    end_progress();
    pz_free(rows);
    TRY(status);
    return print_done(cli, "pages", (int64_t)count, "Made %s pages");
}

static pz_status run_page(cli_run *cli)
{
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    const audience *of;
    format as;
    pz_id whose;
    if (cli_has(cli, OPTION_STYLE)) {
        put_document(cli->out, pz_page_style(), MARKUP_HTML);
        return PZ_OK;
    }
    if (cli_has(cli, OPTION_LEARNER) + (cli->argument_count > 0) + cli_has(cli, OPTION_EACH) != 1) return usage_fault(cli, "'page' needs a class, or what --for names, or --learner, --each or --style.");
    TRY(choose_audience(cli, &of));
    TRY(choose_format(cli, &as));
    if (cli_has(cli, OPTION_LEARNER) && of->kind != PZ_KIND_PERSON) return usage_fault(cli, "--learner names the page of a learner or guardian.");
    if (cli_has(cli, OPTION_CHART) && as != SVG && as != VEGA_LITE) return usage_fault(cli, "--chart needs --format svg or vega-lite.");
    TRY(open_actor(cli));
    TRY(value_id(cli, OPTION_CYCLE, PZ_KIND_CYCLE, &options.cycle));
    TRY(value_id(cli, OPTION_RECOMMENDATION, PZ_KIND_RECOMMENDATION, &options.recommendation));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &options.framework));
    options.language = cli_value(cli, OPTION_LANGUAGE);
    options.fragment = cli_has(cli, OPTION_FRAGMENT);
    if (cli_value(cli, OPTION_ID_PREFIX)) options.id_prefix = cli_value(cli, OPTION_ID_PREFIX);
    if (cli_has(cli, OPTION_EACH)) return run_each(cli, of, &options);
    TRY(whose_page(cli, of, &whose));
    return print_page(cli, of, as, whose, &options);
}

static pz_status run_digest(cli_run *cli)
{
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    pz_id learner;
    char *text;
    TRY(open_actor(cli));
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    options.language = cli_value(cli, OPTION_LANGUAGE);
    options.fragment = cli_has(cli, OPTION_FRAGMENT);
    if (wants_json(cli)) {
        TRY(pz_digest_data(cli->actor, learner, &options, &text));
        return print_as_is(cli, text, MARKUP_JSON);
    }
    TRY(pz_digest(cli->actor, learner, &options, &text));
    return print_as_is(cli, text, MARKUP_HTML);
}

static const option_id digest_options[] = {OPTION_FRAGMENT, OPTION_COUNT};
static const option_id page_options[] = {OPTION_EACH, OPTION_CLASS, OPTION_FOR,       OPTION_FORMAT,   OPTION_CHART,     OPTION_LEARNER, OPTION_CYCLE, OPTION_RECOMMENDATION,
                                         OPTION_FRAMEWORK, OPTION_FRAGMENT, OPTION_ID_PREFIX, OPTION_STYLE,   OPTION_COUNT};

const cli_command page_commands[] = {
    {"page", "[CLASS]",
     "Write a page in one HTML file: of a class for its teachers (mastery, growth, groups with their reasons), of a learner or for its family in plain words, or of a "
     "school for its leadership.",
     "--for says for whom the page is; the argument then names a learner, a class or a school. With --json, or --format json, what the page shows as data; with --format svg or "
     "vega-lite, one chart of it. A fragment needs the style sheet that --style prints, once a page.",
     "personalize page class-1 --as teacher-1 --role teacher --out class.html\n"
     "personalize page class-1 --fragment --language es --as teacher-1 --role teacher --out fragment.html\n"
     "personalize page --for learner learner-1 --as learner-1 --role learner --out me.html\n"
     "personalize page --for guardian learner-1 --language es --as guardian-1 --role guardian --out family.html\n"
     "personalize page --for leader school-1 --as leader-1 --role leader --out school.html\n"
     "personalize page --for teacher class-1 --format svg --chart mastery --as teacher-1 --role teacher --out mastery.svg\n"
     "personalize page --for guardian --each pages --class class-1 --language es --as teacher-1 --role teacher\n"
     "personalize page --style --out personalize.css\n",
     page_options, DOOR_NONE, PZ_SCOPE_READ, run_page},
    {"digest", "LEARNER",
     "Write a short letter on a learner for the learner or its family: one thing to celebrate, what is new, one next step, what the family can do.",
     "It tells what changed since the last one to the same person with the same --purpose, or in the last week. Who received it is on record: --as names the one who receives it.",
     "personalize digest learner-1 --as guardian-1 --role guardian --purpose \"weekly digest\" --language es --out letter.html\n",
     digest_options, DOOR_NONE, PZ_SCOPE_READ, run_digest},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
