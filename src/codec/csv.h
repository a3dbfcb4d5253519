/* codec/csv.h - tables as text (RFC 4180), in and out.
 *
 * The reader takes a whole text in memory and gives it row by row: quotes,
 * doubled quotes, line breaks inside quotes, lines that end in LF or CR LF, a
 * byte order mark in front. Empty lines are skipped. What is wrong is said
 * with its line and column, because somebody will have to find it.
 *
 * Not here: what the columns mean (each importer).
 * Memory: fields are views of the text, or copies in the arena where doubled
 * quotes had to be halved. Threads: one reader, one thread.
 */
#ifndef SWARD_CODEC_CSV_H
#define SWARD_CODEC_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

#define CSV_FIELDS_MAX  200    /* fields of a row */
#define CSV_FIELD_BYTES 65536  /* bytes of a field */
#define CSV_ROWS_MAX    100000 /* rows of a text, the one with the names included */

struct csv_reader {
    struct str text;
    size_t at;      /* next byte to read */
    int64_t line;   /* line of `at`, from 1; after an error: its line */
    size_t line_at; /* where that line begins */
    int64_t column; /* after an error: its byte in the line, from 1 */
    int rows;       /* rows given so far */
};

struct csv_row {
    struct str *fields;
    int n;
    int64_t line; /* where the row begins, from 1 */
};

/* Start reading a text, which must live as long as the rows are used. */
void csv_init(struct csv_reader *r, struct str text);

/* Read the next row: 1 with *ret filled, 0 at the end, or a negative code:
 * ERR_MALFORMED (quotes, not UTF-8), ERR_TOO_LARGE (a ceiling), ERR_NOMEM.
 * The error names the line as its {n}; the reader is then done. */
NODISCARD int csv_next(struct csv_reader *r, struct arena *a, struct csv_row *ret, struct err *err);

/* The place of the column of that name in the first row, ASCII case aside, or -1. */
int csv_column(const struct csv_row *head, const char *name);

/* The field at a place, trimmed; empty when the row is shorter or place is -1. */
struct str csv_field(const struct csv_row *row, int place);

struct csv_writer {
    struct buf *buf;
    bool begun; /* the row has a field already */
    bool guard;
};

/* Start writing at the end of a buffer.
 *   guard  put ' before a text that a spreadsheet would take for a formula
 *          (begins with = + - @, tab or CR): for exports that people open */
void csv_writer_init(struct csv_writer *w, struct buf *out, bool guard);

/* One field of the row; a number is never guarded. */
void csv_put(struct csv_writer *w, struct str value);
void csv_put_int(struct csv_writer *w, int64_t value);

/* End the row. */
void csv_end_row(struct csv_writer *w);

#endif
