/* Likes, saves and follows are states; comments hang together; counts are right. */
#include "unit/community/kit.h"

#include "community/social/social.h"
#include "gen/social_sql.h"

static const struct social_actor bo = { BO, false };
static const struct social_actor mei = { MEI, true };
static const struct social_actor lin = { LIN, false };

static void state_is(const struct social_state *s, bool on, int64_t count)
{
    assert_int_equal(s->on, on);
    assert_int_equal(s->count, count);
}

static void like_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    int64_t note = a_note(db, a, LIN, "");
    assert_rc(social_like(db, a, &bo, note, false, &s, &err), 0, &err);
    state_is(&s, false, 0);
    for (int i = 0; i < 3; i++) {
        assert_rc(social_like(db, a, &bo, note, true, &s, &err), 0, &err);
        state_is(&s, true, 1);
    }
    assert_rc(social_like(db, a, &mei, note, true, &s, &err), 0, &err);
    state_is(&s, true, 2);
    assert_int_equal(facts(db, a, EVENT_NOTE_LIKED), 2);

    struct event_list list;
    int64_t kind = EVENT_NOTE_LIKED;
    assert_rc(event_newest(db, a, &kind, 1, 0, 1, &list, &err), 0, &err);
    assert_int_equal(list.v[0].actor, MEI);
    assert_int_equal(list.v[0].object, note);
    assert_int_equal(list.v[0].about, LIN);
    assert_true(list.v[0].simulated);

    struct note_card card;
    size_t n;
    assert_rc(note_cards(db, a, &note, 1, BO, &card, &n, &err), 0, &err);
    assert_true(card.liked);
    assert_false(card.saved);
    assert_int_equal(card.likes, 2);

    assert_rc(social_like(db, a, &bo, note, false, &s, &err), 0, &err);
    assert_rc(social_like(db, a, &bo, note, false, &s, &err), 0, &err);
    state_is(&s, false, 1);
    assert_int_equal(facts(db, a, EVENT_NOTE_UNLIKED), 1);
    assert_rc(social_like(db, a, &bo, 77, true, &s, &err), ERR_NOT_FOUND, &err);
    assert_rc(note_delete(db, a, note, LIN, &err), 0, &err);
    assert_rc(social_like(db, a, &bo, note, true, &s, &err), ERR_NOT_FOUND, &err);
}

static void a_like_counts_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, like_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void save_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    struct saved_newest_rows rows;
    int64_t one = a_note(db, a, LIN, ""), two = a_note(db, a, LIN, "");
    assert_rc(social_save(db, a, &bo, two, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, one, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, one, true, &s, &err), 0, &err);
    state_is(&s, true, 1);
    assert_int_equal(facts(db, a, EVENT_NOTE_SAVED), 2);
    assert_rc(saved_newest(db, a, BO, INT64_MAX, INT64_MAX, 1, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1);
    int64_t first = rows.v[0].note;
    assert_rc(saved_newest(db, a, BO, rows.v[0].at, first, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1);
    assert_int_not_equal(rows.v[0].note, first);
    assert_rc(social_save(db, a, &bo, one, false, &s, &err), 0, &err);
    state_is(&s, false, 0);
    assert_int_equal(facts(db, a, EVENT_NOTE_UNSAVED), 1);
}

static void a_note_is_saved_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, save_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void follow_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    struct follow_count_row count;
    struct follow_stands_row stands = { 0 };
    assert_rc(social_follow(db, a, &bo, BO, true, &s, &err), ERR_CONFLICT, &err);
    assert_rc(social_follow(db, a, &bo, LIN, true, &s, &err), 0, &err);
    assert_rc(social_follow(db, a, &bo, LIN, true, &s, &err), 0, &err);
    state_is(&s, true, 1);
    assert_rc(social_follow(db, a, &mei, LIN, true, &s, &err), 0, &err);
    state_is(&s, true, 2);
    assert_int_equal(facts(db, a, EVENT_PERSON_FOLLOWED), 2);
    assert_rc(follow_count(db, a, LIN, &count, &err), 0, &err);
    assert_rc(follow_stands(db, a, BO, LIN, &stands, &err), 0, &err);
    assert_true(stands.followed);
    assert_int_equal(count.follows, 0);
    assert_rc(social_follow(db, a, &bo, LIN, false, &s, &err), 0, &err);
    assert_rc(social_follow(db, a, &bo, LIN, false, &s, &err), 0, &err);
    state_is(&s, false, 1);
    assert_int_equal(facts(db, a, EVENT_PERSON_UNFOLLOWED), 1);
}

static void nobody_follows_twice_or_themselves(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, follow_step);
    test_store_free(t);
}

/* A comment that must be taken. */
static int64_t said(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                    int64_t parent, int64_t want_count)
{
    struct err err = { 0 };
    int64_t id = 0, count = 0;
    assert_rc(social_comment(db, a, who, note, parent, STR("好"), &id, &count, &err), 0, &err);
    assert_int_equal(count, want_count);
    return id;
}

