/* A view as of a moment equals the view that was recorded at that moment, after many random operations: entries of profiles added, revised and withdrawn, tags,
 * named adults, disputes and answers, private notes, voice entries with media and every step of their answers, check-ins planned, moved, signed, held and
 * cancelled. The learners look, and their teacher: what others see is judged by today, but nothing here is ever narrowed below teachers.
 *
 * PZ_TEST_OPERATIONS sets how many; 100,000 where it is not set. PZ_TEST_SEED sets the seed. */
#include "base/random.h"
#include "personalize/checkin.h"
#include "personalize/profile.h"
#include "records/checkin/tables.h"
#include "records/school.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"

enum {
    LEARNERS = 3,
    VIEWERS = LEARNERS + 1,
    MOMENTS = 20,
    CALLS = 50,
    MOST_ENTRIES = 60,
    MOST_NOTES = 8,
    MOST_VOICES = 12,
    NEWEST = 20,
    MOST_TEXTS = 400
};

static school town;

typedef struct moment {
    int64_t change;
    char *seen[VIEWERS];
} moment;

static pz_actor *learners[LEARNERS], *teacher;
static pz_id learner_ids[LEARNERS];
static pz_id entries[LEARNERS][MOST_ENTRIES]; /* that were not withdrawn; 0: a free place */
static int64_t versions[LEARNERS][MOST_ENTRIES];
static pz_id disputes[LEARNERS];
static pz_id notes[MOST_NOTES];
static pz_id voices[LEARNERS][MOST_VOICES];
static int32_t states[LEARNERS][MOST_VOICES]; /* pz_voice_state */
static pz_id checkins[LEARNERS];              /* that is planned, 0 */
static int has_signed[LEARNERS];

/* -------------------------------------------------------------------------------------------------- looking --- */

static char *texts[MOST_TEXTS];
static int text_count;

static void keep_rows(const pz_record_type *type, void *rows, size_t count)
{
    ck_assert_int_lt(text_count, MOST_TEXTS);
    ck_assert_ok(pz_records_json(type, (const void *const *)rows, count, &texts[text_count++]));
    pz_free(rows);
}

#define KEEP(type, call)                                                                                                                   \
    do {                                                                                                                                   \
        ck_assert_ok(call);                                                                                                                \
        keep_rows(type, rows, count);                                                                                                      \
    } while (0)

static void look_at_voices(pz_actor *actor, pz_id learner)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **said;
    void **rows;
    size_t voice_count, count;
    query.learner = learner;
    ck_assert_ok(pz_voice_list(actor, &query, &said, &voice_count));
    for (size_t i = voice_count > NEWEST ? voice_count - NEWEST : 0; i < voice_count; i++) {
        KEEP(&pz__voice_media_type, pz_voice_media_list(actor, said[i]->id, (pz_voice_media ***)&rows, &count));
        KEEP(&pz__voice_answer_type, pz_voice_answer_list(actor, said[i]->id, (pz_voice_answer ***)&rows, &count));
        KEEP(&pz__voice_entry_type, pz_voice_history(actor, said[i]->id, (pz_voice_entry ***)&rows, &count));
    }
    keep_rows(&pz__voice_entry_type, said, voice_count);
}

/* Documents name the change that they show, and a teacher's looking is a change: its lists are looked at instead. */
static void look_at_checkins(pz_actor *actor, pz_id learner)
{
    pz_checkin_query query = PZ_CHECKIN_QUERY_INIT;
    pz_checkin **all;
    void **rows;
    size_t checkin_count, count;
    query.learner = learner;
    ck_assert_ok(pz_checkin_list(actor, &query, &all, &checkin_count));
    for (size_t i = checkin_count > NEWEST ? checkin_count - NEWEST : 0; i < checkin_count; i++) {
        KEEP(&pz__checkin_person_type, pz_checkin_person_list(actor, all[i]->id, (pz_checkin_person ***)&rows, &count));
        KEEP(&pz__agenda_item_type, pz_checkin_agenda_list(actor, all[i]->id, NULL, (pz_agenda_item ***)&rows, &count));
        if (learner) ck_assert_ok(pz_checkin_document(actor, all[i]->id, NULL, &texts[text_count++]));
    }
    keep_rows(&pz__checkin_type, all, checkin_count);
}

