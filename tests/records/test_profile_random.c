/* A view as of a moment equals the view that was recorded at that moment, after many random operations on profiles: entries added, revised and withdrawn, tags,
 * named adults, disputes and answers. The learners themselves look, since what others see is judged by today.
 *
 * PZ_TEST_OPERATIONS sets how many; 100,000 where it is not set. PZ_TEST_SEED sets the seed. */
#include "base/random.h"
#include "personalize/profile.h"
#include "records/school.h"
#include "records/types_learning.h"

enum { LEARNERS = 3, MOMENTS = 20, CALLS = 50, MOST_ENTRIES = 60 };

static school town;

typedef struct moment {
    int64_t change;
    char *seen[LEARNERS];
} moment;

static pz_actor *learners[LEARNERS], *teacher;
static pz_id learner_ids[LEARNERS];
static pz_id entries[LEARNERS][MOST_ENTRIES]; /* that were not withdrawn; 0: a free place */
static int64_t versions[LEARNERS][MOST_ENTRIES];
static pz_id disputes[LEARNERS];

/* All that a learner sees of itself, as text. */
static char *look(pz_actor *actor, pz_id learner)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_dispute_query disputes_query = PZ_PROFILE_DISPUTE_QUERY_INIT;
    pz_profile_entry **rows;
    pz_profile_tag **tags;
    pz_profile_dispute **found;
    char *texts[4], *all;
    size_t count, length = 1;
    query.learner = disputes_query.learner = learner;
    ck_assert_ok(pz_profile_entry_list(actor, &query, &rows, &count));
    ck_assert_ok(pz_records_json(&pz__profile_entry_type, (const void *const *)rows, count, &texts[0]));
    pz_free(rows);
    ck_assert_ok(pz_profile_tag_list(actor, learner, 0, &tags, &count));
    ck_assert_ok(pz_records_json(&pz__profile_tag_type, (const void *const *)tags, count, &texts[1]));
    pz_free(tags);
    ck_assert_ok(pz_profile_dispute_list(actor, &disputes_query, &found, &count));
    ck_assert_ok(pz_records_json(&pz__profile_dispute_type, (const void *const *)found, count, &texts[2]));
    pz_free(found);
    ck_assert_ok(pz_profile_get(actor, learner, NULL, &texts[3]));
    for (int i = 0; i < 4; i++) length += strlen(texts[i]);
    all = malloc(length);
    all[0] = '\0';
    for (int i = 0; i < 4; i++) {
        strcat(all, texts[i]);
        pz_free(texts[i]);
    }
    return all;
}

static void set_tags(pz__random *random, pz_actor *actor, pz_id entry)
{
    static const char *const words[] = {"Trains", "Ships", "Comics", "Bridges"};
    pz_profile_tag one = PZ_PROFILE_TAG_INIT, two = PZ_PROFILE_TAG_INIT;
    const pz_profile_tag *tags[] = {&one, &two};
    uint32_t first = pz__random_below(random, 4);
    one.tag = words[first];
    two.tag = words[(first + 1) % 4];
    two.uri = "urn:x:y";
    ck_assert_ok(pz_profile_tags_set(actor, entry, tags, pz__random_below(random, 3), NULL));
}

/* By the learner in even places, by its teacher in odd ones. */
static void write_entry(pz__random *random, pz_actor *actor, int who, size_t place)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    char content[24];
    snprintf(content, sizeof content, "Words %u", pz__random_below(random, 100000));
    entry.id = entries[who][place];
    entry.version = versions[who][place];
    entry.learner = learner_ids[who];
    entry.section = 1 + (int32_t)pz__random_below(random, PZ_PROFILE_LEARN_WHERE);
    entry.content = content;
    entry.visibility = PZ_VISIBLE_TEACHERS + (int32_t)pz__random_below(random, 3);
    if (pz__random_below(random, 3) == 0) entry.value = pz__random_unit(random);
    if (pz__random_below(random, 3) == 0) entry.ends_on = SCHOOL_TODAY + (pz_date)pz__random_below(random, 60);
    if (entry.section == PZ_PROFILE_LEARN_WHEN) entry.times = "mon 10:00-11:00";
    if (entry.id)
        ck_assert_ok(pz_profile_entry_revise(actor, &entry, NULL, &versions[who][place]));
    else
        ck_assert_ok(pz_profile_entry_add(actor, &entry, NULL, &entries[who][place]));
}

