/* Placing a purchase: split by supplier, priced, held. */

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/money.h"
#include "event/event.h"
#include "gen/order_sql.h"
#include "mall/address/format.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order_int.h"
#include "mall/stock/stock.h"
#include "words/text.h"

struct str order_job_key(char out[32], int64_t id)
{
    int n = snprintf(out, 32, "%" PRId64, id);
    return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

static int check_part(struct str text, const char *field, size_t max, bool needed, struct err *err)
{
    if (needed && text.len == 0)
        return err_field(err, field, N_("Please fill this in."));
    if (text_count(text) > max)
        return err_field_n(err, field, N_("At most {n} characters, please."), (int64_t)max);
    return 0;
}

int order_check_address(const struct order_address *address, struct err *err)
{
    const struct address_format *format = address_format(address->country);
    const struct {
        struct str text;
        const char *field;
        size_t max;
        bool needed;
    } parts[] = {
        { address->name, "name", 60, true },
        { address->phone, "phone", 30, false },
        { address->line1, "line1", 120, true },
        { address->line2, "line2", 120, false },
        { address->city, "city", 60, format->city_needed },
        { address->region, "region", 60, format->region_needed },
        { address->postcode, "postcode", 16, format->postcode_needed },
    };
    int rc = 0;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        int wrong = check_part(parts[i].text, parts[i].field, parts[i].max, parts[i].needed, err);
        rc = wrong < 0 ? wrong : rc;
    }
    if (!address_postcode_fits(format, address->postcode))
        rc = err_field(err, "postcode", N_("This is no postcode of that country."));
    bool country = address->country.len == 2;
    for (size_t i = 0; country && i < 2; i++)
        country = address->country.ptr[i] >= 'A' && address->country.ptr[i] <= 'Z';
    return country ? rc : err_field(err, "country", N_("Choose a country."));
}

static int check_items(const struct order_request *r, struct err *err)
{
    if (r->n_items == 0)
        return err_set(err, ERR_CONFLICT, N_("The cart is empty."));
    if (r->n_items > ORDER_LINES_MAX)
        return err_field_n(err, "items", N_("At most {n} different things at once."),
                           ORDER_LINES_MAX);
    int64_t total = 0;
    for (size_t i = 0; i < r->n_items; i++) {
        const struct order_item *item = &r->items[i];
        int64_t amount;
        if (item->quantity < 1 || item->quantity > ORDER_QUANTITY_MAX)
            return err_field_n(err, "quantity", N_("Between 1 and {n}, please."),
                               ORDER_QUANTITY_MAX);
        if (!str_eq(item->currency, r->items[0].currency))
            return err_set(err, ERR_CONFLICT,
                           N_("These are sold in different currencies. Please order them apart."));
        if (item->price < 0 || !money_multiply(item->price, item->quantity, &amount) ||
            !money_add(total, amount, &total))
            return err_detail(err, ERR_INTERNAL, "a purchase passes the largest amount");
        if (item->discount < 0 || item->subsidy < 0 || item->discount > amount ||
            item->subsidy > amount - item->discount)
            return err_detail(err, ERR_INTERNAL, "a line gains more than it costs");
    }
    return 0;
}

/* What a supplier takes for sending; 0 when nothing was agreed. */
static struct order_delivery delivery_of(const struct order_request *r, int64_t supplier)
{
    for (size_t i = 0; i < r->n_deliveries; i++)
        if (r->deliveries[i].supplier == supplier)
            return r->deliveries[i];
    return (struct order_delivery){ .supplier = supplier, .method = STR("") };
}

int64_t order_line_paid(int64_t amount, int64_t discount, int64_t subsidy, int64_t tax,
                        bool tax_included)
{
    return amount - discount - subsidy + (tax_included ? 0 : tax);
}

/* A line's tax: of what its supplier gets, the platform's part of the price among it. */
static int64_t tax_of(const struct order_item *item, const struct fee_rule *rule)
{
    int64_t worth = item->price * item->quantity - item->discount;
    if (!item->taxed)
        return fee_tax_inside(worth, rule->tax);
    return item->tax_added ? money_rate(worth, item->tax_rate)
                           : fee_tax_inside(worth, item->tax_rate);
}

