#include "store/content.h"

#include <sodium.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

enum { OF_ROW = 1, OF_END = 2, WHOLE_NUMBER = 16, REAL = 2, TEXT = 3, BYTES = 4 };

_Static_assert(crypto_shorthash_siphashx24_BYTES == PZ__CONTENT_SIZE, "sums have the size of a hash");
_Static_assert(crypto_shorthash_siphashx24_KEYBYTES == PZ__ROW_KEY_SIZE, "keys of rows have the size of a hash's key");

void pz__content_start(pz__content *content, int64_t change, pz__row_key_fn row_key, void *user_data)
{
    memset(content, 0, sizeof *content);
    content->change = change;
    content->row_key = row_key;
    content->user_data = user_data;
    content->is_empty = content->standing_is_empty = 1;
    content->key_person = -1;
}

void pz__content_free(pz__content *content)
{
    pz__release(content->removals);
    pz__map_free(content->removal_places);
    pz__release(content->bytes);
    memset(content, 0, sizeof *content);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static void read_value(sqlite3_stmt *row, int column, pz__value *out)
{
    memset(out, 0, sizeof *out);
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        out->type = PZ__VALUE_INT;
        out->number = sqlite3_column_int64(row, column);
        return;
    case SQLITE_FLOAT:
        out->type = PZ__VALUE_REAL;
        out->real = sqlite3_column_double(row, column);
        return;
    case SQLITE_TEXT:
        out->type = PZ__VALUE_TEXT;
        out->bytes = sqlite3_column_text(row, column);
        out->length = (size_t)sqlite3_column_bytes(row, column);
        return;
    case SQLITE_BLOB:
        out->type = PZ__VALUE_BLOB;
        out->bytes = sqlite3_column_blob(row, column);
        out->length = (size_t)sqlite3_column_bytes(row, column);
        return;
    default: return;
    }
}

void pz__content_read(pz__statement *row, const pz__kept_table *table, pz__value *out_values, const pz__value **out_places)
{
    for (int i = 0; i < table->columns; i++) {
        read_value(row->handle, i, &out_values[i]);
        out_places[i] = &out_values[i];
    }
}

/* ------------------------------------------------------------------------------------------------- hashing --- */

enum { MOST_OF_FIXED = 10, MOST_OF_TABLE = 64 + 2 };

static uint8_t *put_bits(uint8_t *to, uint64_t bits)
{
    to[0] = (uint8_t)bits;
    to[1] = (uint8_t)(bits >> 8);
    to[2] = (uint8_t)(bits >> 16);
    to[3] = (uint8_t)(bits >> 24);
    to[4] = (uint8_t)(bits >> 32);
    to[5] = (uint8_t)(bits >> 40);
    to[6] = (uint8_t)(bits >> 48);
    to[7] = (uint8_t)(bits >> 56);
    return to + 8;
}

static uint8_t *put_number(uint8_t *to, int64_t number)
{
    uint64_t zigzag = (uint64_t)number << 1 ^ (uint64_t)(number < 0 ? -1 : 0);
    size_t length = zigzag ? (size_t)(71 - __builtin_clzll(zigzag)) / 8 : 0;
    to[0] = (uint8_t)(WHOLE_NUMBER + length);
    put_bits(to + 1, zigzag); /* there is room for all of it */
    return to + 1 + length;
}

/* As the database keeps it: a real column has no whole numbers, and no sign of 0. */
static uint8_t *put_real(uint8_t *to, double real)
{
    uint64_t bits;
    if (real == 0) real = 0;
    memcpy(&bits, &real, sizeof bits);
    *to++ = REAL;
    return put_bits(to, bits);
}

static uint8_t *put_run(uint8_t *to, uint8_t what, const pz__value *value)
{
    *to++ = what;
    to = put_bits(to, value->length);
    if (value->length) memcpy(to, value->bytes, value->length);
    return to + value->length;
}

static uint8_t *put_value(uint8_t *to, int place, int is_real, const pz__value *value)
{
    *to++ = (uint8_t)place;
    switch (value->type) {
    case PZ__VALUE_NULL: return to - 1;
    case PZ__VALUE_INT: return is_real ? put_real(to, (double)value->number) : put_number(to, value->number);
    case PZ__VALUE_REAL: return put_real(to, value->real);
    case PZ__VALUE_TEXT: return put_run(to, TEXT, value);
    case PZ__VALUE_BLOB: return put_run(to, BYTES, value);
    }
    return to;
}

