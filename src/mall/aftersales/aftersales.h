/* mall/aftersales/aftersales.h - goods that come back, or are changed for others.
 *
 * A case is of one line of an order and some of its pieces. Its buyer opens
 * it; the supplier works in it; the operator decides when the two do not
 * agree; all three see every step. What each may do when stands in one table
 * (after_steps in machine.c), and every step is an entry of the case, an event,
 * and a line in the inbox of those who did not do it.
 *
 *   requested -> accepted -> labelled -> sent -> received -> inspected
 *             -> refunded | exchanged
 *   requested -> refused | withdrawn;  refused, or refunded in part -> disputed
 *   inspected -> to pay -> exchanged   when the exchange costs more
 *
 * Without a reason a piece comes back within the window of its line's policy
 * (mall/order/order.h): whole days after delivery up to the last day are in,
 * the day after is out. Such a case is accepted at once. With a reason it may
 * be asked for at any time, and the supplier answers. Categories that the
 * policy leaves out need a reason.
 *
 * While a case is open the escrow of its order is not released. A refund goes
 * back the way it was paid (payment_refund), never above what was paid for
 * these pieces.
 *
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 47, 57, 58, 116.
 */
#ifndef SWARD_MALL_AFTERSALES_AFTERSALES_H
#define SWARD_MALL_AFTERSALES_AFTERSALES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "job/job.h"
#include "mall/order/order.h"
#include "store/db.h"
#include "store/doctor.h"
#include "store/stmt.h"

/* Numbers are stored. */
enum after_kind { AFTER_RETURN = 1, AFTER_EXCHANGE = 2 };

enum after_state {
    AFTER_REQUESTED = 1,
    AFTER_ACCEPTED = 2,
    AFTER_LABELLED = 3, /* the supplier sent a label */
    AFTER_SENT = 4,     /* the buyer gave it to a carrier */
    AFTER_RECEIVED = 5,
    AFTER_INSPECTED = 6,
    AFTER_REFUNDED = 7,
    AFTER_EXCHANGED = 8,
    AFTER_REFUSED = 9,
    AFTER_WITHDRAWN = 10,
    AFTER_DISPUTED = 11, /* the platform decides */
    AFTER_TO_PAY = 12,   /* the exchange costs more: the buyer pays the difference */
};
#define AFTER_STATES 13

/* Why: also the root cause by which cases are counted. */
enum after_reason {
    AFTER_REASON_NONE = 0, /* nobody has to say why */
    AFTER_REASON_DEFECT = 1,
    AFTER_REASON_DAMAGED = 2, /* on its way */
    AFTER_REASON_WRONG = 3,   /* something else was sent */
    AFTER_REASON_UNLIKE = 4,  /* not as described */
    AFTER_REASON_MISSING = 5, /* parts or pieces are missing */
    AFTER_REASON_OTHER = 6,
};
#define AFTER_REASONS 7

enum after_role { AFTER_SHOP = 0, AFTER_BUYER = 1, AFTER_SUPPLIER = 2, AFTER_STAFF = 4 };

enum after_act {
    AFTER_DO_REQUEST = 1,
    AFTER_DO_ACCEPT = 2,
    AFTER_DO_REFUSE = 3,
    AFTER_DO_LABEL = 4,
    AFTER_DO_SEND = 5,
    AFTER_DO_RECEIVE = 6,
    AFTER_DO_RESTOCK = 7,   /* inspected: can be sold again */
    AFTER_DO_WRITE_OFF = 8, /* inspected: cannot */
    AFTER_DO_REFUND = 9,
    AFTER_DO_EXCHANGE = 10, /* the other one is on its way */
    AFTER_DO_ASK = 11,      /* for the difference */
    AFTER_DO_MONEY = 12,    /* rather the money than the exchange */
    AFTER_DO_WITHDRAW = 13,
    AFTER_DO_DISPUTE = 14,
    AFTER_DO_UPHOLD = 15, /* the platform refuses */
    AFTER_DO_GRANT = 16,  /* the platform has it sent back, the supplier pays the way */
    AFTER_DO_SAY = 17,    /* a message: no step */
};
#define AFTER_ACTS 18

