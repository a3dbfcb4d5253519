/* mall/aftersales/aftersales_web.h - the doors of cases.
 *
 *   GET  /orders/:order/return  which line, why, how many; ?line=
 *   POST /orders/:order/return  open a case: fields line, kind (return, exchange), reason,
 *                               quantity, want (SKU), words, photo or media
 *   GET  /cases                 mine; ?side=shop those of my shop, ?side=disputes (staff) those
 *                               that the platform is to decide
 *   GET  /cases/:case           one: its buyer, its supplier, the operator
 *   POST /cases/:case           do one thing: field act, and words, carrier, tracking,
 *                               amount (minor units) or price (as people write it), photo or media
 *
 * Slot "order.cases" is asked with orders that the reader may see. To anybody
 * else than its two sides and the operator there is no such case.
 */
#ifndef SWARD_MALL_AFTERSALES_AFTERSALES_WEB_H
#define SWARD_MALL_AFTERSALES_AFTERSALES_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/money.h"
#include "mall/aftersales/aftersales.h"
#include "media/img.h"
#include "web/route.h"
#include "web/slot.h"

/* Names for programs and addresses, and words for people. */
const char *after_state_name(enum after_state state);
const char *after_state_words(enum after_state state);
const char *after_act_name(enum after_act act);
const char *after_act_words(enum after_act act);
const char *after_reason_name(enum after_reason reason);
const char *after_reason_words(enum after_reason reason);
enum after_act after_act_of(struct str name); /* 0 = none */

/* An entry as it is shown. */
struct after_entry {
    int64_t id;
    enum after_act act;
    enum after_role role;
    struct person_card who; /* actor 0: the shop itself */
    struct str words, carrier, tracking;
    struct money amount; /* minor 0 = none */
    struct media_img photo;
};

struct after_page {
    struct aftercase c;
    uint32_t may; /* bits 1 << enum after_act */
    int roles;    /* of the reader */
    struct person_card buyer, supplier;
    struct str name, options, photo; /* of the line */
    struct str want;                 /* of an exchange: what for */
    struct money value, difference, refunded, left;
    const struct after_entry *entries;
    size_t n_entries;
    int64_t pay_order; /* by which the difference is paid; 0 = none */
    struct str key;    /* idempotency key of the forms */
};

/* A case in a list. */
struct after_row {
    int64_t id, order, quantity;
    enum after_kind kind;
    enum after_state state;
    enum after_reason reason;
    struct money value;
    struct str name, options;
};

enum after_side { AFTER_SIDE_MINE, AFTER_SIDE_SHOP, AFTER_SIDE_DISPUTES };

struct after_list {
    enum after_side side;
    bool shop, staff; /* whether there are those tabs */
    const struct after_row *rows;
    size_t n;
    struct str more;
};

/* A line of an order that may be sent back. */
struct after_line {
    int64_t position, product, quantity, left;
    struct str name, options, photo;
    bool free; /* without a reason */
    int64_t days;
};

struct after_choice {
    int64_t sku;
    struct str name;
    struct money price;
};

struct after_form {
    int64_t order;
    const struct after_line *lines;
    size_t n_lines;
    const struct after_line *line; /* the one chosen; NULL = none yet */
    const struct after_choice *choices;
    size_t n_choices;
    enum way_back way_back;
    struct str key;
};

/* On the page of an order. */
struct after_part {
    int64_t order;
    bool may_open;
    const struct after_row *rows;
    size_t n;
};

extern const struct route aftersales_routes[];

/* Slots "order.cases" and "media.may_see". */
NODISCARD int aftersales_order_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                                    struct part *ret_parts, struct err *err);
NODISCARD int aftersales_media_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                                    struct part *ret_parts, struct err *err);

/* The handlers of the two files of this room. */
int after_form_show(struct req *rq, struct db *db, struct answer *ret, struct err *err);
int after_form_send(struct req *rq, struct db *db, struct answer *ret, struct err *err);
int after_photo_prepare(struct req *rq, struct err *err);
int after_photo_read(struct req *rq, struct db *db, int64_t *ret_media, struct err *err);

#endif
