/* The inbox: what makes a line, what does not, and that the log tells it again. */
#include "unit/event/kit.h"

#include <string.h>

#include "account/inbox/inbox.h"
#include "base/buf.h"
#include "event/follower.h"
#include "gen/inbox_sql.h"

#define LIN   101 /* actor keys */
#define BO    102
#define MEI   103
#define SHOP  104
#define NOTE  900
#define ORDER 950

static struct test_store *shop;

static void fact(struct db *db, enum event_kind kind, int64_t actor, int64_t object, int64_t about,
                 const char *body)
{
    struct err err = { 0 };
    const struct event event = {
        .kind = kind, .actor = actor, .object = object, .about = about, .body = str_from(body)
    };
    assert_rc(event_append(db, &event, &err), 0, &err);
}

static void learn(bool rebuild)
{
    struct followers *f = NULL;
    struct err err = { 0 };
    assert_rc(followers_open(shop->store, &inbox_follower, 1, &f, &err), 0, &err);
    if (rebuild)
        assert_rc(followers_rebuild(f, "inbox", &err), 0, &err);
    assert_rc(followers_drain(f, &err), 0, &err);
    followers_close(f);
}

static struct inbox_list_rows lines_of(struct db *db, struct arena *a, int64_t person)
{
    struct err err = { 0 };
    struct inbox_list_rows rows = { 0 };
    assert_rc(inbox_list(db, a, person, INBOX_ALL, INT64_MAX, 0, 100, &rows, &err), 0, &err);
    return rows;
}

static int64_t unread_of(struct db *db, int64_t person)
{
    struct err err = { 0 };
    int64_t n = -1;
    assert_rc(inbox_unread(db, person, &n, &err), 0, &err);
    return n;
}

static void line_is(const struct inbox_list_row *row, enum inbox_kind kind, int64_t n)
{
    assert_int_equal(row->kind, kind);
    assert_int_equal(row->n, n);
}

/* All that people see, as text: to compare before and after a rebuild. */
static void print_all(struct db *db, struct arena *a, struct buf *out)
{
    for (int64_t person = LIN; person <= SHOP; person++) {
        struct inbox_list_rows rows = lines_of(db, a, person);
        for (size_t i = 0; i < rows.n; i++) {
            struct err err = { 0 };
            struct inbox_actor_last_rows who = { 0 };
            const struct inbox_list_row *r = &rows.v[i];
            assert_rc(inbox_actor_last(db, a, person, r->first, 9, &who, &err), 0, &err);
            buf_printf(out, "%lld %lld %lld %lld %lld %d %lld %lld %.*s %lld:", (long long)person,
                       (long long)r->first, (long long)r->kind, (long long)r->object,
                       (long long)r->n, r->unread, (long long)r->state, (long long)r->amount,
                       STR_ARG(r->currency), (long long)r->last);
            for (size_t k = 0; k < who.n; k++)
                buf_printf(out, " %lld", (long long)who.v[k].actor);
            buf_put_c(out, "\n");
        }
    }
}

static struct buf printed;

static void print_step(struct db *db, struct arena *a)
{
    print_all(db, a, &printed);
}

static struct test_store *begin(const char *engine)
{
    shop = kit_shop(engine, 0);
    clock_init_manual(&shop->clock, store_now(shop->store));
    return shop;
}

/* ---- lines ---- */

static void likes_step(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_NOTE_LIKED, BO, NOTE, LIN, "");
    fact(db, EVENT_NOTE_LIKED, MEI, NOTE, LIN, "");
    fact(db, EVENT_NOTE_LIKED, LIN, NOTE, LIN, ""); /* one's own */
    fact(db, EVENT_NOTE_UNLIKED, BO, NOTE, LIN, "");
    fact(db, EVENT_NOTE_UNLIKED, SHOP, NOTE, LIN, ""); /* never liked it */
    fact(db, EVENT_NOTE_SAVED, BO, NOTE, LIN, "");
    fact(db, EVENT_PERSON_FOLLOWED, BO, LIN, 0, "");
}

static void likes_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 3);
    line_is(&rows.v[0], INBOX_FOLLOW, 1);
    line_is(&rows.v[1], INBOX_SAVE, 1);
    line_is(&rows.v[2], INBOX_LIKE, 1);
    assert_int_equal(unread_of(db, LIN), 3);
    assert_int_equal(lines_of(db, a, BO).n, 0);
}

