/* Explore's one rule: what it learns, in which order it shows, and that nothing is shown twice. */
#include "unit/community/kit.h"

#include <stdlib.h>

#include "base/clock.h"
#include "community/social/social.h"
#include "event/exposure.h"
#include "event/follower.h"
#include "gen/feed_sql.h"
#include "insight/feed/feed.h"

#define EPOCH INT64_C(1767225600000000) /* 2026-01-01 */
#define MANY  150

static void heat_is_this(void **state)
{
    (void)state;
    static const struct {
        int64_t at, weight, heat;
    } golden[] = {
        { EPOCH, 0, 0 },
        { EPOCH, 1, 1000000 },
        { EPOCH, 2, 1584963 },
        { EPOCH, 3, 2000000 },
        { EPOCH, 7, 3000000 },
        { EPOCH, 100, 6658211 },
        { EPOCH, 1023, 10000000 },
        { EPOCH + 12 * TIME_HOUR, 0, 1000000 },
        { EPOCH + TIME_DAY, 3, 4000000 },
        { EPOCH + TIME_HOUR, 0, 83333 },
        { EPOCH - 12 * TIME_HOUR, 0, -1000000 },
        { EPOCH + 365 * TIME_DAY, 0, 730000000 },
        { EPOCH, -5, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(golden); i++)
        assert_int_equal(feed_heat(golden[i].at, golden[i].weight), golden[i].heat);
    /* Twelve hours are a doubling. */
    assert_int_equal(feed_heat(EPOCH + 12 * TIME_HOUR, 7), feed_heat(EPOCH, 15));
}

static void heat_only_grows(void **state)
{
    (void)state;
    for (int64_t w = 0; w < 5000; w++)
        assert_true(feed_heat(EPOCH, w) < feed_heat(EPOCH, w + 1));
    for (int64_t s = 0; s < 5000; s++)
        assert_true(feed_heat(EPOCH + s * TIME_SECOND, 3) <
                    feed_heat(EPOCH + (s + 1) * TIME_SECOND, 3));
}

static void learn_all(struct test_store *t, bool rebuild)
{
    struct followers *f = NULL;
    struct err err = { 0 };
    assert_rc(followers_open(t->store, &feed_follower, 1, &f, &err), 0, &err);
    if (rebuild)
        assert_rc(followers_rebuild(f, "feed", &err), 0, &err);
    assert_rc(followers_drain(f, &err), 0, &err);
    followers_close(f);
}

static const struct social_actor bo = { BO, false };
static const struct social_actor mei = { MEI, false };
static const struct social_actor lin = { LIN, false };
static int64_t quiet, busy, gone, own, taken_back;

static void weight_is(struct db *db, struct arena *a, int64_t note, int64_t want)
{
    struct err err = { 0 };
    struct feed_note_weight_row row;
    assert_rc(feed_note_weight(db, a, note, &row, &err), want < 0 ? ERR_NOT_FOUND : 0, &err);
    if (want >= 0)
        assert_int_equal(row.weight, want);
}

static void acts_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    struct comment_gone comment_gone;
    int64_t comment, count;
    quiet = a_note(db, a, LIN, "");
    busy = a_note(db, a, LIN, "");
    gone = a_note(db, a, LIN, "");
    own = a_note(db, a, LIN, "");
    taken_back = a_note(db, a, LIN, "");
    assert_rc(social_like(db, a, &bo, busy, true, &s, &err), 0, &err);
    assert_rc(social_like(db, a, &mei, busy, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, busy, true, &s, &err), 0, &err);
    assert_rc(social_comment(db, a, &bo, busy, 0, STR("x"), &comment, &count, &err), 0, &err);
    assert_rc(social_like(db, a, &bo, gone, true, &s, &err), 0, &err);
    assert_rc(note_delete(db, a, gone, LIN, &err), 0, &err);
    assert_rc(social_like(db, a, &lin, own, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &lin, own, true, &s, &err), 0, &err);
    assert_rc(social_comment(db, a, &lin, own, 0, STR("x"), &comment, &count, &err), 0, &err);
    assert_rc(social_like(db, a, &bo, taken_back, true, &s, &err), 0, &err);
    assert_rc(social_like(db, a, &bo, taken_back, false, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, taken_back, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, taken_back, false, &s, &err), 0, &err);
    assert_rc(social_comment(db, a, &bo, taken_back, 0, STR("x"), &comment, &count, &err), 0, &err);
    assert_rc(social_uncomment(db, a, &bo, comment, &comment_gone, &err), 0, &err);
}