static void threads_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = a_note(db, a, LIN, "");
    int64_t one = said(db, a, &bo, note, 0, 1), two = said(db, a, &mei, note, 0, 2);
    int64_t answer = said(db, a, &mei, note, one, 3), again = said(db, a, &bo, note, answer, 4);
    struct comment_newest_rows threads;
    struct comment_replies_rows rows;
    struct comment_first_replies_rows first;
    assert_rc(comment_newest(db, a, note, BO, INT64_MAX, 10, &threads, &err), 0, &err);
    assert_int_equal(threads.n, 2);
    assert_int_equal(threads.v[0].id, two);
    assert_int_equal(threads.v[1].id, one);
    assert_rc(comment_replies(db, a, note, BO, one, 0, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 2);
    assert_int_equal(rows.v[1].id, again);
    assert_int_equal(rows.v[1].answered.value, MEI);
    assert_rc(comment_replies(db, a, note, BO, one, answer, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1);
    const int64_t both[] = { one, two };
    assert_rc(comment_first_replies(db, a, note, BO, (struct id_list){ both, 2 }, 1, &first, &err),
              0, &err);
    assert_int_equal(first.n, 1);
    assert_int_equal(first.v[0].id, answer);
    assert_int_equal(first.v[0].total, 2);
    assert_int_equal(facts(db, a, EVENT_COMMENT_WRITTEN), 4);
}

static void answers_stand_below_what_they_answer(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, threads_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void unsaid(struct db *db, struct arena *a, int64_t note, int64_t parent, struct str body,
                   int want)
{
    struct err err = { 0 };
    int64_t id = 5, count = 5;
    assert_rc(social_comment(db, a, &bo, note, parent, body, &id, &count, &err), want, &err);
    assert_int_equal(id, 5);
}

static void bad_comment_step(struct db *db, struct arena *a)
{
    int64_t note = a_note(db, a, LIN, ""), other = a_note(db, a, LIN, "");
    int64_t there = said(db, a, &bo, other, 0, 1);
    unsaid(db, a, note, 0, STR(""), ERR_INVALID);
    unsaid(db, a, note, 0, characters(a, COMMENT_MAX + 1), ERR_INVALID);
    unsaid(db, a, note, there, STR("x"), ERR_INVALID);
    unsaid(db, a, note, 424242, STR("x"), ERR_INVALID);
    unsaid(db, a, 77, 0, STR("x"), ERR_NOT_FOUND);
    struct err err = { 0 };
    int64_t id, count;
    assert_rc(social_comment(db, a, &bo, note, 0, characters(a, COMMENT_MAX), &id, &count, &err), 0,
              &err);
    assert_int_equal(count, 1);
}

static void a_bad_comment_is_refused(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, bad_comment_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void delete_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct comment_gone gone;
    struct comment_newest_rows rows;
    int64_t note = a_note(db, a, LIN, "");
    int64_t one = said(db, a, &bo, note, 0, 1), answer = said(db, a, &mei, note, one, 2);
    assert_rc(social_uncomment(db, a, &mei, one, &gone, &err), ERR_FORBIDDEN, &err);
    assert_rc(social_uncomment(db, a, &mei, 77, &gone, &err), ERR_NOT_FOUND, &err);
    assert_rc(social_uncomment(db, a, &bo, one, &gone, &err), 0, &err);
    assert_true(gone.line);
    assert_int_equal(gone.count, 1);
    assert_rc(social_uncomment(db, a, &bo, one, &gone, &err), ERR_NOT_FOUND, &err);
    unsaid(db, a, note, one, STR("x"), ERR_INVALID);
    assert_rc(comment_newest(db, a, note, BO, INT64_MAX, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1);
    assert_true(rows.v[0].deleted);
    assert_text(rows.v[0].body, "");

    assert_rc(social_uncomment(db, a, &lin, answer, &gone, &err), 0, &err);
    assert_false(gone.line);
    assert_int_equal(gone.count, 0);
    assert_rc(comment_newest(db, a, note, BO, INT64_MAX, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 0);
    assert_int_equal(facts(db, a, EVENT_COMMENT_DELETED), 2);
}

static void its_author_and_the_notes_author_delete(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, delete_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void spoil_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = a_note(db, a, LIN, ""), count;
    assert_rc(like_add(db, BO, note, NULL, &err), 0, &err);
    assert_rc(note_count_add(db, a, note, NOTE_SAVES, 1, &count, &err), 0, &err);
    assert_rc(note_count_add(db, a, note, NOTE_COMMENTS, 1, &count, &err), 0, &err);
    assert_rc(like_add(db, BO, 424242, NULL, &err), 0, &err);
    assert_rc(comment_insert(db, 8, 424242, BO, 9, (struct opt_int){ 0 }, STR("x"), NULL, &err), 0,
              &err);
}

static void the_doctor_finds_what_is_wrong(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, spoil_step);
    assert_int_equal(findings(t, social_doctor), 6);
    test_store_free(t);
}

static void dangle_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = a_note(db, a, LIN, "");
    struct social_state s;
    assert_rc(social_like(db, a, &bo, note, true, &s, &err), 0, &err);
    assert_rc(social_save(db, a, &bo, note, true, &s, &err), 0, &err);
    assert_rc(like_add(db, BO, 424242, NULL, &err), 0, &err);
}

static void keep_last_line(void *ctx, struct str text)
{
    snprintf(ctx, 200, "%.*s", STR_ARG(text));
}

static void the_doctor_finds_a_dangling_like(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct err err = { 0 };
    char said[200] = "";
    struct doctor doctor = { .line = keep_last_line, .ctx = said };
    in_write(t, dangle_step);
    assert_rc(social_doctor(t->store, &doctor, &err), 0, &err);
    assert_string_equal(said, "WRONG whatever is liked, saved or commented on is there "
                              "(3 looked at, 1 wrong)");
    assert_int_equal(doctor.total, 1);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_like_counts_once),
        ON_BOTH(a_note_is_saved_once),
        ON_BOTH(nobody_follows_twice_or_themselves),
        ON_BOTH(answers_stand_below_what_they_answer),
        ON_BOTH(a_bad_comment_is_refused),
        ON_BOTH(its_author_and_the_notes_author_delete),
        ON_BOTH(the_doctor_finds_what_is_wrong),
        ON_BOTH(the_doctor_finds_a_dangling_like),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
