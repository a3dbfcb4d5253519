/* bench-bare FOLDER like|checkout BATCH SECONDS FROM: the same writes without HTTP.
 *
 * One thread runs the very rules and statements that the handlers run, BATCH
 * of them in each transaction, committed with the same care: what the machine
 * and SQLite leave a server that costs nothing. FROM says how many of the
 * keys other rounds have used. Prints one JSON object.
 */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/settings.h"
#include "bench/place.h"
#include "bridge/referral/referral.h"
#include "community/social/social.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "mall/cart/cart.h"
#include "mall/order/order.h"
#include "mall/payment/payment.h"
#include "store/store.h"
#include "web/idempotency.h"

#define WARM_UP (TIME_SECOND / 2)

struct paying {
    int64_t payment, total;
};

struct bare {
    struct store *store;
    struct place *place;
    struct settings settings;
    struct arena arena;
    size_t batch;
    size_t next;         /* key of the next piece */
    size_t done;         /* likes, or payments told */
    struct paying *open; /* placed in the batch before, not yet paid */
    size_t n_open;
};

/* What the guard asks first. */
static int sign_in(struct bare *b, struct db *db, enum place_who who, size_t n, struct err *err)
{
    unsigned char hash[PLACE_TOKEN_BYTES];
    struct session_viewer_row row;
    place_token_hash(who, n, hash);
    return session_viewer(db, &b->arena, (struct str){ (const char *)hash, sizeof(hash) }, &row,
                          err);
}

static int like(struct bare *b, struct db *db, struct err *err)
{
    size_t pair = place_mixed(b->next++, PLACE_PAIRS), reader = pair % PLACE_READERS;
    const struct social_actor who = { .key = b->place->readers[reader] };
    struct social_state state;
    int rc = sign_in(b, db, PLACE_READER, reader, err);
    if (rc == 0)
        rc = social_like(db, &b->arena, &who, b->place->notes[pair / PLACE_READERS], true, &state,
                         err);
    return rc;
}

static int place_order(struct bare *b, struct db *db, const struct cart *cart, int64_t buyer,
                       struct str *ret_pay, struct err *err)
{
    struct order_item items[2];
    struct referral_claimant claimant = { &b->arena, &b->settings, buyer };
    if (cart->n != ARRAY_LEN(items))
        return err_detail(err, ERR_INTERNAL, "a cart of %zu lines", cart->n);
    for (size_t i = 0; i < cart->n; i++) {
        const struct cart_line *line = &cart->lines[i];
        items[i] =
            (struct order_item){ line->sku,      line->product,     line->supplier,
                                 line->name,     line->options,     line->photo_hash,
                                 line->quantity, line->price.minor, str_from(line->price.currency),
                                 line->source };
    }
    const struct order_request request = {
        .buyer = buyer,
        .items = items,
        .n_items = cart->n,
        .address = { .name = STR("Ada Buyer"),
                     .phone = STR("+49 30 123456"),
                     .line1 = STR("Street 12"),
                     .line2 = STR(""),
                     .city = STR("Berlin"),
                     .postcode = STR("10115"),
                     .region = STR(""),
                     .country = STR("DE") },
        .expires = db_now(db) + b->settings.reservation_minutes * TIME_MINUTE,
        .return_days = b->settings.return_days,
        .claim = referral_claim,
        .claim_ctx = &claimant,
    };
    int64_t purchase, total;
    const int64_t *orders = NULL;
    size_t n = 0;
    char id[ID_TEXT_MAX];
    int rc = order_place(db, &b->arena, &request, &purchase, &total, err);
    if (rc == 0)
        rc = event_append(
            db,
            &(struct event){ .kind = EVENT_CHECKOUT_STARTED, .actor = buyer, .object = purchase },
            err);
    if (rc == 0)
        rc = cart_clear(db, buyer, err);
    if (rc == 0)
        rc = order_ids_of_purchase(db, &b->arena, purchase, &orders, &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_detail(err, ERR_INTERNAL, "a purchase without orders");
    struct str back =
        arena_printf(&b->arena, "/orders/%.*s", STR_ARG(id_text(id, "ord", orders[0])));
    return payment_open(db, &b->arena, &b->settings, purchase, back, ret_pay, err);
}

/* POST /checkout, statement by statement. */
static int checkout(struct bare *b, struct db *db, struct err *err)
{
    static const unsigned char fingerprint[IDEMPOTENCY_FINGERPRINT];
    size_t buyer = place_mixed(b->next++, PLACE_BUYERS);
    int64_t actor = b->place->buyers[buyer];
    const struct idempotency_key key = { .key = idempotency_new_key(&b->arena, db_now(db)),
                                         .actor = actor,
                                         .route = "POST /checkout",
                                         .fingerprint = fingerprint };
    struct idempotency_row row;
    struct cart cart = { 0 };
    struct str pay = { 0 };
    int rc = sign_in(b, db, PLACE_BUYER, buyer, err);
    if (rc == 0)
        rc = idempotency_find(db, &b->arena, &key, &row, err);
    if (rc == 0)
        rc = cart_read(db, &b->arena, actor, &cart, err);
    if (rc == 0)
        rc = place_order(b, db, &cart, actor, &pay, err);
    row = (struct idempotency_row){ .status = 303, .location = pay };
    if (rc == 0)
        rc = idempotency_keep(db, &key, &row, err);
    if (rc < 0)
        return rc;
    struct paying *p = &b->open[b->n_open++];
    p->total = cart.total.minor;
    struct str id = str_slice(pay, sizeof("/pay/test/") - 1, SIZE_MAX);
    return id_parse(id, "pay", &p->payment) ? 0
                                            : err_detail(err, ERR_INTERNAL, "%.*s", STR_ARG(pay));
}

/* POST /webhooks/test. */
static int pay(struct bare *b, struct db *db, const struct paying *p, struct err *err)
{
    char id[ID_TEXT_MAX];
    const struct payment_message message = {
        .provider = STR("test"),
        .name = id_text(id, "msg", p->payment),
        .payment = p->payment,
        .amount = p->total,
        .currency = STR(PLACE_CURRENCY),
        .state = PAYMENT_PAID,
    };
    return payment_told(db, &b->arena, &message, err);
}

static int like_batch(struct db *db, void *ctx, struct err *err)
{
    struct bare *b = ctx;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < b->batch; i++) {
        arena_clear(&b->arena);
        rc = like(b, db, err);
        b->done++;
    }
    return rc;
}