static void learnt_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    weight_is(db, a, quiet, 0);
    weight_is(db, a, busy, 2 * WEIGHT_LIKE + WEIGHT_SAVE + WEIGHT_COMMENT);
    weight_is(db, a, gone, -1);
    weight_is(db, a, own, 0);
    weight_is(db, a, taken_back, 0);
    struct feed_window_rows rows;
    assert_rc(feed_window(db, a, INT64_MAX, INT64_MAX, INT64_MAX, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 4);
    assert_int_equal(rows.v[0].note, busy);
    for (size_t i = 0; i < rows.n; i++) {
        int64_t weight = rows.v[i].note == busy ? 9 : 0;
        assert_int_equal(rows.v[i].heat, feed_heat(id_time(rows.v[i].note), weight));
        assert_text(rows.v[i].section, "food");
    }
}

static void the_log_teaches_weights(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, acts_step);
    learn_all(t, false);
    in_write(t, learnt_step);
    learn_all(t, false); /* nothing is learnt twice */
    in_write(t, learnt_step);
    learn_all(t, true);
    in_write(t, learnt_step);
    test_store_free(t);
}

/* An author who moderates their own thread does not cool their note. */
static int64_t moderated;

static void moderate_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct comment_gone comment_gone;
    int64_t comment, count;
    moderated = a_note(db, a, LIN, "");
    assert_rc(social_comment(db, a, &bo, moderated, 0, STR("x"), &comment, &count, &err), 0, &err);
    assert_rc(social_uncomment(db, a, &lin, comment, &comment_gone, &err), 0, &err);
    assert_rc(social_comment(db, a, &lin, moderated, 0, STR("x"), &comment, &count, &err), 0, &err);
    assert_rc(social_uncomment(db, a, &lin, comment, &comment_gone, &err), 0, &err);
}

static void moderated_step(struct db *db, struct arena *a)
{
    weight_is(db, a, moderated, 0);
}

static void a_comment_that_the_author_deletes_counts_no_more(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, moderate_step);
    learn_all(t, false);
    in_write(t, moderated_step);
    test_store_free(t);
}

/* --- windows --- */

/* MANY notes of two sections, many of them equally warm. */
static void candidates_step(struct db *db, struct arena *a)
{
    (void)a;
    struct err err = { 0 };
    for (int64_t i = 1; i <= MANY; i++)
        assert_rc(feed_note_insert(db, i, i % 3 == 0 ? STR("food") : STR("travel"), LIN,
                                   i / 4 * HEAT_ONE / 10, NULL, &err),
                  0, &err);
}

/* Read Explore to its end. ret_order: the notes in the order shown. */
static size_t read_all(struct db *db, struct arena *a, struct feed_query query, int64_t *ret_order,
                       size_t room)
{
    struct err err = { 0 };
    size_t total = 0;
    for (int pages = 0; pages < 1000; pages++) {
        int64_t ids[HEAT_WINDOW];
        size_t n = 0;
        struct feed_cursor next;
        arena_clear(a); /* one arena a page, as requests have */
        assert_rc(feed_explore(db, a, &query, ids, &n, &next, &err), 0, &err);
        assert_true(n <= query.limit && total + n <= room);
        for (size_t i = 0; i < n; i++)
            ret_order[total++] = ids[i];
        if (next.note == 0)
            return total;
        query.from = next;
    }
    fail_msg("the list has no end");
    return 0;
}

static void once_each(const int64_t *order, size_t n)
{
    bool seen[MANY + 1] = { false };
    assert_int_equal(n, MANY);
    for (size_t i = 0; i < n; i++) {
        assert_in_range(order[i], 1, MANY);
        assert_false(seen[order[i]]);
        seen[order[i]] = true;
    }
}

static void pages_step(struct db *db, struct arena *a)
{
    static const size_t limits[] = { 1, 7, 20, 59, 60 };
    static const char *const interests[] = { "", "food", "travel,food", "beauty" };
    int64_t order[2 * MANY];
    for (size_t l = 0; l < ARRAY_LEN(limits); l++)
        for (size_t i = 0; i < ARRAY_LEN(interests); i++) {
            const struct feed_query query = { .interests = str_from(interests[i]),
                                              .limit = limits[l] };
            once_each(order, read_all(db, a, query, order, ARRAY_LEN(order)));
        }
}

