/* The board's numbers: what is counted, by how many, over which days. */
#include "unit/event/kit.h"

#include "base/clock.h"
#include "event/exposure.h"
#include "event/follower.h"
#include "gen/board_sql.h"
#include "insight/board/board.h"
#include "mall/ledger/ledger.h"

/* A day far enough ahead that the clock of the machine is behind it. */
#define DAY (INT64_C(30000) * TIME_DAY)

static struct test_store *board_shop(const char *engine)
{
    struct test_store *t = kit_shop(engine, 0);
    clock_init_manual(&t->clock, DAY);
    return t;
}

static void learn_all(struct test_store *t, bool rebuild)
{
    struct followers *f = NULL;
    struct err err = { 0 };
    assert_rc(followers_open(t->store, &board_follower, 1, &f, &err), 0, &err);
    if (rebuild)
        assert_rc(followers_rebuild(f, "board", &err), 0, &err);
    assert_rc(followers_drain(f, &err), 0, &err);
    followers_close(f);
}

struct reading {
    int64_t now, days;
    struct arena arena;
    struct board board;
};

static int read_fn(struct db *db, void *ctx, struct err *err)
{
    struct reading *r = ctx;
    return board_read(db, &r->arena, r->now, r->days, &r->board, err);
}

/* The board as somebody reads it at `now`; its texts stay until the next. */
static struct board read_board(struct test_store *t, int64_t now, int64_t days)
{
    struct reading r = { .now = now, .days = days };
    arena_init(&r.arena, 256 * 1024);
    kit_read(t->store, read_fn, &r);
    r.board.money = NULL;
    arena_release(&r.arena);
    return r.board;
}

static void kind_is(const struct board *board, enum event_kind kind, int64_t count, int64_t actors)
{
    const struct board_arrow *arrow = &board->arrows[event_kind_find(kind)->arrow];
    for (size_t i = 0; i < arrow->n_kinds; i++)
        if (arrow->kinds[i].info->kind == kind) {
            assert_int_equal(arrow->kinds[i].count, count);
            assert_int_equal(arrow->kinds[i].actors, actors);
            return;
        }
    fail_msg("kind %d is not on its arrow", (int)kind);
}

static void arrow_is(const struct board *board, enum event_arrow which, int64_t count,
                     int64_t actors, int64_t rate)
{
    assert_int_equal(board->arrows[which].arrow, which);
    assert_int_equal(board->arrows[which].count, count);
    assert_int_equal(board->arrows[which].actors, actors);
    assert_int_equal(board->arrows[which].rate, rate);
}

static void every_kind_stands_on_its_arrow(void **state)
{
    struct test_store *t = board_shop(*state);
    struct board board = read_board(t, DAY, 7);
    size_t n, on_arrows = 0, placed = 0;
    const struct event_kind_info *kinds = event_kinds(&n);
    for (size_t i = 0; i < n; i++)
        on_arrows += kinds[i].arrow != ARROW_NO_ARROW;
    for (int a = 1; a < ARROW_COUNT; a++) {
        placed += board.arrows[a].n_kinds;
        arrow_is(&board, (enum event_arrow)a, 0, 0, 0);
        for (size_t i = 0; i < board.arrows[a].n_kinds; i++)
            assert_int_equal(board.arrows[a].kinds[i].info->arrow, a);
    }
    assert_int_equal(placed, on_arrows);
    assert_int_equal(board.active, 0);
    test_store_free(t);
}

static void deeds(struct test_store *t)
{
    for (int i = 0; i < 3; i++)
        kit_append(t->store, EVENT_NOTE_LIKED, 1, 50 + i);
    kit_append(t->store, EVENT_NOTE_LIKED, 2, 50);
    kit_append(t->store, EVENT_COMMENT_WRITTEN, 1, 50);
    kit_append(t->store, EVENT_REFERRAL_FOLLOWED, 0, 60); /* a visitor */
    kit_append(t->store, EVENT_NOTE_SAVED, 3, 50);
    kit_append(t->store, EVENT_NOTE_SAVED, 3, 51);
    kit_append(t->store, EVENT_NOTE_UNLIKED, 4, 50); /* on no arrow, but active */
    kit_append(t->store, EVENT_NOTE_UNLIKED, 5, 50);
    kit_append(t->store, EVENT_NOTE_UNLIKED, 6, 50);
    kit_append(t->store, EVENT_FUNDS_REINVESTED, 0, 70); /* the shop itself */
}

