/* Answers from the tab-separated files of knowledge tracing: user_id item_id timestamp correct skill_id, in the order of the file. */
#ifndef PZ_BENCH_TRACING_DATA_H
#define PZ_BENCH_TRACING_DATA_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

typedef struct tracing_data {
    int64_t *learner, *item, *skill;
    double *score;
    size_t rows;
} tracing_data;

static inline double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline double peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static inline int tracing_read(const char *path, tracing_data *out)
{
    FILE *file = fopen(path, "r");
    size_t room = 0;
    char line[256];
    *out = (tracing_data){0};
    if (!file || !fgets(line, sizeof line, file)) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 0;
    }
    while (fgets(line, sizeof line, file)) {
        long long learner, item, at, skill;
        double score;
        if (sscanf(line, "%lld %lld %lld %lf %lld", &learner, &item, &at, &score, &skill) != 5) {
            fprintf(stderr, "%s: row %zu is not user_id item_id timestamp correct skill_id\n", path, out->rows);
            fclose(file);
            return 0;
        }
        if (out->rows == room) {
            room = room ? room + room / 2 : 1 << 16;
            out->learner = realloc(out->learner, room * sizeof *out->learner);
            out->item = realloc(out->item, room * sizeof *out->item);
            out->skill = realloc(out->skill, room * sizeof *out->skill);
            out->score = realloc(out->score, room * sizeof *out->score);
            if (!out->learner || !out->item || !out->skill || !out->score) abort();
        }
        out->learner[out->rows] = learner;
        out->item[out->rows] = item;
        out->skill[out->rows] = skill;
        out->score[out->rows++] = score;
    }
    fclose(file);
    return out->rows > 0;
}

static inline void tracing_free(tracing_data *data)
{
    free(data->learner);
    free(data->item);
    free(data->skill);
    free(data->score);
}

#endif
