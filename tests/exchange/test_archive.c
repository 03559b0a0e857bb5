/* Roster archives: what is read from zips and folders, and every way in which a hostile one is refused. */
#include "exchange/archive.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/file.h"
#include "support/suite.h"

#include "exchange/zip_build.h"

#define TEXT PZ_NUL_TERMINATED
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int64_t read_all(pz__archive *archive, size_t index, char *buffer, size_t size)
{
    pz__archive_stream *stream;
    int64_t total = 0, got = 0;
    ck_assert_ok(pz__archive_stream_open(archive, index, &stream));
    while (total < (int64_t)size && (got = pz__archive_read(stream, buffer + total, size - (size_t)total)) > 0) total += got;
    pz__archive_stream_free(stream);
    return got < 0 ? got : total;
}

/* Opens the parts as a zip and wants it refused with the code, at the latest when its entries are read. */
static void refuse(const zip_part *parts, size_t count, pz_status wanted, const char *code)
{
    zip_bytes zip = zip_build(parts, count);
    pz__archive_fault fault;
    pz__archive *archive;
    pz_status status = pz__archive_open_memory(zip.data, zip.length, &fault, &archive);
    static char buffer[1 << 16];
    for (size_t i = 0; status == PZ_OK && pz__archive_entry_at(archive, i); i++) {
        int64_t got = read_all(archive, i, buffer, sizeof buffer);
        if (got >= 0) continue;
        status = (pz_status)-got;
        ck_assert_ptr_nonnull(pz__archive_fault_of(archive));
        fault = *pz__archive_fault_of(archive);
    }
    ck_assert_msg(status == wanted, "%s: gave %s", code, pz_status_describe(status)->name);
    ck_assert_str_eq(fault.code, code);
    ck_assert_msg(strstr(pz_last_error()->message, code) != NULL, "%s", pz_last_error()->message);
    pz__archive_free(archive);
    free(zip.data);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}

START_TEST(reads_what_is_there)
{
    const zip_part parts[] = {{.name = "school/", .data = "", .attributes = S_IFDIR | 0755},
                              {.name = "school/users.csv", .data = "a,b\n1,2\n", .length = TEXT},
                              {.name = "__MACOSX/school/._users.csv", .data = "x", .length = TEXT},
                              {.name = "school/.DS_Store", .data = "x", .length = TEXT},
                              {.name = "school/manifest.csv", .data = "", .attributes = S_IFREG | 0644}};
    zip_bytes zip = zip_build(parts, COUNT(parts));
    pz__archive_fault fault;
    pz__archive *archive;
    size_t index;
    char buffer[64];
    ck_assert_ok(pz__archive_open_memory(zip.data, zip.length, &fault, &archive));
    ck_assert_ptr_null(fault.code);
    ck_assert_str_eq(pz__archive_entry_at(archive, 0)->name, "users.csv");
    ck_assert_str_eq(pz__archive_entry_at(archive, 1)->name, "manifest.csv");
    ck_assert_ptr_null(pz__archive_entry_at(archive, 2));
    ck_assert_str_eq(pz__archive_note_at(archive, 0)->code, "zip.top_folder");
    ck_assert_str_eq(pz__archive_note_at(archive, 1)->code, "zip.junk_entry");
    ck_assert_str_eq(pz__archive_note_at(archive, 2)->name, "school/.DS_Store");
    ck_assert_ptr_null(pz__archive_note_at(archive, 3));
    ck_assert(pz__archive_find(archive, "users.csv", &index) && index == 0);
    ck_assert(!pz__archive_find(archive, "Users.csv", &index));
    for (int again = 0; again < 2; again++) {
        ck_assert_int_eq(read_all(archive, 0, buffer, sizeof buffer), 8);
        ck_assert_int_eq(memcmp(buffer, "a,b\n1,2\n", 8), 0);
    }
    ck_assert_int_eq(read_all(archive, 1, buffer, sizeof buffer), 0);
    ck_assert_ptr_null(pz__archive_fault_of(archive));
    pz__archive_free(archive);
    free(zip.data);
}
END_TEST

