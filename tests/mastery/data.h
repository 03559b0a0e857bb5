/* Real data for tests, where it is there: PERSONALIZE_DATA names the folder. Tests that need it say so and are skipped without it. */
#ifndef PZ_TESTS_MASTERY_DATA_H
#define PZ_TESTS_MASTERY_DATA_H

#include "support/suite.h"

static inline FILE *data_open(const char *name)
{
    const char *folder = getenv("PERSONALIZE_DATA");
    char path[1024];
    FILE *file = NULL;
    if (folder) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        file = fopen(path, "r");
    }
    if (!file) printf("skipped: %s is not there (PERSONALIZE_DATA)\n", name);
    return file;
}

#endif
