/* What a basket costs less: tiers, then one coupon. */

#include "mall/promotion/promotion.h"

#include "event/body.h"
#include "event/event.h"
#include "gen/promotion_sql.h"

int promotion_tiers(struct db *db, struct arena *a, struct promotion_line *lines, size_t n,
                    struct err *err)
{
    struct price_tiers_of_rows tiers = { 0 };
    int64_t *skus = arena_new_array(a, n + 1, int64_t);
    if (!skus)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        skus[i] = lines[i].sku;
        lines[i].each = lines[i].price;
        lines[i].discount = lines[i].subsidy = 0;
    }
    int rc = n ? price_tiers_of(db, a, (struct id_list){ skus, n }, &tiers, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        for (size_t k = 0; k < tiers.n; k++)
            if (tiers.v[k].sku == lines[i].sku && tiers.v[k].least <= lines[i].quantity &&
                tiers.v[k].price < lines[i].each)
                lines[i].each = tiers.v[k].price;
        lines[i].discount = (lines[i].price - lines[i].each) * lines[i].quantity;
    }
    return rc;
}

static struct coupon coupon_of(const struct coupon_of_code_row *row)
{
    return (struct coupon){ .id = row->id,
                            .code = row->code,
                            .supplier = row->supplier,
                            .kind = (enum coupon_kind)row->kind,
                            .amount = row->amount,
                            .percent = row->percent,
                            .currency = row->currency,
                            .minimum = row->minimum,
                            .per_person = row->per_person,
                            .most = row->most,
                            .budget = row->budget,
                            .used = row->used,
                            .spent = row->spent,
                            .since = row->since,
                            .until = row->until,
                            .stopped = row->stopped };
}

/* A code as it is kept: ASCII capitals; anything else is no code. */
static bool fold_code(struct arena *a, struct str code, struct str *ret)
{
    char out[COUPON_CODE_MAX];
    if (code.len == 0 || code.len > COUPON_CODE_MAX)
        return false;
    for (size_t i = 0; i < code.len; i++)
        out[i] = (char)(code.ptr[i] >= 'a' && code.ptr[i] <= 'z' ? code.ptr[i] - 32 : code.ptr[i]);
    *ret = arena_str(a, (struct str){ out, code.len });
    return ret->ptr != NULL;
}

/* Whether the coupon is for this line. */
static bool is_for(const struct coupon *coupon, const struct promotion_line *line)
{
    return coupon->supplier == 0 || coupon->supplier == line->supplier;
}

static int64_t worth_of(const struct promotion_line *line)
{
    return line->price * line->quantity - line->discount;
}

/* Why a coupon counts for nothing now, whatever is bought; NULL when it does. */
static const char *closed(const struct coupon *c, struct str currency, int64_t now)
{
    if (c->stopped || now >= c->until)
        return N_("This coupon is not good any more.");
    if (now < c->since)
        return N_("This coupon is not good yet.");
    if (c->most && c->used >= c->most)
        return N_("This coupon has been used up.");
    if (!str_eq(c->currency, currency))
        return N_("This coupon is for goods in another currency.");
    return NULL;
}

/* What it takes off goods of that worth, and never all that is paid. */
static int64_t takes_off(const struct coupon *c, int64_t worth, int64_t all)
{
    int64_t off = 0;
    if (c->kind == COUPON_AMOUNT)
        off = c->amount < worth ? c->amount : worth;
    else if (c->kind == COUPON_PERCENT)
        off = money_rate(worth, c->percent);
    return off >= all ? all - 1 : off;
}

static int share_out(struct promotion_basket *b, struct err *err)
{
    int64_t weights[PROMOTION_LINES], parts[PROMOTION_LINES];
    for (size_t i = 0; i < b->n; i++)
        weights[i] = is_for(&b->coupon, &b->lines[i]) ? worth_of(&b->lines[i]) : 0;
    if (!money_split(b->gained, weights, (int)b->n, parts))
        return err_detail(err, ERR_INTERNAL, "a coupon cannot be shared out");
    for (size_t i = 0; i < b->n; i++) {
        if (b->coupon.supplier)
            b->lines[i].discount += parts[i];
        else
            b->lines[i].subsidy += parts[i];
    }
    return 0;
}