static char *join(void)
{
    size_t length = 1, at = 0;
    char *all;
    for (int i = 0; i < text_count; i++) length += strlen(texts[i]);
    all = malloc(length);
    all[0] = '\0';
    for (int i = 0; i < text_count; i++) {
        size_t more = strlen(texts[i]);
        memcpy(all + at, texts[i], more + 1);
        at += more;
        pz_free(texts[i]);
    }
    text_count = 0;
    return all;
}

/* All that a learner sees of itself, or its teacher (0) of all of them, as text. */
static char *look(pz_actor *actor, pz_id learner)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_dispute_query disputes_query = PZ_PROFILE_DISPUTE_QUERY_INIT;
    pz_profile_upkeep_query upkeep = PZ_PROFILE_UPKEEP_QUERY_INIT;
    void **rows;
    size_t count;
    query.learner = disputes_query.learner = upkeep.learner = learner;
    KEEP(&pz__profile_entry_type, pz_profile_entry_list(actor, &query, (pz_profile_entry ***)&rows, &count));
    KEEP(&pz__profile_tag_type, pz_profile_tag_list(actor, learner, 0, (pz_profile_tag ***)&rows, &count));
    KEEP(&pz__profile_dispute_type, pz_profile_dispute_list(actor, &disputes_query, (pz_profile_dispute ***)&rows, &count));
    KEEP(&pz__profile_upkeep_type, pz_profile_upkeep_list(actor, &upkeep, (pz_profile_upkeep ***)&rows, &count));
    look_at_voices(actor, learner);
    look_at_checkins(actor, learner);
    if (learner) {
        ck_assert_ok(pz_profile_get(actor, learner, NULL, &texts[text_count++]));
    } else {
        KEEP(&pz__private_note_type, pz_private_note_list(actor, NULL, (pz_private_note ***)&rows, &count));
        KEEP(&pz__voice_count_type, pz_voice_count_list(actor, 0, 0, (pz_voice_count ***)&rows, &count));
        KEEP(&pz__profile_feature_type, pz_profile_feature_list(actor, town.a, "interests", (pz_profile_feature ***)&rows, &count));
    }
    return join();
}

/* --------------------------------------------------------------------------------------------------- acting --- */

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

static void note(pz__random *random)
{
    pz_id *at = &notes[pz__random_below(random, MOST_NOTES)];
    if (!*at) {
        ck_assert_ok(pz_private_note_add(teacher, learner_ids[pz__random_below(random, LEARNERS)], "Seen", PZ_NUL_TERMINATED, NULL, at));
    } else if (pz__random_below(random, 3)) {
        ck_assert_ok(pz_private_note_revise(teacher, *at, "Seen anew", PZ_NUL_TERMINATED, NULL));
    } else {
        ck_assert_ok(pz_private_note_end(teacher, *at, NULL));
        *at = 0;
    }
}

static void say(pz__random *random, int who, pz_id *out_id)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_voice_media video = PZ_VOICE_MEDIA_INIT;
    const pz_voice_media *media[] = {&video};
    int has_video = pz__random_below(random, 2);
    entry.learner = learner_ids[who];
    entry.kind = PZ_VOICE_NEED + (int32_t)pz__random_below(random, 7);
    entry.content = "I need time";
    entry.visibility = PZ_VISIBLE_TEACHERS + (int32_t)pz__random_below(random, 3);
    if (has_video) entry.avenue = PZ_AVENUE_VIDEO;
    video.reference = "voice/one.webm";
    video.type = "video/webm";
    video.size = 1 + (int64_t)pz__random_below(random, 1000);
    video.hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    video.alternative = "Ana asks for time";
    ck_assert_ok(pz_voice_say(learners[who], &entry, has_video ? media : NULL, (size_t)has_video, NULL, out_id));
}

