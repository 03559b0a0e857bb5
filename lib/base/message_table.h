/* What the catalog and its tables of one language each share. */
#ifndef PZ_BASE_MESSAGE_TABLE_H
#define PZ_BASE_MESSAGE_TABLE_H

#include <stddef.h>

typedef struct pz__message_row {
    const char *code;
    const char *pattern;
} pz__message_row;

typedef struct pz__message_table {
    const char *language;
    const pz__message_row *rows; /* in the order of the codes, by strcmp */
    size_t count;
} pz__message_table;

extern const pz__message_table pz__messages_en; /* the table that has every code */
extern const pz__message_table pz__messages_es;

#endif
