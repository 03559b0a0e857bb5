/* Erasing and exporting: the lists against the schema, what goes and what stays, and not a byte left in the files. */
#include <fcntl.h>
#include <sys/wait.h>

#include "base/json_read.h"
#include "base/random.h"
#include "place_of_store.h"
#include "rows.h"
#include "store/duty.h"
#include "store/personal_tables.h"
#include "store/scrub.h"

static place_of_store place;
static pz_store *store;

static void begin(void)
{
    place_start(&place);
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
}

static void end(void)
{
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

/* ----------------------------------------------------------------------------------------------------- lists --- */

static int is_word_of(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(words, word); at; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || !at[length])) return 1;
    return 0;
}

static int places_of(const char *table, const char *column)
{
    int places = 0;
    for (size_t i = 0; i < pz__personal_column_count; i++)
        if (!strcmp(pz__personal_columns[i].table, table) && !strcmp(pz__personal_columns[i].column, column)) {
            places++;
            break;
        }
    for (size_t i = 0; i < pz__impersonal_table_count; i++)
        if (!strcmp(pz__impersonal_tables[i].table, table)) places += is_word_of(pz__impersonal_tables[i].columns, column);
    return places;
}

/* Whoever adds a column must say whether it names a person. */
START_TEST(lists_every_column_once)
{
    pz__statement *columns;
    int row, seen = 0, listed = 0;
    ck_assert_ok(pz__db_statement(
        pz__store_db(store),
        "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'",
        &columns));
    while (pz__db_step(columns, &row) == PZ_OK && row) {
        const char *table = pz__column_text(columns, 0, NULL), *column = pz__column_text(columns, 1, NULL);
        ck_assert_msg(places_of(table, column) == 1, "%s.%s stands in %d of the lists of personal_tables.c, and must stand in one", table,
                      column, places_of(table, column));
        seen++;
    }
    for (size_t i = 0; i < pz__impersonal_table_count; i++)
        for (const char *at = pz__impersonal_tables[i].columns; at; at = strchr(at + 1, ' ')) listed++;
    for (size_t i = 0; i < pz__personal_column_count; i++) {
        int first = 1;
        for (size_t k = 0; k < i; k++)
            first &= strcmp(pz__personal_columns[i].table, pz__personal_columns[k].table) ||
                     strcmp(pz__personal_columns[i].column, pz__personal_columns[k].column);
        listed += first;
    }
    ck_assert_int_eq(seen, listed); /* and nothing is listed that is not there */
    ck_assert_uint_le(pz__personal_column_count, PZ__MOST_PERSONAL_COLUMNS);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------- rows --- */

/* Everything a person can have, marked. The person's own ids follow from its number. */
static void add_person(int64_t person, const char *mark)
{
    char given[160];
    int64_t goal = person + 1000000, entry = person + 2000000, enrollment = person + 3000000, role = person + 4000000,
            sequence = person + 5000000, voice = person + 6000000, checkin = person + 7000000;
#define ADD(table, ...)                                                                                                                    \
    do {                                                                                                                                   \
        snprintf(given, sizeof given, __VA_ARGS__);                                                                                        \
        rows_add(store, table, given, mark);                                                                                               \
    } while (0)
    ADD("person", "person_id=%lld since_change=1 until_change=2", (long long)person);
    ADD("person", "person_id=%lld since_change=2", (long long)person);
    ADD("person_detail", "person_id=%lld", (long long)person);
    ADD("person_role", "person_id=%lld role_id=%lld", (long long)person, (long long)role);
    ADD("guardianship", "learner_id=%lld guardian_id=%lld", (long long)person, (long long)(person + 1));
    ADD("enrollment", "person_id=%lld enrollment_id=%lld class_id=%lld", (long long)person, (long long)enrollment, (long long)(person % 7));
    ADD("evidence", "learner_id=%lld sequence=%lld", (long long)person, (long long)sequence);
    ADD("evidence_fix", "learner_id=%lld sequence=%lld", (long long)person, (long long)sequence);
    ADD("mastery", "learner_id=%lld", (long long)person);
    ADD("cycle_result", "learner_id=%lld", (long long)person);
    ADD("cycle_result_again", "learner_id=%lld", (long long)person);
    ADD("assessment_seat", "learner_id=%lld", (long long)person);
    ADD("profile_entry", "learner_id=%lld entry_id=%lld author_id=%lld", (long long)person, (long long)entry, (long long)(person + 2));
    ADD("shared_with", "learner_id=%lld record_id=%lld person_id=%lld named_by=%lld", (long long)person, (long long)entry,
        (long long)(person + 3), (long long)person);
    ADD("record_tag", "learner_id=%lld record_id=%lld", (long long)person, (long long)entry);
    ADD("profile_dispute", "learner_id=%lld entry_id=%lld disputed_by=%lld answered_by=%lld", (long long)person, (long long)entry,
        (long long)person, (long long)(person + 2));
    ADD("private_note", "learner_id=%lld author_id=%lld", (long long)person, (long long)(person + 5));
    ADD("goal", "learner_id=%lld goal_id=%lld proposed_by=%lld acted_by=%lld", (long long)person, (long long)goal, (long long)person,
        (long long)(person + 2));
    ADD("checkin", "learner_id=%lld checkin_id=%lld author_id=%lld acted_by=%lld", (long long)person, (long long)checkin, (long long)person,
        (long long)(person + 2));
    ADD("checkin_person", "checkin_id=%lld person_id=%lld", (long long)checkin, (long long)(person + 1));
    ADD("plan", "learner_id=%lld plan_id=%lld author_id=%lld acted_by=%lld", (long long)person, (long long)(person + 9500000),
        (long long)(person + 2), (long long)person);
    ADD("plan_part", "plan_id=%lld position=1", (long long)(person + 9500000));
    ADD("plan_signature", "plan_id=%lld person_id=%lld", (long long)(person + 9500000), (long long)(person + 1));
    ADD("plan_review", "plan_id=%lld checkin_id=%lld reviewed_by=%lld", (long long)(person + 9500000), (long long)checkin, (long long)person);
    ADD("assignment", "learner_id=%lld assignment_id=%lld assigned_by=%lld acted_by=%lld", (long long)person, (long long)(person + 9000000),
        (long long)(person + 2), (long long)person);
    ADD("checkin_touch", "checkin_id=%lld position=1", (long long)checkin);
    ADD("questionnaire_answer", "learner_id=%lld answer_id=%lld", (long long)person, (long long)(person + 8000000));
    ADD("voice_entry", "learner_id=%lld voice_id=%lld author_id=%lld acted_by=%lld to_person_id=%lld", (long long)person, (long long)voice,
        (long long)person, (long long)(person + 2), (long long)(person + 2));
    ADD("voice_media", "voice_id=%lld position=1", (long long)voice);
    ADD("voice_answer", "voice_id=%lld position=1 person_id=%lld", (long long)voice, (long long)(person + 2));
    ADD("voice_cosigner", "voice_id=%lld person_id=%lld", (long long)voice, (long long)(person + 1));
    ADD("voice_counter", "voice_id=%lld", (long long)voice);
    ADD("goal_supporter", "goal_id=%lld person_id=%lld", (long long)goal, (long long)(person + 1));
    ADD("goal_evidence", "goal_id=%lld position=1", (long long)goal);
    ADD("goal_request", "goal_id=%lld request_id=%lld asked_by=%lld answered_by=%lld", (long long)goal, (long long)(person + 9000000),
        (long long)person, (long long)(person + 2));
    ADD("goal_revision", "goal_id=%lld request_id=%lld", (long long)goal, (long long)(person + 9000000));
    ADD("goal_milestone", "goal_id=%lld milestone_id=%lld added_by=%lld done_by=%lld", (long long)goal, (long long)(person + 9100000),
        (long long)person, (long long)(person + 2));
    ADD("goal_measurement", "goal_id=%lld position=1 measured_by=%lld", (long long)goal, (long long)(person + 2));
    ADD("goal_reflection", "goal_id=%lld position=1 person_id=%lld", (long long)goal, (long long)(person + 2));
    ADD("demonstration", "goal_id=%lld demonstration_id=%lld shown_by=%lld", (long long)goal, (long long)(person + 9200000), (long long)person);
    ADD("demonstration_media", "demonstration_id=%lld position=1", (long long)(person + 9200000));
    ADD("demonstration_rating", "demonstration_id=%lld position=1 rated_by=%lld", (long long)(person + 9200000), (long long)(person + 2));
    ADD("recommended_member", "recommendation_id=%lld learner_id=%lld", (long long)(9000000 + person % 5), (long long)person);
    ADD("external_id", "kind=5 record_id=%lld", (long long)person);
    ADD("external_id", "kind=6 record_id=%lld", (long long)enrollment);
    ADD("external_id", "kind=14 record_id=%lld", (long long)sequence);
    ADD("external_id", "kind=18 record_id=%lld", (long long)goal);
    ADD("external_id", "kind=19 record_id=%lld", (long long)entry);
    ADD("external_id", "kind=23 record_id=%lld", (long long)role);
#undef ADD
}

static void write_json(char **out, pz_status (*work)(pz_store *, pz_id, pz__json_writer *), pz_id person)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    ck_assert_ok(work(store, person, &json));
    pz__json_close_object(&json);
    ck_assert_ok(pz__buffer_take(&text, out));
}

