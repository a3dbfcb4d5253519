/* codec/csv.h: rows in, rows out, and where an error is. */
#include "unit/unit.h"

#include <string.h>

#include "codec/csv.h"

static struct arena arena;
static struct err err;

/* Reads everything; the last result code is returned, rows joined by | and / . */
static int read_all(struct csv_reader *r, struct str text, struct buf *out)
{
    struct csv_row row;
    int rc;
    arena_release(&arena);
    arena_init(&arena, 1 << 22);
    err_clear(&err);
    csv_init(r, text);
    buf_clear(out);
    while ((rc = csv_next(r, &arena, &row, &err)) == 1) {
        buf_put_int(out, row.line);
        for (int i = 0; i < row.n; i++) {
            buf_put_char(out, '|');
            buf_put_str(out, row.fields[i]);
        }
        buf_put_char(out, '/');
    }
    return rc;
}

static void rows_are_read(void **state UNUSED)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "\xef\xbb\xbf", "" },
        { "\n\r\n\n", "" },
        { "a,b\r\n1,2\r\n", "1|a|b/2|1|2/" },
        { "a,b\n1,2", "1|a|b/2|1|2/" },
        { "\xef\xbb\xbf"
          "a\n",
          "1|a/" },
        { "\"a,\"\"b\"\"\",\"\"\n", "1|a,\"b\"|/" },
        { "\"x\ny\",1\n\n2,\n", "1|x\ny|1/4|2|/" },
        { ",\n", "1||/" },
        { " a , b \n", "1| a | b /" },
        { "\"\"\"\"", "1|\"/" },
        { "\xef\xbb\xbf\"a\"\r\n茶", "1|a/2|茶/" },
        { "a\r\nb", "1|a/2|b/" },
    };
    struct csv_reader r;
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(read_all(&r, str_from(cases[i].text), &out), 0);
        assert_text(buf_str(&out), cases[i].want);
    }
    assert_int_equal(read_all(&r, (struct str){ 0 }, &out), 0);
    buf_release(&out);
    arena_release(&arena);
}

static void errors_name_their_place(void **state UNUSED)
{
    static const struct {
        const char *text;
        int64_t line, column;
    } cases[] = {
        { "a,b\n1,\"2", 2, 5 },    /* not closed */
        { "a\nb\"c\n", 2, 2 },     /* a quote within */
        { "\"a\"b,c\n", 1, 4 },    /* text after a quote */
        { "a\n\"x\ny\"z", 3, 3 },  /* the line counts on inside quotes */
        { "a,b\n\xff,2\n", 2, 2 }, /* not UTF-8 */
        { "a\rb\n", 1, 2 },        /* a CR alone */
        { "\"a\" ,b", 1, 4 },
    };
    struct csv_reader r;
    struct csv_row row;
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(read_all(&r, str_from(cases[i].text), &out), ERR_MALFORMED);
        assert_int_equal(r.line, cases[i].line);
        assert_int_equal(r.column, cases[i].column);
        assert_int_equal(err.number, cases[i].line);
        assert_non_null(err.message);
        assert_true(strlen(err.detail) > 10);
        assert_int_equal(csv_next(&r, &arena, &row, &err), 0);
    }
    buf_release(&out);
    arena_release(&arena);
}

