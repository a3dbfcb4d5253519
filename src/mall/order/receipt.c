/* The follower that writes to buyers: a receipt with its lines when an order
 * is paid, and a letter when it is on its way. Facts of yesterday are not
 * written of: whoever reads the log again sends no letter twice. */
#include "account/mail/mail.h"
#include "account/person/address.h"
#include "base/id.h"
#include "event/follower.h"
#include "gen/order_sql.h"
#include "mall/order/order.h"

#define RECEIPT_ARENA (512 * 1024)
#define TOLD_DAYS     2 /* after which no fact is written of anyway */

/* What was bought, and what it comes to. */
static int list_lines(struct db *db, struct arena *a, const struct order_row_row *order,
                      struct mail_receipt *ret, struct err *err)
{
    struct order_lines_rows rows = { 0 };
    int64_t tax = order->delivery_tax, off = 0;
    int rc = order_lines(db, a, order->id, &rows, err);
    if (rc < 0)
        return rc;
    struct mail_line *lines = arena_new_array(a, rows.n + 1, struct mail_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct order_lines_row *row = &rows.v[i];
        lines[i] = (struct mail_line){ .name = row->name,
                                       .options = row->options,
                                       .quantity = row->quantity,
                                       .price = money(row->price, order->currency),
                                       .amount = money(row->amount, order->currency) };
        tax += row->tax;
        off += row->discount + row->subsidy;
    }
    ret->lines = lines;
    ret->n = rows.n;
    ret->tax = money(tax, order->currency);
    ret->total = money(order->total, order->currency);
    ret->off = money(-off, order->currency);
    ret->delivery = money(order->delivery, order->currency);
    return 0;
}

/* Who takes it where, in a few words: the whole address stands behind the link. */
static int say_where(struct db *db, struct arena *a, int64_t purchase, struct str *ret_to,
                     struct err *err)
{
    struct purchase_address_of_row to = { 0 };
    int rc = purchase_address_of(db, a, purchase, &to, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        *ret_to = arena_printf(a, "%.*s, %.*s", STR_ARG(to.name), STR_ARG(to.city));
    return rc;
}

static int write_receipt(struct db *db, struct arena *a, const struct order_row_row *order,
                         struct mail_letter *letter, struct err *err)
{
    struct mail_receipt receipt = { 0 };
    int rc = list_lines(db, a, order, &receipt, err);
    if (rc == 0)
        rc = say_where(db, a, order->purchase, &receipt.to, err);
    letter->subject = N_("Your order is placed and paid");
    letter->words = N_("Thank you. Your order was placed and its payment has come in. Keep this "
                       "letter as your receipt.");
    letter->receipt = &receipt;
    return rc < 0 ? rc : mail_queue(db, letter, err);
}

static int write_to(struct db *db, struct arena *a, const struct event_row *row,
                    const struct order_row_row *order, struct err *err)
{
    char id[ID_TEXT_MAX];
    struct str name = arena_str(a, id_text(id, "ord", order->id));
    struct mail_letter letter = {
        .person = order->buyer,
        .kind = MAIL_ORDERS,
        .detail = name,
        .subject = N_("Your order is on its way"),
        .words = N_("The seller has sent your order. Its page says how it travels."),
        .action = N_("See the order"),
        .href = arena_printf(a, "/orders/%.*s", STR_ARG(name)),
    };
    return row->kind == EVENT_ORDER_PAID ? write_receipt(db, a, order, &letter, err)
                                         : mail_queue(db, &letter, err);
}

/* Whether the buyer has an address that letters go to. */
static int can_be_written(struct db *db, struct arena *a, int64_t buyer, bool *ret_can,
                          struct err *err)
{
    struct person_address to = { 0 };
    int rc = person_address(db, a, buyer, &to, err);
    *ret_can = rc == 0 && to.confirmed;
    if (rc == ERR_NOT_FOUND)
        err_clear(err);
    return rc == ERR_NOT_FOUND ? 0 : rc;
}

static int learn_order(struct db *db, struct arena *a, const struct event_row *row, struct err *err)
{
    struct order_row_row order = { 0 };
    int64_t first = 0;
    bool can = false;
    if (row->simulated || db_now(db) - row->at > TIME_DAY)
        return 0;
    int rc = order_row(db, a, row->object, &order, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = can_be_written(db, a, order.buyer, &can, err);
    if (rc == 0 && can)
        rc = receipt_told_put(db, row->object, row->kind, row->at, &first, err);
    return rc < 0 || !first ? rc : write_to(db, a, row, &order, err);
}

static int learn(struct db *db, void *ctx UNUSED, const struct event_row *rows, size_t n,
                 struct err *err)
{
    struct arena a;
    int rc = 0;
    arena_init(&a, RECEIPT_ARENA);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        arena_clear(&a);
        if (rows[i].kind == EVENT_ORDER_PAID || rows[i].kind == EVENT_ORDER_SHIPPED)
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

const struct follower receipt_follower = {
    .name = "receipt", .shared = true, .patient = true, .learn = learn, .reset = reset
};

static int tidy(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                void *ctx UNUSED, struct err *err)
{
    return receipt_told_old(db, db_now(db) - TOLD_DAYS * TIME_DAY, NULL, err);
}

const struct job_kind receipt_jobs[] = {
    { .name = "receipt.tidy", .write = tidy, .every = TIME_DAY },
    { 0 },
};