static void every_note_is_shown_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, candidates_step);
    in_write(t, pages_step);
    test_store_free(t);
}

static void interests_step(struct db *db, struct arena *a)
{
    int64_t plain[2 * MANY] = { 0 }, chosen[2 * MANY] = { 0 };
    struct feed_query query = { .limit = 20 };
    size_t n = read_all(db, a, query, plain, ARRAY_LEN(plain));
    for (size_t i = 0; i < n; i++)
        assert_int_equal(plain[i], MANY - (int64_t)i); /* the warmest, then the newest */
    query.interests = STR("food");
    assert_int_equal(read_all(db, a, query, chosen, ARRAY_LEN(chosen)), n);
    /* Each window holds the same notes, in another order. */
    for (size_t w = 0; w < n; w += HEAT_WINDOW) {
        int64_t sum_plain = 0, sum_chosen = 0;
        bool moved = false;
        for (size_t i = w; i < n && i < w + HEAT_WINDOW; i++) {
            sum_plain += plain[i] * plain[i];
            sum_chosen += chosen[i] * chosen[i];
            moved = moved || plain[i] != chosen[i];
            assert_in_range(
                chosen[i],
                MANY - (int64_t)w - HEAT_WINDOW + 1 > 0 ? MANY - (int64_t)w - HEAT_WINDOW + 1 : 1,
                MANY - (int64_t)w);
        }
        assert_int_equal(sum_plain, sum_chosen);
        assert_true(moved);
    }
    /* The window spans 1.5 of heat: all that was chosen stands before the rest. */
    for (size_t i = 0; i < HEAT_WINDOW; i++)
        assert_int_equal(chosen[i] % 3 == 0, i < HEAT_WINDOW / 3);
}

static void interests_move_notes_inside_their_window(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, candidates_step);
    in_write(t, interests_step);
    test_store_free(t);
}

/* What is left out moves nothing: pages go on where they stopped. */
static void taste_step(struct db *db, struct arena *a)
{
    struct taste_mark marks[MANY + 9] = { 0 };
    int64_t order[2 * MANY];
    size_t n = 1;
    for (int64_t i = 1; i <= MANY; i++)
        if (i % 2 == 0 || i > MANY - 70)
            marks[n++] = (struct taste_mark){ TASTE_SEEN, i };
    marks[n++] = (struct taste_mark){ TASTE_AWAY, 1 };
    const struct taste taste = { marks, n };
    static const size_t limits[] = { 1, 7, 20, 60 };
    for (size_t l = 0; l < ARRAY_LEN(limits); l++) {
        struct feed_query query = { .limit = limits[l], .taste = &taste };
        size_t found = read_all(db, a, query, order, ARRAY_LEN(order));
        assert_int_equal(found, (MANY - 70) / 2 - 1);
        for (size_t i = 0; i < found; i++)
            assert_true(order[i] % 2 == 1 && order[i] <= MANY - 70 && order[i] != 1);
        query.seen_too = true;
        assert_int_equal(read_all(db, a, query, order, ARRAY_LEN(order)), MANY - 1);
    }
}

static void what_was_seen_is_left_out(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, candidates_step);
    in_write(t, taste_step);
    test_store_free(t);
}

static int64_t sent_away, same_topic, same_author, unlike;

static void away_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    sent_away = a_note(db, a, LIN, "#tea");
    same_topic = a_note(db, a, BO, "#tea");
    same_author = a_note(db, a, LIN, "");
    unlike = a_note(db, a, BO, "");
    assert_rc(taste_dismiss(db, a, MEI, sent_away, true, &err), 0, &err);
    assert_rc(taste_dismiss(db, a, MEI, sent_away, true, &err), 0, &err);
    assert_rc(taste_dismiss(db, a, LIN, sent_away, true, &err), ERR_CONFLICT, &err);
    assert_rc(taste_dismiss(db, a, MEI, 77, true, &err), ERR_NOT_FOUND, &err);
    const struct exposure row = { .who = MEI, .kind = EXPOSURE_CARD, .thing = unlike };
    assert_rc(exposure_add(db, &row, 1, &err), 0, &err);
}

