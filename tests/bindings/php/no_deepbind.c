/* PHP opens extensions with RTLD_DEEPBIND, which the runtime of the sanitizers refuses. For tests with sanitizers: drop the flag. */
#define _GNU_SOURCE
#include <dlfcn.h>

void *dlopen(const char *file, int flags)
{
    static void *(*real)(const char *, int);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "dlopen");
    return real(file, flags & ~RTLD_DEEPBIND);
}
