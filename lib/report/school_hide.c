#include "report/school.h"

void pz__hide_small(const size_t *counts, int *hidden, size_t count, size_t smallest)
{
    size_t hidden_count = 0, sum = 0, next = count;
    for (size_t i = 0; i < count; i++) {
        hidden[i] = counts[i] > 0 && counts[i] < smallest;
        if (!hidden[i]) continue;
        hidden_count++;
        sum += counts[i];
    }
    /* What is hidden must together be as many as a figure may be told of, or a difference would tell of them. */
    while (hidden_count && (hidden_count == 1 || sum < smallest)) {
        next = count;
        for (size_t i = 0; i < count; i++)
            if (!hidden[i] && counts[i] > 0 && (next == count || counts[i] < counts[next])) next = i;
        if (next == count) return;
        hidden[next] = 1;
        hidden_count++;
        sum += counts[next];
    }
}
