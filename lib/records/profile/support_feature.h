/* The features of Access for All PNP 3.0 that supports are named by. */
#ifndef PZ_RECORDS_PROFILE_SUPPORT_FEATURE_H
#define PZ_RECORDS_PROFILE_SUPPORT_FEATURE_H

#include <stddef.h>

/* One of the features, or a name of its own after "ext:". */
int pz__support_is_known(const char *code, size_t length);

#endif