START_TEST(refuses_names)
{
    static const struct {
        const char *name, *code;
    } cases[] = {{"", "zip.entry_empty_name"},
                 {"../users.csv", "zip.entry_path_traversal"},
                 {"a/../users.csv", "zip.entry_path_traversal"},
                 {"./users.csv", "zip.entry_path_traversal"},
                 {"a//users.csv", "zip.entry_path_traversal"},
                 {"/etc/passwd", "zip.entry_absolute_path"},
                 {"C:users.csv", "zip.entry_absolute_path"},
                 {"a\\users.csv", "zip.entry_backslash"},
                 {"us\ners.csv", "zip.entry_bad_name"},
                 {"\xFFusers.csv", "zip.entry_bad_name"},
                 {"a/b/users.csv", "zip.entry_nested_path"},
                 {"other/", "zip.entry_directory"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const zip_part parts[] = {{.name = "a/first.csv", .data = "x", .length = 1}, {.name = cases[i].name, .data = "", .length = 0}};
        refuse(parts, 2, PZ_E_HOSTILE, cases[i].code);
    }
}
END_TEST

START_TEST(refuses_long_names)
{
    char name[300];
    const zip_part part = {.name = name, .data = "", .length = 0};
    memset(name, 'a', sizeof name);
    name[256] = '\0';
    refuse(&part, 1, PZ_E_HOSTILE, "zip.entry_bad_name");
}
END_TEST

START_TEST(refuses_duplicates_links_and_odd_files)
{
    const zip_part twice[] = {{.name = "users.csv", .data = "x", .length = 1}, {.name = "USERS.csv", .data = "y", .length = 1}};
    const zip_part link = {.name = "users.csv", .data = "/etc/passwd", .length = TEXT, .attributes = S_IFLNK | 0777};
    const zip_part pipe = {.name = "users.csv", .data = "", .attributes = S_IFIFO | 0600};
    const zip_part secret = {.name = "users.csv", .data = "xxxxxxxxxxxxxxxx", .length = TEXT, .flags = ZIP_ENCRYPTED};
    const zip_part odd = {.name = "users.csv", .data = "x", .length = 1, .method = 12};
    refuse(twice, 2, PZ_E_HOSTILE, "zip.entry_duplicate_name");
    refuse(&link, 1, PZ_E_HOSTILE, "zip.entry_symlink");
    refuse(&pipe, 1, PZ_E_HOSTILE, "zip.entry_special_file");
    refuse(&secret, 1, PZ_E_FORMAT, "zip.entry_encrypted");
    refuse(&odd, 1, PZ_E_FORMAT, "zip.entry_method");
}
END_TEST

START_TEST(refuses_lies_about_data)
{
    static const char packed[] = "\x4B\x4C\x84\x01\x00"; /* deflated "aaaaaaaaaa" */
    const zip_part checksum = {.name = "users.csv", .data = "x", .length = 1, .checksum = 1};
    const zip_part larger = {.name = "users.csv", .data = packed, .length = 5, .method = ZIP_DEFLATED, .claimed = 5};
    const zip_part broken = {.name = "users.csv", .data = "\xFF\xFF\xFF", .length = 3, .method = ZIP_DEFLATED, .claimed = 3};
    static char big[200000];
    const zip_part shared[] = {{.name = "a.csv", .data = big, .length = sizeof big},
                               {.name = "b.csv", .data = big, .length = sizeof big, .same_place = 1}};
    refuse(&checksum, 1, PZ_E_FORMAT, "zip.entry_corrupt");
    refuse(&broken, 1, PZ_E_FORMAT, "zip.entry_corrupt");
    refuse(&larger, 1, PZ_E_HOSTILE, "zip.entry_too_large");
    refuse(shared, 2, PZ_E_HOSTILE, "zip.entry_overlap");
}
END_TEST

/* The same archive would hold different files for a reader that goes by the directory and one that goes from header to header. */
START_TEST(refuses_two_names_of_one_entry)
{
    const zip_part parts[] = {{.name = "manifest.csv", .data = "x", .length = 1},
                              {.name = "users.csv", .alias = "roles.csv", .data = "x", .length = 1}};
    const zip_part capital = {.name = "users.csv", .alias = "Users.csv", .data = "x", .length = 1};
    pz__archive_fault fault;
    pz__archive *archive;
    refuse(parts, 2, PZ_E_HOSTILE, "zip.entry_name_mismatch");
    refuse(&capital, 1, PZ_E_HOSTILE, "zip.entry_name_mismatch");
    zip_bytes zip = zip_build(parts, 1);
    for (size_t i = 0; i < 4; i++) { /* the mark of its header */
        zip.data[i] ^= 1;
        ck_assert_status(pz__archive_open_memory(zip.data, zip.length, &fault, &archive), PZ_E_FORMAT);
        ck_assert_str_eq(fault.code, "zip.entry_corrupt");
        ck_assert_str_eq(fault.name, "manifest.csv");
        zip.data[i] ^= 1;
    }
    free(zip.data);
}
END_TEST

/* One entry whose place stands in the extra field of large archives, behind a field of another kind. */
static zip_bytes build_far(const zip_part *part, uint64_t place)
{
    zip_bytes zip = zip_build(part, 1), far = {NULL, 0, 0};
    size_t name = strlen(part->name), start = 30 + name + part->length, behind = start + 46 + name;
    zip_add(&far, zip.data, behind);
    zip_number(&far, 0x9901, 2);
    zip_number(&far, 2, 2);
    zip_number(&far, 0, 2);
    zip_number(&far, 1, 2);
    zip_number(&far, 8, 2);
    zip_number(&far, place, 8);
    far.data[start + 30] = 6 + 12;          /* length of the extra field */
    memset(far.data + start + 42, 0xFF, 4); /* place of the header */
    zip_add(&far, zip.data + behind, 22);   /* the end of the archive */
    far.data[far.length - 10] += 6 + 12;    /* bytes of the directory */
    free(zip.data);
    return far;
}

START_TEST(finds_headers_by_the_extra_field)
{
    const zip_part sound = {.name = "users.csv", .data = "x", .length = 1};
    const zip_part lying = {.name = "users.csv", .alias = "roles.csv", .data = "x", .length = 1};
    pz__archive_fault fault;
    pz__archive *archive;
    char buffer[8];
    zip_bytes zip = build_far(&sound, 0);
    ck_assert_ok(pz__archive_open_memory(zip.data, zip.length, &fault, &archive));
    ck_assert_int_eq(read_all(archive, 0, buffer, sizeof buffer), 1);
    pz__archive_free(archive);
    free(zip.data);
    zip = build_far(&lying, 0);
    ck_assert_status(pz__archive_open_memory(zip.data, zip.length, &fault, &archive), PZ_E_HOSTILE);
    ck_assert_str_eq(fault.code, "zip.entry_name_mismatch");
    free(zip.data);
    zip = build_far(&sound, UINT64_MAX);
    ck_assert_status(pz__archive_open_memory(zip.data, zip.length, &fault, &archive), PZ_E_FORMAT);
    ck_assert_str_eq(fault.code, "zip.invalid_archive");
    free(zip.data);
    zip = build_far(&sound, INT32_MAX);
    ck_assert_status(pz__archive_open_memory(zip.data, zip.length, &fault, &archive), PZ_E_FORMAT);
    ck_assert_str_eq(fault.code, "zip.entry_corrupt");
    free(zip.data);
}
END_TEST

/* 4 GiB are claimed by entries of which each alone is within the limits. */
START_TEST(refuses_bombs)
{
    static char packed[1 << 20];
    zip_part parts[65];
    char names[65][16];
    const zip_part ratio = {.name = "users.csv", .data = packed, .length = 1000, .method = ZIP_DEFLATED, .claimed = 2 << 20};
    memset(parts, 0, sizeof parts);
    refuse(&ratio, 1, PZ_E_HOSTILE, "zip.entry_ratio_exceeded");
    for (int i = 0; i < 65; i++) {
        snprintf(names[i], sizeof names[i], "f%d.csv", i);
        parts[i].name = names[i];
        parts[i].data = packed;
        parts[i].length = i < 33 ? sizeof packed : 0;
        parts[i].method = ZIP_DEFLATED;
        parts[i].claimed = 130 << 20;
    }
    refuse(parts, 33, PZ_E_HOSTILE, "zip.total_uncompressed_size_exceeded");
    for (int i = 0; i < 65; i++) parts[i].method = ZIP_STORED, parts[i].length = 0, parts[i].claimed = 0;
    refuse(parts, 65, PZ_E_HOSTILE, "zip.entry_count_exceeded");
}
END_TEST

START_TEST(refuses_two_directories_and_broken_ends)
{
    const zip_part part = {.name = "users.csv", .data = "x", .length = 1};
    zip_bytes first = zip_build(&part, 1), zip = {NULL, 0, 0};
    pz__archive_fault fault;
    pz__archive *archive;
    zip_add(&zip, first.data, first.length);
    zip_add(&zip, first.data, first.length);
    ck_assert_status(pz__archive_open_memory(zip.data, zip.length, &fault, &archive), PZ_E_HOSTILE);
    ck_assert_str_eq(fault.code, "zip.ambiguous_directory");
    ck_assert_ptr_null(archive);
    for (size_t length = 0; length < first.length; length++) {
        ck_assert_status(pz__archive_open_memory(first.data, length, &fault, &archive), PZ_E_FORMAT);
        ck_assert_str_eq(fault.code, "zip.invalid_archive");
    }
    ck_assert_status(pz__archive_open_memory(NULL, 0, &fault, &archive), PZ_E_INVALID);
    ck_assert_status(pz__archive_open(NULL, &fault, &archive), PZ_E_INVALID);
    ck_assert_status(pz__archive_open("/nowhere/at/all", &fault, &archive), PZ_E_IO);
    ck_assert_status(pz__archive_open("/dev/null", NULL, &archive), PZ_E_HOSTILE);
    free(zip.data);
    free(first.data);
}
END_TEST

/* A folder of the test's own, removed at its end. */
static void put_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    FILE *file;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(remove(path), 0);
}