static pz_status make_room(pz__content *content, const pz__kept_table *table, const pz__value *const *values)
{
    size_t need = MOST_OF_TABLE + (size_t)table->columns * MOST_OF_FIXED;
    for (int i = 0; table->has_runs && i < table->columns; i++) need += values[i]->length;
    if (need <= content->byte_capacity) return PZ_OK;
    return pz__reserve((void **)&content->bytes, &content->byte_capacity, need, 1);
}

static uint8_t *put_table(uint8_t *to, const pz__kept_table *table, uint8_t what)
{
    memcpy(to, table->name, table->name_length + 1);
    to[table->name_length + 1] = what;
    return to + table->name_length + 2;
}

/* Rows come one person after the other more often than not. */
static pz_status take_key(pz__content *content, const pz__kept_table *table, const pz__value *const *values)
{
    pz_id person = table->person >= 0 && values[table->person]->type == PZ__VALUE_INT ? values[table->person]->number : 0;
    if (person == content->key_person) return PZ_OK;
    content->key_person = -1;
    PZ__TRY(content->row_key(content->user_data, person, content->key));
    content->key_person = person;
    return PZ_OK;
}

static void finish(const pz__content *content, const uint8_t *end, pz__sum *out_sum)
{
    crypto_shorthash_siphashx24(out_sum->bytes, content->bytes, (size_t)(end - content->bytes), content->key);
}

pz_status pz__content_hash_row(pz__content *content, const pz__kept_table *table, const pz__value *const *values, pz__sum *out_sum)
{
    uint8_t *to;
    PZ__TRY(take_key(content, table, values));
    PZ__TRY(make_room(content, table, values));
    to = put_table(content->bytes, table, OF_ROW);
    for (int i = 0; i < table->columns; i++)
        if (i != table->until && i != table->tenant) to = put_value(to, i, table->column[i].is_real, values[i]);
    finish(content, to, out_sum);
    return PZ_OK;
}

pz_status pz__content_hash_end(pz__content *content, const pz__kept_table *table, const pz__value *const *values, pz__sum *out_sum)
{
    uint8_t *to;
    PZ__TRY(take_key(content, table, values));
    PZ__TRY(make_room(content, table, values));
    to = put_table(content->bytes, table, OF_END);
    for (int i = 0; i < table->columns; i++)
        if ((table->column[i].is_key && i != table->tenant) || i == table->until)
            to = put_value(to, i, table->column[i].is_real, values[i]);
    finish(content, to, out_sum);
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- sums --- */

void pz__sum_add(pz__sum *sum, const pz__sum *other)
{
    for (size_t i = 0; i < PZ__CONTENT_SIZE; i++) sum->bytes[i] ^= other->bytes[i];
}

void pz__content_add_standing(pz__content *content, const pz__sum *sum)
{
    pz__sum_add(&content->standing, sum);
    content->standing_is_empty = 0;
}

static pz_status find_removal(pz__content *content, int64_t change, pz__removal **out_removal)
{
    int64_t place;
    if (!content->removal_places) PZ__TRY(pz__map_new(&content->removal_places));
    if (!pz__map_get(content->removal_places, change, &place)) {
        const pz__removal fresh = {change, {{0}}};
        place = (int64_t)content->removal_count;
        PZ__TRY(pz__reserve((void **)&content->removals, &content->removal_capacity, content->removal_count + 1, sizeof *content->removals));
        PZ__TRY(pz__map_put(content->removal_places, change, place));
        content->removals[content->removal_count++] = fresh;
    }
    *out_removal = &content->removals[place];
    return PZ_OK;
}

pz_status pz__content_add(pz__content *content, int64_t change, const pz__sum *sum)
{
    pz__removal *removal;
    if (change == content->change) {
        pz__sum_add(&content->sum, sum);
        content->is_empty = 0;
        return PZ_OK;
    }
    PZ__TRY(find_removal(content, change, &removal));
    pz__sum_add(&removal->sum, sum);
    return PZ_OK;
}
