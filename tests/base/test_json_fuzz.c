/* Random and mutated JSON: no crash, no leak, a fault with its place or a tree that prints and reads back alike. */
#include "base/buffer.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/random.h"
#include "base/text.h"
#include "support/suite.h"

enum { TEXT_MAX = 4096 };

typedef struct draft {
    char text[TEXT_MAX];
    size_t length;
} draft;

static const char *const seeds[] = {
    "{\"CFDocument\":{\"identifier\":\"c5b1\",\"title\":\"Math\",\"uri\":\"https://example.org/1\"},\"CFItems\":[{\"identifier\":\"1\","
    "\"educationLevel\":[\"KG\",\"01\"],\"sequenceNumber\":10}],\"CFAssociations\":[{\"originNodeURI\":{\"title\":\"x\"},\"weight\":0.5}]}",
    "[0,-1,2.5,1e10,-1.5E-7,12345678901234567890,true,false,null,\"\",\"\\u00e9\\ud83d\\ude00\\n\\\"\",{},[],[[[[]]]]]",
    "{\"a\":{\"a\":{\"a\":[{\"a\":1,\"b\":2,\"c\":3},{\"a\":1}]}},\"\xC3\xA9\":\"\xE2\x82\xAC\xF0\x9F\x98\x80\"}",
    "{\"k0\":0,\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5,\"k6\":6,\"k7\":7,\"k8\":8,\"k9\":9,\"k10\":10,\"k11\":11,\"k12\":12,\"k13\":"
    "13,"
    "\"k14\":14,\"k15\":15,\"k16\":16,\"k17\":17,\"k18\":18}",
    " [ 1 , 2 ]\r\n",
};
enum { SEEDS = sizeof seeds / sizeof seeds[0] };

/* What grammar and its enemies are made of. */
static const char *const pieces[] = {"{",
                                     "}",
                                     "[",
                                     "]",
                                     ",",
                                     ":",
                                     "\"",
                                     "\\",
                                     "\\u",
                                     "\\u0000",
                                     "\\ud800",
                                     "\\udc00",
                                     "0",
                                     "1",
                                     "-",
                                     ".",
                                     "e",
                                     "1e999",
                                     "true",
                                     "null",
                                     "\n",
                                     "\r\n",
                                     "\x80",
                                     "\xC3",
                                     "\xED\xA0\x80",
                                     "\xF0\x9F\x98\x80",
                                     "\"a\":",
                                     "[[[[[[[[[[[[[[[[",
                                     "\xEF\xBB\xBF",
                                     "\x01",
                                     "00000000"};
enum { PIECES = sizeof pieces / sizeof pieces[0] };

static void insert(draft *d, size_t at, const char *bytes, size_t length)
{
    if (d->length + length > TEXT_MAX) return;
    memmove(d->text + at + length, d->text + at, d->length - at);
    memcpy(d->text + at, bytes, length);
    d->length += length;
}

static void remove_span(draft *d, size_t at, size_t length)
{
    if (length > d->length - at) length = d->length - at;
    memmove(d->text + at, d->text + at + length, d->length - at - length);
    d->length -= length;
}

static void mutate(draft *d, pz__random *random)
{
    size_t at = pz__random_below(random, (uint32_t)d->length + 1);
    const char *piece = pieces[pz__random_below(random, PIECES)];
    char span[64];
    size_t length = pz__random_below(random, sizeof span);
    switch (pz__random_below(random, 6)) {
    case 0:
        if (at < d->length) d->text[at] = (char)pz__random_next(random);
        return;
    case 1:
        if (at < d->length) d->text[at] = (char)(d->text[at] ^ 1 << pz__random_below(random, 8));
        return;
    case 2: remove_span(d, at, 1 + length / 8); return;
    case 3: insert(d, at, piece, strlen(piece)); return;
    case 4: /* a span again, elsewhere */
        if (length > d->length - at) length = d->length - at;
        memcpy(span, d->text + at, length);
        insert(d, pz__random_below(random, (uint32_t)d->length + 1), span, length);
        return;
    default: remove_span(d, at, d->length); return;
    }
}

static void check_fault(const pz__json_fault *fault, pz_status status, const draft *d)
{
    static const char *const codes[] = {"json.syntax", "json.depth",  "json.duplicate_key", "json.utf8",
                                        "json.nul",    "json.number", "json.trailing",      "json.empty"};
    size_t known = 0;
    while (known < 8 && strcmp(codes[known], fault->code)) known++;
    ck_assert_msg(known < 8, "unknown code %s", fault->code);
    ck_assert_int_eq(status, !strcmp(fault->code, "json.depth") ? PZ_E_HOSTILE : PZ_E_FORMAT);
    ck_assert(fault->line >= 1 && fault->column >= 1 && fault->path[0] == '$');
    ck_assert((size_t)fault->line <= d->length + 1 && (size_t)fault->column <= d->length + 1);
    ck_assert_uint_eq(pz__utf8_valid(fault->path, strlen(fault->path)), strlen(fault->path));
    ck_assert_uint_eq(pz__utf8_valid(pz_last_error()->message, strlen(pz_last_error()->message)), strlen(pz_last_error()->message));
}