static int64_t pays(const struct order_item *item, const struct fee_rule *rule)
{
    return order_line_paid(item->price * item->quantity, item->discount, item->subsidy,
                           tax_of(item, rule), !(item->taxed && item->tax_added));
}

/* What one supplier's order comes to. */
static int part_total(const struct order_request *r, const struct fee_rule *rule, int64_t supplier,
                      int64_t *ret_total, struct err *err)
{
    struct order_delivery delivery = delivery_of(r, supplier);
    int64_t total = delivery.price;
    if (delivery.price < 0 || delivery.price > MONEY_MAX || delivery.tax < 0 ||
        delivery.tax > delivery.price)
        return err_detail(err, ERR_INTERNAL, "a delivery that costs less than nothing");
    for (size_t i = 0; i < r->n_items; i++)
        if (r->items[i].supplier == supplier && !money_add(total, pays(&r->items[i], rule), &total))
            return err_detail(err, ERR_INTERNAL, "a purchase passes the largest amount");
    *ret_total = total;
    return 0;
}

/* Whether an earlier item is from the same supplier. */
static bool supplier_seen(const struct order_request *r, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (r->items[j].supplier == r->items[i].supplier)
            return true;
    return false;
}

int order_sum_up(struct db *db, struct arena *a, const struct order_request *r,
                 struct order_sums *ret_sums, struct err *err)
{
    struct fee_rule rule = { 0 };
    struct order_sums sums = { 0 };
    int rc = check_items(r, err);
    if (rc == 0)
        rc = fee_rule_at(db, a, db_now(db), &rule, err);
    for (size_t i = 0; rc == 0 && i < r->n_items; i++) {
        const struct order_item *item = &r->items[i];
        int64_t part = 0, tax = tax_of(item, &rule);
        sums.tax += tax;
        sums.added += item->taxed && item->tax_added ? tax : 0;
        if (supplier_seen(r, i))
            continue;
        rc = part_total(r, &rule, item->supplier, &part, err);
        sums.tax += delivery_of(r, item->supplier).tax;
        if (rc == 0 && !money_add(sums.total, part, &sums.total))
            rc = err_detail(err, ERR_INTERNAL, "a purchase passes the largest amount");
    }
    if (rc == 0)
        *ret_sums = sums;
    return rc;
}

/* One supplier's order in the making. */
struct part {
    const struct order_request *request;
    const struct fee_rule *rule;
    struct order_terms_now_row terms; /* of its supplier, now */
    int64_t id, purchase, supplier;
    int64_t total, note;
    int64_t lines;
};

/* How long a line may be sent back without a reason; 0 when its category is left out. */
static int return_days(struct db *db, const struct part *part, const struct order_item *item,
                       int64_t *ret_days, struct err *err)
{
    struct order_terms_exclude_row row = { 0 };
    int64_t days =
        part->terms.return_days < 0 ? part->request->return_days : part->terms.return_days;
    int rc = part->terms.excludes
                 ? order_terms_exclude(db, NULL, part->terms.id, item->product, &row, err)
                 : 0;
    if (rc == 0)
        *ret_days = row.left_out ? 0 : days;
    return rc;
}

static int add_line(struct db *db, struct part *part, const struct order_item *item,
                    struct err *err)
{
    const struct order_request *r = part->request;
    int64_t amount = item->price * item->quantity; /* check_items saw that it fits */
    int64_t days = 0;
    int rc = return_days(db, part, item, &days, err);
    if (rc < 0)
        return rc;
    const struct order_line_insert_args line = {
        .shop_order = part->id,
        .position = part->lines++,
        .sku = item->sku,
        .product = item->product,
        .name = item->name,
        .options = item->options,
        .photo = item->photo,
        .quantity = item->quantity,
        .price = item->price,
        .amount = amount,
        .tax = tax_of(item, part->rule),
        .discount = item->discount,
        .subsidy = item->subsidy,
        .tax_included = !(item->taxed && item->tax_added),
        .return_days = days,
        .fee_rule = part->rule->id,
        .source = item->source,
        .policy = part->terms.id,
    };
    rc = order_line_insert(db, &line, NULL, err);
    if (rc < 0 || !r->claim || item->source.len == 0)
        return rc;
    struct order_claim claim;
    rc = r->claim(r->claim_ctx, db, item, part->rule->author, &claim, err);
    if (rc <= 0)
        return rc;
    part->note = claim.cause;
    return order_claim_insert(db, part->id, line.position, claim.party, claim.reason, claim.rate,
                              claim.cause, NULL, err);
}

