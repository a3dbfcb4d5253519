/* Coupons are made and stopped. */

#include "base/clock.h"
#include "event/event.h"
#include "gen/promotion_sql.h"
#include "mall/promotion/promotion.h"

/* A code that can be said and typed: capitals, digits, dashes. */
static int check_code(struct str code, struct err *err)
{
    if (code.len < 3 || code.len > COUPON_CODE_MAX)
        return err_field_n(err, "code", N_("Between 3 and {n} characters, please."),
                           COUPON_CODE_MAX);
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
            return err_field(err, "code", N_("Letters, digits and dashes, please."));
    }
    return 0;
}

static int check_what(const struct coupon *c, struct err *err)
{
    switch (c->kind) {
    case COUPON_AMOUNT:
        return c->amount > 0 && c->amount <= MONEY_MAX
                   ? 0
                   : err_field(err, "amount", N_("Say how much it takes off."));
    case COUPON_PERCENT:
        return c->percent > 0 && c->percent <= MONEY_RATE_ONE
                   ? 0
                   : err_field(err, "percent", N_("Between 1 and 100 percent, please."));
    case COUPON_DELIVERY:
        return c->supplier ? 0
                           : err_field(err, "kind", N_("Only who sends can give free delivery."));
    default:
        return err_field(err, "kind", N_("Choose what it gives."));
    }
}

static int check_money(int64_t amount, const char *field, struct err *err)
{
    return amount >= 0 && amount <= MONEY_MAX ? 0 : err_field(err, field, N_("This is no amount."));
}

static int check_limits(const struct coupon *c, struct err *err)
{
    int rc = check_money(c->minimum, "minimum", err);
    int wrong = check_money(c->budget, "budget", err);
    rc = wrong < 0 ? wrong : rc;
    if (c->currency.len != 3)
        rc = err_field(err, "currency", N_("A currency has three letters."));
    if (c->per_person < 0 || c->per_person > 1000000)
        rc = err_field(err, "per_person", N_("Please say how many."));
    if (c->most < 0 || c->most > 1000000000)
        rc = err_field(err, "most", N_("Please say how many."));
    if (c->until <= c->since)
        rc = err_field(err, "until", N_("It ends before it begins."));
    return rc;
}

int coupon_make(struct db *db, const struct coupon *c, int64_t by, int64_t *ret_id, struct err *err)
{
    int64_t n = 0;
    int rc = check_code(c->code, err);
    int what = check_what(c, err), limits = check_limits(c, err);
    if (rc < 0 || what < 0 || limits < 0)
        return rc < 0 ? rc : what < 0 ? what : limits;
    const struct coupon_insert_args row = { .id = db_new_id(db),
                                            .code = c->code,
                                            .supplier = c->supplier,
                                            .kind = c->kind,
                                            .amount = c->kind == COUPON_AMOUNT ? c->amount : 0,
                                            .percent = c->kind == COUPON_PERCENT ? c->percent : 0,
                                            .currency = c->currency,
                                            .minimum = c->minimum,
                                            .per_person = c->per_person,
                                            .most = c->most,
                                            .budget = c->budget,
                                            .since = c->since,
                                            .until = c->until };
    rc = coupon_insert(db, &row, &n, err);
    if (rc == 0 && n == 0)
        return err_field(err, "code", N_("This code is taken."));
    if (rc == 0)
        rc = event_append(
            db, &(struct event){ .kind = EVENT_COUPON_MADE, .actor = by, .object = row.id }, err);
    if (rc == 0)
        *ret_id = row.id;
    return rc;
}

int coupon_end(struct db *db, int64_t supplier, int64_t id, int64_t by, struct err *err)
{
    int64_t n = 0;
    int rc = coupon_stop(db, id, supplier, &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such coupon."));
    return rc < 0
               ? rc
               : event_append(
                     db, &(struct event){ .kind = EVENT_COUPON_STOPPED, .actor = by, .object = id },
                     err);
}

int coupon_all(struct db *db, struct arena *a, int64_t supplier, int64_t before, size_t n,
               const struct coupon **ret_list, size_t *ret_n, struct err *err)
{
    struct coupon_list_rows rows = { 0 };
    int rc = coupon_list(db, a, supplier, before, (int64_t)n, &rows, err);
    if (rc < 0)
        return rc;
    struct coupon *list = arena_new_array(a, rows.n + 1, struct coupon);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct coupon_list_row *row = &rows.v[i];
        list[i] = (struct coupon){ .id = row->id,
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
    *ret_list = list;
    *ret_n = rows.n;
    return 0;
}