/* Of what the basket has, and of who buys. Sets why, or gained. */
static int weigh(struct db *db, struct promotion_basket *b, struct err *err)
{
    struct coupon_used_by_row by = { 0 };
    int64_t worth = 0, all = 0;
    for (size_t i = 0; i < b->n; i++) {
        all += worth_of(&b->lines[i]);
        worth += is_for(&b->coupon, &b->lines[i]) ? worth_of(&b->lines[i]) : 0;
    }
    int rc = b->buyer && b->coupon.per_person
                 ? coupon_used_by(db, NULL, b->coupon.id, b->buyer, &by, err)
                 : 0;
    if (rc < 0)
        return rc;
    if (worth <= 0) {
        b->why = N_("This coupon is for goods of another shop.");
    } else if (b->coupon.per_person && by.n >= b->coupon.per_person) {
        b->why = N_("You have used this coupon already.");
    } else if (worth < b->coupon.minimum) {
        b->why = N_("This coupon needs more goods:");
        b->needed = b->coupon.minimum;
    } else {
        b->gained = takes_off(&b->coupon, worth, all);
        if (b->coupon.budget && b->coupon.spent + b->gained > b->coupon.budget)
            b->why = N_("This coupon has been used up.");
    }
    return 0;
}

static int apply_code(struct db *db, struct arena *a, struct promotion_basket *b, struct err *err)
{
    struct coupon_of_code_row row;
    struct str code;
    b->why = N_("There is no such coupon.");
    if (!fold_code(a, b->code, &code))
        return 0;
    int rc = coupon_of_code(db, a, code, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0)
        return rc;
    b->coupon = coupon_of(&row);
    b->why = closed(&b->coupon, b->currency, db_now(db));
    if (!b->why)
        rc = weigh(db, b, err);
    if (rc == 0 && !b->why && b->gained > 0)
        rc = share_out(b, err);
    if (b->why) {
        b->coupon = (struct coupon){ 0 };
        b->gained = 0;
    }
    return rc;
}

int promotion_apply(struct db *db, struct arena *a, struct promotion_basket *basket,
                    struct err *err)
{
    basket->coupon = (struct coupon){ 0 };
    basket->gained = basket->needed = 0;
    basket->why = NULL;
    if (basket->n > PROMOTION_LINES)
        return err_detail(err, ERR_INTERNAL, "a basket of %zu lines", basket->n);
    int rc = promotion_tiers(db, a, basket->lines, basket->n, err);
    return rc < 0 || basket->code.len == 0 ? rc : apply_code(db, a, basket, err);
}

static int tell(struct db *db, enum event_kind kind, int64_t actor, int64_t coupon,
                int64_t purchase, int64_t amount, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "amount", amount);
    return event_append_body(
        db, &(struct event){ .kind = kind, .actor = actor, .object = coupon, .about = purchase },
        &body, err);
}

int promotion_take(struct db *db, const struct promotion_basket *basket, int64_t purchase,
                   int64_t amount, struct err *err)
{
    const struct coupon *c = &basket->coupon;
    int64_t n = 0;
    if (c->id == 0)
        return 0;
    int rc = coupon_take(db, c->id, amount, db_now(db), &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_CONFLICT,
                       N_("Somebody else has just used the last of this coupon. Please look again "
                          "before you order."));
    if (rc == 0)
        rc = coupon_use_insert(db, purchase, c->id, basket->buyer, amount, NULL, err);
    if (rc == 0)
        rc = tell(db, EVENT_COUPON_USED, basket->buyer, c->id, purchase, amount, err);
    return rc;
}

/* Count the use of a purchase, or count it no longer. */
static int count_use(struct db *db, struct arena *a, int64_t purchase, bool live, struct err *err)
{
    struct coupon_use_of_row use;
    int64_t n = 0;
    int rc = coupon_use_of(db, a, purchase, &use, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = coupon_use_set(db, purchase, live, &n, err);
    if (rc == 0 && n)
        rc = coupon_add(db, use.coupon, live ? 1 : -1, live ? use.amount : -use.amount, NULL, err);
    if (rc == 0 && n)
        rc = tell(db, live ? EVENT_COUPON_USED : EVENT_COUPON_RETURNED, use.actor, use.coupon,
                  purchase, use.amount, err);
    return rc;
}

int promotion_let_go(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    return count_use(db, a, purchase, false, err);
}

int promotion_take_again(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    return count_use(db, a, purchase, true, err);
}