static char *erase(pz_id person)
{
    pz__change *change = rows_begin(store);
    char *receipt;
    write_json(&receipt, pz__duty_erase_person, person);
    pz__change_note(change, PZ_KIND_PERSON, person, 0, PZ__ACT_ERASE, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    return receipt;
}

static void expect(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "%s is not in %s", part, text);
}

START_TEST(removes_all_rows_of_a_person_and_no_others)
{
    pz__change *change = rows_begin(store);
    char *receipt;
    int64_t before, alias;
    for (int64_t person = 10; person < 40; person += 10) {
        char mark[32];
        snprintf(mark, sizeof mark, "mark-%d", (int)person);
        add_person(person, mark);
        pz__change_note(change, PZ_KIND_GOAL, person, person, PZ__ACT_ADD, 1);
    }
    rows_add(store, "goal_supporter", "goal_id=1000010 person_id=20", "supports");
    rows_add(store, "profile_entry", "learner_id=10 entry_id=77 author_id=20", "of 10 by 20");
    rows_add(store, "shared_with", "learner_id=10 record_id=77 person_id=20 named_by=20", "of 10 for 20");
    rows_add(store, "shared_with", "learner_id=10 record_id=77 person_id=21 named_by=20", "of 10 by 20");
    rows_add(store, "profile_dispute", "learner_id=10 dispute_id=78 answered_by=20 disputed_by=10", "of 10 answered by 20");
    rows_add(store, "private_note", "learner_id=10 author_id=20 note_id=79", "on 10 by 20");
    rows_add(store, "voice_entry", "learner_id=10 voice_id=80 author_id=20 acted_by=20 to_role=3 to_person_id=20", "of 10 to 20");
    rows_add(store, "checkin", "learner_id=10 checkin_id=81 author_id=20 acted_by=20", "of 10 by 20");
    rows_add(store, "checkin_person", "checkin_id=81 person_id=20", "of 10 with 20");
    rows_add(store, "checkin_template", "template_id=82 author_id=20", "by 20");
    rows_add(store, "plan", "learner_id=10 plan_id=87 author_id=20 acted_by=20", "of 10 by 20");
    rows_add(store, "plan_signature", "plan_id=87 person_id=20", "of 10 by 20");
    rows_add(store, "plan_review", "plan_id=87 checkin_id=81 reviewed_by=20", "of 10 by 20");
    rows_add(store, "plan_template", "template_id=88 author_id=20 copied_author=20", "by 20");
    rows_add(store, "assignment", "learner_id=10 assignment_id=85 assigned_by=20 acted_by=20", "of 10 by 20");
    rows_add(store, "activity", "activity_id=86 author_id=20", "by 20");
    rows_add(store, "theme", "theme_id=84 answered_by=20", "by 20");
    rows_add(store, "cycle_reopening", "cycle_id=85 acted_by=20", "by 20");
    rows_add(store, "questionnaire", "questionnaire_id=83 author_id=20", "by 20");
    rows_add(store, "voice_answer", "voice_id=80 position=1 person_id=20", "of 10 by 20");
    rows_add(store, "voice_cosigner", "voice_id=80 person_id=20", "of 10 by 20");
    rows_add(store, "recommendation", "recommendation_id=9000000 answer_by=20 acted_by=20", "{}");
    rows_add(store, "recommendation", "recommendation_id=9000001", "{}");
    rows_commit(change);
    before = rows_number(store, "SELECT count(*) FROM evidence");
    ck_assert_int_eq(before, 3);
    ck_assert_ok(pz__alias_of(store, 20, &alias));
    receipt = erase(20);
    expect(receipt, "\"person\":2");
    expect(receipt, "\"external_id\":6");
    expect(receipt, "\"goal_supporter\":2");
    expect(receipt, "\"shared_with\":2");
    expect(receipt, "\"private_note\":2");
    expect(receipt, "\"voice_entry\":1");
    expect(receipt, "\"voice_cosigner\":2");
    expect(receipt, "\"blanked\":{\"goal_request\":0,\"goal_milestone\":0,\"goal_measurement\":0,\"goal_reflection\":0,\"demonstration_rating\":0,\"demonstration\":0,\"goal_group\":0,\"goal\":0,\"voice_answer\":1,\"voice_entry\":4,\"checkin\":2,\"checkin_template\":1,\"plan_review\":1,\"plan\":2,\"plan_template\":2,\"assignment\":2,\"activity\":1,\"theme\":1,\"questionnaire\":1,"
                    "\"shared_with\":1,"
                    "\"profile_dispute\":1,\"profile_"
                    "entry\":1,\"cycle_reopening\":1,\"recommendation\":2}");
    expect(receipt, "\"cycle_result_again\":1,\"assessment_seat\":1");
    pz_free(receipt);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM evidence"), 2);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM external_id"), 12);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM goal_supporter"), 2);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM voice_media"), 2);
    ck_assert_int_eq(
        rows_number(store, "SELECT count(*) FROM voice_entry WHERE voice_id = 80 AND to_role IS NULL AND to_person_id IS NULL"), 1);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM profile_entry WHERE learner_id = 10 AND entry_id = 77 AND author_id IS NULL"),
                     1);
    ck_assert_int_eq(
        rows_number(store,
                    "SELECT count(*) FROM recommendation WHERE recommendation_id = 9000000 AND problem IS NULL AND acted_by IS NULL"),
        1);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM recommendation WHERE recommendation_id = 9000001 AND problem IS NOT NULL"),
                     1);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM person_alias WHERE person_id = 20"), 0);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM person_alias"), 5); /* 10, 30, and 11, 21, 31 who support */
    ck_assert_int_eq(
        rows_number(store, "SELECT count(*) FROM change_item WHERE kind = 5 AND record_id = 20 AND act = 5 AND learner_alias IS NULL"), 1);
    write_json(&receipt, pz__duty_erase_finish, 20);
    expect(receipt, "\"rows_left\":0,\"log_emptied\":true,\"proved\":[\"rows\",\"log\"]");
    pz_free(receipt);
}
END_TEST

