/* mall/order/order.h - from a placed purchase to a closed order.
 *
 * A purchase is what a buyer pays at once. It is split into one order for
 * each supplier, and each order has its lines, with price, tax, fee rule and
 * return policy as they were. Stock is held from placing on, until the
 * purchase is paid or runs out of time.
 *
 *   purchase   open -> paid | expired | cancelled
 *   order      placed -> paid -> shipped -> delivered -> closed
 *              placed, paid -> cancelled
 *
 * The whole machine is one table in order.c; every step appends its event in
 * the same transaction, and a step that does not fit is ERR_CONFLICT.
 *
 * Not here: how money moves (mall/payment tells us, mall/ledger books it), how
 * goods leave (mall/fulfilment), who sent the buyer (bridge/referral, through
 * the claim callback).
 *
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 28, 31, 48, 58, 78.
 */
#ifndef SWARD_MALL_ORDER_ORDER_H
#define SWARD_MALL_ORDER_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "event/follower.h"
#include "job/job.h"
#include "mall/order/order_policy.h"
#include "store/db.h"
#include "store/doctor.h"
#include "store/stmt.h"

/* Numbers are stored. */
enum purchase_state {
    PURCHASE_OPEN = 1,
    PURCHASE_PAID = 2,
    PURCHASE_EXPIRED = 3,
    PURCHASE_CANCELLED = 4,
};

enum order_state {
    ORDER_PLACED = 1,
    ORDER_PAID = 2,
    ORDER_SHIPPED = 3,
    ORDER_DELIVERED = 4,
    ORDER_CLOSED = 5,    /* return window over, escrow released */
    ORDER_CANCELLED = 6, /* not paid, or paid and given back before anything was sent */
};

/* What is done to an order, and what whoever does it is to it. The table of
 * steps in order.c says who may do what when. */
enum order_act {
    ORDER_DO_PAY = 1,
    ORDER_DO_CANCEL,
    ORDER_DO_SHIP_SOME, /* a parcel, but not the last */
    ORDER_DO_SHIP,
    ORDER_DO_DELIVER,
    ORDER_DO_CLOSE,
};
enum order_role {
    ORDER_BY_SHOP = 1, /* by itself: the provider, the carrier, time */
    ORDER_BY_BUYER = 2,
    ORDER_BY_SUPPLIER = 4,
    ORDER_BY_STAFF = 8,
};

/* Why somebody else is paid from a line. Numbers are stored. */
enum claim_reason { CLAIM_AUTHOR = 1, CLAIM_LEADER = 2 };

#define ORDER_LINES_MAX    50
#define ORDER_QUANTITY_MAX 99

struct order_address {
    struct str name, phone, line1, line2, city, postcode;
    struct str region;  /* state or province; empty where addresses have none */
    struct str country; /* ISO 3166 alpha 2, capitals */
};

/* One thing that is bought, as the catalogue has it now. */
struct order_item {
    int64_t sku, product;
    int64_t supplier; /* actor key */
    struct str name, options;
    struct str photo;    /* media hash */
    int64_t quantity;    /* 1..ORDER_QUANTITY_MAX */
    int64_t price;       /* of one, minor units */
    struct str currency; /* the same on every item of a purchase */
    struct str source;   /* what brought the buyer; kept on the line */
    int64_t discount;    /* given by the supplier, for all of them together */
    int64_t subsidy;     /* given by the platform, for all of them together */
    bool taxed;       /* tax_rate and tax_added hold; else the fee rule's tax, inside the price */
    bool tax_added;   /* on top of the price, not inside it */
    int64_t tax_rate; /* parts of ten thousand */
};

/* How one supplier's part of a purchase is sent. A supplier without one sends at their own cost. */
struct order_delivery {
    int64_t supplier;  /* actor key */
    int64_t price;     /* what the buyer pays for it, tax inside */
    int64_t tax;       /* inside price */
    struct str method; /* as it is called */
};

