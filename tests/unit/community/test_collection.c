/* A saved note is kept in one collection of its owner, or in none. */
#include "unit/community/kit.h"

#include "account/bond/bond.h"
#include "community/social/collection.h"
#include "gen/social_sql.h"

static const struct social_actor bo = { BO, false };

static int64_t made(struct db *db, struct arena *a, struct str name, bool open)
{
    struct err err = { 0 };
    int64_t id = 0;
    assert_rc(collection_make(db, a, &bo, name, open, &id, &err), 0, &err);
    return id;
}

static int64_t kept(struct db *db, struct arena *a, int64_t note)
{
    struct err err = { 0 };
    struct save_kept_row row = { 0 };
    assert_rc(save_kept(db, a, BO, note, &row, &err), 0, &err);
    return row.collection;
}

static void keep_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    struct collection_tops_rows tops;
    int64_t note = a_note(db, a, LIN, ""), other = a_note(db, a, LIN, ""), id = 5;
    int64_t trips = made(db, a, STR("Trips"), true), food = made(db, a, STR("食谱"), false);
    assert_rc(collection_make(db, a, &bo, STR("Trips"), false, &id, &err), ERR_INVALID, &err);
    assert_rc(collection_make(db, a, &bo, STR(""), false, &id, &err), ERR_INVALID, &err);
    assert_rc(collection_make(db, a, &bo, characters(a, COLLECTION_NAME_MAX + 1), false, &id, &err),
              ERR_INVALID, &err);
    assert_int_equal(id, 5);
    assert_rc(collection_keep(db, a, BO, note, trips, &err), ERR_NOT_FOUND, &err);
    assert_rc(social_save(db, a, &bo, note, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, other, true, &s, &err), 0, &err);
    assert_int_equal(kept(db, a, note), 0);
    assert_rc(collection_keep(db, a, BO, note, trips, &err), 0, &err);
    assert_rc(collection_keep(db, a, BO, other, trips, &err), 0, &err);
    assert_rc(collection_keep(db, a, MEI, note, trips, &err), ERR_NOT_FOUND, &err);
    const int64_t both[] = { food, trips };
    assert_rc(collection_tops(db, a, (struct id_list){ both, 2 }, 1, &tops, &err), 0, &err);
    assert_int_equal(tops.n, 1);
    assert_int_equal(tops.v[0].collection, trips);
    assert_rc(collection_keep(db, a, BO, note, food, &err), 0, &err);
    assert_int_equal(kept(db, a, note), food);

    assert_rc(collection_change(db, a, BO, food, STR("Trips"), true, &err), ERR_INVALID, &err);
    assert_rc(collection_change(db, a, BO, food, STR("食谱"), true, &err), 0, &err);
    assert_rc(collection_change(db, a, MEI, food, STR("x"), true, &err), ERR_NOT_FOUND, &err);
    const struct social_actor mei = { MEI, false };
    assert_rc(collection_drop(db, a, &mei, food, &err), ERR_NOT_FOUND, &err);
    assert_rc(collection_drop(db, a, &bo, food, &err), 0, &err);
    assert_int_equal(kept(db, a, note), 0);
    assert_int_equal(kept(db, a, other), trips);
    assert_int_equal(facts(db, a, EVENT_COLLECTION_MADE), 2);
    assert_int_equal(facts(db, a, EVENT_COLLECTION_DELETED), 1);
}

static void a_saved_note_is_kept_in_one(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, keep_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void sees(struct db *db, struct arena *a, int64_t reader, int64_t id, int want)
{
    struct err err = { 0 };
    struct collection_row_row row;
    assert_rc(collection_seen(db, a, reader, id, &row, &err), want, &err);
}

static void seen_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t open = made(db, a, STR("open"), true), own = made(db, a, STR("own"), false);
    sees(db, a, 0, open, 0);
    sees(db, a, MEI, open, 0);
    sees(db, a, BO, own, 0);
    sees(db, a, MEI, own, ERR_NOT_FOUND);
    sees(db, a, 0, own, ERR_NOT_FOUND);
    assert_rc(bond_set(db, BO, false, MEI, BOND_BLOCK, true, NULL, &err), 0, &err);
    sees(db, a, MEI, open, ERR_NOT_FOUND);
    for (int i = 2; i < COLLECTIONS_MAX; i++)
        made(db, a, arena_printf(a, "no %d", i), false);
    int64_t id;
    assert_rc(collection_make(db, a, &bo, STR("one more"), false, &id, &err), ERR_INVALID, &err);
}

static void an_open_one_is_seen(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, seen_step);
    test_store_free(t);
}

static void spoil_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    int64_t note = a_note(db, a, LIN, "");
    assert_rc(social_save(db, a, &bo, note, true, &s, &err), 0, &err);
    assert_rc(save_keep(db, BO, note, 4242, NULL, &err), 0, &err);
}

static void the_doctor_finds_a_lost_one(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, spoil_step);
    assert_int_equal(findings(t, social_doctor), 1);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_saved_note_is_kept_in_one),
        ON_BOTH(an_open_one_is_seen),
        ON_BOTH(the_doctor_finds_a_lost_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