static void read_and_like_again(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    (void)a;
    assert_rc(inbox_read_all(db, LIN, &err), 0, &err);
    assert_int_equal(unread_of(db, LIN), 0);
    fact(db, EVENT_NOTE_LIKED, BO, NOTE, LIN, ""); /* told before */
}

static void come_back_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 3);
    line_is(&rows.v[2], INBOX_LIKE, 2);
    assert_int_equal(unread_of(db, LIN), 0);
}

static void new_like(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_NOTE_LIKED, SHOP, NOTE, LIN, "");
}

static void new_like_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    line_is(&rows.v[0], INBOX_LIKE, 3);
    assert_true(rows.v[0].unread);
    assert_int_equal(unread_of(db, LIN), 1);
}

static void people_are_gathered(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, likes_step);
    learn(false);
    in_write(t, likes_seen);
    in_write(t, read_and_like_again);
    learn(false);
    in_write(t, come_back_seen);
    in_write(t, new_like);
    learn(false);
    in_write(t, new_like_seen);
    assert_int_equal(findings(t, inbox_doctor), 0);
    test_store_free(t);
}

static void next_day_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 4);
    line_is(&rows.v[0], INBOX_LIKE, 1);
    line_is(&rows.v[3], INBOX_LIKE, 1);
}

static void a_day_later_is_another_line(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, likes_step);
    clock_set(&t->clock, store_now(t->store) + INBOX_WINDOW + TIME_SECOND);
    in_write(t, new_like);
    learn(false);
    in_write(t, next_day_seen);
    assert_int_equal(findings(t, inbox_doctor), 0);
    test_store_free(t);
}

static void talk_step(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_COMMENT_WRITTEN, BO, NOTE, LIN, "{\"comment\":1}");
    fact(db, EVENT_COMMENT_WRITTEN, MEI, NOTE, LIN, "{\"comment\":2,\"parent\":1,\"to\":102}");
    fact(db, EVENT_PERSON_MENTIONED, MEI, BO, NOTE, "{\"comment\":2}");   /* told already */
    fact(db, EVENT_PERSON_MENTIONED, MEI, SHOP, NOTE, "{\"comment\":2}"); /* not yet */
    fact(db, EVENT_PERSON_MENTIONED, LIN, SHOP, NOTE, "");
    fact(db, EVENT_COMMENT_WRITTEN, BO, NOTE, LIN, "{\"comment\":3,\"parent\":9,\"to\":101}");
    fact(db, EVENT_COMMENT_DELETED, BO, NOTE, LIN, "{\"comment\":1,\"author\":102}");
}

static void talk_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 2);
    line_is(&rows.v[0], INBOX_REPLY, 1); /* and not a comment besides */
    line_is(&rows.v[1], INBOX_COMMENT, 1);
    assert_int_equal(rows.v[1].object, 2);
    rows = lines_of(db, a, BO);
    assert_int_equal(rows.n, 1);
    line_is(&rows.v[0], INBOX_REPLY, 1);
    rows = lines_of(db, a, SHOP);
    assert_int_equal(rows.n, 2);
    line_is(&rows.v[0], INBOX_MENTION, 1);
    assert_int_equal(rows.v[0].object, NOTE);
}

static void talk_is_told_once(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, talk_step);
    learn(false);
    in_write(t, talk_seen);
    test_store_free(t);
}

static void comment_likes_step(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_COMMENT_LIKED, LIN, NOTE, BO, "{\"comment\":1}");
    fact(db, EVENT_COMMENT_LIKED, MEI, NOTE, BO, "{\"comment\":1}");
    fact(db, EVENT_COMMENT_LIKED, BO, NOTE, BO, "{\"comment\":1}"); /* one's own */
    fact(db, EVENT_COMMENT_LIKED, MEI, NOTE, BO, "{\"comment\":2}");
    fact(db, EVENT_COMMENT_LIKED, MEI, NOTE, BO, "{\"comment\":3}");
    fact(db, EVENT_COMMENT_UNLIKED, MEI, NOTE, BO, "{\"comment\":2}");
    fact(db, EVENT_COMMENT_UNLIKED, LIN, NOTE, BO, "{\"comment\":3}"); /* never liked it */
    fact(db, EVENT_NOTE_LIKED, MEI, NOTE, LIN, "");
}

static void comment_likes_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, BO);
    assert_int_equal(rows.n, 2); /* the taken back one is gone */
    line_is(&rows.v[0], INBOX_COMMENT_LIKE, 1);
    assert_int_equal(rows.v[0].object, 3);
    line_is(&rows.v[1], INBOX_COMMENT_LIKE, 2);
    assert_int_equal(rows.v[1].object, 1);
    assert_int_equal(rows.v[1].note, NOTE);
    rows = lines_of(db, a, LIN); /* whose note it is hears of the note's like alone */
    assert_int_equal(rows.n, 1);
    line_is(&rows.v[0], INBOX_LIKE, 1);
}

