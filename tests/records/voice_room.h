/* What the tests of voice entries share: ana and the people around her, entries, steps, and who sees and owes what. */
#ifndef PZ_TESTS_VOICE_ROOM_H
#define PZ_TESTS_VOICE_ROOM_H

#include "personalize/voice.h"
#include "records/lesson.h"

static lesson at;

static inline void setup(void)
{
    lesson_start(&at);
}

static inline void teardown(void)
{
    lesson_end(&at);
}

enum { WHO_LEARNER, WHO_GUARDIAN, WHO_TEACHER, WHO_COUNSELOR, WHO_LEADER, WHO_CLASSMATE, WHO_OTHER_TEACHER, WHO_IMPORT, WHO_READER, WHOS };

static inline pz_actor *actor_of(int who)
{
    school *s = &at.school;
    switch (who) {
    case WHO_LEARNER: return school_actor(s, s->ana, PZ_ROLE_LEARNER);
    case WHO_GUARDIAN: return school_actor(s, s->gus, PZ_ROLE_GUARDIAN);
    case WHO_TEACHER: return school_actor(s, s->tea, PZ_ROLE_TEACHER);
    case WHO_COUNSELOR: return school_actor(s, s->cou, PZ_ROLE_COUNSELOR);
    case WHO_LEADER: return school_actor(s, s->lea, PZ_ROLE_LEADER);
    case WHO_CLASSMATE: return school_actor(s, s->ben, PZ_ROLE_LEARNER);
    case WHO_OTHER_TEACHER: return school_actor(s, s->tim, PZ_ROLE_TEACHER);
    case WHO_IMPORT: return school_service(s, PZ_SCOPE_IMPORT);
    default: return school_service(s, PZ_SCOPE_READ);
    }
}

static inline pz_voice_entry make_entry(void)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    entry.learner = at.school.ana;
    entry.kind = PZ_VOICE_NEED;
    entry.content = "I need more time to read";
    return entry;
}

static inline pz_status try_say(int who, const pz_voice_entry *entry, pz_id *out_id)
{
    pz_actor *actor = actor_of(who);
    pz_status status = pz_voice_say(actor, entry, NULL, 0, NULL, out_id);
    pz_actor_free(actor);
    return status;
}

static inline pz_id say(int who, const pz_voice_entry *entry)
{
    pz_id id;
    ck_assert_ok(try_say(who, entry, &id));
    return id;
}

/* Without its texts. */
static inline pz_voice_entry entry_now(int who, pz_id id)
{
    pz_actor *actor = actor_of(who);
    pz_voice_entry *entry, copy;
    ck_assert_ok(pz_voice_get(actor, id, &entry));
    copy = *entry;
    copy.content = copy.topic = NULL;
    copy.content_len = copy.topic_len = 0;
    pz_free(entry);
    pz_actor_free(actor);
    return copy;
}

#define NONE PZ_E_NOT_FOUND
#define NO PZ_E_DENIED
#define STATE PZ_E_STATE
#define OK PZ_OK

enum { STEP_AGREE, STEP_REVISE, STEP_WITHDRAW, STEP_SEE, STEP_REPLY, STEP_ACT, STEP_DECLINE, STEP_REOPEN, STEP_FILE, STEPS };

static inline pz_status take_step(int who, int step, pz_id id)
{
    pz_voice_entry revised = make_entry();
    pz_actor *actor = actor_of(who);
    pz_status status;
    int64_t version;
    switch (step) {
    case STEP_AGREE: status = pz_voice_agree(actor, id, NULL); break;
    case STEP_REVISE:
        revised.id = id;
        revised.version = entry_now(WHO_LEARNER, id).version;
        revised.content = "Said anew";
        status = pz_voice_revise(actor, &revised, NULL, &version);
        break;
    case STEP_WITHDRAW: status = pz_voice_withdraw(actor, id, "Not any more", PZ_NUL_TERMINATED, NULL); break;
    case STEP_SEE: status = pz_voice_see(actor, id, NULL); break;
    case STEP_REPLY: status = pz_voice_reply(actor, id, "Let us talk", PZ_NUL_TERMINATED, NULL); break;
    case STEP_ACT: status = pz_voice_act(actor, id, "You have ten minutes more", PZ_NUL_TERMINATED, 0, 0, NULL); break;
    case STEP_DECLINE: status = pz_voice_decline(actor, id, "The rules of the test", PZ_NUL_TERMINATED, NULL); break;
    case STEP_REOPEN: status = pz_voice_reopen(actor, id, "It is still so", PZ_NUL_TERMINATED, NULL); break;
    default: status = pz_voice_file(actor, id, "reading", PZ_NUL_TERMINATED, NULL); break;
    }
    pz_actor_free(actor);
    return status;
}