/* The order row comes first, for its lines refer to it; so its total is summed before. */
static int place_part(struct db *db, struct part *part, struct err *err)
{
    const struct order_request *r = part->request;
    struct str currency = r->items[0].currency;
    struct order_delivery delivery = delivery_of(r, part->supplier);
    int rc = part_total(r, part->rule, part->supplier, &part->total, err);
    if (rc < 0)
        return rc;
    rc = order_terms_now(db, NULL, part->supplier, db_now(db), &part->terms, err);
    if (rc < 0)
        return rc;
    part->id = db_new_id(db);
    const struct order_insert_args row = { .id = part->id,
                                           .purchase = part->purchase,
                                           .supplier = part->supplier,
                                           .buyer = r->buyer,
                                           .currency = currency,
                                           .total = part->total,
                                           .delivery = delivery.price,
                                           .delivery_tax = delivery.tax,
                                           .method = delivery.method };
    rc = order_insert(db, &row, NULL, err);
    for (size_t i = 0; rc == 0 && i < r->n_items; i++)
        if (r->items[i].supplier == part->supplier)
            rc = add_line(db, part, &r->items[i], err);
    if (rc < 0)
        return rc;
    const struct order_fact fact = { .kind = EVENT_ORDER_PLACED,
                                     .actor = r->buyer,
                                     .order = part->id,
                                     .note = part->note,
                                     .purchase = part->purchase,
                                     .supplier = part->supplier,
                                     .total = part->total,
                                     .currency = currency,
                                     .simulated = r->simulated };
    return order_tell(db, &fact, err);
}

static int insert_purchase(struct db *db, const struct order_request *r, int64_t purchase,
                           int64_t total, struct err *err)
{
    const struct order_address *to = &r->address;
    const struct purchase_address_insert_args address = {
        .purchase = purchase,
        .name = to->name,
        .phone = to->phone,
        .line1 = to->line1,
        .line2 = to->line2,
        .city = to->city,
        .region = to->region.ptr ? to->region : STR(""), /* most countries have none */
        .postcode = to->postcode,
        .country = to->country,
    };
    /* One job for all whose time is over within the same minute. */
    int64_t over = (r->expires + TIME_MINUTE - 1) / TIME_MINUTE * TIME_MINUTE;
    char key[32];
    int rc = purchase_insert(db, purchase, r->buyer, r->items[0].currency, total, r->expires,
                             r->simulated, NULL, err);
    if (rc == 0)
        rc = purchase_address_insert(db, &address, NULL, err);
    for (size_t i = 0; rc == 0 && i < r->n_items; i++)
        rc = stock_hold(db, purchase, (struct stock_need){ r->items[i].sku, r->items[i].quantity },
                        err);
    if (rc == 0)
        rc = job_add(db, "purchase.expire", order_job_key(key, over), over, STR(""), err);
    if (rc == 0)
        rc = job_add(db, "order.file", STR("new"), db_now(db) + ORDER_FILE_PAUSE, STR(""), err);
    return rc;
}

int order_place(struct db *db, struct arena *a, const struct order_request *request,
                int64_t *ret_purchase, int64_t *ret_total, struct err *err)
{
    struct order_sums sums = { 0 };
    struct fee_rule rule = { 0 };
    int rc = order_check_address(&request->address, err);
    if (rc == 0)
        rc = order_sum_up(db, a, request, &sums, err);
    if (rc == 0)
        rc = fee_rule_at(db, a, db_now(db), &rule, err);
    if (rc < 0)
        return rc;
    int64_t purchase = db_new_id(db);
    rc = insert_purchase(db, request, purchase, sums.total, err);
    for (size_t i = 0; rc == 0 && i < request->n_items; i++) {
        if (supplier_seen(request, i))
            continue;
        struct part part = { .request = request,
                             .rule = &rule,
                             .purchase = purchase,
                             .supplier = request->items[i].supplier };
        rc = place_part(db, &part, err);
    }
    if (rc < 0)
        return rc;
    *ret_purchase = purchase;
    *ret_total = sums.total;
    return 0;
}
