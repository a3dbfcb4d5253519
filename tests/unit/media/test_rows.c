/* Rows of photos, and rows and files together: attach, discard, purge, sweep, doctor. */
#include "unit/media/kit.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "gen/media_sql.h"
#include "gen/schema.h"
#include "store/doctor.h"

#define START INT64_C(1800000000000000)
#define LIN   INT64_C(11)
#define MEI   INT64_C(12)

struct world {
    struct kit kit;
    struct test_store *store;
};

static void world_init(struct world *w, const char *engine)
{
    struct err err = { 0 };
    kit_init(&w->kit);
    w->store = test_store_make(engine, NULL);
    clock_init_manual(&w->store->clock, START);
    test_store_open(w->store);
    for (size_t i = 0; i < schema_rooms_n; i++)
        if (strcmp(schema_rooms[i].name, "media") == 0)
            assert_rc(store_migrate(w->store->store, &schema_rooms[i], 1, NULL, &err), 0, &err);
}

static void world_release(struct world *w)
{
    test_store_free(w->store);
    kit_release(&w->kit);
}

/* A rule of media.h as a piece of the store's work. */
struct call {
    int64_t owner, id;
    const int64_t *ids;
    size_t n;
    const struct media_photo *photo;
    struct arena *arena;
    struct media_by_id_row row;
};

static int do_insert(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_insert(db, c->owner, c->photo, db_now(db), &c->id, err);
}

static int do_attach(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_attach(db, c->owner, c->ids, c->n, MEDIA_CLOSED, db_now(db), err);
}

static int do_detach(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_detach(db, c->ids, c->n, MEDIA_CLOSED, db_now(db), err);
}

static int do_discard(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_discard(db, c->arena, c->owner, c->id, err);
}

static int do_forget(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_forget(db, c->owner, err);
}

static int do_read(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_by_id(db, c->arena, c->id, &c->row, err);
}

static int64_t insert(struct world *w, int64_t owner, const struct media_photo *photo)
{
    struct call c = { .owner = owner, .photo = photo };
    struct err err = { 0 };
    assert_rc(store_write(w->store->store, do_insert, &c, &err), 0, &err);
    assert_true(c.id > 0);
    return c.id;
}

static int read_row(struct world *w, int64_t id, struct media_by_id_row *ret)
{
    struct call c = { .id = id, .arena = &w->kit.arena };
    struct err err = { 0 };
    int rc = store_read(w->store->store, do_read, &c, &err);
    *ret = c.row;
    return rc;
}

static int attach(struct world *w, int64_t owner, const int64_t *ids, size_t n)
{
    struct call c = { .owner = owner, .ids = ids, .n = n };
    struct err err = { 0 };
    return store_write(w->store->store, do_attach, &c, &err);
}

static void detach(struct world *w, int64_t id)
{
    struct call c = { .ids = &id, .n = 1 };
    struct err err = { 0 };
    assert_rc(store_write(w->store->store, do_detach, &c, &err), 0, &err);
}

static int discard(struct world *w, int64_t owner, int64_t id)
{
    struct call c = { .owner = owner, .id = id, .arena = &w->kit.arena };
    struct err err = { 0 };
    return store_write(w->store->store, do_discard, &c, &err);
}

static int64_t purge(struct world *w)
{
    int64_t n = -1;
    struct err err = { 0 };
    assert_rc(media_purge(media_storage_of(w->kit.media), w->store->store, &n, &err), 0, &err);
    return n;
}

static int64_t sweep(struct world *w)
{
    int64_t n = -1;
    struct err err = { 0 };
    assert_rc(media_sweep(media_storage_of(w->kit.media), w->store->store, &n, &err), 0, &err);
    return n;
}

static bool there(struct world *w, const struct media_photo *p, enum rendition r)
{
    return access(kit_file(&w->kit, p->hash, r), F_OK) == 0;
}

static void age_all(struct world *w, const struct media_photo *p)
{
    for (int r = 0; r < RENDITIONS; r++)
        if (p->kept[r].bytes > 0)
            kit_age(kit_file(&w->kit, p->hash, (enum rendition)r));
}