static void cooled_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct taste t;
    struct feed_why why;
    struct str food = STR("food"), home = STR("home");
    assert_rc(taste_of(db, a, 0, &t, &err), 0, &err);
    assert_false(taste_has(&t, TASTE_AWAY, sent_away));
    assert_rc(taste_of(db, a, MEI, &t, &err), 0, &err);
    assert_true(taste_has(&t, TASTE_AWAY, sent_away));
    assert_false(taste_has(&t, TASTE_AWAY, same_topic));
    assert_true(taste_has(&t, TASTE_SEEN, unlike));
    assert_int_equal(taste_cool(&t, unlike, BO, home), 0);
    assert_int_equal(taste_cool(&t, unlike, BO, food), HEAT_AWAY_SECTION);
    assert_int_equal(taste_cool(&t, same_topic, BO, home), HEAT_AWAY_TOPIC);
    assert_int_equal(taste_cool(&t, same_author, LIN, food), HEAT_AWAY_AUTHOR + HEAT_AWAY_SECTION);
    const struct feed_query query = { .taste = &t, .interests = food };
    assert_rc(feed_why(db, a, &query, same_author, &why, &err), 0, &err);
    assert_int_equal(why.chosen, HEAT_INTEREST);
    assert_int_equal(why.cool_author, HEAT_AWAY_AUTHOR);
    assert_int_equal(why.cool_section, HEAT_AWAY_SECTION);
    assert_int_equal(why.cool_topic, 0);
    assert_rc(feed_why(db, a, &query, 77, &why, &err), ERR_NOT_FOUND, &err);
    assert_rc(taste_dismiss(db, a, MEI, sent_away, false, &err), 0, &err);
    assert_rc(taste_of(db, a, MEI, &t, &err), 0, &err);
    assert_false(taste_has(&t, TASTE_AWAY, sent_away));
    assert_int_equal(taste_cool(&t, same_author, LIN, food), 0);
}

static void what_was_sent_away_cools_its_like(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, away_step);
    learn_all(t, false);
    in_write(t, cooled_step);
    test_store_free(t);
}

static void odd_cursor_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    static const struct feed_cursor cursors[] = {
        { INT64_MAX, INT64_MAX, 60 },        { INT64_MAX, INT64_MAX, INT64_MAX },
        { INT64_MAX, INT64_MAX, -1 },        { INT64_MIN, 1, 0 },
        { INT64_MIN, INT64_MIN, INT64_MIN },
    };
    for (size_t i = 0; i < ARRAY_LEN(cursors); i++) {
        int64_t ids[20];
        size_t n = 99;
        struct feed_cursor next;
        const struct feed_query query = { .from = cursors[i], .limit = 20 };
        assert_rc(feed_explore(db, a, &query, ids, &n, &next, &err), 0, &err);
        assert_true(n <= 20);
    }
}

static void a_cursor_that_nobody_gave_does_no_harm(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, candidates_step);
    in_write(t, odd_cursor_step);
    test_store_free(t);
}

static void newest_step(struct db *db, struct arena *a)
{
    int64_t notes[9], order[20];
    struct err err = { 0 };
    struct social_state s;
    for (size_t i = 0; i < ARRAY_LEN(notes); i++)
        notes[i] = a_note(db, a, i % 2 ? LIN : BO, "");
    assert_rc(social_like(db, a, &mei, notes[0], true, &s, &err), 0, &err);
    for (size_t limit = 1; limit <= 10; limit++) {
        const struct feed_query query = { .newest = true,
                                          .limit = limit,
                                          .interests = STR("travel") };
        assert_int_equal(read_all(db, a, query, order, ARRAY_LEN(order)), ARRAY_LEN(notes));
        for (size_t i = 0; i < ARRAY_LEN(notes); i++)
            assert_int_equal(order[i], notes[ARRAY_LEN(notes) - 1 - i]);
    }
}

static void newest_first_is_the_same_for_everyone(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, newest_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heat_is_this),
        cmocka_unit_test(heat_only_grows),
        ON_BOTH(the_log_teaches_weights),
        ON_BOTH(a_comment_that_the_author_deletes_counts_no_more),
        ON_BOTH(every_note_is_shown_once),
        ON_BOTH(interests_move_notes_inside_their_window),
        ON_BOTH(what_was_seen_is_left_out),
        ON_BOTH(what_was_sent_away_cools_its_like),
        ON_BOTH(a_cursor_that_nobody_gave_does_no_harm),
        ON_BOTH(newest_first_is_the_same_for_everyone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