/* What became of the pieces. */
enum after_disposal {
    AFTER_DISPOSAL_NONE = 0,
    AFTER_DISPOSAL_RESTOCK = 1,
    AFTER_DISPOSAL_WRITE_OFF = 2
};

#define AFTER_WORDS_MAX    1000 /* characters */
#define AFTER_CARRIER_MAX  40
#define AFTER_TRACKING_MAX 60
#define AFTER_DISPUTE_DAYS 30 /* after it was closed */

/* A case that a buyer opens. */
struct after_request {
    int64_t order;
    int64_t position; /* of the line */
    int64_t buyer;    /* who asks */
    enum after_kind kind;
    enum after_reason reason;
    int64_t quantity;
    int64_t want_sku; /* of an exchange: another SKU of the same supplier */
    struct str words;
    int64_t media; /* a photo of the buyer's, 0 = none */
};

/* A case as it stands. */
struct aftercase {
    int64_t id, order, position, buyer, supplier;
    enum after_kind kind;
    enum after_state state;
    enum after_reason reason;
    int64_t quantity, sku, want_sku;
    struct str currency;
    int64_t value, difference, refunded; /* minor units */
    enum way_back way_back;
    enum after_disposal disposal;
    int64_t purchase;
    bool disputed;
    struct opt_int answered, closed; /* microseconds UTC */
    bool simulated;
};

/* One thing done or said. */
struct after_deed {
    enum after_act act;
    int64_t actor;
    enum after_role role;
    struct str words; /* needed to refuse, to dispute, to decide, to refund less, to say */
    struct str carrier, tracking; /* of a label, of a parcel */
    int64_t amount;               /* of a refund; 0 = all that is left of the value */
    int64_t media;                /* a photo of the actor's, 0 = none */
};

/* Whether a line may still be sent back without a reason.
 *   delivered  as the order has it
 *   days       of the line */
bool after_window_open(struct opt_int delivered, int64_t days, int64_t now);

/* How many pieces of a line are in no case, but withdrawn and refused ones. */
NODISCARD int after_pieces_left(struct db *db, int64_t order, int64_t position, int64_t quantity,
                                int64_t *ret_left, struct err *err);

/* Open a case. Without a reason, within the window, it is accepted at once.
 *   ret_case  OUT: its id
 * ERR_NOT_FOUND unless the order is the buyer's; ERR_CONFLICT when the window
 * is over or the goods are left out and no reason is given, when nothing was
 * sent yet, or the other SKU is not there; ERR_INVALID marks quantity, reason,
 * words, want_sku. */
NODISCARD int after_open(struct db *db, struct arena *a, const struct after_request *request,
                         int64_t *ret_case, struct err *err);

/* Do one thing in a case. ERR_FORBIDDEN when that role may not,
 * ERR_CONFLICT when not now, or for more money than is left. */
NODISCARD int after_do(struct db *db, struct arena *a, int64_t id, const struct after_deed *deed,
                       struct err *err);

/* A case; ERR_NOT_FOUND. */
NODISCARD int after_find(struct db *db, struct arena *a, int64_t id, struct aftercase *ret_case,
                         struct err *err);

/* What somebody may do in a case now: bits 1 << enum after_act.
 *   roles  bits of enum after_role */
uint32_t after_may(const struct aftercase *c, int roles, int64_t now);

/* Whether no step but a dispute can follow. */
bool after_is_over(enum after_state state);

/* "aftersales.outlived", once a day: erases the words of ten years ago. */
extern const struct job_kind aftersales_privacy_jobs[];

/* Cases agree with their entries, refunds with their value; none that is over
 * lacks its time. */
NODISCARD int aftersales_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
