/* Questionnaires and self-checks: documents and their faults, answers that are the learner's alone, what becomes of them and what does not. */
#include "personalize/questionnaire.h"
#include "records/lesson.h"
#include "support/schema_check.h"

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}

static void teardown(void)
{
    lesson_end(&at);
}

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define QUESTIONNAIRE(questions)                                                                                                           \
    "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"How I work\",\"language\":\"en\",\"questions\":[" questions "]}"
#define ASK(code, rest) "{\"code\":\"" code "\",\"prompt\":\"I like to work alone\"," rest "}"
#define PICTURES                                                                                                                           \
    "\"kind\":\"pictures\",\"pictures\":[{\"code\":\"floor\",\"reference\":\"p/1.png\",\"alternative\":\"On the "                          \
    "floor\"},{\"code\":\"desk\",\"reference\":\"p/2.png\",\"alternative\":\"At a desk\"}]"

static const char document[] = QUESTIONNAIRE(ASK("free", "\"kind\":\"text\",\"guide\":\"Anything\",\"becomes\":{\"record\":\"voice\","
                                                         "\"kind\":\"need\",\"topic\":\"quiet\"}") "," ASK(
    "alone",
    "\"kind\":\"scale\",\"from\":1,\"to\":5,\"from_words\":\"no\",\"to_words\":\"yes\",\"becomes\":{\"record\":\"profile_entry\","
    "\"section\":\"strength\"}") "," ASK("mood", "\"kind\":\"scale\",\"from\":-2,\"to\":2,\"becomes\":{\"record\":\"voice\",\"kind\":"
                                                 "\"feedback\"}") "," ASK("place",
                                                                          PICTURES ",\"becomes\":{\"record\":\"profile_entry\",\"section\":"
                                                                                   "\"technology\"}") "," ASK("lost", "\"kind\":\"text\""));

static pz_id save(pz_actor *actor, pz_id id, int64_t *out_version)
{
    ck_assert_ok(pz_questionnaire_save(actor, at.school.north, id, document, PZ_NUL_TERMINATED, NULL, &id));
    *out_version = school_last_change(&at.school);
    return id;
}

static pz_answer answer_to(const char *question)
{
    pz_answer answer = PZ_ANSWER_INIT;
    answer.question = question;
    return answer;
}

/* ------------------------------------------------------------------------------------------------------ documents --- */

