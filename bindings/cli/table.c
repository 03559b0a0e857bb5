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

/* A cell, or nothing where its column is left out. */
static const table_cell *cell_at(const text_table *table, const size_t *widths, size_t row, size_t column)
{
    return widths[column] ? &table->cells[row * table->columns + column] : NULL;
}

/* Columns to print of a row: empty cells at its end are left out, so that no line ends in spaces. */
static size_t row_length(const text_table *table, const size_t *widths, size_t row)
{
    size_t length = table->columns;
    while (length > 0 && (!cell_at(table, widths, row, length - 1) || !cell_at(table, widths, row, length - 1)->text[0])) length--;
    return length;
}

/* Widths of the columns; 0 for those with nothing below their header, but for the first. */
static void measure(const text_table *table, size_t *widths)
{
    for (size_t column = 0; column < table->columns; column++) {
        int is_used = column == 0;
        for (size_t at = column; at < table->count; at += table->columns) {
            if (table->cells[at].columns > widths[column]) widths[column] = table->cells[at].columns;
            is_used |= at >= table->columns && table->cells[at].text[0];
        }
        if (!is_used) widths[column] = 0;
    }
}

void table_print(text_table *table, FILE *out, const char *indent)
{
    size_t *widths = calloc(table->columns, sizeof *widths);
    if (!widths || table->failed) {
        fputs("(no memory to show this)\n", out);
        free(widths);
        return;
    }
    measure(table, widths);
    for (size_t row = 0; row < table->count / table->columns; row++) {
        size_t length = row_length(table, widths, row);
        fputs(indent, out);
        for (size_t column = 0; column < length; column++) {
            const table_cell *cell = cell_at(table, widths, row, column);
            if (!cell) continue;
            if (column > 0) fputs("  ", out);
            put_cell(out, cell, widths[column], column == length - 1);
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
