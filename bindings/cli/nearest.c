/* Which word was meant: the fewest letters inserted, left out, changed or swapped with their neighbour (optimal string alignment). */
#include <string.h>

#include "cli.h"

enum { LONGEST_WORD = 40 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t a_length = strlen(a), b_length = strlen(b);
    size_t *before = rows[0], *last = rows[1], *row = rows[2], *swap;
    if (a_length > LONGEST_WORD || b_length > LONGEST_WORD) return LONGEST_WORD;
    for (size_t j = 0; j <= b_length; j++) last[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t least = last[j - 1] + (a[i - 1] != b[j - 1]);
            least = smaller(least, smaller(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) least = smaller(least, before[j - 2] + 1);
            row[j] = least;
        }
        swap = before;
        before = last;
        last = row;
        row = swap;
    }
    return last[b_length];
}

void nearest_start(near_word *nearest, const char *wanted)
{
    nearest->wanted = wanted;
    nearest->best = NULL;
    nearest->best_distance = 0;
}

/* A third of the letters may be wrong, at least one; a beginning of at least three letters is near as well. */
void nearest_offer(near_word *nearest, const char *word)
{
    size_t length = strlen(nearest->wanted);
    size_t found = distance(nearest->wanted, word);
    if (length >= 3 && !strncmp(nearest->wanted, word, length)) found = 1;
    if (found * 3 > length + 2 || (nearest->best && found >= nearest->best_distance)) return;
    nearest->best = word;
    nearest->best_distance = found;
}