START_TEST(saves_versions_and_gives_them_back)
{
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER),
             *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER),
             *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    pz_questionnaire **rows;
    char *json, *again;
    size_t count;
    int64_t first, second;
    pz_id id = save(tea, 0, &first), same, of_store;
    ck_assert_ok(pz_questionnaire_get(ana, id, NULL, &json));
    ck_assert_schema("questionnaire", json);
    ck_assert(strstr(json, "\"title\":\"How I work\"") && strstr(json, "\"guide\":\"Anything\""));
    ck_assert_ok(pz_questionnaire_save(lea, at.school.north, id, json, PZ_NUL_TERMINATED, "again", &same)); /* what was read can be saved */
    ck_assert_int_eq(same, id);
    second = school_last_change(&at.school);
    ck_assert_ok(pz_questionnaire_save(lea, at.school.north, id, json, PZ_NUL_TERMINATED, "again", &same));
    ck_assert_status(pz_questionnaire_save(lea, at.school.north, 0, json, PZ_NUL_TERMINATED, "again", &same), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_questionnaire_get(ana, id, NULL, &again));
    ck_assert_str_ne(json, again); /* the version */
    pz_free(again);
    pz_free(json);
    ck_assert_ok(pz_questionnaire_save(at.runner, 0, 0, document, PZ_NUL_TERMINATED, NULL, &of_store));
    ck_assert_ok(pz_questionnaire_list(ana, NULL, "es", &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->id, 0);
    ck_assert_str_eq(rows[0]->language, "es");
    ck_assert_int_eq(rows[0]->questions, 6);
    ck_assert_int_eq(rows[1]->id, id);
    ck_assert_int_eq(rows[1]->version, second);
    ck_assert_int_eq(rows[1]->questions, 5);
    ck_assert_int_eq(rows[1]->author, at.school.tea);
    ck_assert_str_eq(rows[1]->title, "How I work");
    pz_free(rows);
    ck_assert_ok(pz_questionnaire_list(tim, NULL, NULL, &rows, &count)); /* of another school */
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    ck_assert_status(pz_questionnaire_get(tim, id, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_questionnaire_get(ana, 999999, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_questionnaire_get(ana, id, "xx", &json), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_get(NULL, id, NULL, &json), PZ_E_CLOSED);
    ck_assert_ptr_null(json);
    ck_assert_status(pz_questionnaire_get(ana, id, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_list(ana, NULL, "xx", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_list(NULL, NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_questionnaire_list(at.school.importer, NULL, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_questionnaire_save(tim, at.school.south, id, document, PZ_NUL_TERMINATED, NULL, &same), PZ_E_NOT_FOUND);
    ck_assert_status(pz_questionnaire_save(tim, at.school.north, 0, document, PZ_NUL_TERMINATED, NULL, &same), PZ_E_NOT_FOUND);
    ck_assert_status(pz_questionnaire_save(tea, 0, 0, document, PZ_NUL_TERMINATED, NULL, &same), PZ_E_DENIED);
    ck_assert_status(pz_questionnaire_save(ana, at.school.north, 0, document, PZ_NUL_TERMINATED, NULL, &same), PZ_E_DENIED);
    ck_assert_status(pz_questionnaire_save(tea, -1, 0, document, PZ_NUL_TERMINATED, NULL, &same), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_end(tim, id, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_questionnaire_end(ana, id, NULL), PZ_E_DENIED);
    ck_assert_status(pz_questionnaire_end(tea, 0, NULL), PZ_E_DENIED);
    ck_assert_status(pz_questionnaire_end(NULL, id, NULL), PZ_E_CLOSED);
    ck_assert_ok(pz_questionnaire_end(tea, id, "end"));
    ck_assert_ok(pz_questionnaire_end(tea, id, "end"));
    ck_assert_status(pz_questionnaire_end(tea, id, NULL), PZ_E_STATE);
    ck_assert_status(pz_questionnaire_save(tea, at.school.north, id, document, PZ_NUL_TERMINATED, NULL, &same), PZ_E_STATE);
    pz_answer answer = answer_to("lost");
    const pz_answer *answers[] = {&answer};
    answer.text = "x";
    ck_assert_status(pz_questionnaire_answer(ana, id, second, answers, 1, NULL, &same), PZ_E_STATE);
    pz_actor_free(lea);
    pz_actor_free(tim);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

START_TEST(the_own_self_check_is_whole_in_each_language)
{
    static const char *const languages[] = {"en", "es"};
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    pz_id id;
    for (size_t i = 0; i < 2; i++) {
        char *json;
        ck_assert_ok(pz_questionnaire_get(ana, 0, languages[i], &json));
        ck_assert_schema("questionnaire", json);
        ck_assert_ok(pz_questionnaire_save(at.runner, 0, 0, json, PZ_NUL_TERMINATED, NULL, &id)); /* it is one by the rules for all */
        pz_free(json);
    }
    pz_actor_free(ana);
}
END_TEST

START_TEST(refuses_what_is_no_questionnaire)
{
    static const char *const wrong[] = {
        "[]",
        "{}",
        "{\"document\":\"goal\",\"format\":1,\"title\":\"x\",\"questions\":[]}",
        "{\"document\":\"questionnaire\",\"format\":2,\"title\":\"x\",\"questions\":[]}",
        QUESTIONNAIRE(""),
        "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"\",\"questions\":[" ASK("q", "\"kind\":\"text\"") "]}",
        "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"x\",\"more\":1,\"questions\":[" ASK("q", "\"kind\":\"text\"") "]}",
        "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"x\",\"guide\":1,\"questions\":[" ASK("q", "\"kind\":\"text\"") "]}",
        QUESTIONNAIRE("1"),
        QUESTIONNAIRE("{\"kind\":\"text\",\"prompt\":\"x\"}"),
        QUESTIONNAIRE("{\"code\":\"q\",\"kind\":\"text\"}"),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"essay\"")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"color\":1")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\"") "," ASK("q", "\"kind\":\"text\"")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"scale\"")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"scale\",\"from\":5,\"to\":1")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"scale\",\"from\":1,\"to\":1000")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"scale\",\"from\":1,\"to\":2.5")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"scale\",\"from\":1,\"to\":5,\"to_words\":5")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"pictures\"")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"pictures\",\"pictures\":[{\"code\":\"a\",\"reference\":\"x\",\"alternative\":\"y\"}]")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"pictures\",\"pictures\":[{\"code\":\"a\",\"reference\":\"x\",\"alternative\":\"y\"},{\"code\":"
                               "\"a\",\"reference\":\"x\",\"alternative\":\"y\"}]")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"pictures\",\"pictures\":[{\"code\":\"a\",\"reference\":\"x\",\"alternative\":\"y\"},{\"code\":"
                               "\"b\",\"reference\":\"x\"}]")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"pictures\",\"pictures\":[1,2]")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":1")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":{\"record\":\"goal\"}")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":{\"record\":\"profile_entry\",\"section\":\"test_score\"}")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":{\"record\":\"profile_entry\",\"section\":\"interest\",\"kind\":\"need\"}")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":{\"record\":\"voice\",\"kind\":\"counter\"}")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":{\"record\":\"voice\",\"kind\":\"need\",\"topic\":3}")),
        QUESTIONNAIRE(ASK("q", "\"kind\":\"text\",\"becomes\":{\"record\":\"voice\",\"kind\":\"need\",\"who\":3}")),
    };
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    char *large = malloc((1 << 20) + 2);
    pz_id id = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pz_status got = pz_questionnaire_save(tea, at.school.north, 0, wrong[i], PZ_NUL_TERMINATED, NULL, &id);
        ck_assert_msg(got == PZ_E_INVALID, "%zu, %s, gave %s", i, wrong[i], pz_status_describe(got)->name);
        ck_assert_int_eq(id, 0);
    }
    ck_assert_status(pz_questionnaire_save(tea, at.school.north, 0, "{", 1, NULL, &id), PZ_E_FORMAT);
    ck_assert_status(pz_questionnaire_save(tea, at.school.north, 0, "{\"a\":\"\xff\"}", PZ_NUL_TERMINATED, NULL, &id), PZ_E_FORMAT);
    ck_assert_status(pz_questionnaire_save(tea, at.school.north, 0, NULL, 0, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_save(NULL, at.school.north, 0, document, PZ_NUL_TERMINATED, NULL, &id), PZ_E_CLOSED);
    memset(large, ' ', (1 << 20) + 1);
    ck_assert_status(pz_questionnaire_save(tea, at.school.north, 0, large, (1 << 20) + 1, NULL, &id), PZ_E_TOO_LONG);
    memset(large, '[', 2000);
    ck_assert_status(pz_questionnaire_save(tea, at.school.north, 0, large, 2000, NULL, &id), PZ_E_HOSTILE);
    free(large);
    pz_actor_free(tea);
}
END_TEST