START_TEST(makes_no_new_pseudonym_for_the_erased)
{
    pz__change *change = rows_begin(store);
    char *receipt;
    write_json(&receipt, pz__duty_erase_person, 20);
    pz_free(receipt);
    pz__change_note(change, PZ_KIND_GOAL, 5, 20, PZ__ACT_ERASE, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM person_alias"), 0);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM change_item WHERE learner_alias IS NOT NULL"), 1);
}
END_TEST

START_TEST(needs_a_change_to_erase_and_none_to_finish)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__change *change;
    pz__json_start(&json, &text);
    ck_assert_status(pz__duty_erase_person(store, 5, &json), PZ_E_STATE);
    change = rows_begin(store);
    ck_assert_status(pz__duty_erase_finish(store, 5, &json), PZ_E_BUSY_HANDLE);
    rows_commit(change);
    pz__buffer_free(&text);
}
END_TEST

START_TEST(says_that_a_reader_is_in_the_way)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *reader;
    int64_t last;
    char *receipt;
    pz_store_free(store);
    options.wait_milliseconds = 20;
    ck_assert_ok(pz_store_open(place.path, &options, &store));
    ck_assert_ok(pz_store_open(place.path, &options, &reader));
    ck_assert_ok(pz__store_read_begin(reader));
    ck_assert_ok(pz__store_last_change(reader, &last));
    pz_free(erase(5));
    write_json(&receipt, pz__duty_erase_finish, 5);
    expect(
        receipt,
        "\"log_emptied\":false,\"proved\":[\"rows\"],\"not_proved\":[\"log\",\"earlier_backups\",\"text_by_others\",\"storage_medium\"]");
    pz_free(receipt);
    pz__store_read_end(reader);
    write_json(&receipt, pz__duty_erase_finish, 5);
    expect(receipt, "\"log_emptied\":true");
    pz_free(receipt);
    pz_store_free(reader);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- bytes --- */