static void comment_gone_step(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_COMMENT_DELETED, LIN, NOTE, LIN, "{\"comment\":1,\"author\":102}");
}

static void comment_gone_seen(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct inbox_list_rows rows = lines_of(db, a, BO);
    assert_int_equal(rows.n, 1);
    assert_int_equal(rows.v[0].object, 3);
    assert_int_equal(unread_of(db, BO), 1);
    assert_rc(inbox_set_off(db, BO, INT64_C(1) << INBOX_COMMENT_LIKE, &err), 0, &err);
    assert_int_equal(lines_of(db, a, BO).n, 0);
    assert_int_equal(unread_of(db, BO), 0);
}

static void likes_of_a_comment_gather_and_go_with_it(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, comment_likes_step);
    learn(false);
    in_write(t, comment_likes_seen);
    assert_int_equal(findings(t, inbox_doctor), 0);
    in_write(t, comment_gone_step);
    learn(false);
    in_write(t, comment_gone_seen);
    test_store_free(t);
}

static void bonds_step(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_NOTE_LIKED, BO, NOTE, LIN, "");
    fact(db, EVENT_NOTE_LIKED, MEI, NOTE, LIN, "");
    fact(db, EVENT_BOND_BLOCKED, LIN, BO, 0, "");
    fact(db, EVENT_NOTE_SAVED, BO, NOTE, LIN, "");
    fact(db, EVENT_PERSON_FOLLOWED, LIN, BO, 0, "");
    fact(db, EVENT_BOND_MUTED, LIN, MEI, 0, "");
    fact(db, EVENT_NOTE_SAVED, MEI, NOTE, LIN, "");
    fact(db, EVENT_PERSON_FOLLOWED, LIN, MEI, 0, ""); /* a mute goes one way */
    fact(db, EVENT_BOND_UNMUTED, LIN, MEI, 0, "");
    fact(db, EVENT_PERSON_FOLLOWED, MEI, LIN, 0, "");
}

static void bonds_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 2);
    line_is(&rows.v[0], INBOX_FOLLOW, 1);
    line_is(&rows.v[1], INBOX_LIKE, 1);
    assert_int_equal(lines_of(db, a, BO).n, 0);
    assert_int_equal(lines_of(db, a, MEI).n, 1);
}

static void the_blocked_make_no_lines(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, bonds_step);
    learn(false);
    in_write(t, bonds_seen);
    assert_int_equal(findings(t, inbox_doctor), 0);
    test_store_free(t);
}

#define BODY "{\"purchase\":1,\"supplier\":104,\"total\":1250,\"currency\":\"USD\"}"

static void trade_step(struct db *db, struct arena *a)
{
    (void)a;
    fact(db, EVENT_ORDER_PLACED, BO, ORDER, 0, BODY);
    fact(db, EVENT_ORDER_PAID, BO, ORDER, 0, BODY);
    fact(db, EVENT_ORDER_SHIPPED, SHOP, ORDER, 0, BODY);
    fact(db, EVENT_ORDER_DELIVERED, BO, ORDER, 0, BODY);
    fact(db, EVENT_ESCROW_RELEASED, 0, ORDER, 0, "{\"amount\":1250,\"currency\":\"USD\"}");
    fact(db, EVENT_COMMISSION_EARNED, LIN, ORDER, NOTE, "{\"amount\":60,\"currency\":\"USD\"}");
    fact(db, EVENT_ORDER_PAID, BO, 12345, 0, BODY); /* an order that nobody placed */
}

static void trade_seen(struct db *db, struct arena *a)
{
    struct inbox_list_rows rows = lines_of(db, a, BO);
    assert_int_equal(rows.n, 1);
    line_is(&rows.v[0], INBOX_ORDER, 1);
    assert_int_equal(rows.v[0].state, EVENT_ORDER_SHIPPED); /* who received it knows */
    rows = lines_of(db, a, SHOP);
    assert_int_equal(rows.n, 2);
    line_is(&rows.v[0], INBOX_EARNING, 1);
    assert_int_equal(rows.v[0].amount, 1250);
    line_is(&rows.v[1], INBOX_SALE, 1);
    assert_int_equal(rows.v[1].state, EVENT_ORDER_DELIVERED);
    rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 1);
    assert_int_equal(rows.v[0].amount, 60);
    assert_string_equal(arena_cstr(a, rows.v[0].currency), "USD");
}

