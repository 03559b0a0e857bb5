#include "store/chain.h"

enum { NOTHING = 0, NUMBER = 1, TEXT = 2, BYTES = 3, ITEM_VALUES = 6 };

void pz__put_little(uint8_t *to, int64_t value)
{
    for (int i = 0; i < 8; i++) to[i] = (uint8_t)((uint64_t)value >> (8 * i));
}

int64_t pz__get_little(const uint8_t *from)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--) value = value << 8 | from[i];
    return (int64_t)value;
}

static void add(pz__chain *chain, const void *bytes, size_t length)
{
    crypto_generichash_update(&chain->state, bytes, length);
}

static size_t encode_number(uint8_t *to, int64_t value, int optional)
{
    if (optional && value == 0) {
        to[0] = NOTHING;
        return 1;
    }
    to[0] = NUMBER;
    pz__put_little(to + 1, value);
    return 9;
}

static void add_number(pz__chain *chain, int64_t value, int optional)
{
    uint8_t bytes[9];
    add(chain, bytes, encode_number(bytes, value, optional));
}

static void add_run(pz__chain *chain, uint8_t type, const void *run, size_t length)
{
    uint8_t head[9] = {NOTHING};
    if (!run) {
        add(chain, head, 1);
        return;
    }
    head[0] = type;
    pz__put_little(head + 1, (int64_t)length);
    add(chain, head, sizeof head);
    add(chain, run, length);
}

void pz__chain_start(pz__chain *chain, const pz__keys *keys, const uint8_t before[PZ__CHAIN_SIZE], const pz__change_row *row, int64_t items)
{
    crypto_generichash_init(&chain->state, keys->chain, sizeof keys->chain, PZ__CHAIN_SIZE);
    add(chain, before, PZ__CHAIN_SIZE);
    add_number(chain, PZ__TENANT, 0);
    add_number(chain, row->number, 0);
    add_number(chain, row->at, 0);
    add_number(chain, row->author_alias, 1);
    add_number(chain, row->service, 1);
    add_number(chain, row->role, 0);
    add_run(chain, TEXT, row->purpose, row->purpose_length);
    add_run(chain, TEXT, row->action, row->action_length);
    add_run(chain, BYTES, row->key_hash, row->key_hash_length);
    add_run(chain, BYTES, row->request_digest, row->request_digest_length);
    add_run(chain, BYTES, row->result, row->result_length);
    add_run(chain, BYTES, row->content, row->content_length);
    add_run(chain, BYTES, row->standing, row->standing_length);
    add_number(chain, row->next_id, 0);
    add_number(chain, items, 0);
}

void pz__chain_item(pz__chain *chain, int64_t number, const pz__change_item *item)
{
    uint8_t bytes[ITEM_VALUES * 9];
    size_t length = encode_number(bytes, number, 0);
    length += encode_number(bytes + length, item->kind, 0);
    length += encode_number(bytes + length, item->record, 0);
    length += encode_number(bytes + length, item->learner_alias, 1);
    length += encode_number(bytes + length, item->act, 0);
    length += encode_number(bytes + length, item->count, 0);
    add(chain, bytes, length);
}

void pz__chain_removal(pz__chain *chain, int64_t from_change, const void *content, size_t length)
{
    add_number(chain, from_change, 0);
    add_run(chain, BYTES, content, length);
}

void pz__chain_end(pz__chain *chain, uint8_t out_hash[PZ__CHAIN_SIZE])
{
    crypto_generichash_final(&chain->state, out_hash, PZ__CHAIN_SIZE);
}