/* Who else is paid from an item. */
struct order_claim {
    int64_t party; /* actor key */
    enum claim_reason reason;
    int64_t rate;  /* parts of ten thousand of the line without tax */
    int64_t cause; /* the note behind it */
};

/* Asked for each item while a purchase is placed: whether its source gives
 * somebody a claim, at the author's rate in force.
 * Returns 1 and fills the claim, 0 when there is none, or an error. */
typedef int order_claim_fn(void *ctx, struct db *db, const struct order_item *item,
                           int64_t author_rate, struct order_claim *ret_claim, struct err *err);

struct order_request {
    int64_t buyer; /* actor key */
    const struct order_item *items;
    size_t n_items; /* 1..ORDER_LINES_MAX */
    const struct order_delivery *deliveries;
    size_t n_deliveries;
    struct order_address address;
    int64_t expires;     /* when the stock held is let go */
    int64_t return_days; /* what the setting says; a version of the terms may say otherwise */
    bool simulated;
    order_claim_fn *claim; /* NULL = nobody claims anything */
    void *claim_ctx;
};

/* Mark every wrong field of an address, as its country has them (mall/address/format.h). */
NODISCARD int order_check_address(const struct order_address *address, struct err *err);

/* What the buyer pays for a line: its amount less what supplier and platform give, and tax that is
 * not inside the price. */
int64_t order_line_paid(int64_t amount, int64_t discount, int64_t subsidy, int64_t tax,
                        bool tax_included);

/* What a request comes to, before it is placed. */
struct order_sums {
    int64_t total; /* what the buyer pays */
    int64_t tax;   /* in it */
    int64_t added; /* of tax, what came on top of the prices */
};
NODISCARD int order_sum_up(struct db *db, struct arena *a, const struct order_request *request,
                           struct order_sums *ret_sums, struct err *err);

/* Place a purchase: orders, lines, claims, stock held, an expiry job, and
 * ORDER_PLACED for each order. ERR_CONFLICT when stock is short.
 *   ret_purchase  OUT: its id;  ret_total  OUT: what is to be paid */
NODISCARD int order_place(struct db *db, struct arena *a, const struct order_request *request,
                          int64_t *ret_purchase, int64_t *ret_total, struct err *err);

/* The purchase was paid: stock leaves, orders go to the suppliers. A purchase
 * that ran out of time takes its stock again if it is still there; else
 * ERR_CONFLICT, and the money must go back. Paid already: nothing happens. */
NODISCARD int order_paid(struct db *db, struct arena *a, int64_t purchase, struct err *err);

/* Whether the purchase still waits for its money: it is open, or ran out of
 * time and all its stock is still free. */
NODISCARD int order_can_be_paid(struct db *db, struct arena *a, int64_t purchase, bool *ret_payable,
                                struct err *err);

/* Give up an unpaid purchase. ERR_NOT_FOUND unless it is the
 * buyer's, so that an id tells a stranger nothing. */
NODISCARD int order_cancel(struct db *db, struct arena *a, int64_t purchase, int64_t buyer,
                           struct err *err);

/* The supplier handed everything that was left over, or a parcel of which
 * others are to follow. ERR_NOT_FOUND unless it is theirs. */
NODISCARD int order_ship(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                         struct err *err);
NODISCARD int order_ship_some(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                              struct err *err);

/* Cancel one paid order before anything of it was sent: every line and the
 * delivery are given back by payment_refund, and the stock is there again.
 *   actor, staff  who: its buyer, its supplier, or the staff
 *   reason        a word for the other side; may be empty for the buyer
 * ERR_NOT_FOUND for others; ERR_CONFLICT when a parcel has left; ERR_INVALID
 * marks reason. (cancel.c) */
NODISCARD int order_call_off(struct db *db, struct arena *a, int64_t order, int64_t actor,
                             bool staff, struct str reason, struct err *err);
#define ORDER_REASON_MAX 400 /* characters */