enum { PEOPLE = 400, ERASED = 40 };

/* In a process of its own: closing the file here would lose the locks that SQLite holds on it. */
static int find_in_files(const char *needle)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    int status;
    pid_t child = fork();
    if (child == 0) {
        int found = 0;
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            char path[PATH_MAX];
            struct stat file;
            int descriptor;
            char *bytes;
            snprintf(path, sizeof path, "%s%s", place.path, ends[i]);
            descriptor = open(path, O_RDONLY);
            if (descriptor < 0 || fstat(descriptor, &file) != 0) continue;
            bytes = malloc((size_t)file.st_size + 1);
            if (read(descriptor, bytes, (size_t)file.st_size) != file.st_size) _exit(100);
            for (char *at = bytes; (at = memmem(at, (size_t)(bytes + file.st_size - at), needle, strlen(needle))); at++) found++;
        }
        _exit(found > 99 ? 99 : found);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) < 100);
    return WEXITSTATUS(status);
}

START_TEST(leaves_no_byte_of_the_erased)
{
    int32_t order[PEOPLE];
    pz__random random;
    char mark[32], *receipt;
    pz__random_seed(&random, suite_seed());
    for (int32_t i = 0; i < PEOPLE; i++) order[i] = i;
    pz__random_shuffle(&random, order, PEOPLE);
    for (int at = 0; at < PEOPLE;) { /* several transactions, in disorder, so that pages split and cells move */
        pz__change *change = rows_begin(store);
        for (int k = 0; k < 40; k++, at++) {
            snprintf(mark, sizeof mark, "S3CR3T-%05d-words", (int)order[at]);
            add_person(100 + order[at] * 3, mark);
        }
        rows_commit(change);
    }
    ck_assert_int_gt(find_in_files("S3CR3T-00007-words"), 10);
    for (int i = 0; i < ERASED; i++) pz_free(erase(100 + i * 9 * 3));
    write_json(&receipt, pz__duty_erase_finish, 100);
    expect(receipt, "\"log_emptied\":true");
    pz_free(receipt);
    for (int i = 0; i < ERASED; i++) {
        snprintf(mark, sizeof mark, "S3CR3T-%05d-words", i * 9);
        ck_assert_msg(find_in_files(mark) == 0, "%s is still in the files", mark);
        snprintf(mark, sizeof mark, "S3CR3T-%05d-words", i * 9 + 1);
        ck_assert_int_gt(find_in_files(mark), 0);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- JSON --- */

static void check_scrub(const char *text, const char *wanted)
{
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__scrub(text, strlen(text), "42", &out));
    ck_assert_str_eq(out.data, wanted);
    pz__buffer_free(&out);
}

START_TEST(takes_a_person_out_of_json)
{
    check_scrub("{\"locked\":[\"41\",\"42\"]}", "{\"locked\":[\"41\"]}");
    check_scrub("{\"apart\":[[\"42\",\"7\"],[\"8\",\"9\"]]}", "{\"apart\":[[\"7\"],[\"8\",\"9\"]]}");
    check_scrub("[{\"learner\":\"42\",\"score\":0.25},{\"learner\":\"43\",\"score\":1}]", "[{\"learner\":\"43\",\"score\":1}]");
    check_scrub("{\"by\":{\"42\":{\"x\":1},\"43\":{\"x\":2}},\"who\":\"42\",\"n\":42}", "{\"by\":{\"43\":{\"x\":2}},\"n\":42}");
    check_scrub("{\"text\":\"42 of them\",\"deep\":[[[{\"a\":[\"42\"]}]]],\"t\":true,\"z\":null}",
                "{\"text\":\"42 of them\",\"deep\":[[[{\"a\":[]}]]],\"t\":true,\"z\":null}");
    check_scrub("\"42\"", "null");
    check_scrub("no json \"42\"", "{}");
    check_scrub("{\"learner\":\"4\\u0032\"}", "{}");
}
END_TEST

START_TEST(scrubs_recommendations)
{
    pz__change *change = rows_begin(store);
    char *receipt;
    rows_add(store, "recommendation", "recommendation_id=1", "{}");
    rows_add(store, "recommendation", "recommendation_id=2", "{\"l\":[\"7\",\"8\"]}");
    rows_add(store, "recommendation", "recommendation_id=3", "{\"l\":[\"7\",\"8\"]}");
    rows_add(store, "recommended_group", "recommendation_id=2", "[{\"learner\":\"7\"}]");
    rows_add(store, "recommended_member", "recommendation_id=2 learner_id=8",
             "[{\"code\":\"with\",\"learner\":\"7\"},{\"code\":\"size\"}]");
    rows_add(store, "recommended_member", "recommendation_id=2 learner_id=7", "[]");
    rows_commit(change);
    receipt = erase(7);
    expect(receipt, "\"rewritten\":{\"recommendation\":4,\"recommended_group\":1,\"recommended_member\":1}");
    pz_free(receipt);
    ck_assert_int_eq(
        rows_number(store, "SELECT count(*) FROM recommendation WHERE request = '{\"l\":[\"8\"]}' AND report = '{\"l\":[\"8\"]}'"), 2);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM recommendation WHERE recommendation_id = 2 AND problem IS NULL"), 1);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM recommended_member WHERE reasons = '[{\"code\":\"size\"}]'"), 1);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM recommended_member"), 1);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- export --- */

