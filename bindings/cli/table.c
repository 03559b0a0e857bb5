/* Tables of text: columns as wide as their widest cell, numbers to the right. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* Widest cell but in the last column, and widest there. */
enum { WIDEST = 48, WIDEST_LAST = 160 };

typedef struct table_cell {
    char *text;
    size_t columns;
    int is_number;
} table_cell;

struct text_table {
    table_cell *cells;
    size_t count, capacity, columns;
    int failed;
};

text_table *table_new(size_t columns)
{
    text_table *table = calloc(1, sizeof *table);
    if (table) table->columns = columns;
    return table;
}

size_t table_columns(const text_table *table)
{
    return table->columns;
}

void table_add(text_table *table, const char *text, size_t length, int is_number)
{
    int is_last = table && table->count % table->columns == table->columns - 1;
    table_cell *cell;
    if (!table || table->failed) return;
    if (table->count == table->capacity) {
        size_t capacity = table->capacity ? table->capacity * 2 : 64;
        void *cells = realloc(table->cells, capacity * sizeof *table->cells);
        table->failed = !cells;
        if (table->failed) return;
        table->cells = cells;
        table->capacity = capacity;
    }
    cell = &table->cells[table->count];
    cell->text = safe_text(text, length, is_last ? WIDEST_LAST : WIDEST);
    table->failed = !cell->text;
    if (table->failed) return;
    cell->columns = text_columns(cell->text);
    cell->is_number = is_number;
    table->count++;
}

static void put_cell(FILE *out, const table_cell *cell, size_t width, int is_last)
{
    int gap = (int)(width - cell->columns);
    if (cell->is_number)
        fprintf(out, "%*s%s", gap, "", cell->text);
    else if (is_last)
        fputs(cell->text, out);
    else
        fprintf(out, "%s%*s", cell->text, gap, "");
}

/* Cells to print of a row: empty ones at its end are left out, so that no line ends in spaces. */
static size_t row_length(const table_cell *row, size_t columns)
{
    while (columns > 0 && !row[columns - 1].text[0]) columns--;
    return columns;
}

void table_print(text_table *table, FILE *out, const char *indent)
{
    size_t *widths = calloc(table->columns, sizeof *widths);
    if (!widths || table->failed) {
        fputs("(no memory to show this)\n", out);
        free(widths);
        return;
    }
    for (size_t i = 0; i < table->count; i++)
        if (table->cells[i].columns > widths[i % table->columns]) widths[i % table->columns] = table->cells[i].columns;
    for (size_t row = 0; row + table->columns <= table->count; row += table->columns) {
        size_t length = row_length(&table->cells[row], table->columns);
        fputs(indent, out);
        for (size_t i = 0; i < length; i++) {
            if (i > 0) fputs("  ", out);
            put_cell(out, &table->cells[row + i], widths[i], i == length - 1);
        }
        fputc('\n', out);
    }
    free(widths);
}

void table_free(text_table *table)
{
    if (!table) return;
    for (size_t i = 0; i < table->count; i++) free(table->cells[i].text);
    free(table->cells);
    free(table);
}