/* Half of a batch pays what the one before placed, as under a steady load. */
static int checkout_batch(struct db *db, void *ctx, struct err *err)
{
    struct bare *b = ctx;
    size_t half = b->batch / 2 ? b->batch / 2 : 1;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < b->n_open; i++) {
        arena_clear(&b->arena);
        rc = pay(b, db, &b->open[i], err);
        b->done++;
    }
    b->n_open = 0;
    for (size_t i = 0; rc == 0 && i < half && b->next < PLACE_BUYERS; i++) {
        arena_clear(&b->arena);
        rc = checkout(b, db, err);
    }
    return rc;
}

static void run(struct bare *b, bool likes, int64_t seconds)
{
    int64_t begun = clock_monotonic(), start = 0, end = begun + WARM_UP + seconds * TIME_SECOND;
    size_t done = 0;
    struct store_stats before = { 0 }, after;
    bool more = true;
    for (int64_t now = begun; more && now < end; now = clock_monotonic()) {
        struct err err = { 0 };
        if (start == 0 && now >= begun + WARM_UP) {
            start = now;
            done = b->done;
            store_stats(b->store, &before);
        }
        if (store_write(b->store, likes ? like_batch : checkout_batch, b, &err) < 0)
            place_die("%s %s %s", err_name(err.code), err.detail, err.message ? err.message : "");
        more = likes || b->next < PLACE_BUYERS;
    }
    double took = (double)(clock_monotonic() - start) / 1e6;
    size_t next = b->next;
    store_stats(b->store, &after);
    if (start == 0)
        place_die("the carts were used up before the clock began");
    while (b->n_open > 0) { /* leave nothing unpaid */
        struct err err = { 0 };
        b->batch = 0;
        b->next = PLACE_BUYERS;
        if (store_write(b->store, checkout_batch, b, &err) < 0)
            place_die("%s", err.detail);
    }
    (void)printf("{\"done\": %zu, \"seconds\": %.6f, \"pages\": %" PRId64 ", \"next\": %zu}\n",
                 b->done - done, took, after.wal_written - before.wal_written, next);
}

int main(int argc, char **argv)
{
    struct bare b = { 0 };
    struct err err = { 0 };
    struct clock clock;
    char database[512], keys[512];
    if (argc != 6 || sodium_init() < 0)
        place_die("bench-bare FOLDER like|checkout BATCH SECONDS FROM");
    (void)snprintf(database, sizeof(database), "%s/sward.db", argv[1]);
    (void)snprintf(keys, sizeof(keys), "%s/keys", argv[1]);
    b.batch = (size_t)strtoul(argv[3], NULL, 10);
    b.next = (size_t)strtoul(argv[5], NULL, 10);
    b.place = place_read(keys);
    b.open = calloc(b.batch + 1, sizeof(*b.open));
    settings_init(&b.settings);
    b.settings.referral_secret = STR(PLACE_REFERRAL_SECRET);
    arena_init(&b.arena, 1024 * 1024);
    clock_init_system(&clock);
    /* The whole batch is one piece of work, so its bounds are ours. */
    const struct store_config config = { .database = database, .clock = &clock, .exclusive = true };
    if (!b.open || store_open(&config, &b.store, &err) < 0)
        place_die("%s", err.detail);
    run(&b, strcmp(argv[2], "like") == 0, strtol(argv[4], NULL, 10));
    store_close(b.store);
    arena_release(&b.arena);
    free(b.open);
    place_free(b.place);
    return 0;
}