static void rows_hold_what_was_taken(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "marked.jpg");
    p.alt = STR("two halves");
    int64_t id = insert(&w, LIN, &p);
    struct media_by_id_row row;
    assert_int_equal(read_row(&w, id, &row), 0);
    assert_int_equal(row.owner, LIN);
    assert_int_equal(row.kind, MEDIA_PHOTO);
    assert_true(str_eq(row.hash, p.hash));
    assert_int_equal(row.width, 700);
    assert_int_equal(row.height, 500);
    assert_int_equal(row.colour, p.colour);
    assert_int_equal(row.machine_made, MARK_MADE);
    assert_text(row.alt, "two halves");
    assert_int_equal(row.attached, 0);
    world_release(&w);
}

static void the_same_photo_again(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png");
    p.alt = STR("first");
    int64_t id = insert(&w, LIN, &p);
    p.alt = STR("");
    assert_int_equal(insert(&w, LIN, &p), id);
    struct media_by_id_row row;
    assert_int_equal(read_row(&w, id, &row), 0);
    assert_text(row.alt, "first");
    p.alt = STR("second");
    assert_int_equal(insert(&w, LIN, &p), id);
    assert_int_equal(read_row(&w, id, &row), 0);
    assert_text(row.alt, "second");
    assert_int_not_equal(insert(&w, MEI, &p), id);
    world_release(&w);
}

static void only_the_owner_attaches(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png"), q = kit_taken(&w.kit, "marked.jpg");
    int64_t a = insert(&w, LIN, &p), b = insert(&w, MEI, &q);
    int64_t both[] = { a, b };
    assert_int_equal(attach(&w, LIN, both, 2), ERR_NOT_FOUND);
    struct media_by_id_row row;
    assert_int_equal(read_row(&w, a, &row), 0);
    assert_int_equal(row.attached, 0); /* nothing of it was kept */
    assert_int_equal(attach(&w, LIN, &a, 1), 0);
    assert_int_equal(attach(&w, LIN, &a, 1), 0);
    assert_int_equal(read_row(&w, a, &row), 0);
    assert_int_equal(row.attached, 2);
    int64_t none = 12345;
    assert_int_equal(attach(&w, LIN, &none, 1), ERR_NOT_FOUND);
    assert_int_equal(attach(&w, LIN, NULL, 0), 0);
    world_release(&w);
}

static void an_upload_can_be_taken_back(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png");
    int64_t id = insert(&w, LIN, &p);
    assert_int_equal(discard(&w, MEI, id), ERR_NOT_FOUND);
    assert_int_equal(discard(&w, LIN, id + 1), ERR_NOT_FOUND);
    assert_int_equal(attach(&w, LIN, &id, 1), 0);
    assert_int_equal(discard(&w, LIN, id), ERR_CONFLICT);
    detach(&w, id);
    assert_int_equal(discard(&w, LIN, id), 0);
    struct media_by_id_row row;
    assert_int_equal(read_row(&w, id, &row), ERR_NOT_FOUND);
    assert_int_equal(sweep(&w), 0); /* young: somebody may be bringing it again */
    assert_true(there(&w, &p, RENDITION_SMALL));
    age_all(&w, &p);
    assert_int_equal(sweep(&w), 2);
    assert_false(there(&w, &p, RENDITION_SMALL));
    assert_false(there(&w, &p, RENDITION_CARD));
    world_release(&w);
}

static void loose_photos_go_after_a_day(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png"), q = kit_taken(&w.kit, "marked.jpg");
    int64_t loose = insert(&w, LIN, &p), shown = insert(&w, LIN, &q);
    insert(&w, MEI, &q);
    assert_int_equal(attach(&w, LIN, &shown, 1), 0);
    age_all(&w, &p);
    age_all(&w, &q);
    clock_set(&w.store->clock, START + 23 * TIME_HOUR);
    assert_int_equal(purge(&w), 0);
    clock_set(&w.store->clock, START + 25 * TIME_HOUR);
    assert_int_equal(purge(&w), 2); /* Lin's loose one and Mei's, whose bytes Lin still shows */
    struct media_by_id_row row;
    assert_int_equal(read_row(&w, loose, &row), ERR_NOT_FOUND);
    assert_int_equal(read_row(&w, shown, &row), 0);
    assert_false(there(&w, &p, RENDITION_SMALL));
    assert_true(there(&w, &q, RENDITION_SMALL));
    /* A note that is deleted lets go of it; a day later it goes too. */
    detach(&w, shown);
    assert_int_equal(purge(&w), 0);
    clock_set(&w.store->clock, START + 50 * TIME_HOUR);
    assert_int_equal(purge(&w), 1);
    assert_false(there(&w, &q, RENDITION_LARGE));
    world_release(&w);
}

