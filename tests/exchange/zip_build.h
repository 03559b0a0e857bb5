/* Builds zip files in memory byte by byte, so that tests can make them lie: sizes, names, methods, flags and attributes are whatever the
 * test says. Entries are stored, unless the test hands over bytes that are packed already. */
#ifndef PZ_TESTS_EXCHANGE_ZIP_BUILD_H
#define PZ_TESTS_EXCHANGE_ZIP_BUILD_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ZIP_STORED = 0, ZIP_DEFLATED = 8, ZIP_ENCRYPTED = 1, ZIP_UTF8 = 0x800 };

typedef struct zip_part {
    const char *name;
    const void *data;
    size_t length; /* PZ_NUL_TERMINATED: text */
    int method;    /* ZIP_STORED */
    int flags;
    uint32_t attributes; /* of UNIX, in the upper 16 bits; 0 for none */
    int64_t claimed;     /* unpacked size that is claimed; 0: the true one of a stored entry */
    uint32_t checksum;   /* of packed data; stored ones have the true one plus this */
    int same_place;      /* 1: the directory points to the first entry's data */
    const char *alias;   /* the name in the header before the data, as long as `name`; NULL: the same */
} zip_part;

typedef struct zip_bytes {
    unsigned char *data;
    size_t length, capacity;
} zip_bytes;

static inline void zip_add(zip_bytes *zip, const void *data, size_t length)
{
    if (zip->length + length > zip->capacity) {
        zip->capacity = 2 * (zip->length + length) + 64;
        zip->data = realloc(zip->data, zip->capacity);
    }
    if (length) memcpy(zip->data + zip->length, data, length);
    zip->length += length;
}

static inline void zip_number(zip_bytes *zip, uint64_t value, int size)
{
    for (; size > 0; size--, value >>= 8) {
        unsigned char byte = (unsigned char)value;
        zip_add(zip, &byte, 1);
    }
}

static inline uint32_t zip_crc(const void *data, size_t length)
{
    static uint32_t table[256];
    const unsigned char *at = data;
    uint32_t crc = 0xFFFFFFFFu;
    for (uint32_t i = 0; i < 256 && !table[255]; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
        table[i] = value;
    }
    while (length--) crc = crc >> 8 ^ table[(crc ^ *at++) & 0xFF];
    return ~crc;
}

/* What local header and directory share, from "version needed" to the length of the extra field. */
static inline void zip_common(zip_bytes *zip, const zip_part *part, size_t length)
{
    uint32_t checksum = (part->method == ZIP_STORED ? zip_crc(part->data, length) : 0) + part->checksum;
    zip_number(zip, 20, 2);
    zip_number(zip, (uint64_t)part->flags, 2);
    zip_number(zip, (uint64_t)part->method, 2);
    zip_number(zip, 0x00000000, 2); /* time */
    zip_number(zip, 0x5B78, 2);     /* day */
    zip_number(zip, checksum, 4);
    zip_number(zip, length, 4);
    zip_number(zip, part->claimed ? (uint64_t)part->claimed : length, 4);
    zip_number(zip, strlen(part->name), 2);
    zip_number(zip, 0, 2);
}

static inline void zip_end(zip_bytes *zip, size_t count, size_t start)
{
    size_t size = zip->length - start;
    zip_add(zip, "PK\5\6\0\0\0\0", 8);
    zip_number(zip, count, 2);
    zip_number(zip, count, 2);
    zip_number(zip, size, 4);
    zip_number(zip, start, 4);
    zip_number(zip, 0, 2);
}

/* Release `data` with free(). */
static inline zip_bytes zip_build(const zip_part *parts, size_t count)
{
    zip_bytes zip = {NULL, 0, 0};
    size_t *places = calloc(count + 1, sizeof *places), start;
    for (size_t i = 0; i < count; i++) {
        size_t length = parts[i].length == (size_t)-1 ? strlen(parts[i].data) : parts[i].length;
        places[i] = zip.length;
        if (parts[i].same_place) {
            places[i] = places[0];
            continue;
        }
        zip_add(&zip, "PK\3\4", 4);
        zip_common(&zip, &parts[i], length);
        zip_add(&zip, parts[i].alias ? parts[i].alias : parts[i].name, strlen(parts[i].name));
        zip_add(&zip, parts[i].data, length);
    }
    start = zip.length;
    for (size_t i = 0; i < count; i++) {
        size_t length = parts[i].length == (size_t)-1 ? strlen(parts[i].data) : parts[i].length;
        zip_add(&zip, "PK\1\2", 4);
        zip_number(&zip, 3 << 8 | 20, 2); /* made on UNIX */
        zip_common(&zip, &parts[i], length);
        zip_number(&zip, 0, 2); /* comment */
        zip_number(&zip, 0, 2); /* disk */
        zip_number(&zip, 0, 2); /* internal attributes */
        zip_number(&zip, (uint64_t)parts[i].attributes << 16, 4);
        zip_number(&zip, places[i], 4);
        zip_add(&zip, parts[i].name, strlen(parts[i].name));
    }
    zip_end(&zip, count, start);
    free(places);
    return zip;
}

/* Writes bytes to a file of the test's folder. */
static inline void zip_save(const zip_bytes *zip, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(zip->data, 1, zip->length, file) != zip->length || fclose(file)) abort();
}

#endif