static void both_sides_of_a_trade_are_told(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, trade_step);
    learn(false);
    in_write(t, trade_seen);
    test_store_free(t);
}

/* ---- keeping ---- */

static void words_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    static char much[INBOX_DETAIL_MAX + 1];
    memset(much, 'x', sizeof(much));
    struct inbox_word word = {
        .person = LIN, .words = "Saved.", .n = 3, .detail = STR("<b>"), .href = STR("/")
    };
    assert_rc(inbox_tell(db, &word, &err), 0, &err);
    word.detail = (struct str){ much, sizeof(much) };
    assert_rc(inbox_tell(db, &word, &err), ERR_TOO_LARGE, &err);
    assert_int_equal(unread_of(db, LIN), 1);
    struct job_figures jobs = { 0 };
    assert_rc(job_figures(db, &jobs, &err), 0, &err);
    assert_int_equal(jobs.waiting, 1); /* the letter */
    (void)a;
}

static void read_one_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_rc(inbox_read(db, LIN, rows.v[1].first, &err), 0, &err);
    assert_rc(inbox_read(db, BO, rows.v[0].first, &err), 0, &err); /* not theirs: nothing */
    assert_rc(inbox_read(db, LIN, 5, &err), 0, &err);
    assert_rc(inbox_set_off(db, LIN, INT64_C(1) << INBOX_SAVE | INT64_C(1) << INBOX_NOTICE, &err),
              0, &err);
    int64_t off = 0;
    assert_rc(inbox_off(db, a, LIN, &off, &err), 0, &err);
    assert_int_equal(off, INT64_C(1) << INBOX_SAVE); /* words of the staff stay on */
}

static void the_log_tells_it_again(void **state)
{
    struct test_store *t = begin(*state);
    struct buf before;
    in_write(t, words_step);
    in_write(t, likes_step);
    in_write(t, talk_step);
    in_write(t, comment_likes_step);
    in_write(t, trade_step);
    in_write(t, bonds_step);
    learn(false);
    in_write(t, read_one_step);
    buf_init(&before, 1 << 20);
    buf_init(&printed, 1 << 20);
    in_write(t, print_step);
    buf_put_str(&before, buf_str(&printed));
    assert_true(buf_str(&before).len > 400);
    learn(true);
    buf_clear(&printed);
    in_write(t, print_step);
    assert_true(str_eq(buf_str(&before), buf_str(&printed)));
    assert_int_equal(findings(t, inbox_doctor), 0);
    buf_release(&before);
    buf_release(&printed);
    test_store_free(t);
}

static void nothing_left(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct inbox_order_of_row order;
    for (int64_t person = LIN; person <= SHOP; person++)
        assert_int_equal(lines_of(db, a, person).n, 0);
    assert_rc(inbox_order_of(db, a, ORDER, &order, &err), 0, &err); /* kept for a year */
}

static void old_lines_go(void **state)
{
    struct test_store *t = begin(*state);
    struct err err = { 0 };
    in_write(t, words_step);
    in_write(t, likes_step);
    in_write(t, trade_step);
    learn(false);
    clock_set(&t->clock, store_now(t->store) + (INBOX_DAYS + 1) * TIME_DAY);
    assert_rc(inbox_tidy(t->store, &err), 0, &err);
    in_write(t, nothing_left);
    test_store_free(t);
}

static void forget_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    assert_rc(inbox_forget(db, BO, &err), 0, &err);
    assert_int_equal(lines_of(db, a, BO).n, 0);
    struct inbox_list_rows rows = lines_of(db, a, LIN);
    assert_int_equal(rows.n, 1); /* the like of another stays, follow and save are gone */
    line_is(&rows.v[0], INBOX_LIKE, 1);
}

static void whoever_leaves_is_forgotten(void **state)
{
    struct test_store *t = begin(*state);
    in_write(t, likes_step);
    learn(false);
    in_write(t, forget_step);
    assert_int_equal(findings(t, inbox_doctor), 0);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(people_are_gathered),         ON_BOTH(a_day_later_is_another_line),
        ON_BOTH(talk_is_told_once),           ON_BOTH(likes_of_a_comment_gather_and_go_with_it),
        ON_BOTH(the_blocked_make_no_lines),   ON_BOTH(both_sides_of_a_trade_are_told),
        ON_BOTH(the_log_tells_it_again),      ON_BOTH(old_lines_go),
        ON_BOTH(whoever_leaves_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
