/* What the generated functions of the rooms in good/ do, on both engines. */
#include "support/test_store.h"

#include <string.h>

#include "gen/guest_sql.h"
#include "gen/schema.h"
#include "gen/shelf_sql.h"

/* Each test runs its steps in one write and looks at them in the same. */
static void run(const char *engine, store_fn *fn)
{
    struct test_store *t = test_store_new(engine, NULL);
    struct arena a;
    struct err err;
    int ran = 0;
    err_clear(&err);
    assert_rc(store_migrate(t->store, schema_rooms, schema_rooms_n, &ran, &err), 0, &err);
    assert_int_equal(ran, 3);
    arena_init(&a, 1 << 20);
    assert_rc(store_write(t->store, fn, &a, &err), 0, &err);
    arena_release(&a);
    test_store_free(t);
}

#define OK(call) assert_rc((call), 0, err)

static const unsigned char cover[] = { 0xff, 0x00, 0x01 };

static int add(struct db *db, int64_t id, const char *title, int64_t price, struct err *err)
{
    int64_t changed = -1;
    OK(book_insert(db,
                   &(struct book_insert_args){
                       .id = id, .title = str_from(title), .price = price, .known = id % 2 == 0 },
                   &changed, err));
    return (int)changed;
}

static int all_types(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct book_by_id_row row;
    OK(book_insert(db,
                   &(struct book_insert_args){ .id = 7,
                                               .title = STR("七 \xf0\x9f\x93\x96"),
                                               .pages = -3,
                                               .weight = { true, 0.25 },
                                               .known = true,
                                               .lent = { true, 0 },
                                               .cover = { (const char *)cover, sizeof(cover) },
                                               .pin = STR(""),
                                               .bought = OPT_INT(INT64_MAX),
                                               .price = 5 },
                   NULL, err));
    OK(book_by_id(db, a, 7, &row, err));
    assert_int_equal(row.id, 7);
    assert_text(row.title, "七 \xf0\x9f\x93\x96");
    assert_int_equal(row.pages, -3);
    assert_true(row.weight.has && row.weight.value == 0.25);
    assert_true(row.known);
    assert_true(row.lent.has && row.lent.value == 0);
    assert_int_equal(row.cover.len, sizeof(cover));
    assert_memory_equal(row.cover.ptr, cover, sizeof(cover));
    assert_true(row.pin.ptr != NULL && row.pin.len == 0);
    assert_true(row.bought.has && row.bought.value == INT64_MAX);
    assert_null(row.note.ptr);
    return 0;
}

static int absent_values(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct book_by_id_row row;
    assert_int_equal(add(db, 8, "plain", 3, err), 1);
    assert_int_equal(add(db, 8, "again", 3, err), 0);
    OK(book_by_id(db, a, 8, &row, err));
    assert_false(row.weight.has || row.lent.has || row.bought.has);
    assert_true(row.cover.ptr == NULL && row.pin.ptr == NULL && row.note.ptr == NULL);
    memset(&row, 0x55, sizeof(row));
    int64_t before = row.id;
    assert_int_equal(book_by_id(db, a, 404, &row, err), ERR_NOT_FOUND);
    assert_null(err->message);
    assert_int_equal(row.id, before);
    err_clear(err);
    return 0;
}

static int lists(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct book_of_ids_rows some;
    struct book_page_rows page;
    for (int64_t id = 10; id < 60; id++) {
        char title[16];
        snprintf(title, sizeof(title), "book %lld", (long long)id);
        add(db, id, title, id * 20, err);
    }
    const int64_t want[] = { 12, 11, 999, 13 }, not [] = { 12 };
    OK(book_of_ids(db, a, (struct id_list){ want, 4 }, (struct id_list){ not, 1 }, &some, err));
    assert_int_equal(some.n, 2);
    assert_int_equal(some.v[0].id, 11);
    assert_text(some.v[1].title, "book 13");
    OK(book_of_ids(db, a, (struct id_list){ NULL, 0 }, (struct id_list){ not, 1 }, &some, err));
    assert_int_equal(some.n, 0);
    OK(book_of_ids(db, a, (struct id_list){ want, 1 }, (struct id_list){ NULL, 0 }, &some, err));
    assert_int_equal(some.n, 1);

    OK(book_page(db, a, 100000, 45, &page, err)); /* more than the array's first size */
    assert_int_equal(page.n, 45);
    assert_text(page.v[44].title, "book 15");
    assert_true(page.v[0].dear && !page.v[44].dear);
    assert_int_equal(page.v[44].rank, 45);
    return 0;
}

static int dialect(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct book_find_rows found;
    struct book_tags_of_row tags;
    const int64_t books[] = { 20, 21 };
    int64_t changed;
    add(db, 20, "One_two%", 300, err);
    add(db, 21, "one_two%", 300, err);
    OK(book_find(db, a, STR("One_"), STR("%"), &found, err));
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].id, 20);
    OK(book_tag_add(db, (struct id_list){ books, 2 }, STR("old"), &changed, err));
    assert_int_equal(changed, 2);
    OK(book_tag_add(db, (struct id_list){ books, 1 }, STR("old"), &changed, err));
    assert_int_equal(changed, 0);
    OK(book_tag_add(db, (struct id_list){ books, 1 }, STR("new"), NULL, err));
    OK(book_tags_of(db, a, 20, 250, &tags, err));
    assert_int_equal(tags.tags.len, 7);
    assert_int_equal(tags.dearer, 300);
    assert_int_equal(tags.cheaper, 250);
    assert_text(tags.known_text, "2");
    OK(book_delete(db, 20, &changed, err));
    assert_int_equal(changed, 1);
    assert_int_equal(book_tags_of(db, a, 20, 250, &tags, err), ERR_NOT_FOUND);
    err_clear(err);
    return 0;
}