enum { PLACE_BY_ADULT, PLACE_OPEN, PLACE_SEEN, PLACE_ANSWERED, PLACE_ACTED_ON, PLACE_DECLINED, PLACE_WITHDRAWN, PLACES };

static inline pz_id entry_at(int place)
{
    static const int steps[PLACES] = {-1, -1, STEP_SEE, STEP_REPLY, STEP_ACT, STEP_DECLINE, STEP_WITHDRAW};
    pz_voice_entry entry = make_entry();
    pz_id id = say(place == PLACE_BY_ADULT ? WHO_TEACHER : WHO_LEARNER, &entry);
    if (steps[place] >= 0) ck_assert_ok(take_step(place == PLACE_WITHDRAWN ? WHO_LEARNER : WHO_TEACHER, steps[place], id));
    return id;
}

static inline pz_status see_by(int who, pz_id id)
{
    pz_actor *actor = actor_of(who);
    pz_voice_entry *entry, **rows, **versions;
    pz_voice_media **media;
    pz_voice_answer **answers;
    pz_voice_cosigner **cosigners;
    size_t count, listed = 0;
    pz_status status = pz_voice_get(actor, id, &entry);
    ck_assert_int_eq(status == OK, entry != NULL);
    pz_free(entry);
    ck_assert_int_eq(pz_voice_media_list(actor, id, &media, &count), status);
    pz_free(media);
    ck_assert_int_eq(pz_voice_answer_list(actor, id, &answers, &count), status);
    pz_free(answers);
    ck_assert_int_eq(pz_voice_cosigner_list(actor, id, &cosigners, &count), status);
    pz_free(cosigners);
    ck_assert_int_eq(pz_voice_history(actor, id, &versions, &count), who == WHO_CLASSMATE ? NONE : status);
    pz_free(versions);
    if (pz_voice_list(actor, NULL, &rows, &count) == OK)
        for (size_t i = 0; i < count; i++) listed += rows[i]->id == id;
    pz_free(rows);
    ck_assert_uint_eq(listed, status == OK && who != WHO_CLASSMATE);
    pz_actor_free(actor);
    return status;
}

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static inline pz_voice_media make_video(void)
{
    pz_voice_media medium = PZ_VOICE_MEDIA_INIT;
    medium.name = "My idea.webm";
    medium.reference = "voice/2026/7f3a.webm";
    medium.type = "video/webm";
    medium.size = 1048576;
    medium.hash = HASH;
    medium.alternative = "I show how the tables could stand";
    return medium;
}

static inline int is_due(pz_actor *actor, pz_id id, pz_date until, const char *code)
{
    pz_due **rows;
    size_t count, found = 0;
    ck_assert_ok(pz_due_list(actor, until, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->record_kind != PZ_KIND_VOICE || rows[i]->record != id) continue;
        ck_assert_str_eq(rows[i]->code, code);
        found++;
    }
    pz_free(rows);
    ck_assert_uint_le(found, 1);
    return (int)found;
}

static inline int owes(int who, pz_id id, pz_date until)
{
    pz_actor *actor = actor_of(who);
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **rows;
    size_t count, found = 0;
    int due = is_due(actor, id, until, who == WHO_LEARNER ? "due.voice_unanswered" : "due.voice_answer");
    query.owed_only = 1;
    ck_assert_ok(pz_voice_list(actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) found += rows[i]->id == id;
    pz_free(rows);
    pz_actor_free(actor);
    if (who >= WHO_GUARDIAN && who <= WHO_LEADER) ck_assert_int_eq((int)found, due);
    return due;
}

#endif