static void fields_and_rows_have_ceilings(void **state UNUSED)
{
    static char text[CSV_FIELD_BYTES + CSV_ROWS_MAX * 2 + 10];
    struct csv_reader r;
    struct csv_row row;
    arena_init(&arena, 1 << 24);
    memset(text, ',', sizeof(text));
    csv_init(&r, (struct str){ text, CSV_FIELDS_MAX - 1 });
    assert_int_equal(csv_next(&r, &arena, &row, &err), 1);
    assert_int_equal(row.n, CSV_FIELDS_MAX);
    csv_init(&r, (struct str){ text, CSV_FIELDS_MAX });
    assert_int_equal(csv_next(&r, &arena, &row, &err), ERR_TOO_LARGE);
    memset(text, 'x', sizeof(text));
    csv_init(&r, (struct str){ text, CSV_FIELD_BYTES });
    assert_int_equal(csv_next(&r, &arena, &row, &err), 1);
    csv_init(&r, (struct str){ text, CSV_FIELD_BYTES + 1 });
    assert_int_equal(csv_next(&r, &arena, &row, &err), ERR_TOO_LARGE);
    for (size_t i = 1; i < sizeof(text); i += 2)
        text[i] = '\n';
    csv_init(&r, (struct str){ text, (CSV_ROWS_MAX + 1) * 2 });
    for (int i = 0; i < CSV_ROWS_MAX; i++)
        assert_int_equal(csv_next(&r, &arena, &row, &err), 1);
    assert_int_equal(csv_next(&r, &arena, &row, &err), ERR_TOO_LARGE);
    arena_release(&arena);
    arena_init(&arena, 10);
    csv_init(&r, STR("a,b"));
    assert_int_equal(csv_next(&r, &arena, &row, &err), ERR_NOMEM);
    csv_init(&r, STR("\"aaaaaaaaaaaaaaaaaaa\"\"a\""));
    assert_int_equal(csv_next(&r, &arena, &row, &err), ERR_NOMEM);
    arena_release(&arena);
}

static void columns_are_found_by_name(void **state UNUSED)
{
    struct csv_reader r;
    struct csv_row head, row;
    arena_init(&arena, 4096);
    csv_init(&r, STR("Name, Price \nx\n"));
    assert_int_equal(csv_next(&r, &arena, &head, &err), 1);
    assert_int_equal(csv_column(&head, "price"), 1);
    assert_int_equal(csv_column(&head, "none"), -1);
    assert_int_equal(csv_next(&r, &arena, &row, &err), 1);
    assert_text(csv_field(&row, 0), "x");
    assert_text(csv_field(&row, 1), "");
    assert_text(csv_field(&row, -1), "");
    arena_release(&arena);
}

static void what_is_written_reads_back(void **state UNUSED)
{
    static const char *const values[] = { "\xef\xbb\xbf", "plain", "",   "a,b",      "say \"hi\"",
                                          "two\nlines",   "\r",    "茶", " spaced ", "\"" };
    struct buf b;
    struct csv_writer w;
    struct csv_reader r;
    struct csv_row row;
    buf_init(&b, 4096);
    csv_writer_init(&w, &b, false);
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        csv_put(&w, str_from(values[i]));
    csv_put_int(&w, -5);
    csv_end_row(&w);
    csv_put(&w, STR("")); /* a row of one empty field is still a row */
    csv_end_row(&w);
    arena_init(&arena, 1 << 16);
    csv_init(&r, buf_str(&b));
    assert_int_equal(csv_next(&r, &arena, &row, &err), 1);
    assert_int_equal(row.n, ARRAY_LEN(values) + 1);
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        assert_text(row.fields[i], values[i]);
    assert_text(row.fields[ARRAY_LEN(values)], "-5");
    assert_int_equal(csv_next(&r, &arena, &row, &err), 1);
    assert_int_equal(row.n, 1);
    assert_int_equal(csv_next(&r, &arena, &row, &err), 0);
    arena_release(&arena);
    buf_release(&b);
}

static void formulas_are_disarmed_when_asked(void **state UNUSED)
{
    struct buf b;
    struct csv_writer w;
    buf_init(&b, 4096);
    csv_writer_init(&w, &b, true);
    csv_put(&w, STR("=1+1"));
    csv_put(&w, STR("+x"));
    csv_put(&w, STR("-x"));
    csv_put(&w, STR("@x"));
    csv_put(&w, STR("\tx"));
    csv_put(&w, STR("=\"a\""));
    csv_put(&w, STR("a=1"));
    csv_put_int(&w, -5);
    csv_end_row(&w);
    assert_text(buf_str(&b), "'=1+1,'+x,'-x,'@x,'\tx,\"'=\"\"a\"\"\",a=1,-5\r\n");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(errors_name_their_place),
        cmocka_unit_test(fields_and_rows_have_ceilings),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(formulas_are_disarmed_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
