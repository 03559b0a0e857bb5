#include "personalize/base.h"

/* The build file and the header each state the version; they must not drift apart. */
_Static_assert(PZ_VERSION_MAJOR == PERSONALIZE_VERSION_MAJOR && PZ_VERSION_MINOR == PERSONALIZE_VERSION_MINOR &&
                   PZ_VERSION_PATCH == PERSONALIZE_VERSION_PATCH,
               "the version in CMakeLists.txt and the one in personalize/base.h differ");

const char *pz_version(void)
{
    return PERSONALIZE_VERSION;
}

int32_t pz_version_number(void)
{
    return PZ_VERSION_MAJOR * 1000000 + PZ_VERSION_MINOR * 1000 + PZ_VERSION_PATCH;
}