static int expressions(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct book_sums_row sums;
    struct book_reprice_row was;
    struct book_count_down_rows down;
    struct book_by_id_row row;
    OK(book_sums(db, a, &sums, err)); /* the schema put one book in */
    assert_true(sums.books == 1 && sums.priced.has && sums.priced.value == 100);
    assert_true(!sums.weight.has && sums.known == 0);
    OK(book_reprice(db, a, 1, 150, &was, err));
    assert_text(was.title, "The first, it's");
    assert_int_equal(book_reprice(db, a, 2, 150, &was, err), ERR_NOT_FOUND);
    err_clear(err);
    OK(book_count_down(db, a, 3, &down, err));
    assert_int_equal(down.n, 4);
    assert_int_equal(down.v[3].n, 0);
    OK(book_place_add(db, 1, STR("other"), 4, NULL, err));
    OK(book_place_add(db, 2, STR("second"), 4, NULL, err));
    OK(book_by_id(db, a, 2, &row, err));
    assert_text(row.title, "second");
    OK(book_nothing(db, NULL, err));
    return 0;
}

static int views(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct guest_books_rows books;
    struct guest_titles_rows titles;
    struct book_note_tags_rows notes;
    OK(guest_set(db, STR("Li"), OPT_NONE, NULL, err));
    OK(guest_set(db, STR("Li"), OPT_INT(1), NULL, err));
    OK(guest_books(db, a, &books, err));
    assert_int_equal(books.n, 1);
    assert_true(books.v[0].book.has && books.v[0].book.value == 1);
    assert_null(books.v[0].tag.ptr);
    OK(guest_titles(db, a, &titles, err));
    assert_text(titles.v[0].title, "The first, it's");
    OK(book_note_tags(db, a, &notes, err));
    assert_int_equal(notes.n, 1);
    return 0;
}

static int settled_rows(struct db *db, void *ctx, struct err *err)
{
    struct book_seq_settled_row row;
    (void)ctx;
    OK(book_seq_add(db, 1, NULL, err));
    OK(book_seq_settled(db, NULL, &row, err)); /* a row without text needs no arena */
    assert_int_equal(row.n, db_is_postgres(db) ? 0 : 1);
    return 0;
}

static int too_small(struct db *db, void *ctx, struct err *err)
{
    struct arena a;
    struct book_page_rows page = { NULL, 99 };
    struct book_by_id_row row = { .id = 99 };
    (void)ctx;
    arena_init(&a, 4);
    assert_int_equal(book_page(db, &a, 100000, 10, &page, err), ERR_NOMEM);
    assert_int_equal(page.n, 99);
    err_clear(err);
    assert_int_equal(book_by_id(db, &a, 1, &row, err), ERR_NOMEM);
    assert_int_equal(row.id, 99);
    arena_release(&a);
    err_clear(err);
    return 0;
}

static int json(struct db *db, void *ctx, struct err *err)
{
    struct arena *a = ctx;
    struct book_by_id_row row;
    struct json_out j;
    struct buf out;
    OK(book_insert(db,
                   &(struct book_insert_args){ .id = 9,
                                               .title = STR("a \"b\""),
                                               .weight = { true, 1.5 },
                                               .cover = STR("x"),
                                               .pin = STR("1234"),
                                               .lent = OPT_INT(1),
                                               .price = 12 },
                   NULL, err));
    OK(book_by_id(db, a, 9, &row, err));
    buf_init(&out, 4096);
    json_out_init(&j, &out);
    book_by_id_row_json(&j, &row);
    assert_true(json_out_done(&j));
    /* neither the secret pin nor the bytes of the cover */
    assert_text(buf_str(&out),
                "{\"id\":9,\"title\":\"a \\\"b\\\"\",\"pages\":0,\"weight\":1.5,\"known\":false,"
                "\"lent\":true,\"bought\":null,\"price\":12,\"note\":null}");
    buf_release(&out);
    return 0;
}

#define STEP(name)                                                                                 \
    static void test_##name(void **state)                                                          \
    {                                                                                              \
        run(*state, name);                                                                         \
    }
STEP(all_types)
STEP(absent_values)
STEP(lists)
STEP(dialect)
STEP(expressions)
STEP(views)
STEP(settled_rows)
STEP(too_small)
STEP(json)

static void test_register(void **state)
{
    (void)state;
    int secret = 0;
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        secret += strcmp(c->class, "secret") == 0;
        if (strcmp(c->table, "book") == 0 && strcmp(c->column, "cover") == 0)
            assert_string_equal(c->retention, "30d");
    }
    assert_int_equal(secret, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_all_types),         ON_BOTH(test_absent_values), ON_BOTH(test_lists),
        ON_BOTH(test_dialect),           ON_BOTH(test_expressions),   ON_BOTH(test_views),
        ON_BOTH(test_settled_rows),      ON_BOTH(test_too_small),     ON_BOTH(test_json),
        cmocka_unit_test(test_register),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