static void deeds_are(struct test_store *t)
{
    struct board board = read_board(t, DAY, 7);
    assert_int_equal(board.active, 6);
    kind_is(&board, EVENT_NOTE_LIKED, 4, 2);
    kind_is(&board, EVENT_COMMENT_WRITTEN, 1, 1);
    kind_is(&board, EVENT_REFERRAL_FOLLOWED, 1, 0);
    kind_is(&board, EVENT_NOTE_SAVED, 2, 1);
    /* Two different people, and a visitor who counts as none: 2 / 6, rounded down. */
    arrow_is(&board, ARROW_RELEVANCY_RESPONSE, 6, 2, 3333);
    arrow_is(&board, ARROW_CUSTOMER_RELEVANCY, 2, 1, 1666);
    arrow_is(&board, ARROW_MONEY_INTERACTION, 1, 0, 0);
    arrow_is(&board, ARROW_RELATION_RETURN, 0, 0, 0);
    assert_int_equal(board.seeds, 2);
    assert_int_equal(board.sales, 0);
    assert_int_equal(board.seen, 0);
}

static void deeds_are_counted_and_people_once(void **state)
{
    struct test_store *t = board_shop(*state);
    deeds(t);
    learn_all(t, false);
    deeds_are(t);
    learn_all(t, false); /* nothing is learnt twice */
    deeds_are(t);
    learn_all(t, true);
    deeds_are(t);
    test_store_free(t);
}

/* One actor on several days is one actor, and days add up in their row. */
static void a_busy_actor_stays_one(void **state)
{
    struct test_store *t = board_shop(*state);
    for (int day = 0; day < 3; day++) {
        clock_set(&t->clock, DAY + day * TIME_DAY);
        for (int i = 0; i < 2; i++) {
            kit_append(t->store, EVENT_NOTE_LIKED, 1, 50);
            learn_all(t, false);
        }
    }
    struct board board = read_board(t, DAY + 2 * TIME_DAY, 7);
    kind_is(&board, EVENT_NOTE_LIKED, 6, 1);
    arrow_is(&board, ARROW_RELEVANCY_RESPONSE, 6, 1, 10000);
    test_store_free(t);
}

static int64_t likes(struct test_store *t, int64_t now, int64_t days)
{
    struct board board = read_board(t, now, days);
    assert_int_equal(board.until, time_day(now) + TIME_DAY);
    assert_int_equal(board.since, days ? board.until - days * TIME_DAY : 0);
    return board.arrows[ARROW_RELEVANCY_RESPONSE].count;
}

static void a_window_is_whole_days(void **state)
{
    struct test_store *t = board_shop(*state);
    const int64_t at[] = { DAY, DAY + TIME_DAY - 1, DAY + TIME_DAY };
    for (size_t i = 0; i < ARRAY_LEN(at); i++) {
        clock_set(&t->clock, at[i]);
        kit_append(t->store, EVENT_NOTE_LIKED, 1 + (int64_t)i, 50);
    }
    learn_all(t, false);
    int64_t last = TIME_DAY - 1;
    assert_int_equal(likes(t, DAY, 1), 2); /* both ends of the day, not the next midnight */
    assert_int_equal(likes(t, DAY + last, 1), 2);
    assert_int_equal(likes(t, DAY + TIME_DAY, 1), 1);
    assert_int_equal(likes(t, DAY + TIME_DAY, 2), 3);
    assert_int_equal(likes(t, DAY + 6 * TIME_DAY + last, 7), 3);
    assert_int_equal(likes(t, DAY + 7 * TIME_DAY, 7), 1);
    assert_int_equal(likes(t, DAY + 8 * TIME_DAY, 7), 0);
    assert_int_equal(likes(t, DAY + 8 * TIME_DAY, 28), 3);
    assert_int_equal(likes(t, DAY + 500 * TIME_DAY, 56), 0);
    assert_int_equal(likes(t, DAY + 500 * TIME_DAY, 0), 3);
    assert_int_equal(likes(t, DAY - 1, 7), 0); /* nothing from what is to come */
    test_store_free(t);
}

static void sales_step(struct db *db, struct arena *a)
{
    (void)a;
    struct err err = { 0 };
    const int64_t notes[] = { 500, 0, 501 };
    for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
        const struct event paid = {
            .kind = EVENT_ORDER_PAID, .actor = 9, .object = 70 + (int64_t)i, .about = notes[i]
        };
        assert_rc(event_append(db, &paid, &err), 0, &err);
    }
    const struct event liked = { .kind = EVENT_NOTE_LIKED, .actor = 8, .object = 500, .about = 9 };
    assert_rc(event_append(db, &liked, &err), 0, &err);
}

static void a_sale_that_a_note_led_to_is_counted_apart(void **state)
{
    struct test_store *t = board_shop(*state);
    in_write(t, sales_step);
    learn_all(t, false);
    struct board board = read_board(t, DAY, 7);
    assert_int_equal(board.sales, 2);
    kind_is(&board, EVENT_ORDER_PAID, 3, 1);
    arrow_is(&board, ARROW_RELATION_RETURN, 3, 1, 5000);
    assert_int_equal(board.active, 2);
    test_store_free(t);
}

