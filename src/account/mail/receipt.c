/* The follower that writes to buyers: a receipt when an order is paid, and
 * when it is on its way. Facts of yesterday are not written of: whoever reads
 * the log again sends no letter twice. */
#include "account/mail/mail.h"
#include "account/person/address.h"
#include "base/id.h"
#include "base/money.h"
#include "codec/json_in.h"
#include "gen/mail_sql.h"

#define RECEIPT_ARENA (256 * 1024)

/* "Order ord_0v3k..., USD 12.50": the same in every language. */
static int describe(struct arena *a, const struct event_row *row, struct str *ret, struct err *err)
{
    struct params body;
    char id[ID_TEXT_MAX];
    int64_t total = 0;
    params_init(&body, a);
    int rc = json_in_parse(row->body, &body, err);
    if (rc < 0)
        return rc;
    if (!params_int(&body, "total", &total))
        total = 0;
    struct money sum = money(total, params_get(&body, "currency"));
    int64_t one = 1;
    int digits = money_digits(sum.currency);
    for (int i = 0; i < digits; i++)
        one *= 10;
    *ret = digits ? arena_printf(a, "%.*s\n%s %lld.%0*lld",
                                 STR_ARG(id_text(id, "ord", row->object)), sum.currency,
                                 (long long)(total / one), digits, (long long)(total % one))
                  : arena_printf(a, "%.*s\n%s %lld", STR_ARG(id_text(id, "ord", row->object)),
                                 sum.currency, (long long)total);
    return 0;
}

static int write_to(struct db *db, struct arena *a, const struct event_row *row, int64_t buyer,
                    struct err *err)
{
    struct person_address to = { 0 };
    char id[ID_TEXT_MAX];
    int rc = person_address(db, a, buyer, &to, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0 || !to.confirmed)
        return rc;
    bool paid = row->kind == EVENT_ORDER_PAID;
    struct mail_letter letter = {
        .person = buyer,
        .kind = MAIL_ORDERS,
        .subject = paid ? N_("Your order is placed and paid") : N_("Your order is on its way"),
        .words = paid ? N_("Thank you. Your order was placed and its payment has come in. Keep "
                           "this letter as your receipt.")
                      : N_("The seller has sent your order. Its page says how it travels."),
        .action = N_("See the order"),
        .href = arena_printf(a, "/orders/%.*s", STR_ARG(id_text(id, "ord", row->object))),
    };
    rc = describe(a, row, &letter.detail, err);
    return rc < 0 ? rc : mail_queue(db, &letter, err);
}

static int learn_order(struct db *db, struct arena *a, const struct event_row *row, struct err *err)
{
    struct mail_order_of_row order = { 0 };
    int64_t first = 0;
    if (row->kind == EVENT_ORDER_PLACED)
        return mail_order_put(db, row->object, row->actor, row->at, NULL, err);
    int rc = mail_order_of(db, NULL, row->object, &order, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = mail_order_told(db, row->object, row->kind, &first, err);
    if (rc < 0 || !first || row->simulated || db_now(db) - row->at > TIME_DAY)
        return rc;
    return write_to(db, a, row, order.buyer, err);
}

static int learn(struct db *db, void *ctx UNUSED, const struct event_row *rows, size_t n,
                 struct err *err)
{
    struct arena a;
    int rc = 0;
    arena_init(&a, RECEIPT_ARENA);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        arena_clear(&a);
        if (rows[i].kind == EVENT_ORDER_PLACED || rows[i].kind == EVENT_ORDER_PAID ||
            rows[i].kind == EVENT_ORDER_SHIPPED)
            rc = learn_order(db, &a, &rows[i], err);
    }
    arena_release(&a);
    return rc;
}

/* What was written stays written. */
static int reset(struct db *db UNUSED, void *ctx UNUSED, struct err *err UNUSED)
{
    return 0;
}

const struct follower mail_follower = {
    .name = "mail", .shared = true, .patient = true, .learn = learn, .reset = reset
};