/* 1 if the text was good. The block ends with the text, so that a sanitizer sees a step beyond. */
static int check_text(const draft *d)
{
    char *exact = malloc(d->length ? d->length : 1);
    pz__json_fault fault;
    pz__json *document, *again;
    pz__buffer first = PZ__BUFFER_INIT, second = PZ__BUFFER_INIT;
    pz_status status;
    memcpy(exact, d->text, d->length);
    status = pz__json_parse(exact, d->length, &fault, &document);
    free(exact);
    if (status != PZ_OK) {
        ck_assert_ptr_null(document);
        check_fault(&fault, status, d);
    } else {
        pz__json_print(pz__json_root(document), &first);
        ck_assert_ok(pz__json_parse(first.data, first.length, NULL, &again));
        pz__json_print(pz__json_root(again), &second);
        ck_assert_str_eq(first.data, second.data);
        pz__json_free(document);
        pz__json_free(again);
        pz__buffer_free(&first);
        pz__buffer_free(&second);
    }
    ck_assert_int_eq(pz_memory_blocks(), 0);
    return status == PZ_OK;
}

START_TEST(mutated_documents)
{
    pz__random random;
    int good = 0, rounds = 100000;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < rounds; i++) {
        draft d;
        const char *seed = seeds[pz__random_below(&random, SEEDS)];
        d.length = strlen(seed);
        memcpy(d.text, seed, d.length);
        for (uint32_t left = pz__random_below(&random, 4); left > 0; left--) mutate(&d, &random);
        good += check_text(&d);
    }
    ck_assert_msg(good > rounds / 10 && good < rounds * 9 / 10, "%d of %d were good", good, rounds);
}
END_TEST

START_TEST(documents_of_random_pieces)
{
    pz__random random;
    pz__random_seed(&random, suite_seed() + 1);
    for (int i = 0; i < 100000; i++) {
        draft d = {"", 0};
        for (uint32_t left = pz__random_below(&random, 20); left > 0; left--) {
            const char *piece = pieces[pz__random_below(&random, PIECES)];
            insert(&d, d.length, piece, strlen(piece));
        }
        check_text(&d);
    }
}
END_TEST

static void write_random_value(pz__json_writer *json, pz__random *random, int depth)
{
    uint32_t members = pz__random_below(random, 5);
    switch (pz__random_below(random, depth > 6 ? 5 : 7)) {
    case 0: pz__json_null(json); return;
    case 1: pz__json_bool(json, (int)pz__random_below(random, 2)); return;
    case 2: pz__json_int(json, (int64_t)pz__random_next(random)); return;
    case 3: pz__json_real(json, pz__random_unit(random) * 1e30 - 5e29); return;
    case 4: pz__json_text(json, "some \"text\" \xC3\xA9 </p> \n" + pz__random_below(random, 13)); return;
    case 5:
        pz__json_open_array(json);
        while (members-- > 0) write_random_value(json, random, depth + 1);
        pz__json_close_array(json);
        return;
    default:
        pz__json_open_object(json);
        while (members-- > 0) {
            char key[16];
            snprintf(key, sizeof key, "<k%u>", (unsigned)members);
            pz__json_key(json, key);
            write_random_value(json, random, depth + 1);
        }
        pz__json_close_object(json);
    }
}

/* What our writer writes, our reader reads; cut anywhere, a list is never good. */
START_TEST(written_documents_read_back_and_cut_ones_do_not)
{
    pz__random random;
    pz__random_seed(&random, suite_seed() + 2);
    for (int i = 0; i < 3000; i++) {
        pz__buffer text = PZ__BUFFER_INIT, printed = PZ__BUFFER_INIT;
        pz__json_writer json;
        pz__json *document;
        pz__json_fault fault;
        size_t cut;
        pz__json_start(&json, &text);
        pz__json_open_array(&json);
        write_random_value(&json, &random, 0);
        pz__json_close_array(&json);
        ck_assert_ok(pz__json_parse(text.data, text.length, NULL, &document));
        pz__json_print(pz__json_root(document), &printed);
        ck_assert_str_eq(text.data, printed.data);
        pz__json_free(document);
        cut = pz__random_below(&random, (uint32_t)text.length);
        ck_assert_status(pz__json_parse(text.data, cut, &fault, &document), PZ_E_FORMAT);
        pz__buffer_free(&text);
        pz__buffer_free(&printed);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("json_fuzz");
    TCase *tests = tcase_create("json_fuzz");
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, mutated_documents);
    tcase_add_test(tests, documents_of_random_pieces);
    tcase_add_test(tests, written_documents_read_back_and_cut_ones_do_not);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