static void take_in(struct db *db, int64_t cause, int64_t amount, struct str currency)
{
    struct err err = { 0 };
    const struct ledger_money money = { cause, amount, currency, CUSTODY_PROVIDER };
    assert_rc(ledger_payment(db, &money, &err), 0, &err);
}

static void money_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    take_in(db, 1, 10000, STR("EUR"));
    take_in(db, 2, 2500, STR("EUR"));
    take_in(db, 3, 300, STR("CNY"));
    struct board board;
    assert_rc(board_read(db, a, DAY, 7, &board, &err), 0, &err);
    int64_t escrow_eur = 0, escrow_cny = 0, sum = 0;
    for (size_t i = 0; i < board.n_money; i++) {
        const struct board_money *m = &board.money[i];
        sum += m->total;
        if (m->kind == LEDGER_ESCROW && str_eq_c(m->currency, "EUR")) {
            escrow_eur = m->total;
            assert_int_equal(m->n, 2);
        }
        if (m->kind == LEDGER_ESCROW && str_eq_c(m->currency, "CNY"))
            escrow_cny = m->total;
    }
    assert_int_equal(board.n_money, 4);
    assert_int_equal(escrow_eur, 12500);
    assert_int_equal(escrow_cny, 300);
    assert_int_equal(sum, 0);
    assert_rc(board_read(db, a, DAY - TIME_DAY, 7, &board, &err), 0, &err);
    assert_int_equal(board.n_money, 0);
}

static void money_stands_by_account_and_currency(void **state)
{
    struct test_store *t = board_shop(*state);
    in_write(t, money_step);
    test_store_free(t);
}

static int see_fn(struct db *db, void *ctx, struct err *err)
{
    return exposure_add(db, ctx, 1, err);
}

static void see(struct test_store *t, int64_t who, enum exposure_kind kind, int64_t thing)
{
    struct exposure row = { who, kind, thing, PLACE_EXPLORE, 0, 0, 0 };
    kit_write(t->store, see_fn, &row);
}

static void seen_cards_are_counted(void **state)
{
    struct test_store *t = board_shop(*state);
    clock_set(&t->clock, DAY + TIME_HOUR);
    for (int64_t thing = 1; thing <= 5; thing++)
        see(t, 1, EXPOSURE_CARD, thing);
    see(t, 2, EXPOSURE_CARD, 1);
    see(t, 2, EXPOSURE_NOTE, 1);
    see(t, 2, EXPOSURE_PRODUCT, 1);
    assert_int_equal(read_board(t, DAY, 7).seen, 6);
    assert_int_equal(read_board(t, DAY - 1, 7).seen, 0);
    assert_int_equal(read_board(t, DAY + 7 * TIME_DAY, 7).seen, 0);

    /* Days that were added up and forgotten still count, once. */
    struct err err = { 0 };
    clock_set(&t->clock, DAY + 2 * TIME_DAY);
    see(t, 3, EXPOSURE_CARD, 1);
    assert_rc(exposure_tidy(t->store, DAY + 2 * TIME_DAY, 30, &err), 0, &err);
    assert_int_equal(read_board(t, DAY + 2 * TIME_DAY, 7).seen, 7);
    clock_set(&t->clock, DAY + 40 * TIME_DAY);
    assert_rc(exposure_tidy(t->store, DAY + 40 * TIME_DAY, 30, &err), 0, &err);
    see(t, 3, EXPOSURE_CARD, 2);
    assert_int_equal(read_board(t, DAY + 40 * TIME_DAY, 56).seen, 8);
    assert_int_equal(read_board(t, DAY + 40 * TIME_DAY, 7).seen, 1);
    test_store_free(t);
}

static void a_thousandth_is_rounded_down(void **state)
{
    (void)state;
    assert_int_equal(board_per_thousand(0, 0), -1);
    assert_int_equal(board_per_thousand(5, 0), -1);
    assert_int_equal(board_per_thousand(0, 7), 0);
    assert_int_equal(board_per_thousand(1, 1000), 1);
    assert_int_equal(board_per_thousand(1, 1001), 0);
    assert_int_equal(board_per_thousand(2, 3), 666);
    assert_int_equal(board_per_thousand(3, 2), 1500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(every_kind_stands_on_its_arrow),
        ON_BOTH(deeds_are_counted_and_people_once),
        ON_BOTH(a_busy_actor_stays_one),
        ON_BOTH(a_window_is_whole_days),
        ON_BOTH(a_sale_that_a_note_led_to_is_counted_apart),
        ON_BOTH(money_stands_by_account_and_currency),
        ON_BOTH(seen_cards_are_counted),
        cmocka_unit_test(a_thousandth_is_rounded_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
