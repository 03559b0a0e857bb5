/* A program of somebody else: makes a store and asks it for its name. */
#include <personalize.h>
#include <stdio.h>
#include <string.h>

static int failed(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, pz_last_error()->message);
    return 1;
}

int main(int argc, char **argv)
{
    pz_store *store;
    pz_store_info *info;
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    if (argc != 2) return 2;
    options.name = "Somebody's school";
    if (pz_store_create(argv[1], &options, &store) != PZ_OK) return failed("create");
    if (pz_store_describe(store, &info) != PZ_OK) return failed("describe");
    int right = !strcmp(info->name, "Somebody's school");
    printf("%s %s\n", pz_version(), info->name);
    pz_free(info);
    pz_store_free(store);
    return right && pz_memory_blocks() == 0 ? 0 : 1;
}
