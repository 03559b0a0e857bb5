/* What the library says, in the words of the language: its messages and hints name functions, records and constants as C does. */
#ifndef PZB_SAID_H
#define PZB_SAID_H

#include <stddef.h>

#include "personalize.h"

/* The name of a function, record, handle or constant in the language, or `name` itself where the language has none. */
const char *pzb_said_of(const char *name);
/* Writes `text` with such names in it, and with the argument `field` under its bare name; cuts what does not fit. */
void pzb_said(const char *text, const char *field, char *out, size_t size);
/* Writes the names of the members of a record, with commas. */
void pzb_said_members(const pz_record_type *type, char *out, size_t size);

#endif
