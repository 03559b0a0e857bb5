#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

static void *malloc_allocate(size_t size, void *user_data) { (void)user_data; return malloc(size); }
static void *malloc_reallocate(void *block, size_t size, void *user_data) { (void)user_data; return realloc(block, size); }
static void malloc_release(void *block, void *user_data) { (void)user_data; free(block); }

static const pz_allocator plain = {sizeof plain, malloc_allocate, malloc_reallocate, malloc_release, NULL};
static pz_allocator current = {sizeof current, malloc_allocate, malloc_reallocate, malloc_release, NULL};
static atomic_llong blocks;

pz_status pz_allocator_set(const pz_allocator *allocator)
{
    if (atomic_load(&blocks) > 0)
        return pz__fail(PZ_E_STATE, "allocator", "Set the allocator before the first other call, and free everything before changing it.",
                        "%lld blocks of the present allocator are in use.", (long long)atomic_load(&blocks));
    if (!allocator) {
        current = plain;
        return PZ_OK;
    }
    if (allocator->struct_size < sizeof(pz_allocator))
        return pz__fail(PZ_E_STRUCT_SIZE, "allocator.struct_size", "Set it to sizeof(pz_allocator).", "struct_size is %u, at least %u is needed.",
                        (unsigned)allocator->struct_size, (unsigned)sizeof(pz_allocator));
    if (!allocator->allocate || !allocator->reallocate || !allocator->release)
        return pz__fail(PZ_E_INVALID, "allocator", "Give all three functions.", "A function of the allocator is NULL.");
    current = *allocator;
    return PZ_OK;
}

int64_t pz_memory_blocks(void) { return atomic_load(&blocks); }

void *pz__alloc(size_t size)
{
    void *block = current.allocate(size ? size : 1, current.user_data);
    if (block) atomic_fetch_add_explicit(&blocks, 1, memory_order_relaxed);
    return block;
}

void *pz__alloc_zero(size_t count, size_t size)
{
    void *block;
    size_t total = count * size;
    if (size && total / size != count) return NULL;
    if (total == 0) total = 1;
    block = pz__alloc(total);
    if (block) memset(block, 0, total);
    return block;
}

void *pz__realloc(void *block, size_t size)
{
    if (!block) return pz__alloc(size);
    return current.reallocate(block, size ? size : 1, current.user_data);
}

void pz__release(void *block)
{
    if (!block) return;
    atomic_fetch_sub_explicit(&blocks, 1, memory_order_relaxed);
    current.release(block, current.user_data);
}

void pz_free(void *block) { pz__release(block); }

char *pz__copy_text(const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? pz__alloc(length + 1) : NULL;
    if (!copy) return NULL;
    if (length) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

pz_status pz__reserve(void **array, size_t *capacity, size_t need, size_t size)
{
    size_t room = *capacity;
    void *grown;
    if (need <= room) return PZ_OK;
    room = room < 8 ? 8 : room;
    while (room < need) {
        if (room > SIZE_MAX / 2) return pz__fail_memory();
        room *= 2;
    }
    if (size && room > SIZE_MAX / size) return pz__fail_memory();
    grown = pz__realloc(*array, room * size);
    if (!grown) return pz__fail_memory();
    *array = grown;
    *capacity = room;
    return PZ_OK;
}
