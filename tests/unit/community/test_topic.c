/* Topics come from notes, count them, and let deleted ones go. */
#include "unit/community/kit.h"

#include "community/topic/topic.h"
#include "gen/topic_sql.h"

static int64_t notes_of(struct db *db, struct arena *a, const char *key)
{
    struct err err = { 0 };
    struct topic_by_key_row row;
    int rc = topic_by_key(db, a, str_from(key), &row, &err);
    return rc == 0 ? row.notes : rc;
}

static void count_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t first = a_note(db, a, LIN, "#Tea and #tea and #茶叶#");
    a_note(db, a, BO, "more #TEA");
    assert_int_equal(notes_of(db, a, "tea"), 2);
    assert_int_equal(notes_of(db, a, "茶叶"), 1);
    assert_int_equal(notes_of(db, a, "coffee"), ERR_NOT_FOUND);
    assert_int_equal(facts(db, a, EVENT_TOPIC_USED), 3);

    struct topic_by_key_row row;
    assert_rc(topic_by_key(db, a, STR("tea"), &row, &err), 0, &err);
    assert_text(row.name, "Tea");
    assert_rc(topic_set(db, a, first, LIN, STR("#tea"), false, &err), 0, &err);
    assert_int_equal(notes_of(db, a, "tea"), 2);
    assert_int_equal(facts(db, a, EVENT_TOPIC_USED), 3);

    struct topic_newest_rows rows;
    assert_rc(topic_newest(db, a, row.id, INT64_MAX, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 2);
    assert_int_equal(rows.v[1].note, first);

    assert_rc(note_delete(db, a, first, LIN, &err), 0, &err);
    assert_int_equal(notes_of(db, a, "tea"), 1);
    assert_int_equal(notes_of(db, a, "茶叶"), 0);
}

static void topics_count_their_notes(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, count_step);
    assert_int_equal(findings(t, topic_doctor), 0);
    test_store_free(t);
}

static void spoil_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct topic_by_key_row row;
    a_note(db, a, LIN, "#tea #cup");
    assert_rc(topic_by_key(db, a, STR("tea"), &row, &err), 0, &err);
    assert_rc(topic_notes_add(db, row.id, 1, NULL, &err), 0, &err);
    assert_rc(topic_by_key(db, a, STR("cup"), &row, &err), 0, &err);
    assert_rc(topic_bind(db, row.id, 424242, NULL, &err), 0, &err);
}

static void the_doctor_finds_what_is_wrong(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, spoil_step);
    assert_int_equal(findings(t, topic_doctor), 2);
    test_store_free(t);
}

static void follow_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct topic_by_key_row row;
    struct topic_best_rows best;
    int64_t n = 0, count;
    int64_t warm = a_note(db, a, LIN, "#tea"), newer = a_note(db, a, LIN, "#tea");
    assert_rc(topic_by_key(db, a, STR("tea"), &row, &err), 0, &err);
    for (int i = 0; i < 2; i++)
        assert_rc(topic_set_followed(db, a, BO, false, row.id, true, &n, &err), 0, &err);
    assert_int_equal(n, 1);
    assert_rc(topic_set_followed(db, a, MEI, false, row.id, true, &n, &err), 0, &err);
    assert_rc(topic_set_followed(db, a, BO, false, row.id, false, &n, &err), 0, &err);
    assert_int_equal(n, 1);
    assert_int_equal(facts(db, a, EVENT_TOPIC_FOLLOWED), 2);
    assert_int_equal(facts(db, a, EVENT_TOPIC_UNFOLLOWED), 1);

    assert_rc(note_count_add(db, a, warm, NOTE_SAVES, 1, &count, &err), 0, &err);
    assert_rc(topic_best(db, a, row.id, INT64_MAX, INT64_MAX, 10, &best, &err), 0, &err);
    assert_int_equal(best.n, 2);
    assert_int_equal(best.v[0].note, warm);
    assert_int_equal(best.v[0].worth, 3);
    assert_rc(topic_best(db, a, row.id, 3, warm, 10, &best, &err), 0, &err);
    assert_int_equal(best.n, 1);
    assert_int_equal(best.v[0].note, newer);

    assert_rc(
        topic_set_intro(db, a, LIN, row.id, characters(a, TOPIC_INTRO_MAX + 1), STR(""), &err),
        ERR_INVALID, &err);
    assert_rc(topic_set_intro(db, a, LIN, row.id, STR("Leaves"), STR("茶"), &err), 0, &err);
    assert_rc(topic_by_key(db, a, STR("tea"), &row, &err), 0, &err);
    assert_text(row.intro_zh, "茶");
}

static void a_topic_is_followed_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, follow_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_topic_is_followed_once),
        ON_BOTH(topics_count_their_notes),
        ON_BOTH(the_doctor_finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
