/* What a terminal gets: text without the power to move its cursor, progress, and a way to stop. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "cli.h"

/* --------------------------------------------------------------------------------------------- characters --- */

/* The next character; -1 for a byte that belongs to none. *step is how many bytes it takes. */
static int32_t next_character(const char *text, size_t left, size_t *step)
{
    const unsigned char *at = (const unsigned char *)text;
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
    int32_t code = length == 1 ? at[0] : at[0] & (0xFF >> (length + 1));
    *step = 1;
    if (length == 0 || length > left) return -1;
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) return -1;
        code = code << 6 | (at[i] & 0x3F);
    }
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return -1;
    *step = length;
    return code;
}

static int is_control(int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* Marks that turn or override the direction of writing, and separators of lines: they could make a line read as another. */
static int turns_the_line(int32_t code)
{
    return code == 0x061C || (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

/* Columns on a terminal; by the C library's table, which main has set to UTF-8 if there is one. */
static size_t columns_of(int32_t code)
{
    int width = wcwidth((wchar_t)code);
    return width < 0 ? 1 : (size_t)width;
}

size_t text_columns(const char *text)
{
    size_t columns = 0, left = strlen(text), step;
    for (; left > 0; text += step, left -= step) columns += columns_of(next_character(text, left, &step));
    return columns;
}

/* ----------------------------------------------------------------------------------------------- safe text --- */

/* The character as it may be shown. *columns gets its width. */
static size_t show_character(const char *text, size_t step, int32_t code, char *to, size_t *columns)
{
    size_t length;
    if (code >= 0 && !is_control(code) && !turns_the_line(code)) {
        memcpy(to, text, step);
        *columns = columns_of(code);
        return step;
    }
    if (code == '\n' || code == '\t' || code == '\r')
        length = (size_t)sprintf(to, "\\%c", code == '\n' ? 'n' : code == '\t' ? 't' : 'r');
    else if (code < 0)
        length = (size_t)sprintf(to, "\\x%02x", (unsigned)(unsigned char)text[0]);
    else
        length = (size_t)sprintf(to, "\\u%04x", (unsigned)code);
    *columns = length;
    return length;
}

char *safe_text(const char *text, size_t length, size_t columns)
{
    static const char cut[] = "\xE2\x80\xA6"; /* an ellipsis, one column wide */
    char *safe = malloc(length * 6 + sizeof cut);
    size_t used = 0, width = 0, last_fit = 0;
    if (!safe) return NULL;
    for (size_t at = 0, step; at < length; at += step) {
        size_t wide, written;
        int32_t code = next_character(text + at, length - at, &step);
        written = show_character(text + at, step, code, safe + used, &wide);
        if (columns && width + wide > columns) {
            memcpy(safe + last_fit, cut, sizeof cut);
            return safe;
        }
        used += written;
        width += wide;
        if (!columns || width < columns) last_fit = used;
    }
    safe[used] = '\0';
    return safe;
}

void put_safe(FILE *out, const char *text)
{
    char *safe = safe_text(text, strlen(text), 0);
    if (safe) fputs(safe, out);
    free(safe);
}

/* Within JSON and HTML a control character can only stand within text, where its escape says the same. */
void put_document(FILE *out, const char *text, markup kind)
{
    if (!isatty(fileno(out))) {
        fputs(text, out);
        return;
    }
    for (size_t left = strlen(text), step; left > 0; text += step, left -= step) {
        int32_t code = next_character(text, left, &step);
        if (code == '\n' || code == '\t' || !(code < 0 || is_control(code) || turns_the_line(code)))
            fwrite(text, 1, step, out);
        else if (code < 0)
            fputc('?', out);
        else
            fprintf(out, kind == MARKUP_HTML ? "&#%u;" : "\\u%04x", (unsigned)code);
    }
}

/* ------------------------------------------------------------------------------------ progress and stopping --- */

static volatile sig_atomic_t interrupted;
static int progress_shown;

static void note_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* A second Ctrl-C ends the program at once; the store takes no harm from that. */
void watch_interrupts(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_interrupt;
    action.sa_flags = SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

/* Only what takes longer than half a second shows progress, twice a second, and only on a terminal. */
pz_status show_progress(double done, void *user_data)
{
    static struct timespec last;
    struct timespec now;
    (void)user_data;
    if (interrupted) return PZ_E_CANCELLED;
    if (!isatty(STDERR_FILENO)) return PZ_OK;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!last.tv_sec) last = now;
    if ((now.tv_sec - last.tv_sec) * 1000 + (now.tv_nsec - last.tv_nsec) / 1000000 < 500) return PZ_OK;
    last = now;
    progress_shown = 1;
    fprintf(stderr, "\r%3d %%", (int)(done * 100));
    fflush(stderr);
    return PZ_OK;
}

void end_progress(void)
{
    if (progress_shown) fputs("\r      \r", stderr);
    progress_shown = 0;
}
