/* codec/csv.h: rows that are written again read back the same. */
#include "fuzz/fuzz.h"

#include "codec/csv.h"
#include "codec/utf8.h"

static void check_same(struct arena *a, const struct csv_row *row)
{
    struct csv_writer w;
    struct csv_reader r;
    struct csv_row again;
    struct buf b;
    buf_init(&b, 1 << 20);
    csv_writer_init(&w, &b, false);
    for (int i = 0; i < row->n; i++)
        csv_put(&w, row->fields[i]);
    csv_end_row(&w);
    csv_init(&r, buf_str(&b));
    FUZZ_CHECK(csv_next(&r, a, &again, NULL) == 1 && again.n == row->n);
    for (int i = 0; i < row->n; i++)
        FUZZ_CHECK(str_eq(again.fields[i], row->fields[i]));
    buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct csv_reader r;
    struct csv_row row;
    int rc;
    if (size > 16384)
        return 0;
    arena_init(&a, 1 << 24);
    csv_init(&r, fuzz_input(data, size));
    while ((rc = csv_next(&r, &a, &row, NULL)) == 1) {
        FUZZ_CHECK(row.n > 0 && row.n <= CSV_FIELDS_MAX && row.line > 0 && row.line <= r.line);
        for (int i = 0; i < row.n; i++)
            FUZZ_CHECK(utf8_valid(row.fields[i]));
        check_same(&a, &row);
    }
    FUZZ_CHECK(rc == 0 || (r.line > 0 && r.column > 0 && r.at == size));
    arena_release(&a);
    return 0;
}
