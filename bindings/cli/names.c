/* Names beside ids. Each is asked for once, and only where it is shown, since reading of people is on record. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

typedef struct known_name {
    pz_kind kind;
    pz_id id;
    char *text;
} known_name;

/* An open table; ids are consecutive numbers, so that they spread by themselves. */
struct names {
    known_name *slots;
    size_t count, capacity;
};

/* What a member that holds an id names. The same word means the same everywhere. */
pz_kind kind_of_member(const char *type, const char *member)
{
    static const struct {
        const char *member;
        pz_kind kind;
    } members[] = {
        {"learner", PZ_KIND_PERSON},
        {"person", PZ_KIND_PERSON},
        {"guardian", PZ_KIND_PERSON},
        {"author", PZ_KIND_PERSON},
        {"acted_by", PZ_KIND_PERSON},
        {"proposed_by", PZ_KIND_PERSON},
        {"supporter", PZ_KIND_PERSON},
        {"other", PZ_KIND_PERSON},
        {"to_person", PZ_KIND_PERSON},
        {"shared_with", PZ_KIND_CLASS},
        {"instead", PZ_KIND_COMPETENCY},
        {"class_id", PZ_KIND_CLASS},
        {"org", PZ_KIND_ORG},
        {"competency", PZ_KIND_COMPETENCY},
        {"origin", PZ_KIND_COMPETENCY},
        {"destination", PZ_KIND_COMPETENCY},
        {"framework", PZ_KIND_FRAMEWORK},
        {"cycle", PZ_KIND_CYCLE},
        {"previous", PZ_KIND_CYCLE},
        {"assessment", PZ_KIND_ASSESSMENT},
        {"item", PZ_KIND_ITEM},
        {"course", PZ_KIND_COURSE},
        {"session", PZ_KIND_SESSION},
        {"misconception", PZ_KIND_MISCONCEPTION},
        {"scope", KIND_SCOPE},
        {"record", KIND_BY_ROW},
    };
    static const struct {
        const char *type;
        pz_kind kind;
    } types[] = {
        {"pz_org", PZ_KIND_ORG},
        {"pz_academic_session", PZ_KIND_SESSION},
        {"pz_course", PZ_KIND_COURSE},
        {"pz_class", PZ_KIND_CLASS},
        {"pz_person", PZ_KIND_PERSON},
        {"pz_enrollment", PZ_KIND_ENROLLMENT},
        {"pz_framework", PZ_KIND_FRAMEWORK},
        {"pz_competency", PZ_KIND_COMPETENCY},
        {"pz_association", PZ_KIND_ASSOCIATION},
        {"pz_assessment", PZ_KIND_ASSESSMENT},
        {"pz_item", PZ_KIND_ITEM},
    };
    if (!strcmp(member, "id") || !strcmp(member, "parent"))
        for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
            if (!strcmp(types[i].type, type)) return types[i].kind;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (!strcmp(members[i].member, member)) return members[i].kind;
    return (pz_kind)0;
}

/* ---------------------------------------------------------------------------------------------- asking --- */

static const char *either(const char *first, const char *second)
{
    return first && first[0] ? first : second ? second : "";
}

static char *join_names(const char *given, const char *family)
{
    char *text = malloc(strlen(given) + strlen(family) + 2);
    if (text) sprintf(text, "%s%s%s", given, given[0] && family[0] ? " " : "", family);
    return text;
}

static char *ask_person(cli_run *cli, pz_id id)
{
    pz_person *person;
    char *text;
    if (pz_person_get(cli->actor, id, &person) != PZ_OK) return NULL;
    text = join_names(either(person->preferred_given_name, person->given_name), either(person->preferred_family_name, person->family_name));
    pz_free(person);
    return text;
}

static char *ask_class(cli_run *cli, pz_id id)
{
    pz_class *row;
    char *text;
    if (pz_class_get(cli->actor, id, &row) != PZ_OK) return NULL;
    text = strdup(either(row->title, row->code));
    pz_free(row);
    return text;
}

static char *ask_org(cli_run *cli, pz_id id)
{
    pz_org *row;
    char *text;
    if (pz_org_get(cli->actor, id, &row) != PZ_OK) return NULL;
    text = strdup(either(row->name, NULL));
    pz_free(row);
    return text;
}

static char *ask_competency(cli_run *cli, pz_id id)
{
    pz_competency *row;
    char *text;
    if (pz_competency_get(cli->actor, id, &row) != PZ_OK) return NULL;
    text = strdup(either(row->code, either(row->short_statement, row->statement)));
    pz_free(row);
    return text;
}

static char *ask_cycle(cli_run *cli, pz_id id)
{
    pz_cycle *row;
    char *text;
    if (pz_cycle_get(cli->actor, id, &row) != PZ_OK) return NULL;
    text = strdup(either(row->title, NULL));
    pz_free(row);
    return text;
}

static char *ask(cli_run *cli, pz_kind kind, pz_id id)
{
    switch ((int)kind) {
    case PZ_KIND_PERSON: return ask_person(cli, id);
    case PZ_KIND_CLASS: return ask_class(cli, id);
    case PZ_KIND_ORG: return ask_org(cli, id);
    case PZ_KIND_COMPETENCY: return ask_competency(cli, id);
    case PZ_KIND_CYCLE: return ask_cycle(cli, id);
    default: return NULL;
    }
}

/* ---------------------------------------------------------------------------------------------- keeping --- */

/* The slot of the name, or the free one where it belongs. */
static known_name *find(const struct names *names, pz_kind kind, pz_id id)
{
    size_t at = (size_t)id & (names->capacity - 1);
    while (names->slots[at].id && (names->slots[at].id != id || names->slots[at].kind != kind)) at = (at + 1) & (names->capacity - 1);
    return &names->slots[at];
}

static int grow(struct names *names)
{
    struct names larger = {NULL, names->count, names->capacity ? names->capacity * 2 : 64};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots) return 0;
    for (size_t i = 0; i < names->capacity; i++)
        if (names->slots[i].id) *find(&larger, names->slots[i].kind, names->slots[i].id) = names->slots[i];
    free(names->slots);
    *names = larger;
    return 1;
}

const char *name_of(cli_run *cli, pz_kind kind, pz_id id)
{
    known_name *found;
    if (!id || !cli->actor) return "";
    if (!cli->names) cli->names = calloc(1, sizeof *cli->names);
    if (!cli->names) return "";
    if (cli->names->count * 2 >= cli->names->capacity && !grow(cli->names)) return "";
    found = find(cli->names, kind, id);
    if (!found->id) {
        found->id = id;
        found->kind = kind;
        found->text = ask(cli, kind, id);
        cli->names->count++;
    }
    return found->text ? found->text : "";
}

void names_free(cli_run *cli)
{
    if (!cli->names) return;
    for (size_t i = 0; i < cli->names->capacity; i++) free(cli->names->slots[i].text);
    free(cli->names->slots);
    free(cli->names);
    cli->names = NULL;
}
