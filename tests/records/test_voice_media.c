/* What is heard or seen in what learners say: references that are kept, and those that are refused. */
#include "records/voice_room.h"

START_TEST(media_are_kept_as_references)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_voice_entry entry = make_entry();
    pz_voice_media video = make_video(), second = make_video(), **media;
    const pz_voice_media *given[] = {&video, &second}, *too_many[17];
    size_t count;
    pz_id id, link;
    second.name = NULL;
    second.reference = "https://media.example.org/v?id=2#t=3";
    entry.kind = PZ_VOICE_IDEA;
    entry.avenue = PZ_AVENUE_VIDEO;
    entry.content = NULL;
    ck_assert_ok(pz_voice_say(ana, &entry, given, 2, "video", &id));
    ck_assert_ok(pz_voice_say(ana, &entry, given, 2, "video", &link));
    ck_assert_int_eq(id, link);
    ck_assert_status(pz_voice_say(ana, &entry, given, 1, "video", &link), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_voice_media_list(tea, id, &media, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(media[0]->entry, id);
    ck_assert_int_eq(media[1]->position, 2);
    ck_assert_str_eq(media[0]->name, video.name);
    ck_assert_str_eq(media[0]->reference, video.reference);
    ck_assert_str_eq(media[0]->type, "video/webm");
    ck_assert_int_eq(media[0]->size, 1048576);
    ck_assert_str_eq(media[0]->hash, HASH);
    ck_assert_str_eq(media[0]->alternative, video.alternative);
    ck_assert_ptr_null(media[1]->name);
    pz_free(media);
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **found;
    query.text = "TABLES stand"; /* in the words of the film */
    ck_assert_ok(pz_voice_list(tea, &query, &found, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(found);
    for (size_t i = 0; i < 17; i++) too_many[i] = &video;
    ck_assert_status(pz_voice_say(ana, &entry, too_many, 17, NULL, &id), PZ_E_TOO_LONG);
    ck_assert_ok(pz_voice_say(ana, &entry, too_many, 16, NULL, &id));
    entry.avenue = PZ_AVENUE_LINK;
    second.type = second.hash = NULL;
    second.size = -1;
    ck_assert_ok(pz_voice_say(ana, &entry, given + 1, 1, NULL, &id));
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

static pz_status try_media(pz_actor *actor, int32_t avenue, const pz_voice_media *medium)
{
    pz_voice_entry entry = make_entry();
    pz_id id;
    entry.avenue = avenue;
    return pz_voice_say(actor, &entry, &medium, 1, NULL, &id);
}

START_TEST(dangerous_media_are_refused)
{
    static const char *const names[] = {"../up.webm",
                                        "a/b.webm",
                                        "a\\b.webm",
                                        "C:x.webm",
                                        "x.exe",
                                        "x.webm.exe",
                                        "x.exe.webm",
                                        "x.EXE",
                                        "x.js",
                                        "x.html",
                                        "x.svg",
                                        "x.lnk",
                                        "CON",
                                        "con.webm",
                                        "Nul .webm",
                                        "COM1",
                                        "lpt9.webm",
                                        ".hidden",
                                        "-rf.webm",
                                        " x.webm",
                                        "x.webm ",
                                        "x.webm.",
                                        "x*.webm",
                                        "x?.webm",
                                        "a\"b",
                                        "a<b",
                                        "a|b",
                                        "x\xe2\x80\xae"
                                        "mpeg.webm" /* right-to-left override */,
                                        "x\xe2\x80\x8b.webm" /* zero width */,
                                        "x\xc2\x85"
                                        ".webm",
                                        "x\xef\xbb\xbf",
                                        "a\nb",
                                        "x\xf3\xa0\x81\x81" /* tag */};
    static const char *const references[] = {"javascript:alert(1)",
                                             "data:text/html,x",
                                             "file:///etc/passwd",
                                             "vbscript:x",
                                             "ftp://example.org/x",
                                             "/etc/passwd",
                                             "../x",
                                             "a/../b",
                                             "a//b",
                                             "a/",
                                             "./x",
                                             "-x",
                                             "a/-x",
                                             "a\\b",
                                             "a b",
                                             "https://",
                                             "https:///x",
                                             "https://user:secret@example.org/x",
                                             "http://a@b",
                                             "x?y",
                                             "x#y",
                                             "x%2e%2e",
                                             "c:x",
                                             "https://example.org/\xe2\x80\xae",
                                             "x\ty",
                                             "a/.git/x"};
    static const char *const hostile_types[] = {"image/svg+xml",         "video/x.svg",      "text/html",
                                                "application/xhtml+xml", "application/x-sh", "text/javascript"};
    static const char *const bad_types[] = {"",
                                            "video",
                                            "/webm",
                                            "video/",
                                            "video/we bm",
                                            "video/w;codecs=x",
                                            "v\xc3\xad"
                                            "deo/webm",
                                            "audio/webm"};
    static const char *const good_names[] = {
        "Idea 1 (new).webm", "\xd0\x98\xd0\xb4\xd0\xb5\xd1\x8f.webm", "\xe3\x82\xa2.mp4", "console.webm", "com10.webm", "a.b.c.webm"};
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_voice_media medium;
    char long_name[300];
#define TRY_ALL(list, member, wanted)                                                                                                      \
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {                                                                            \
        medium = make_video();                                                                                                             \
        medium.member = list[i];                                                                                                           \
        pz_status got = try_media(ana, PZ_AVENUE_VIDEO, &medium);                                                                          \
        ck_assert_msg(got == wanted, "\"%s\" gave %s", list[i], pz_status_describe(got)->name);                                            \
    }
    TRY_ALL(names, name, PZ_E_HOSTILE)
    TRY_ALL(good_names, name, PZ_OK)
    TRY_ALL(references, reference, PZ_E_HOSTILE)
    TRY_ALL(hostile_types, type, PZ_E_HOSTILE)
    TRY_ALL(bad_types, type, PZ_E_INVALID)
    memset(long_name, 'x', sizeof long_name);
    long_name[256] = 0;
    medium = make_video();
    medium.name = long_name;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_TOO_LONG);
    medium = make_video();
    medium.name = "a\x01";
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_TEXT);
    medium = make_video();
    medium.alternative = NULL;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium = make_video();
    medium.hash = NULL;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium.hash = "9f86d081";
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium.hash = "zf86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium = make_video();
    medium.size = -1;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium.size = -2;
    ck_assert_status(try_media(ana, PZ_AVENUE_LINK, &medium), PZ_E_HOSTILE); /* no address */
    medium.reference = "https://example.org/x";
    ck_assert_status(try_media(ana, PZ_AVENUE_LINK, &medium), PZ_E_INVALID); /* the size */
    medium = make_video();
    medium.struct_size = 3;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_STRUCT_SIZE);
    pz_actor_free(ana);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("voice_media");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, media_are_kept_as_references);
    tcase_add_test(with, dangerous_media_are_refused);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