static size_t size_of(const pz__json *document, const char *key)
{
    const pz__json_value *list = pz__json_member(pz__json_root(document), key);
    ck_assert_msg(pz__json_kind_of(list) == PZ__JSON_ARRAY, "%s is not in the export", key);
    return pz__json_size(list);
}

static pz_status export_all(pz_store *at, pz_id person, pz__json_writer *json)
{
    return pz__duty_export_person(at, person, NULL, NULL, NULL, json);
}

/* Keeps what `user_data` wrote. */
static int keep_author(void *user_data, const char *table, pz__statement *row)
{
    return strcmp(table, "profile_entry") || pz__export_int(row, "author_id") == *(const pz_id *)user_data;
}

static pz_status export_written_by_thirteen(pz_store *at, pz_id person, pz__json_writer *json)
{
    pz_id author = 13;
    return pz__duty_export_person(at, person, keep_author, &author, NULL, json);
}

static pz_status export_written_by_nobody(pz_store *at, pz_id person, pz__json_writer *json)
{
    pz_id author = 99;
    return pz__duty_export_person(at, person, keep_author, &author, NULL, json);
}

START_TEST(exports_what_names_a_person)
{
    pz__change *change = rows_begin(store);
    const pz__json_value *row;
    pz__json *document;
    char *text;
    add_person(10, "of ten");
    add_person(11, "of eleven");
    add_person(12, "of twelve");
    pz__change_note(change, PZ_KIND_GOAL, 1000011, 11, PZ__ACT_ADD, 1);
    pz__change_note(change, PZ_KIND_PERSON, 11, 0, PZ__ACT_ADD, 1);
    pz__change_note(change, PZ_KIND_GOAL, 1000010, 10, PZ__ACT_ADD, 1);
    rows_commit(change);
    write_json(&text, export_all, 11);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    ck_assert_uint_eq(size_of(document, "person"), 2);
    ck_assert_uint_eq(size_of(document, "evidence"), 1);
    ck_assert_uint_eq(size_of(document, "external_id"), 6);
    ck_assert_uint_eq(size_of(document, "guardianship"), 2);   /* as learner, and as guardian of 10 */
    ck_assert_uint_eq(size_of(document, "goal_supporter"), 2); /* of the own goal, and of that of 10 */
    ck_assert_uint_eq(size_of(document, "profile_entry"), 1);
    ck_assert_uint_eq(size_of(document, "profile_entry_written"), 0);
    ck_assert_uint_eq(size_of(document, "change_concerning"), 2);
    ck_assert_uint_eq(size_of(document, "change_made"), 0);
    row = pz__json_first(pz__json_member(pz__json_root(document), "person"));
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "person_id")), "11");
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "until_change")), "2");
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(pz__json_next(row), "until_change")), PZ__JSON_NULL);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "given_name")), "of eleven");
    ck_assert_ptr_null(pz__json_member(row, "tenant_id"));
    row = pz__json_first(pz__json_member(pz__json_root(document), "evidence"));
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "at")), "1970-01-01T00:00:00.000001Z");
    row = pz__json_first(pz__json_member(pz__json_root(document), "mastery"));
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "state")), "b2YgZWxldmVu");
    ck_assert(!strstr(text, "of twelve"));
    pz__json_free(document);
    pz_free(text);
    write_json(&text, export_all, 12);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    ck_assert_uint_eq(size_of(document, "profile_entry_written"), 1);
    ck_assert_uint_eq(size_of(document, "goal_written"), 1);
    ck_assert(!strstr(text, "of ten"));
    pz__json_free(document);
    pz_free(text);
    write_json(&text, export_written_by_thirteen, 11);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    ck_assert_uint_eq(size_of(document, "profile_entry"), 1);
    ck_assert_uint_eq(size_of(document, "evidence"), 1); /* has no author */
    pz__json_free(document);
    pz_free(text);
    write_json(&text, export_written_by_nobody, 11);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    ck_assert_uint_eq(size_of(document, "profile_entry"), 0);
    ck_assert_uint_eq(size_of(document, "evidence"), 1);
    pz__json_free(document);
    pz_free(text);
}
END_TEST

static Suite *erase_suite(void)
{
    Suite *suite = suite_create("store_erase");
    TCase *erasing = tcase_create("erase");
    tcase_set_timeout(erasing, 60);
    tcase_add_checked_fixture(erasing, begin, end);
    tcase_add_test(erasing, lists_every_column_once);
    tcase_add_test(erasing, removes_all_rows_of_a_person_and_no_others);
    tcase_add_test(erasing, makes_no_new_pseudonym_for_the_erased);
    tcase_add_test(erasing, needs_a_change_to_erase_and_none_to_finish);
    tcase_add_test(erasing, says_that_a_reader_is_in_the_way);
    tcase_add_test(erasing, leaves_no_byte_of_the_erased);
    tcase_add_test(erasing, takes_a_person_out_of_json);
    tcase_add_test(erasing, scrubs_recommendations);
    tcase_add_test(erasing, exports_what_names_a_person);
    suite_add_tcase(suite, erasing);
    return suite;
}

SUITE_MAIN(erase_suite)