/* -------------------------------------------------------------------------------------------------------- answers --- */

static pz_answer_query *answers_of(pz_id response, int32_t state)
{
    static pz_answer_query query;
    query = (pz_answer_query)PZ_ANSWER_QUERY_INIT;
    query.response = response;
    query.state = state;
    return &query;
}

START_TEST(answers_become_what_the_learner_confirms)
{
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER),
             *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    pz_answer given[5] = {answer_to("free"), answer_to("alone"), answer_to("mood"), answer_to("place"), answer_to("lost")}, **rows;
    const pz_answer *answers[] = {&given[0], &given[1], &given[2], &given[3], &given[4]};
    pz_profile_query profile = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **entries;
    pz_voice_entry *voice;
    pz_voice_media **media;
    size_t count;
    int64_t version;
    pz_id id = save(tea, 0, &version), response, again, record, ids[5];
    given[0].text = "It is too loud";
    given[0].avenue = PZ_AVENUE_AUDIO;
    given[0].reference = "voice/1.ogg";
    given[0].media_type = "audio/ogg";
    given[0].hash = HASH;
    given[0].size = 900;
    given[1].number = 4;
    given[2].number = -1;
    given[3].picture = "floor";
    given[4].text = "Nothing";
    ck_assert_ok(pz_questionnaire_answer(ana, id, version, answers, 5, "answer", &response));
    ck_assert_ok(pz_questionnaire_answer(ana, id, version, answers, 5, "answer", &again));
    ck_assert_int_eq(response, again);
    ck_assert_status(pz_questionnaire_answer(ana, id, version, answers, 4, "answer", &again), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_answer_list(ana, answers_of(response, 0), &rows, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) ids[i] = rows[i]->id;
    ck_assert_int_eq(rows[0]->becomes, PZ_KIND_VOICE);
    ck_assert_int_eq(rows[0]->voice_kind, PZ_VOICE_NEED);
    ck_assert_str_eq(rows[0]->topic, "quiet");
    ck_assert_int_eq(rows[0]->state, PZ_ANSWER_WAITING);
    ck_assert_int_eq(rows[0]->learner, at.school.ana);
    ck_assert_int_eq(rows[0]->questionnaire, id);
    ck_assert_int_eq(rows[0]->answered_at, SCHOOL_NOW);
    ck_assert_int_eq(rows[1]->becomes, PZ_KIND_PROFILE_ENTRY);
    ck_assert_str_eq(rows[1]->content, "I like to work alone");
    ck_assert_str_eq(rows[2]->content, "I like to work alone: -1 (-2-2)");
    ck_assert_str_eq(rows[3]->content, "On the floor");
    ck_assert_int_eq(rows[4]->becomes, 0);
    ck_assert_int_eq(rows[4]->state, 0);
    pz_free(rows);
    profile.learner = at.school.ana;
    ck_assert_ok(pz_profile_entry_list(tea, &profile, &entries, &count)); /* nothing became of anything yet */
    ck_assert_uint_eq(count, 0);
    pz_free(entries);
    ck_assert_ok(pz_answer_confirm(ana, ids[0], NULL, 0, PZ_VISIBLE_TEACHERS, "confirm", &record));
    ck_assert_ok(pz_answer_confirm(ana, ids[0], NULL, 0, PZ_VISIBLE_TEACHERS, "confirm", &again));
    ck_assert_int_eq(record, again);
    ck_assert_status(pz_answer_confirm(ana, ids[1], NULL, 0, PZ_VISIBLE_TEACHERS, "confirm", &again), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_voice_get(tea, record, &voice));
    ck_assert_int_eq(voice->kind, PZ_VOICE_NEED);
    ck_assert_int_eq(voice->visibility, PZ_VISIBLE_TEACHERS);
    ck_assert_int_eq(voice->learner_agreed, 1);
    ck_assert_str_eq(voice->topic, "quiet");
    ck_assert_str_eq(voice->content, "It is too loud");
    pz_free(voice);
    ck_assert_ok(pz_voice_media_list(tea, record, &media, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(media[0]->reference, "voice/1.ogg");
    pz_free(media);
    ck_assert_ok(pz_answer_confirm(ana, ids[1], "I work best alone", PZ_NUL_TERMINATED, PZ_VISIBLE_SCHOOL, NULL, &record));
    ck_assert_ok(pz_profile_entry_list(tea, &profile, &entries, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(entries[0]->id, record);
    ck_assert_str_eq(entries[0]->content, "I work best alone");
    ck_assert_double_eq(entries[0]->value, 4);
    ck_assert_str_eq(entries[0]->scale, "1-5");
    ck_assert_int_eq(entries[0]->author, at.school.ana);
    pz_free(entries);
    ck_assert_ok(pz_answer_drop(ana, ids[3], "drop"));
    ck_assert_ok(pz_answer_drop(ana, ids[3], "drop"));
    ck_assert_status(pz_answer_drop(ana, ids[3], NULL), PZ_E_STATE);
    ck_assert_status(pz_answer_confirm(ana, ids[3], NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record), PZ_E_STATE);
    ck_assert_status(pz_answer_confirm(ana, ids[0], NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record), PZ_E_STATE);
    ck_assert_status(pz_answer_confirm(ana, ids[4], NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record), PZ_E_STATE);
    /* Within a joined change it is part of that. */
    int32_t repeated;
    ck_assert_ok(pz_change_begin(ana, "self-check", NULL, &repeated));
    ck_assert_ok(pz_answer_confirm(ana, ids[2], NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record));
    ck_assert_ok(pz_change_commit(ana, NULL));
    ck_assert_ok(pz_answer_list(ana, answers_of(0, PZ_ANSWER_CONFIRMED), &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[2]->record, record);
    pz_free(rows);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

START_TEST(nothing_is_half_confirmed)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    pz_answer answer = answer_to("need"), **rows;
    const pz_answer *answers[] = {&answer};
    size_t count;
    int64_t before;
    pz_id response, record = 7, id;
    answer.text = "Time";
    ck_assert_ok(pz_questionnaire_answer(ana, 0, 0, answers, 1, NULL, &response));
    before = school_last_change(&at.school);
    ck_assert_ok(pz_answer_list(ana, answers_of(response, PZ_ANSWER_WAITING), &rows, &count));
    id = rows[0]->id;
    pz_free(rows);
    ck_assert_status(pz_answer_confirm(ana, id, NULL, 0, PZ_VISIBLE_SELF, NULL, &record), PZ_E_INVALID); /* a need that nobody knows of */
    ck_assert_int_eq(record, 0);
    ck_assert_int_eq(school_last_change(&at.school), before);
    ck_assert_status(pz_answer_confirm(ana, id, NULL, 0, 9, NULL, &record), PZ_E_INVALID);
    ck_assert_status(pz_answer_confirm(ana, id, "\xff", 1, PZ_VISIBLE_SCHOOL, NULL, &record), PZ_E_TEXT);
    ck_assert_status(pz_answer_confirm(ana, 999999, NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record), PZ_E_NOT_FOUND);
    ck_assert_status(pz_answer_confirm(NULL, id, NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record), PZ_E_CLOSED);
    ck_assert_ok(pz_answer_confirm(ana, id, NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record));
    pz_actor_free(ana);
}
END_TEST

START_TEST(answers_are_the_learners_alone)
{
    school *s = &at.school;
    pz_actor *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER),
             *others[] = {school_actor(s, s->ben, PZ_ROLE_LEARNER), school_actor(s, s->gus, PZ_ROLE_GUARDIAN),
                          school_actor(s, s->tea, PZ_ROLE_TEACHER), school_actor(s, s->cou, PZ_ROLE_COUNSELOR),
                          school_actor(s, s->lea, PZ_ROLE_LEADER),  school_service(s, 63)};
    static const char secret[] = "I am afraid of mornings";
    pz_answer answer = answer_to("need"), **rows;
    const pz_answer *answers[] = {&answer};
    pz_event **events;
    int64_t cursor;
    size_t count;
    pz_id response, id, record;
    char *json;
    answer.text = secret;
    ck_assert_ok(pz_questionnaire_answer(ana, 0, 0, answers, 1, NULL, &response));
    ck_assert_ok(pz_answer_list(ana, NULL, &rows, &count));
    id = rows[0]->id;
    pz_free(rows);
    for (size_t i = 0; i < 6; i++) {
        pz_status got = pz_answer_list(others[i], answers_of(response, 0), &rows, &count);
        ck_assert_int_eq(got, i == 0 ? PZ_OK : PZ_E_DENIED);
        ck_assert(i > 0 || count == 0);
        pz_free(rows);
        ck_assert_int_eq(pz_answer_confirm(others[i], id, NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record),
                         i == 0 ? PZ_E_NOT_FOUND : PZ_E_DENIED);
        ck_assert_int_eq(pz_answer_drop(others[i], id, NULL), i == 0 ? PZ_E_NOT_FOUND : PZ_E_DENIED);
        ck_assert_int_eq(pz_questionnaire_answer(others[i], 0, 0, answers, 1, NULL, &record), i == 0 ? PZ_OK : PZ_E_DENIED);
        ck_assert_ok(pz_changes_since(others[i], 0, 10000, &events, &count, &cursor));
        for (size_t k = 0; k < count; k++) ck_assert(events[k]->record_kind != PZ_KIND_ANSWER || events[k]->learner != s->ana);
        pz_free(events);
    }
    ck_assert_ok(pz_person_export(ana, s->ana, &json));
    ck_assert(strstr(json, secret) != NULL);
    pz_free(json);
    for (size_t i = 1; i < 5; i++) {
        if (i == 2) continue; /* teachers export nobody */
        ck_assert_ok(pz_person_export(others[i], s->ana, &json));
        ck_assert(strstr(json, secret) == NULL);
        pz_free(json);
    }
    ck_assert_ok(pz_person_erase(others[4], s->ana, NULL, &json));
    ck_assert(strstr(json, "\"questionnaire_answer\":1") && strstr(json, "\"rows_left\":0"));
    pz_free(json);
    for (size_t i = 0; i < 6; i++) pz_actor_free(others[i]);
    pz_actor_free(ana);
}
END_TEST

START_TEST(refuses_what_is_no_answer)
{
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER),
             *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    pz_answer answer, second = answer_to("lost"), **rows;
    const pz_answer *answers[201];
    size_t count;
    int64_t version;
    pz_id id = save(tea, 0, &version), response;
    for (size_t i = 0; i < 201; i++) answers[i] = &answer;
#define REFUSE(question_code, set, wanted)                                                                                                 \
    do {                                                                                                                                   \
        answer = answer_to(question_code);                                                                                                 \
        set;                                                                                                                               \
        response = 7;                                                                                                                      \
        ck_assert_status(pz_questionnaire_answer(ana, id, version, answers, 1, NULL, &response), wanted);                                  \
        ck_assert_int_eq(response, 0);                                                                                                     \
    } while (0)
    REFUSE("none", answer.text = "x", PZ_E_INVALID);
    REFUSE("", answer.text = "x", PZ_E_INVALID);
    REFUSE(NULL, answer.text = "x", PZ_E_INVALID);
    REFUSE("lost", (void)0, PZ_E_INVALID);
    REFUSE("lost", answer.number = 1, PZ_E_INVALID);
    REFUSE("lost", answer.text = "\xff", PZ_E_TEXT);
    REFUSE("lost", (answer.text = "x", answer.picture = "floor"), PZ_E_INVALID);
    REFUSE("lost", (answer.text = "x", answer.avenue = PZ_AVENUE_LINK), PZ_E_INVALID);
    REFUSE("lost", (answer.text = "x", answer.avenue = 0), PZ_E_INVALID);
    REFUSE("lost", (answer.text = "x", answer.reference = "a.ogg"), PZ_E_INVALID);
    REFUSE("lost", (answer.text = "x", answer.avenue = PZ_AVENUE_AUDIO), PZ_E_INVALID);
    REFUSE("lost",
           (answer.text = "x", answer.avenue = PZ_AVENUE_AUDIO, answer.reference = "../a.ogg", answer.media_type = "audio/ogg",
            answer.hash = HASH, answer.size = 1),
           PZ_E_HOSTILE);
    REFUSE("lost", answer.struct_size = 2, PZ_E_STRUCT_SIZE);
    REFUSE("alone", answer.text = "4", PZ_E_INVALID);
    REFUSE("alone", (void)0, PZ_E_INVALID);
    REFUSE("alone", answer.number = 0, PZ_E_INVALID);
    REFUSE("alone", answer.number = 6, PZ_E_INVALID);
    REFUSE("alone", answer.number = 2.5, PZ_E_INVALID);
    REFUSE("alone", answer.number = INFINITY, PZ_E_INVALID);
    REFUSE("place", answer.picture = "sofa", PZ_E_INVALID);
    REFUSE("place", answer.number = 1, PZ_E_INVALID);
    answer = answer_to("lost");
    answer.text = second.text = "x";
    answers[1] = &second;
    ck_assert_status(pz_questionnaire_answer(ana, id, version, answers, 2, NULL, &response), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_answer(ana, id, version, answers, 201, NULL, &response), PZ_E_TOO_LONG);
    ck_assert_status(pz_questionnaire_answer(ana, id, version, answers, 0, NULL, &response), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_answer(ana, id, version, NULL, 1, NULL, &response), PZ_E_INVALID);
    ck_assert_status(pz_questionnaire_answer(ana, id, version - 1, answers, 1, NULL, &response), PZ_E_CONFLICT);
    ck_assert_status(pz_questionnaire_answer(ana, 999999, 0, answers, 1, NULL, &response), PZ_E_NOT_FOUND);
    ck_assert_status(pz_questionnaire_answer(NULL, id, version, answers, 1, NULL, &response), PZ_E_CLOSED);
    ck_assert_status(pz_answer_list(ana, answers_of(0, 4), &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_answer_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_answer_drop(NULL, 1, NULL), PZ_E_CLOSED);
    ck_assert_ok(pz_answer_list(ana, NULL, &rows, &count)); /* nothing half written */
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status answer_and_confirm(pz_actor *ana, pz_id id, int64_t version)
{
    pz_answer given[2] = {answer_to("free"), answer_to("mood")}, **rows = NULL;
    const pz_answer *answers[] = {&given[0], &given[1]};
    size_t count;
    pz_id response, record;
    pz_status status;
    given[0].text = "x";
    given[1].number = 1;
    status = pz_questionnaire_answer(ana, id, version, answers, 2, NULL, &response);
    if (status == PZ_OK) status = pz_answer_list(ana, answers_of(response, 0), &rows, &count);
    if (status == PZ_OK) status = pz_answer_confirm(ana, rows[0]->id, NULL, 0, PZ_VISIBLE_SCHOOL, NULL, &record);
    if (status == PZ_OK) status = pz_answer_drop(ana, rows[1]->id, NULL);
    pz_free(rows);
    return status;
}

static pz_status live_a_questionnaire(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *ana = NULL, *tea = NULL;
    pz_questionnaire **rows = NULL;
    school copy = l->school;
    char *json = NULL;
    size_t count;
    int64_t version = 0;
    pz_id id = 0;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.ana, PZ_ROLE_LEARNER, "tests", &ana);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &tea);
    if (status == PZ_OK) status = pz_questionnaire_save(tea, l->school.north, 0, document, PZ_NUL_TERMINATED, "m save", &id);
    if (status == PZ_OK) status = pz_questionnaire_list(ana, NULL, NULL, &rows, &count);
    for (size_t i = 0; status == PZ_OK && i < count; i++)
        if (rows[i]->id == id) version = rows[i]->version;
    pz_free(rows);
    if (status == PZ_OK) status = pz_questionnaire_get(ana, id, NULL, &json);
    pz_free(json);
    if (status == PZ_OK) status = answer_and_confirm(ana, id, version);
    if (status == PZ_OK) status = pz_questionnaire_save(tea, l->school.north, 0, document, PZ_NUL_TERMINATED, NULL, &id);
    if (status == PZ_OK) status = pz_questionnaire_end(tea, id, NULL);
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_questionnaire, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("questionnaire");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_test(with, saves_versions_and_gives_them_back);
    tcase_add_test(with, the_own_self_check_is_whole_in_each_language);
    tcase_add_test(with, refuses_what_is_no_questionnaire);
    tcase_add_test(with, answers_become_what_the_learner_confirms);
    tcase_add_test(with, nothing_is_half_confirmed);
    tcase_add_test(with, answers_are_the_learners_alone);
    tcase_add_test(with, refuses_what_is_no_answer);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