START_TEST(reads_folders)
{
    char folder[] = "/tmp/pz_archive_XXXXXX", path[256], buffer[64];
    pz__archive_fault fault;
    pz__archive *archive;
    pz__archive_stream *stream;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    put_file(folder, "users.csv", "hello");
    put_file(folder, "manifest.csv", "");
    put_file(folder, ".DS_Store", "");
    ck_assert_ok(pz__archive_open(folder, &fault, &archive));
    ck_assert_str_eq(pz__archive_entry_at(archive, 0)->name, "manifest.csv");
    ck_assert_str_eq(pz__archive_entry_at(archive, 1)->name, "users.csv");
    ck_assert_ptr_null(pz__archive_entry_at(archive, 2));
    ck_assert_str_eq(pz__archive_note_at(archive, 0)->code, "zip.junk_entry");
    ck_assert_int_eq(read_all(archive, 1, buffer, sizeof buffer), 5);
    ck_assert_status(pz__archive_stream_open(archive, 2, &stream), PZ_E_INVALID);
    ck_assert_status(pz__archive_stream_open(NULL, 0, &stream), PZ_E_CLOSED);
    remove_file(folder, "users.csv"); /* swapped for a link meanwhile */
    snprintf(path, sizeof path, "%s/users.csv", folder);
    ck_assert_int_eq(symlink("/etc/passwd", path), 0);
    ck_assert_status(pz__archive_stream_open(archive, 1, &stream), PZ_E_HOSTILE);
    ck_assert_str_eq(pz__archive_fault_of(archive)->code, "zip.entry_symlink");
    pz__archive_free(archive);
    ck_assert_status(pz__archive_open(folder, &fault, &archive), PZ_E_HOSTILE);
    ck_assert_str_eq(fault.code, "zip.entry_symlink");
    remove_file(folder, "users.csv");
    snprintf(path, sizeof path, "%s/inner", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    ck_assert_status(pz__archive_open(folder, &fault, &archive), PZ_E_HOSTILE);
    ck_assert_str_eq(fault.code, "zip.entry_directory");
    ck_assert_int_eq(rmdir(path), 0);
    remove_file(folder, "manifest.csv");
    remove_file(folder, ".DS_Store");
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

static void want_words(const char *path, const char *words)
{
    pz__archive *archive;
    ck_assert_status(pz__archive_open(path, NULL, &archive), PZ_E_IO);
    ck_assert_str_eq(pz_last_error()->message, words);
    ck_assert_str_eq(pz_last_error()->field, "path");
    ck_assert_ptr_null(archive);
}

/* Permissions do not hold for everybody; the words for them do. */
START_TEST(says_in_words_why_nothing_could_be_opened)
{
    char path[] = "/tmp/pz_archive_XXXXXX", words[100];
    int file = mkstemp(path);
    ck_assert(file >= 0 && close(file) == 0 && chmod(path, 0) == 0);
    if (access(path, R_OK) != 0) want_words(path, "The archive could not be opened: there is no permission to read it.");
    ck_assert_int_eq(remove(path), 0);
    want_words(path, "The archive could not be opened: there is no such file.");
    want_words("/dev/null/roster.zip", "The archive could not be opened: there is no such file.");
    ck_assert_int_eq(symlink(path, path), 0);
    snprintf(words, sizeof words, "The archive could not be opened (system error %d).", ELOOP);
    want_words(path, words);
    ck_assert_int_eq(remove(path), 0);
    ck_assert_status(pz__file_fail("archive", "read", EACCES, NULL), PZ_E_IO);
    ck_assert_str_eq(pz_last_error()->message, "The archive could not be read: there is no permission to read it.");
    ck_assert_ptr_nonnull(strstr(pz_last_error()->hint, "Allow"));
}
END_TEST

static pz_status open_and_read(void *user_data)
{
    zip_bytes *zip = user_data;
    pz__archive *archive;
    pz__archive_stream *stream = NULL;
    char buffer[16];
    pz_status status = pz__archive_open_memory(zip->data, zip->length, NULL, &archive);
    if (status == PZ_OK) status = pz__archive_stream_open(archive, 0, &stream);
    if (status == PZ_OK && pz__archive_read(stream, buffer, sizeof buffer) != 5) status = PZ_E_IO;
    pz__archive_stream_free(stream);
    pz__archive_free(archive);
    return status;
}

START_TEST(survives_failing_memory)
{
    const zip_part parts[] = {{.name = "a/users.csv", .data = "hello", .length = 5}, {.name = "a/Thumbs.db", .data = "", .length = 0}};
    zip_bytes zip = zip_build(parts, 2);
    ck_assert_int_gt(suite_each_allocation(open_and_read, &zip), 5);
    free(zip.data);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("archive");
    TCase *test = tcase_create("archive");
    tcase_set_timeout(test, 60);
    tcase_add_test(test, reads_what_is_there);
    tcase_add_test(test, refuses_names);
    tcase_add_test(test, refuses_long_names);
    tcase_add_test(test, refuses_duplicates_links_and_odd_files);
    tcase_add_test(test, refuses_lies_about_data);
    tcase_add_test(test, refuses_two_names_of_one_entry);
    tcase_add_test(test, finds_headers_by_the_extra_field);
    tcase_add_test(test, refuses_bombs);
    tcase_add_test(test, refuses_two_directories_and_broken_ends);
    tcase_add_test(test, reads_folders);
    tcase_add_test(test, says_in_words_why_nothing_could_be_opened);
    tcase_add_test(test, survives_failing_memory);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