/* The learner's own, in a change by itself. */
static void dispute(int who, pz_id entry)
{
    if (disputes[who]) {
        ck_assert_ok(pz_profile_dispute_withdraw(learners[who], disputes[who], NULL));
        disputes[who] = 0;
        return;
    }
    ck_assert_ok(pz_profile_dispute_open(learners[who], entry, "Not so", PZ_NUL_TERMINATED, NULL, &disputes[who]));
}

/* Within one change all acts of one writer: `writer` 0 is the teacher. */
static void act(pz__random *random, int is_teacher, int who, int64_t change)
{
    size_t place = 2 * (size_t)pz__random_below(random, MOST_ENTRIES / 2) + (size_t)is_teacher;
    pz_actor *actor = is_teacher ? teacher : learners[who];
    pz_id entry = entries[who][place];
    switch (entry ? pz__random_below(random, 8) : 0) {
    case 1:
        ck_assert_ok(pz_profile_entry_withdraw(actor, entry, "No longer", PZ_NUL_TERMINATED, NULL));
        entries[who][place] = 0;
        versions[who][place] = 0;
        return;
    case 2: set_tags(random, actor, entry); return;
    case 3: ck_assert_ok(pz_profile_named_add(actor, entry, town.cou, NULL)); return;
    case 4:
        if (!is_teacher || !disputes[who]) return;
        ck_assert_ok(pz_profile_dispute_answer(teacher, disputes[who], PZ_DISPUTE_DECLINED, "It stands", PZ_NUL_TERMINATED, NULL));
        disputes[who] = 0;
        return;
    default:
        write_entry(random, actor, who, place);
        versions[who][place] = change;
        return;
    }
}

static void run_change(pz__random *random, int operations)
{
    int is_teacher = (int)pz__random_below(random, 2), who = (int)pz__random_below(random, LEARNERS);
    pz_actor *actor = is_teacher ? teacher : learners[who];
    int64_t number = school_last_change(&town) + 1, change;
    int32_t repeated;
    town.now += (pz_time)pz__random_below(random, 3600) * 1000000;
    ck_assert_ok(pz_change_begin(actor, "random", NULL, &repeated));
    for (int i = 0; i < operations; i++) act(random, is_teacher, who, number);
    ck_assert_ok(pz_change_commit(actor, &change));
    if (pz__random_below(random, 4) == 0 && entries[who][1]) dispute(who, entries[who][1]);
}

START_TEST(a_view_of_the_past_is_what_was_seen_then)
{
    const char *text = getenv("PZ_TEST_OPERATIONS");
    int operations = text ? atoi(text) : 100000, changes = operations / CALLS;
    moment moments[MOMENTS];
    pz__random random;
    int count = 0;
    pz__random_seed(&random, suite_seed());
    school_start(&town);
    learner_ids[0] = town.ana, learner_ids[1] = town.ben, learner_ids[2] = town.cid;
    for (int i = 0; i < LEARNERS; i++) learners[i] = school_actor(&town, learner_ids[i], PZ_ROLE_LEARNER);
    teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    for (int i = 0; i < changes; i++) {
        run_change(&random, CALLS);
        if (count < MOMENTS && i % (changes / MOMENTS + 1) == changes / MOMENTS) {
            moments[count].change = school_last_change(&town);
            for (int who = 0; who < LEARNERS; who++) moments[count].seen[who] = look(learners[who], learner_ids[who]);
            count++;
        }
    }
    printf("%d operations in %d changes, %d moments\n", changes * CALLS, changes, count);
    ck_assert_int_ge(count, MOMENTS / 2);
    for (int i = 0; i < count; i++)
        for (int who = 0; who < LEARNERS; who++) {
            pz_actor *view;
            char *seen;
            ck_assert_ok(pz_actor_as_of_change(learners[who], moments[i].change, &view));
            seen = look(view, learner_ids[who]);
            ck_assert_msg(strcmp(seen, moments[i].seen[who]) == 0, "at change %lld learner %d sees another profile:\n%.2000s\n%.2000s",
                          (long long)moments[i].change, who, seen, moments[i].seen[who]);
            free(seen);
            free(moments[i].seen[who]);
            pz_actor_free(view);
        }
    for (int i = 0; i < LEARNERS; i++) pz_actor_free(learners[i]);
    pz_actor_free(teacher);
    school_end(&town);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("random profiles");
    TCase *tests = tcase_create("property");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, a_view_of_the_past_is_what_was_seen_then);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