/* An order arrived; its release is due when the return window ends. actor: who
 * says so; the buyer, or 0 for the shop itself. ERR_NOT_FOUND for others. */
NODISCARD int order_deliver(struct db *db, struct arena *a, int64_t order, int64_t actor,
                            struct err *err);

/* Whether the money of an order must stay where it is: a case of it is open. */
NODISCARD int order_held(struct db *db, int64_t order, bool *ret_held, struct err *err);

/* A case of the order was closed: its release, which may have waited for it, is due again. */
NODISCARD int order_let_go(struct db *db, struct arena *a, int64_t order, struct err *err);

/* What a purchase is, for those who take money for it. */
struct purchase_brief {
    int64_t id, buyer, total, expires;
    enum purchase_state state;
    struct str currency;
    bool simulated;
};
NODISCARD int order_purchase(struct db *db, struct arena *a, int64_t purchase,
                             struct purchase_brief *ret_brief, struct err *err);

/* An order's rows for those who act on it. */
struct order_brief {
    int64_t id, purchase, supplier, buyer, total;
    enum order_state state;
    struct str currency;
    struct opt_int paid, shipped, delivered, closed; /* microseconds UTC */
    int64_t delivery, delivery_tax;                  /* inside total; inside delivery */
    struct str method;                               /* of delivery, as it was called */
};
NODISCARD int order_brief(struct db *db, struct arena *a, int64_t order,
                          struct order_brief *ret_brief, struct err *err);

/* What an actor is to an order: bits of enum order_role; 0 = a stranger. */
int order_roles(const struct order_brief *order, int64_t actor, bool staff);

/* Whether an act may be done to an order in that state by one of these roles. */
bool order_may(enum order_state state, enum order_act act, int roles);

/* Where a buyer's newest purchase went: a beginning for the next one. All
 * empty when they never bought. */
NODISCARD int order_last_address(struct db *db, struct arena *a, int64_t buyer,
                                 struct order_address *ret_address, struct err *err);

/* The orders of a purchase, in the order of their ids.
 *   ret_orders  OUT: in the arena, at least one */
NODISCARD int order_ids_of_purchase(struct db *db, struct arena *a, int64_t purchase,
                                    const int64_t **ret_orders, size_t *ret_n, struct err *err);

/* Where some purchases go, in their order; for who sends them, and nobody else.
 *   ret_addresses  OUT: n places; all empty for a purchase that there is not */
NODISCARD int order_addresses(struct db *db, struct arena *a, const int64_t *purchases, size_t n,
                              struct order_address *ret_addresses, struct err *err);

/* Jobs "purchase.expire", "order.release" and "order.file". */
extern const struct job_kind order_jobs[];

/* Writes to buyers who take mail: the receipt when an order is paid, and that
 * it is on its way. Its job "receipt.tidy" forgets of what it has written. */
extern const struct follower receipt_follower;
extern const struct job_kind receipt_jobs[];

/* What a document is. Numbers are stored. */
enum invoice_kind { INVOICE_SALE = 1, INVOICE_CREDIT = 2 };

/* Money of an order that is invoiced goes back: a credit note takes the next
 * number of its seller's series. Nothing happens when there is no invoice yet.
 *   position  of the line; -1 = delivery (invoice.c) */
NODISCARD int order_credit(struct db *db, struct arena *a, int64_t order, int64_t position,
                           int64_t amount, struct err *err);

/* Each series has all its numbers, once. (invoice.c) */
NODISCARD int invoice_doctor(struct store *store, struct doctor *d, struct err *err);

/* Totals are the sums of lines, states agree with times, a paid order sold its stock. */
NODISCARD int order_doctor(struct store *store, struct doctor *d, struct err *err);

/* "order.outlived", once a day: erases addresses that trade law no longer wants
 * kept, but those of buyers under a legal hold. */
extern const struct job_kind order_privacy_jobs[];

#endif