static void speak(pz__random *random, int is_teacher, int who)
{
    size_t place = pz__random_below(random, MOST_VOICES);
    pz_id *id = &voices[who][place];
    int32_t *state = &states[who][place];
    if (!*id) {
        if (is_teacher) return;
        say(random, who, id);
        *state = PZ_VOICE_OPEN;
    } else if (!is_teacher && *state >= PZ_VOICE_ANSWERED) {
        ck_assert_ok(pz_voice_reopen(learners[who], *id, "Not yet", PZ_NUL_TERMINATED, NULL));
        *state = PZ_VOICE_OPEN;
    } else if (!is_teacher) {
        ck_assert_ok(pz_voice_withdraw(learners[who], *id, NULL, 0, NULL));
        *id = 0;
    } else if (*state == PZ_VOICE_OPEN && pz__random_below(random, 2)) {
        ck_assert_ok(pz_voice_see(teacher, *id, NULL));
        *state = PZ_VOICE_SEEN;
    } else if (*state <= PZ_VOICE_SEEN && pz__random_below(random, 2)) {
        ck_assert_ok(pz_voice_reply(teacher, *id, "Soon", PZ_NUL_TERMINATED, NULL));
        *state = PZ_VOICE_ANSWERED;
    } else if (*state <= PZ_VOICE_ANSWERED && pz__random_below(random, 2)) {
        ck_assert_ok(pz_voice_act(teacher, *id, "Done", PZ_NUL_TERMINATED, 0, 0, NULL));
        *state = PZ_VOICE_ACTED_ON;
    } else if (*state <= PZ_VOICE_ANSWERED) {
        ck_assert_ok(pz_voice_decline(teacher, *id, "Not now", PZ_NUL_TERMINATED, NULL));
        *state = PZ_VOICE_DECLINED;
    }
}

static int64_t checkin_version(pz_id id)
{
    pz_checkin *found;
    ck_assert_ok(pz_checkin_get(teacher, id, &found));
    int64_t version = found->version;
    pz_free(found);
    return version;
}

/* In a change of its own. */
static void meet(pz__random *random, int who)
{
    pz_checkin checkin = PZ_CHECKIN_INIT;
    pz_id *id = &checkins[who], next;
    checkin.learner = learner_ids[who];
    checkin.due_on = SCHOOL_TODAY + (pz_date)pz__random_below(random, 400);
    checkin.visibility = PZ_VISIBLE_TEACHERS + (int32_t)pz__random_below(random, 3);
    if (!*id) {
        ck_assert_ok(pz_checkin_plan(teacher, &checkin, NULL, 0, NULL, id));
        has_signed[who] = 0;
    } else if (!has_signed[who]) {
        ck_assert_ok(pz_checkin_sign(learners[who], *id, NULL));
        has_signed[who] = 1;
    } else if (pz__random_below(random, 2)) {
        ck_assert_ok(pz_checkin_move(teacher, *id, checkin_version(*id), checkin.due_on, NULL, 0, NULL));
    } else if (pz__random_below(random, 4) == 0) {
        ck_assert_ok(pz_checkin_cancel(teacher, *id, "Ill", PZ_NUL_TERMINATED, NULL));
        *id = 0;
    } else {
        ck_assert_ok(pz_checkin_hold(teacher, *id, checkin_version(*id), "Go on", PZ_NUL_TERMINATED, NULL, 0, PZ_DATE_NONE, NULL, &next));
        *id = 0;
    }
}

/* Within one change all acts of one writer: `writer` 0 is the teacher. */
static void act(pz__random *random, int is_teacher, int who, int64_t change)
{
    size_t place = 2 * (size_t)pz__random_below(random, MOST_ENTRIES / 2) + (size_t)is_teacher;
    pz_actor *actor = is_teacher ? teacher : learners[who];
    pz_id entry = entries[who][place];
    if (pz__random_below(random, 6) == 0) {
        speak(random, is_teacher, who);
        return;
    }
    if (is_teacher && pz__random_below(random, 10) == 0) {
        note(random);
        return;
    }
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
    if (pz__random_below(random, 4) == 0) meet(random, who);
}

static pz_actor *viewer(int who)
{
    return who < LEARNERS ? learners[who] : teacher;
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
            for (int who = 0; who < VIEWERS; who++) moments[count].seen[who] = look(viewer(who), who < LEARNERS ? learner_ids[who] : 0);
            count++;
        }
    }
    printf("%d operations in %d changes, %d moments\n", changes * CALLS, changes, count);
    ck_assert_int_ge(count, MOMENTS / 2);
    for (int i = 0; i < count; i++)
        for (int who = 0; who < VIEWERS; who++) {
            pz_actor *view;
            char *seen;
            size_t same = 0;
            ck_assert_ok(pz_actor_as_of_change(viewer(who), moments[i].change, &view));
            seen = look(view, who < LEARNERS ? learner_ids[who] : 0);
            while (seen[same] && seen[same] == moments[i].seen[who][same]) same++;
            ck_assert_msg(seen[same] == moments[i].seen[who][same],
                          "at change %lld viewer %d sees otherwise after %zu bytes:\n%.600s\n%.600s", (long long)moments[i].change, who,
                          same, seen + (same > 300 ? same - 300 : 0), moments[i].seen[who] + (same > 300 ? same - 300 : 0));
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