static void who_leaves_takes_their_photos(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png");
    int64_t lins = insert(&w, LIN, &p), meis = insert(&w, MEI, &p);
    assert_int_equal(attach(&w, LIN, &lins, 1), 0);
    assert_int_equal(attach(&w, MEI, &meis, 1), 0);
    age_all(&w, &p);
    struct call c = { .owner = LIN };
    struct err err = { 0 };
    assert_rc(store_write(w.store->store, do_forget, &c, &err), 0, &err);
    assert_int_equal(purge(&w), 1);
    assert_true(there(&w, &p, RENDITION_SMALL)); /* Mei's */
    world_release(&w);
}

static void many_go_in_batches(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png");
    age_all(&w, &p);
    for (int64_t owner = 1; owner <= 450; owner++)
        insert(&w, owner, &p);
    clock_set(&w.store->clock, START + 25 * TIME_HOUR);
    assert_int_equal(purge(&w), 450);
    assert_false(there(&w, &p, RENDITION_SMALL));
    world_release(&w);
}

struct report {
    char text[2000];
};

static void on_line(void *ctx, struct str line)
{
    struct report *r = ctx;
    size_t len = strlen(r->text);
    snprintf(r->text + len, sizeof(r->text) - len, "%.*s\n", STR_ARG(line));
}

static int64_t doctor(struct world *w, struct report *ret)
{
    struct err err = { 0 };
    ret->text[0] = '\0';
    struct doctor d = { .settings = &w->kit.settings, .line = on_line, .ctx = ret };
    assert_rc(media_doctor(w->store->store, &d, &err), 0, &err);
    return d.total;
}

static void the_doctor_finds_what_is_wrong(void **state)
{
    struct world w;
    struct report report;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "plain.jpg"), q = kit_taken(&w.kit, "small.png");
    insert(&w, LIN, &p);
    int64_t id = insert(&w, LIN, &q);
    assert_int_equal(doctor(&w, &report), 0);
    assert_non_null(strstr(report.text, "6 looked at"));

    assert_int_equal(unlink(kit_file(&w.kit, p.hash, RENDITION_MEDIUM)), 0);
    assert_int_equal(doctor(&w, &report), 1);
    assert_non_null(strstr(report.text, "lacks its file"));

    FILE *f = fopen(kit_file(&w.kit, p.hash, RENDITION_LARGE), "r+b");
    assert_non_null(f);
    fseek(f, 100, SEEK_SET);
    fputc('!', f);
    fclose(f);
    assert_int_equal(doctor(&w, &report), 2);
    assert_non_null(strstr(report.text, "is not what was kept"));

    assert_int_equal(discard(&w, LIN, id), 0);
    kit_write(&w.kit, "media/stray.txt", STR("?"));
    assert_int_equal(doctor(&w, &report), 3); /* young files: their row may be on its way */
    kit_age(kit_file(&w.kit, q.hash, RENDITION_SMALL));
    kit_age(kit_file(&w.kit, q.hash, RENDITION_CARD));
    assert_int_equal(doctor(&w, &report), 5);
    assert_non_null(strstr(report.text, "belongs to no photo"));
    assert_non_null(strstr(report.text, "stray.txt is none of ours"));
    world_release(&w);
}

static void what_a_crash_left_is_cleared(void **state)
{
    struct world w;
    world_init(&w, *state);
    struct media_photo p = kit_taken(&w.kit, "small.png");
    insert(&w, LIN, &p);
    char path[400];
    snprintf(path, sizeof(path), "media/%.2s/%.2s/.new-1-1", p.hash.ptr, p.hash.ptr + 2);
    const char *half = kit_write(&w.kit, path, STR("half"));
    assert_int_equal(sweep(&w), 0);
    assert_int_equal(access(half, F_OK), 0); /* perhaps somebody is writing it */
    kit_age(half);
    assert_int_equal(sweep(&w), 0);
    assert_int_not_equal(access(half, F_OK), 0);
    assert_true(there(&w, &p, RENDITION_SMALL));
    world_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(rows_hold_what_was_taken),       ON_BOTH(the_same_photo_again),
        ON_BOTH(only_the_owner_attaches),        ON_BOTH(an_upload_can_be_taken_back),
        ON_BOTH(loose_photos_go_after_a_day),    ON_BOTH(who_leaves_takes_their_photos),
        ON_SQLITE(many_go_in_batches),           ON_SQLITE(the_doctor_finds_what_is_wrong),
        ON_SQLITE(what_a_crash_left_is_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
