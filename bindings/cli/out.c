/* Where output goes, and texts from files. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

enum { LARGEST_FILE = 256 * 1024 * 1024 };

/* The file gets its name at the end, so that nobody finds half of it, and is for its owner alone: it may hold anything. */
pz_status out_open(cli_run *cli)
{
    const char *path = cli_value(cli, OPTION_OUT);
    int descriptor;
    cli->out = stdout;
    if (!path) return PZ_OK;
    cli->out_temporary = malloc(strlen(path) + 8);
    if (!cli->out_temporary) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    sprintf(cli->out_temporary, "%s.XXXXXX", path);
    descriptor = mkstemp(cli->out_temporary);
    cli->out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (cli->out) return PZ_OK;
    if (descriptor >= 0) {
        close(descriptor);
        unlink(cli->out_temporary);
    }
    free(cli->out_temporary);
    cli->out_temporary = NULL;
    return cli_fail(cli, errno == ENOSPC ? PZ_E_NO_SPACE : PZ_E_IO, "Check that its folder exists and can be written to.",
                    "The file given as --out cannot be made.");
}

/* An earlier fault says more than that its report could not be written. */
static pz_status fail_write(cli_run *cli, int error)
{
    if (cli->fault.status != PZ_OK) return cli->fault.status;
    if (error == ENOSPC || error == EDQUOT) return cli_fail(cli, PZ_E_NO_SPACE, NULL, "The output could not be written: no space is left.");
    return cli_fail(cli, PZ_E_IO, NULL, "The output could not be written.");
}

static pz_status close_file(cli_run *cli)
{
    const char *path = cli_value(cli, OPTION_OUT);
    int is_empty = ftell(cli->out) == 0;
    int failed = ferror(cli->out) || fflush(cli->out) != 0 || fsync(fileno(cli->out)) != 0;
    int error = errno;
    if (fclose(cli->out) != 0 && !failed) {
        failed = 1;
        error = errno;
    }
    if (!failed && !is_empty && rename(cli->out_temporary, path) != 0) {
        failed = 1;
        error = errno;
    }
    if (failed || is_empty) unlink(cli->out_temporary);
    free(cli->out_temporary);
    cli->out_temporary = NULL;
    cli->out = NULL;
    return failed ? fail_write(cli, error) : PZ_OK;
}

pz_status out_close(cli_run *cli, int *out_broken)
{
    struct pollfd reader = {STDOUT_FILENO, POLLOUT, 0};
    *out_broken = 0;
    if (!cli->out) return PZ_OK;
    if (cli->out_temporary) return close_file(cli);
    if (fflush(stdout) == 0 && !ferror(stdout)) return PZ_OK;
    /* The failure may be of an earlier write, whose errno is gone: ask the pipe itself whether its reader has. */
    *out_broken = errno == EPIPE || (poll(&reader, 1, 0) == 1 && (reader.revents & (POLLERR | POLLHUP)));
    return *out_broken ? PZ_OK : fail_write(cli, errno);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status read_all(cli_run *cli, FILE *file, char **out_text, size_t *out_length)
{
    size_t capacity = 4096, length = 0, got;
    char *text = malloc(capacity + 1), *larger;
    while (text && (got = fread(text + length, 1, capacity - length, file)) > 0) {
        length += got;
        if (length < capacity) continue;
        if (capacity >= LARGEST_FILE) {
            free(text);
            return cli_fail(cli, PZ_E_TOO_LONG, NULL, "The file is larger than %d bytes.", LARGEST_FILE);
        }
        capacity *= 2;
        larger = realloc(text, capacity + 1);
        if (!larger) free(text);
        text = larger;
    }
    if (!text) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    if (ferror(file)) {
        free(text);
        return cli_fail(cli, PZ_E_IO, NULL, "The file could not be read.");
    }
    text[length] = '\0';
    *out_text = text;
    *out_length = length;
    return PZ_OK;
}

pz_status read_file(cli_run *cli, const char *path, char **out_text, size_t *out_length)
{
    FILE *file;
    pz_status status;
    *out_text = NULL;
    *out_length = 0;
    if (!strcmp(path, "-")) return read_all(cli, stdin, out_text, out_length);
    file = fopen(path, "rb");
    if (!file) return cli_fail(cli, PZ_E_IO, "Check the path.", "The file '%.200s' cannot be read: %s.", path, strerror(errno));
    status = read_all(cli, file, out_text, out_length);
    fclose(file);
    return status;
}
